"""Bring a database to the schema of this code: all of it, or nothing."""

import logging

from sqlalchemy import Connection, Engine

from db.backup import copy_file, copy_schema, file_of
from db.revisions import migrate, newest, revision
from db.schema import EXTRA_MATTERS, NotAllowed, Objects, expected, objects

_log = logging.getLogger(__name__)


def upgrade(engine: Engine) -> None:
    """Run every migration that this database has not seen, in one transaction.

    A copy of the record is made first: on SQLite in a file beside it, on PostgreSQL in a schema of
    the same database. On SQLite the transaction begins by taking the write lock, so that a kill at
    any statement leaves the old schema; PostgreSQL undoes what is not committed by itself.

    Raises ValueError if the database is no record of this project, if a newer version made it, or
    if a migration would lose a trigger or a constraint: then nothing was changed.
    """
    with engine.begin() as connection:
        earlier = revision(connection)
        if earlier == newest():
            return
        wanted = {} if earlier is None else _wanted(engine)
        if earlier is not None:
            _copy(connection, earlier)
        migrate(connection)
        _check(connection, wanted)


def _wanted(engine: Engine) -> Objects:
    """What a new database has; nothing where that cannot be tried."""
    try:
        return expected(engine)
    except NotAllowed as reason:
        _log.warning("Triggers and constraints are not compared after the upgrade: %s.", reason)
        return {}


def _copy(connection: Connection, earlier: str) -> None:
    """Copy the record as it stands, but for one in memory, and say where to."""
    engine, file = connection.engine, file_of(connection.engine)
    if engine.dialect.name == "postgresql":
        copy = f"the schema {copy_schema(connection, f'record_{earlier}')}"
    elif file is not None:
        copy = str(copy_file(engine, file.with_name(f"{file.name}.{earlier}")))
    else:
        return
    _log.warning("Before the upgrade from %s the record was copied to %s.", earlier, copy)


def _check(connection: Connection, wanted: Objects) -> None:
    """Refuse to commit a schema that is not the one that a new database has."""
    found = objects(connection)
    for (kind, name), definition in sorted(wanted.items()):
        held = found.get((kind, name), "")
        # Only white space may differ: another version of a library may have written the old part.
        if (kind == "table" or kind in EXTRA_MATTERS) and held.split() != definition.split():
            raise ValueError(f"the upgrade would lose or change the {kind} {name}")
