"""Signed checkpoints, their keys, verifications; what little may change is bounded."""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


APPEND_ONLY = ("signing_key", "checkpoint", "verification")

# Three tables can change: words and names are erased, and the head of the log moves on.
BOUNDED = {
    "private_text": (
        "NEW.commitment = OLD.commitment AND NEW.salt IS NULL AND NEW.text IS NULL",
        "private_text: words are erased, never changed",
    ),
    "forecaster": (
        "OLD.kind = 'person' AND NEW.kind = OLD.kind AND NEW.id = OLD.id "
        "AND NEW.handle = OLD.handle AND NEW.publisher = OLD.publisher "
        "AND NEW.recorded_at = OLD.recorded_at",
        "forecaster: only a person''s name and login can change",
    ),
    "ledger_head": (
        "NEW.id = OLD.id AND NEW.size >= OLD.size",
        "ledger_head: the log never shrinks",
    ),
}

SQLITE_REFUSE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

SQLITE_BOUND = """
CREATE TRIGGER {table}_bounded BEFORE UPDATE ON {table} WHEN NOT ({allowed})
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""

POSTGRES_REFUSE = """
CREATE TRIGGER {table}_refuse_change BEFORE {verbs} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""

POSTGRES_TRUNCATE = """
CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""

POSTGRES_BOUND = (
    """
    CREATE FUNCTION {table}_bounded() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NOT ({allowed}) THEN RAISE EXCEPTION '{message}'; END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER {table}_bounded BEFORE UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_bounded()
    """,
)

POSTGRES_ALWAYS = "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{trigger}"


def sqlite_triggers() -> list[str]:
    refused = [(table, verb) for table in APPEND_ONLY for verb in ("UPDATE", "DELETE")]
    refused += [(table, "DELETE") for table in BOUNDED]
    return [SQLITE_REFUSE.format(table=table, verb=verb) for table, verb in refused] + [
        SQLITE_BOUND.format(table=table, allowed=allowed, message=message)
        for table, (allowed, message) in BOUNDED.items()
    ]


def postgres_triggers() -> list[str]:
    statements = []
    for table in (*APPEND_ONLY, *BOUNDED):
        verbs = "DELETE" if table in BOUNDED else "UPDATE OR DELETE"
        statements += [
            POSTGRES_REFUSE.format(table=table, verbs=verbs),
            POSTGRES_TRUNCATE.format(table=table),
        ]
    for table, (allowed, message) in BOUNDED.items():
        statements += [
            part.format(table=table, allowed=allowed, message=message) for part in POSTGRES_BOUND
        ]
    always = [
        (table, name) for table in APPEND_ONLY for name in ("refuse_change", "refuse_truncate")
    ]
    always += [
        (table, name)
        for table in BOUNDED
        for name in ("refuse_change", "refuse_truncate", "bounded")
    ]
    return statements + [
        POSTGRES_ALWAYS.format(table=table, trigger=name) for table, name in always
    ]


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(public_key) = 64", name=op.f("ck_signing_key_length")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_signing_key_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("public_key", name=op.f("uq_signing_key_public_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", db.types.Instant(), nullable=False),
        sa.CheckConstraint("size >= 1", name=op.f("ck_checkpoint_size_positive")),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoint")),
        sqlite_strict=True,
    )
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.Instant(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(), nullable=True),
        sa.CheckConstraint("size >= 0", name=op.f("ck_verification_size_positive")),
        sa.CheckConstraint("findings >= 0", name=op.f("ck_verification_findings_positive")),
        sa.CheckConstraint(
            "(findings > 0) = (first IS NOT NULL)", name=op.f("ck_verification_first_if_any")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["forecaster.id"], name=op.f("fk_verification_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sqlite_strict=True,
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sqlite_triggers() if sqlite else postgres_triggers():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
