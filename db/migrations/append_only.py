"""The triggers that refuse to change or remove what a table has recorded.

Released migrations run through here: a change would alter what they make.
"""

from alembic import op

SQLITE_REFUSE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

# ALWAYS: an ordinary trigger is passed over under session_replication_role = replica.
POSTGRES_REFUSE = (
    """
    CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_refuse_change",
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_refuse_truncate",
)


def protect(*tables: str) -> None:
    """Make tables append-only on the database that the migration runs on."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in tables:
        if on_sqlite:
            for verb in ("UPDATE", "DELETE"):
                op.execute(SQLITE_REFUSE.format(table=table, verb=verb))
        else:
            for statement in POSTGRES_REFUSE:
                op.execute(statement.format(table=table))
