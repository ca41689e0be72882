"""Tables of other people's files, CSV or Parquet, as checked columns. Rows count from 1."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from forecasts.errors import InvalidInput
from forecasts.exchange.batches import Kind, batches_of, column_names
from forecasts.exchange.cells import unguarded
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

Progress = Callable[[int], None]


def _silent(_rows: int) -> None:
    """Show no progress."""


class Table:
    """The columns of a file that were asked for and are there."""

    def __init__(self, path: Path, kinds: Mapping[str, Kind], columns: pa.Table) -> None:
        self.path = path
        self._kinds = kinds
        self._columns = columns

    def __len__(self) -> int:
        return int(self._columns.num_rows)

    def __contains__(self, name: str) -> bool:
        return name in self._columns.column_names

    def codes(self, name: str) -> tuple[Codes, list[str]]:
        """Return a column of texts as (codes, texts); every empty entry is the text ``""``.

        Apostrophes that guard a text from being run as a formula are taken off.
        """
        column = self._columns[name].combine_chunks()
        texts = [unguarded(text or "") for text in column.dictionary.to_pylist()]
        codes = column.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
        return codes.astype(np.int32, copy=False), [*texts, ""]

    def numbers(self, name: str) -> Floats:
        """Return a column of numbers; NaN where it is empty, and no other NaN."""
        column = self._columns[name].combine_chunks()
        found: Floats = column.fill_null(np.nan).to_numpy(zero_copy_only=False)
        stated = np.isnan(found) & ~self.empty(name)
        self.refuse(stated, name, "is no number")
        return found

    def instants(self, name: str, *, empty: int | None = None) -> Ints:
        """Return a column of instants in microseconds; ``empty`` where there is none."""
        column = self._columns[name].combine_chunks()
        if column.null_count and empty is None:
            self.refuse(self.empty(name), name, "must not be empty")
        found: Ints = column.cast(pa.int64()).fill_null(empty or 0).to_numpy(zero_copy_only=False)
        return found

    def empty(self, name: str) -> Bools:
        """Return where a column has no entry."""
        missing: Bools = self._columns[name].combine_chunks().is_null().to_numpy(False)
        return missing

    def refuse(self, bad: Bools, name: str, reason: str) -> None:
        """Raise InvalidInput for the first True, naming its row, the column, and what it says."""
        if bad.any():
            row = int(np.argmax(bad))
            shown = ""
            if name in self:
                entry = self._columns[name].slice(row, 1).combine_chunks()
                shown = entry.cast(pa.string())[0].as_py() or ""
            raise InvalidInput(f"{self.path.name}, row {row + 1}, {name}", shown, reason)


def read_table(
    path: Path, kinds: Mapping[str, Kind], needed: tuple[str, ...], progress: Progress = _silent
) -> Table:
    """Read the columns named in ``kinds``; others are ignored.

    ``progress`` is called with the number of rows read so far.

    Raises
    ------
    InvalidInput
        The file cannot be read, a needed column is missing, or an entry is not of its kind;
        names the row.
    """
    names = column_names(path, kinds, needed)
    present = {name: kind for name, kind in kinds.items() if name in names}
    batches, rows = [], 0
    for batch in batches_of(path, present):
        batches.append(batch)
        rows += batch.num_rows
        progress(rows)
    if not batches:
        raise InvalidInput("file", path.name, "has no rows")
    return Table(path, present, pa.Table.from_batches(batches).unify_dictionaries())
