"""Triggers and constraints held against those that this code's migrations make.

What they should be is not written down a second time: the migrations are run where nothing is
kept (SQLite: in memory; PostgreSQL: in a schema that is rolled back) and both catalogues compared.
"""

from functools import cache

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db.engine import scratch
from db.facts import rows_of
from db.findings import Findings, brief
from db.revisions import migrate
from db.session import looking

Objects = dict[tuple[str, str], str]  # (kind, name) -> definition
SCRATCH = "forecast_desk_expected"

SQLITE = """
SELECT lower(type), name, coalesce(sql, '') FROM sqlite_master
WHERE lower(type) IN ('table', 'trigger', 'index')
    AND (lower(type) = 'trigger' OR name NOT LIKE 'sqlite@_%' ESCAPE '@')
"""
# A trigger of such a name, or of type 'TRIGGER', can be written into the schema by hand, and runs.

POSTGRES = """
SELECT 'trigger', relname || '.' || tgname,
    pg_get_triggerdef(t.oid, true) || ' enabled ' || tgenabled::text || ' runs ' || prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid
WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'constraint', relname || '.' || conname,
    pg_get_constraintdef(k.oid, true) || CASE WHEN convalidated THEN '' ELSE ' not valid' END
    || CASE WHEN EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = k.oid AND tgenabled <> 'O')
        THEN ' not enforced' ELSE '' END
FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid
WHERE c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'column', relname || '.' || attname,
    format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END
FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
WHERE attnum > 0 AND NOT attisdropped AND relkind = 'r'
    AND c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'index', i.relname, pg_get_indexdef(i.oid, 0, true)
    || CASE WHEN indisvalid AND indisready AND indislive THEN '' ELSE ' not in use' END
FROM pg_class i JOIN pg_index ON indexrelid = i.oid
WHERE i.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'rule', c.relname || '.' || rulename, pg_get_ruledef(r.oid, true)
FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class
WHERE c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'policy', c.relname || '.' || polname, coalesce(pg_get_expr(polqual, polrelid), '')
FROM pg_policy JOIN pg_class c ON c.oid = polrelid
WHERE c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'table', relname, CASE relpersistence WHEN 'p' THEN 'durable' ELSE 'lost in a crash' END
    || CASE WHEN relrowsecurity THEN ', some rows hidden from some users' ELSE '' END
    || CASE WHEN EXISTS (SELECT FROM pg_inherits WHERE inhparent = pg_class.oid)
        THEN ', with rows of other tables' ELSE '' END
FROM pg_class
WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = current_schema()::regnamespace
"""

STAND_INS = """
WITH beside AS (
    SELECT oid FROM pg_catalog.pg_namespace
    WHERE nspname OPERATOR(pg_catalog.=) ANY (pg_catalog.current_schemas(false))
        AND nspname OPERATOR(pg_catalog.<>) 'pg_catalog'
), one AS (
    SELECT 'function' AS kind, oid, proname AS name, pronamespace AS home FROM pg_catalog.pg_proc
    UNION ALL
    SELECT 'operator', oid, oprname, oprnamespace FROM pg_catalog.pg_operator
)
SELECT DISTINCT kind, name FROM one
WHERE home OPERATOR(pg_catalog.=) ANY (SELECT oid FROM beside)
    AND EXISTS (
        SELECT FROM one built_in
        WHERE built_in.name OPERATOR(pg_catalog.=) one.name
            AND built_in.kind OPERATOR(pg_catalog.=) one.kind
            AND built_in.home OPERATOR(pg_catalog.=) 'pg_catalog'::pg_catalog.regnamespace
    )
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend
        WHERE objid OPERATOR(pg_catalog.=) one.oid
            AND deptype OPERATOR(pg_catalog.=) 'e'
            AND refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
    )
ORDER BY kind, name
"""
"""Functions and operators that PostgreSQL may take for its own of that name: with types that fit
better, or earlier on the search path. Written so that none of them has a say in it."""

UNCHECKED = (
    "Triggers and constraints were not checked: that takes a database user that may create a "
    "schema ({reason})."
)
MAY_NOT = {"42501", "25006"}  # insufficient privilege, read-only transaction
EXTRA_MATTERS = {"trigger", "constraint", "rule", "policy"}
"""Objects that act by themselves: one that the migrations did not make is a finding."""


class NotAllowed(Exception):
    """The database's user may not make a schema to try the migrations in."""


def check_schema(engine: Engine, findings: Findings) -> list[str]:
    """Compare the catalogue with the expected one; returns what could not be checked."""
    if engine.dialect.name == "postgresql":
        _check_stand_ins(engine, findings)
    try:
        wanted = expected(engine)
    except NotAllowed as reason:
        return [UNCHECKED.format(reason=reason)]
    with engine.execution_options(read_only=True).connect() as connection:
        found = objects(connection)
    ours = {name.partition(".")[0] for kind, name in wanted if kind == "column"}
    for kind, name in sorted(wanted.keys() | found.keys()):
        table, dot, _ = name.partition(".")
        if dot and table not in ours:
            continue  # somebody's own table beside the record
        _compare(kind, name, wanted.get((kind, name)), found.get((kind, name)), findings)
    return []


def _check_stand_ins(engine: Engine, findings: Findings) -> None:
    with looking(engine).connect() as connection:
        for kind, name in rows_of(connection, STAND_INS):
            findings.add("schema", f"{kind} {brief(name)}", "stands in for one of PostgreSQL's own")


def expected(engine: Engine) -> Objects:
    """What the migrations make on this kind of server.

    Raises NotAllowed if the database's user may not try them.
    """
    try:
        return _sqlite_expected() if engine.dialect.name == "sqlite" else _postgres_expected(engine)
    except DBAPIError as fault:
        if getattr(fault.orig, "sqlstate", None) not in MAY_NOT:
            raise
        raise NotAllowed(brief(str(fault.orig).splitlines()[0])) from fault


def _compare(
    kind: str, name: str, expected: str | None, found: str | None, findings: Findings
) -> None:
    if found is None:
        findings.add("schema", f"{kind} {name}", "is missing")
    elif expected is None:
        if kind in EXTRA_MATTERS:
            findings.add("schema", f"{kind} {name}", "was made by none of the migrations")
    elif found != expected:
        findings.add("schema", f"{kind} {name}", "is not the one that the migrations made")


def objects(connection: Connection) -> Objects:
    """What the catalogue holds, by kind and name."""
    query = SQLITE if connection.dialect.name == "sqlite" else POSTGRES
    return {(kind, name): definition for kind, name, definition in rows_of(connection, query)}


@cache
def _sqlite_expected() -> Objects:
    with scratch() as engine, engine.begin() as connection:
        migrate(connection)
        return objects(connection)


def _postgres_expected(engine: Engine) -> Objects:
    with engine.connect() as connection:
        version = connection.dialect.server_version_info
        if version not in _POSTGRES:
            _POSTGRES[version] = _migrated(connection)
        return _POSTGRES[version]


_POSTGRES: dict[object, Objects] = {}


def _migrated(connection: Connection) -> Objects:
    """The catalogue after the migrations, in a schema that is never committed."""
    transaction = connection.begin()
    try:
        connection.exec_driver_sql(f"CREATE SCHEMA {SCRATCH}")
        connection.exec_driver_sql(f"SET LOCAL search_path = {SCRATCH}")
        migrate(connection)
        return objects(connection)
    finally:
        transaction.rollback()
