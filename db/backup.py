"""A record as it stood at one moment, while others go on writing."""

import filecmp
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, inspect

from db.engine import scratch


def file_of(engine: Engine) -> Path | None:
    """The file of a SQLite database; None in memory and on PostgreSQL."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or name in (None, "", ":memory:"):
        return None
    return Path(str(name))


def copy_file(engine: Engine, path: Path) -> Path:
    """Copy a SQLite database, whole or not at all. Writers wait no longer than the copying takes.

    By SQLite's backup API, in one step: a file copied by other means while somebody writes may be
    torn (sqlite.org/howtocorrupt.html), and VACUUM INTO leaves the copy unsynced. Returns where
    the copy is: at ``path``, or under that name with the next free number, unless one of these
    is the same copy already. What stands there is never replaced.
    """
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    pooled = engine.raw_connection()
    try:
        with closing(sqlite3.connect(part)) as copy:
            pooled.backup(copy)  # the pool's proxy passes on what is the driver's own
    finally:
        pooled.close()
    names = chain([path], (path.with_name(f"{path.name}.{number}") for number in count(1)))
    place = next(
        name for name in names if not name.exists() or filecmp.cmp(part, name, shallow=False)
    )
    if place.exists():
        part.unlink()
    else:
        part.rename(place)
    return place


def copy_schema(connection: Connection, name: str) -> str:
    """Copy the rows of every table of a PostgreSQL record into a schema of the same database.

    In the open transaction, and as of one moment: who writes waits for it to end. Returns the
    schema's name: ``name``, or that with the next free number. Keys and triggers are not copied.
    """
    found = inspect(connection)
    tables = found.get_table_names()
    connection.exec_driver_sql(
        f"LOCK TABLE {', '.join(map(_quoted, tables))} IN SHARE ROW EXCLUSIVE MODE"
    )
    names = chain([name], (f"{name}_{number}" for number in count(1)))
    place = next(one for one in names if one not in found.get_schema_names())
    connection.exec_driver_sql(f"CREATE SCHEMA {_quoted(place)}")
    for table in tables:
        copy = f"{_quoted(place)}.{_quoted(table)}"
        connection.exec_driver_sql(f"CREATE TABLE {copy} AS TABLE {_quoted(table)}")
    return place


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def frozen(engine: Engine) -> Iterator[Engine]:
    """The database as it stands now.

    PostgreSQL gives every look one state of the record by itself. On SQLite a long look keeps
    writers out, so a copy is looked at.
    """
    if file_of(engine) is None:
        yield engine
        return
    with TemporaryDirectory(prefix="forecast-desk-") as folder:
        path = Path(folder) / "copy.db"
        copy_file(engine, path)
        with scratch(path) as copy:
            yield copy
