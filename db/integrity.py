"""The database engine's own check of its files: what the log cannot see, and the reverse.

A smashed page may leave every hash right, and a changed letter leaves every page right.
"""

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from db.facts import rows_of
from db.findings import Findings, brief

NO_AMCHECK = (
    "PostgreSQL's amcheck is not installed here: indexes were not checked. Every row of every "
    "table was read."
)
INDEXES = """
SELECT index.oid, index.relname FROM pg_index
JOIN pg_class index ON index.oid = indexrelid
JOIN pg_am method ON method.oid = index.relam AND method.amname = 'btree'
WHERE index.relnamespace = current_schema()::regnamespace AND index.relpersistence = 'p'
ORDER BY index.relname
"""
TABLES = """
SELECT oid, relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relpersistence = 'p'
ORDER BY relname
"""


def check_engine(connection: Connection, findings: Findings) -> list[str]:
    """Run the engine's check; returns what could not be checked."""
    if connection.dialect.name == "sqlite":
        _check_sqlite(connection, findings)
        return []
    return _check_postgres(connection, findings)


def _check_sqlite(connection: Connection, findings: Findings) -> None:
    for (line,) in rows_of(connection, "PRAGMA integrity_check"):
        if line != "ok":
            findings.add("engine", "integrity_check", brief(line, 200))


def _check_postgres(connection: Connection, findings: Findings) -> list[str]:
    schema = rows_of(
        connection,
        "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace "
        "WHERE extname = 'amcheck'",
    )
    if not schema:
        return [NO_AMCHECK]
    prefix = connection.dialect.identifier_preparer.quote(schema[0][0])
    for oid, name in rows_of(connection, INDEXES):
        check = f"SELECT {prefix}.bt_index_check(%s::regclass, true)"
        _run(connection, findings, f"index {name}", check, oid)
    for oid, name in rows_of(connection, TABLES):
        check = f"SELECT msg FROM {prefix}.verify_heapam(%s::regclass)"  # noqa: S608
        for (line,) in _run(connection, findings, f"table {name}", check, oid):
            findings.add("engine", f"table {name}", brief(line, 200))
    return []


def _run(
    connection: Connection, findings: Findings, where: str, check: str, oid: int
) -> list[tuple[str]]:
    """One check in a savepoint: a corrupt index is reported by an error."""
    try:
        with connection.begin_nested():
            return [row for row in rows_of(connection, check, oid) if isinstance(row[0], str)]
    except DBAPIError as fault:
        findings.add("engine", where, brief(str(fault.orig), 200))
        return []
