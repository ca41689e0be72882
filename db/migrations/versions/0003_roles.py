"""Roles: what each person may do in a shared record."""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.append_only import protect

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forecaster_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_role_assignment_reason_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_role_assignment_version_positive")),
        sa.CheckConstraint(
            "role IN ('viewer', 'forecaster', 'resolver', 'admin')",
            name=op.f("ck_role_assignment_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["forecaster_id"], ["forecaster.id"], name=op.f("fk_role_assignment_forecaster_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_role_assignment_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignment")),
        sa.UniqueConstraint(
            "forecaster_id", "version", name=op.f("uq_role_assignment_forecaster_id_version")
        ),
        sqlite_strict=True,
    )
    protect("role_assignment")


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
