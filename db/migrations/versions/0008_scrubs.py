"""Scrubs: which erasures the database's files were rewritten after."""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.append_only import protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scrub",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("redaction_id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["redaction_id"], ["redaction.id"], name=op.f("fk_scrub_redaction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrub")),
        sqlite_strict=True,
    )
    protect("scrub")


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
