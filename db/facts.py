"""The fact tables as the log knows them: asked of the metadata, so new ones are covered too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, Table, inspect

from db.findings import brief
from db.ledger import HIDDEN
from db.tables import metadata

Values = tuple[Any, ...]
DAY_TEXT = (
    "pg_catalog.replace(pg_catalog.to_char(CAST({} AS timestamp), 'YYYY-MM-DD BC'), ' AD', '')"
)
"""Which functions these are does not depend on what stands beside the tables."""
HIDDEN_OF = {inspect(table).local_table.description: names for table, names in HIDDEN.items()}


@dataclass(frozen=True, slots=True)
class FactTable:
    """How one fact table is read: its columns by name, as the log's JSON has them."""

    name: str
    columns: tuple[str, ...]  # sorted, as in a body
    key: tuple[str, ...]
    hidden: frozenset[str]
    key_type: type
    selected: str
    by_key: str
    by_range: str
    key_of: Callable[[Any], Any]  # of a logged row: a dict by column
    key_held: Callable[[Any], Any]  # of a stored row: a tuple in the order of ``columns``

    def shown(self, row: Sequence[Any]) -> str:
        """A row's name for a reader: ``forecast 3``."""
        held = dict(zip(self.columns, row, strict=True))
        return f"{self.name} {', '.join(brief(held[name]) for name in self.key)}"


def fact_tables(connection: Connection) -> dict[str, FactTable]:
    """The tables whose rows the log holds: all but those marked as the log's own."""
    return {
        table.name: _fact_table(connection, table)
        for table in metadata.sorted_tables
        if table.info.get("logged", True)
    }


def _fact_table(connection: Connection, table: Table) -> FactTable:
    quote = connection.dialect.identifier_preparer.quote
    postgres = connection.dialect.name == "postgresql"

    def read(column: Column[Any]) -> str:
        name = quote(column.name)
        return DAY_TEXT.format(name) if postgres and isinstance(column.type, Date) else name

    ordered = sorted(table.columns, key=lambda column: column.name)
    first, *_ = table.primary_key.columns
    selected = f"SELECT {', '.join(map(read, ordered))} FROM {quote(table.name)}"  # noqa: S608
    mark = "%s" if postgres else "?"
    among = "= ANY(%s)" if postgres else "IN (SELECT value FROM json_each(?))"
    columns = tuple(column.name for column in ordered)
    key = tuple(column.name for column in table.primary_key.columns)
    return FactTable(
        name=table.name,
        columns=columns,
        key=key,
        hidden=frozenset(HIDDEN_OF.get(table.name, ())),
        key_type=int if isinstance(first.type, Integer) else str,
        selected=selected,
        by_key=f"{selected} WHERE {quote(first.name)} {among}",
        by_range=f"{selected} WHERE {quote(first.name)} BETWEEN {mark} AND {mark}",
        key_of=itemgetter(*key),
        key_held=itemgetter(*map(columns.index, key)),
    )


def rows_of(connection: Connection, statement: str, *values: Any) -> list[Values]:
    """The rows as the driver gives them: instants as integers, nothing wrapped."""
    cursor = connection.exec_driver_sql(statement, values).cursor
    return [] if cursor is None else list(cursor.fetchall())
