"""Names for every constraint. Imported before any table.

Unnamed constraints can be neither dropped nor compared on SQLite, so none is left unnamed.
"""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata

STRICT = {"sqlite_strict": True}
"""SQLite would store the text 'abc' in a number's column unless the table is STRICT."""


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A check that ``column`` holds one of ``values`` (constants of the code, never input)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def share(column: str) -> CheckConstraint:
    """A check that ``column`` is null or in [0, 1]; PostgreSQL orders NaN above 1."""
    return CheckConstraint(f"{column} >= 0 AND {column} <= 1", name=f"{column}_range")


def filled(column: str) -> CheckConstraint:
    """A check that text in ``column`` is not blank."""
    return CheckConstraint(f"trim({column}) <> ''", name=f"{column}_filled")


APART = "[apart]"
"""Stands where the words would, in a column that must be filled."""


def apart(column: str, instead: str = APART) -> CheckConstraint:
    """A check that words kept in ``PrivateText`` do not stand in ``column`` too."""
    return CheckConstraint(f"own_words IS NULL OR {column} = '{instead}'", name=f"{column}_apart")
