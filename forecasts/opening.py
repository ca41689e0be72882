"""Opening the record, and saying in one line why it cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from db.engine import database_url, open_engine, shown_url
from db.faults import DamagedEntry, meaning
from db.revisions import is_current
from db.upgrade import upgrade
from forecasts.errors import DatabaseUnavailable

OPENING_FAULTS = (SQLAlchemyError, ImportError, OSError, ValueError)
"""What a wrong address, a missing driver or a server out of reach may raise."""


def open_record(*, create: bool = False) -> Engine:
    """The record's engine; with ``create``, its tables are made or brought up to date first.

    Raises
    ------
    DatabaseUnavailable
    """
    try:
        engine = open_engine()
        current = is_current(engine)
        if create and not current:
            upgrade(engine)
    except OPENING_FAULTS as fault:
        raise _unavailable(fault) from fault
    if not create and not current:
        engine.dispose()
        raise DatabaseUnavailable(shown_url(database_url()), "run `forecasts init` first")
    return engine


@contextmanager
def naming_faults() -> Iterator[None]:
    """Turn what the database raises inside into one line."""
    try:
        yield
    except (DBAPIError, DamagedEntry) as fault:
        raise _unavailable(fault) from fault


def _unavailable(fault: Exception) -> DatabaseUnavailable:
    return DatabaseUnavailable(shown_url(database_url()), meaning(fault))
