"""URL to engine: SQLite in a per-user folder by default, PostgreSQL by URL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError

URL_VARIABLE = "FORECASTS_DB"

SQLITE_SETTINGS = {
    "busy_timeout": 30_000,
    "foreign_keys": 1,
    "recursive_triggers": 1,  # so that REPLACE runs the triggers that refuse deletion
    "synchronous": 2,  # FULL: an acknowledged commit survives a power cut
    "fullfsync": 1,  # on macOS too, where a plain fsync stops at the drive's own memory
    "secure_delete": 1,
    "trusted_schema": 0,
}

POSTGRES_SETTINGS = {
    "timezone": "UTC",
    "lock_timeout": "5s",
    "extra_float_digits": 1,  # whatever the database's own says: numbers are read as they are
}


def database_url() -> str:
    """``FORECASTS_DB`` where it is set, else a SQLite file in the user's data folder."""
    if chosen := os.environ.get(URL_VARIABLE):
        return chosen
    return f"sqlite:///{user_data_path('forecast-desk') / 'desk.db'}"


def shown_url(url: str) -> str:
    """A database's address fit to be shown: without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return url.partition("://")[0] + "://…"


def open_engine(url: str | None = None) -> Engine:
    """Connect to ``url`` (default: ``database_url()``), creating a SQLite file's folder."""
    target = make_url(url or database_url())
    if target.get_backend_name() == "sqlite":
        return _sqlite(target)
    options = " ".join(f"-c {name}={value}" for name, value in POSTGRES_SETTINGS.items())
    return create_engine(target, pool_pre_ping=True, connect_args={"options": options})


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (lost commits, 3.7.0 to 3.51.2).

    Source: sqlite.org/wal.html#walresetbug; fixed in 3.51.3, 3.50.7 and 3.44.6.
    """
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(dbapi: Any, _record: object) -> None:
    dbapi.isolation_level = None  # the driver would begin transactions of its own, deferred ones
    # Under FULL, SQLite does not sync the folder after it has deleted a journal: a power cut
    # could bring it back, and undo what was acknowledged. That it was cut to nothing is synced.
    journal = "wal" if wal_is_safe(_sqlite_version(dbapi)) else "truncate"
    for name, value in SQLITE_SETTINGS.items():
        dbapi.execute(f"PRAGMA {name} = {value}")
    mode = dbapi.execute(f"PRAGMA journal_mode = {journal}").fetchone()[0]
    if mode not in {journal, "memory"}:  # a database in memory has a journal there only
        raise ValueError(f"SQLite refused PRAGMA journal_mode = {journal}; it is {mode}")
    for name, value in SQLITE_SETTINGS.items():
        found = dbapi.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise ValueError(f"SQLite refused PRAGMA {name} = {value}; it is {found}")


def _sqlite_version(dbapi: Any) -> tuple[int, int, int]:
    text = dbapi.execute("SELECT sqlite_version()").fetchone()[0]
    major, minor, patch = (int(part) for part in text.split(".")[:3])
    return major, minor, patch


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another has written.
    mode = "DEFERRED" if connection.get_execution_options().get("read_only") else "IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def opened(url: str | None = None) -> Iterator[Engine]:
    """An engine that is disposed of at the end, for commands that run once."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def scratch(path: Path | None = None) -> Iterator[Engine]:
    """A SQLite database of no further use: in memory, or in a file of a temporary folder."""
    with opened("sqlite://" if path is None else f"sqlite:///{path}") as engine:
        yield engine
