"""Tables of other people's files, CSV or Parquet, as checked columns. Rows count from 1."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv, parquet

from forecasts.errors import InvalidInput
from forecasts.exchange.cells import unguarded
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

Kind = Literal["code", "instant", "number"]
Progress = Callable[[int], None]
Column = npt.NDArray[Any] | tuple[Codes, list[str]]
"""Values, or codes with their texts."""

_TYPES = {
    "code": pa.dictionary(pa.int32(), pa.string()),
    "instant": pa.timestamp("us", "UTC"),
    "number": pa.float64(),
}
_RULES = {
    "code": "is no text",
    "instant": "write 2026-01-31T12:00Z, with Z or an offset",
    "number": "is no number",
}


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
        self.refuse(stated, name, "nan", "is no number")
        return found

    def instants(self, name: str, *, empty: int | None = None) -> Ints:
        """Return a column of instants in microseconds; ``empty`` where there is none."""
        column = self._columns[name].combine_chunks()
        if column.null_count and empty is None:
            self.refuse(self.empty(name), name, "", "must not be empty")
        found: Ints = column.cast(pa.int64()).fill_null(empty or 0).to_numpy(zero_copy_only=False)
        return found

    def empty(self, name: str) -> Bools:
        """Return where a column has no entry."""
        missing: Bools = self._columns[name].combine_chunks().is_null().to_numpy(False)
        return missing

    def refuse(self, bad: Bools, name: str, value: Column | str, reason: str) -> None:
        """Raise InvalidInput for the first True, naming its row and, from a column, its value."""
        if bad.any():
            row = int(np.argmax(bad))
            if isinstance(value, tuple):
                codes, texts = value
                shown: object = texts[codes[row]]
            else:
                shown = value if isinstance(value, str) else value[row]
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
    try:
        is_parquet = path.suffix.lower() in (".parquet", ".pq")
        read = _parquet if is_parquet else _csv
        names = _parquet_names(path) if is_parquet else _csv_names(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise InvalidInput("file", path, _first_line(error)) from error
    for name in needed:
        if name not in names:
            raise InvalidInput("file", path, f"has no column {name}")
    present = {name: kind for name, kind in kinds.items() if name in names}
    batches, rows = [], 0
    try:
        for batch in read(path, present):
            batches.append(batch)
            rows += batch.num_rows
            progress(rows)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        _locate(path, present, read)
        raise InvalidInput("file", path, _first_line(error)) from error
    if not batches:
        raise InvalidInput("file", path, "has no rows")
    return Table(path, present, pa.Table.from_batches(batches).unify_dictionaries())


def _csv_names(path: Path) -> list[str]:
    with csv.open_csv(path) as reader:
        names: list[str] = reader.schema.names
    return names


def _parquet_names(path: Path) -> list[str]:
    names: list[str] = parquet.read_schema(path).names
    return names


def _csv(
    path: Path, kinds: Mapping[str, Kind], *, as_text: bool = False
) -> Iterator[pa.RecordBatch]:
    types = {name: pa.string() if as_text else _TYPES[kind] for name, kind in kinds.items()}
    # Only an empty entry is missing: "nan" is an entry, and a wrong one.
    options = csv.ConvertOptions(
        column_types=types, include_columns=list(kinds), null_values=[""], strings_can_be_null=True
    )
    with csv.open_csv(
        path, convert_options=options, read_options=csv.ReadOptions(block_size=2**24)
    ) as reader:
        yield from reader


def _parquet(
    path: Path, kinds: Mapping[str, Kind], *, as_text: bool = False
) -> Iterator[pa.RecordBatch]:
    for batch in parquet.ParquetFile(path).iter_batches(columns=list(kinds), batch_size=2**20):
        arrays = []
        for name, kind in kinds.items():
            column = batch.column(name)
            if not _suits(column.type, kind):
                said = column[0].as_py() if len(column) else column.type
                raise InvalidInput(f"{path.name}, row 1, {name}", said, _RULES[kind])
            arrays.append(column.cast(pa.string()) if as_text else _cast(column, kind))
        yield pa.RecordBatch.from_arrays(arrays, names=list(kinds))


def _suits(stored: pa.DataType, kind: Kind) -> bool:
    """Whether a Parquet column of this type can hold such values; texts may hold any."""
    is_type = pa.types
    inner = stored.value_type if is_type.is_dictionary(stored) else stored
    if is_type.is_string(inner) or is_type.is_large_string(inner) or is_type.is_null(inner):
        return True
    number = is_type.is_integer(inner) or is_type.is_floating(inner)
    if kind == "instant":  # without a zone it is nobody's instant, and a date is none at all
        return bool(is_type.is_timestamp(inner) and inner.tz is not None)
    if kind == "number":
        return bool(number or is_type.is_decimal(inner))
    return bool(number or is_type.is_boolean(inner))


def _cast(column: pa.Array, kind: Kind) -> pa.Array:
    if kind == "code":
        return column.cast(pa.string()).dictionary_encode()
    # Nanoseconds are cut off, and whole numbers that are too long lose their last digits.
    nanoseconds = pa.types.is_timestamp(column.type) and column.type.unit == "ns"
    return column.cast(_TYPES[kind], safe=not (nanoseconds or pa.types.is_integer(column.type)))


def _locate(
    path: Path,
    kinds: Mapping[str, Kind],
    read: Callable[..., Iterator[pa.RecordBatch]],
) -> None:
    """Raise InvalidInput for the first entry that is not of its kind, if one is found."""
    row = 0
    try:
        for batch in read(path, kinds, as_text=True):
            for name in (name for name, kind in kinds.items() if kind != "code"):
                for i, text in enumerate(batch.column(name).to_pylist()):
                    if text is not None and not _fits(text, kinds[name]):
                        where = f"{path.name}, row {row + i + 1}, {name}"
                        raise InvalidInput(where, text, _RULES[kinds[name]])
            row += batch.num_rows
    except pa.ArrowInvalid:
        return  # not even texts: the file's own fault is the better message


def _fits(text: str, kind: Kind) -> bool:
    try:
        if kind == "number":
            float(text)
            return True
        return datetime.fromisoformat(text.strip()).utcoffset() is not None
    except ValueError:
        return False


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
