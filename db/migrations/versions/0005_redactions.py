"""Redactions: what was erased of a person, by whom, when and why."""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.append_only import protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=True),
        sa.Column("forecaster_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(commitment IS NULL) <> (forecaster_id IS NULL)",
            name=op.f("ck_redaction_words_or_name"),
        ),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_redaction_reason_filled")),
        sa.ForeignKeyConstraint(
            ["commitment"], ["private_text.commitment"], name=op.f("fk_redaction_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["forecaster_id"], ["forecaster.id"], name=op.f("fk_redaction_forecaster_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_redaction_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sqlite_strict=True,
    )
    protect("redaction")


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
