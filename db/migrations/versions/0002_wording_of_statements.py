"""What a statement's words stand for: their form in the scales, confidence, the scale chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plain ADD COLUMN: copying a table, as batches do on SQLite, would lose its triggers.
    op.add_column("statement", sa.Column("phrase", sa.String(), nullable=True))
    op.add_column(
        "statement",
        sa.Column(
            "confidence",
            sa.String(),
            sa.CheckConstraint(
                "confidence IN ('low', 'moderate', 'high')",
                name=op.f("ck_statement_confidence_known"),
            ),
            nullable=True,
        ),
    )
    op.add_column("forecast", sa.Column("scale", sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
