"""Names and logins of persons are committed to: re-labelling somebody's record shows."""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.append_only import protect

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "naming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forecaster_id", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["forecaster_id"], ["forecaster.id"], name=op.f("fk_naming_forecaster_id")
        ),
        sa.ForeignKeyConstraint(
            ["commitment"], ["private_text.commitment"], name=op.f("fk_naming_commitment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming")),
        sa.UniqueConstraint("forecaster_id", name=op.f("uq_naming_forecaster_id")),
        sqlite_strict=True,
    )
    protect("naming")


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
