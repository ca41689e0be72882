"""Rows of an act that are many: their ids given beforehand, all written table by table."""

from collections.abc import Mapping

from sqlmodel import SQLModel

from db.ids import reserve
from db.tables import metadata
from forecasts.services.acts import Record, Row


class Batch(Record):
    """What an act writes through here waits for ``write``; the log has it in the order of adding.

    A row at a time, most of the time goes into asking the database for each id. ``counts`` is
    how many rows of these tables there may be at most; their ids are given at once.
    """

    def __init__(self, record: Record, counts: Mapping[type[SQLModel], int]) -> None:
        super().__init__(record.session, record.now, record.by, record.rows)
        self._ids = {table: reserve(record.session, table, n) for table, n in counts.items()}
        self._waiting: dict[str, list[SQLModel]] = {}

    def add(self, row: Row) -> Row:
        """Take a row to be written, and give it its id."""
        if type(row) in self._ids:
            row.id = next(self._ids[type(row)])
        self._waiting.setdefault(str(row.__tablename__), []).append(row)
        self.rows.append(row)
        return row

    def write(self) -> None:
        """Write what waits, the rows that others point at first."""
        for table in metadata.sorted_tables:
            self.session.add_all(self._waiting.pop(table.name, ()))
            self.session.flush()
