"""Column types that hold the same value on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, Float, String
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_us(instant: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC. ``instant`` must be aware."""
    if instant.utcoffset() is None:
        raise ValueError(f"{instant.isoformat()} has no time zone")
    return (instant - EPOCH) // MICROSECOND


def from_us(microseconds: int) -> datetime:
    """The aware UTC instant ``microseconds`` after 1970-01-01."""
    return EPOCH + microseconds * MICROSECOND


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as integer microseconds since the epoch, UTC.

    Integers compare, hash and load the same on both databases, and a million of them become
    an array without parsing text.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_us(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_us(value)


# A STRICT table of SQLite takes these five names only: INTEGER, REAL, TEXT, BLOB, ANY.
@compiles(BigInteger, "sqlite")
@compiles(Boolean, "sqlite")
def _integer(_type: Any, _compiler: Any, **_kw: Any) -> str:
    return "INTEGER"


@compiles(Float, "sqlite")
def _real(_type: Any, _compiler: Any, **_kw: Any) -> str:
    return "REAL"


@compiles(String, "sqlite")
@compiles(Date, "sqlite")
def _text(_type: Any, _compiler: Any, **_kw: Any) -> str:
    return "TEXT"
