"""Other people's files as batches of typed columns. A bad entry is named with its row, from 1."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import pyarrow as pa
from pyarrow import compute, csv, parquet

from forecasts.errors import InvalidInput
from forecasts.exchange.cells import check_header, read_rows

Kind = Literal["code", "instant", "number"]

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


def column_names(path: Path, known: Mapping[str, Kind], needed: tuple[str, ...]) -> list[str]:
    """Return the names of a file's columns, of which all but the ``known`` may be anything.

    Raises InvalidInput if it cannot be read, a name stands twice, or a needed one does not.
    """
    try:
        names: list[str] = (
            parquet.read_schema(path).names if _is_parquet(path) else _csv_names(path)
        )
    except (OSError, pa.ArrowInvalid) as error:
        raise _unreadable(path, needed, error) from error
    check_header(path, [name for name in names if name in known] or names, needed)
    return names


def batches_of(path: Path, kinds: Mapping[str, Kind]) -> Iterator[pa.RecordBatch]:
    """Read these columns. Raises InvalidInput for an entry that is not of its kind."""
    try:
        yield from _read(path, kinds)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        _locate(path, kinds)
        raise _unreadable(path, tuple(kinds), error) from error


def _read(
    path: Path, kinds: Mapping[str, Kind], *, as_text: bool = False
) -> Iterator[pa.RecordBatch]:
    read = _parquet if _is_parquet(path) else _csv
    return read(path, kinds, as_text=as_text)


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() in (".parquet", ".pq")


def _unreadable(path: Path, needed: tuple[str, ...], error: Exception) -> InvalidInput:
    """Return the refusal of a file; raise a better one, which names a line, if there is one."""
    if not _is_parquet(path):
        for _ in read_rows(path, (), needed):
            pass
    return InvalidInput("file", path.name, _first_line(error))


def _csv_names(path: Path) -> list[str]:
    with csv.open_csv(path) as reader:
        names: list[str] = reader.schema.names
    return names


def _csv(path: Path, kinds: Mapping[str, Kind], *, as_text: bool) -> Iterator[pa.RecordBatch]:
    types = {name: pa.string() if as_text else _TYPES[kind] for name, kind in kinds.items()}
    # Only an empty entry is missing: "nan" is an entry, and a wrong one.
    options = csv.ConvertOptions(
        column_types=types, include_columns=list(kinds), null_values=[""], strings_can_be_null=True
    )
    with csv.open_csv(
        path, convert_options=options, read_options=csv.ReadOptions(block_size=2**24)
    ) as reader:
        yield from reader


def _parquet(path: Path, kinds: Mapping[str, Kind], *, as_text: bool) -> Iterator[pa.RecordBatch]:
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


def _locate(path: Path, kinds: Mapping[str, Kind]) -> None:
    """Raise InvalidInput for the first entry that is not of its kind, if one is found."""
    before = 0
    try:
        for batch in _read(path, kinds, as_text=True):
            found = [
                (row, name)
                for name, kind in kinds.items()
                if kind != "code" and (row := _first_unfit(batch.column(name), kind)) is not None
            ]
            if found:
                row, name = min(found)
                where = f"{path.name}, row {before + row + 1}, {name}"
                raise InvalidInput(where, batch.column(name)[row].as_py(), _RULES[kinds[name]])
            before += batch.num_rows
    except pa.ArrowInvalid:
        return  # not even texts: the file's own fault is the better message


def _first_unfit(texts: pa.Array, kind: Kind) -> int | None:
    """Return the place of the first text that is not of this kind, None if all are."""
    texts = compute.utf8_trim_whitespace(texts)
    if _fit(texts, kind):
        return None
    good, bad = 0, len(texts)  # the first is at good or later, and before bad
    while bad - good > 1:
        middle = (good + bad) // 2
        if _fit(texts.slice(good, middle - good), kind):
            good = middle
        else:
            bad = middle
    return good


def _fit(texts: pa.Array, kind: Kind) -> bool:
    try:
        texts.cast(_TYPES[kind])
    except pa.ArrowInvalid:
        return False
    return True


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
