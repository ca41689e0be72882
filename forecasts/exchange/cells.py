"""CSV files row by row, their cells kept from being run as formulas by a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOBase, TextIOWrapper
from pathlib import Path

from forecasts.errors import InvalidInput

_FORMULA = re.compile(r"'*[=+\-@\t\r\x00]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\x00]")


def guarded(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs: a formula's first sign gets an apostrophe.

    So does what looks guarded already; ``unguarded`` therefore gives back any text exactly.
    Source: OWASP, "CSV Injection"; ASVS 5.0, 1.2.10.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that ``guarded`` made into ``cell``."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write_rows(
    file: TextIOBase, columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]
) -> None:
    """Write a CSV: texts guarded, numbers in their shortest form, None as an empty cell.

    Lines end as RFC 4180 has it; with other ends Python would not quote a lone CR in a text.
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(guarded(cell) if isinstance(cell, str) else cell for cell in row)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file: what stands in the columns asked for, guards taken off."""

    file: str
    line: int  # where it begins, from 1
    cells: dict[str, str]


def read_rows(path: Path, known: Sequence[str], needed: Sequence[str]) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8; columns that are not ``known`` are passed over.

    Blank lines are no rows. Raises InvalidInput, naming the line, if the file itself is broken:
    it then cannot be said which rows it has.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(path, file, known, needed)
    except OSError as error:
        raise InvalidInput("file", path.name, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InvalidInput("file", path.name, f"is not UTF-8: {error.reason}") from error


def _rows(
    path: Path, file: TextIOWrapper, known: Sequence[str], needed: Sequence[str]
) -> Iterator[Row]:
    line = 1
    reader = csv.reader(file, strict=True)
    try:
        header: list[str] = next(reader, [])
        check_header(path, header, needed)
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                if len(cells) != len(header):
                    raise InvalidInput(
                        f"{path.name}, line {line}",
                        ",".join(cells),
                        f"has {len(cells)} cells; the first line has {len(header)}",
                    )
                pairs = zip(header, cells, strict=True)
                found = {name: unguarded(cell) for name, cell in pairs if name in known}
                yield Row(path.name, line, found)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(f"{path.name}, line {line}", "", f"is no CSV: {error}") from error


def check_header(path: Path, header: Sequence[str], needed: Sequence[str]) -> None:
    """Raise InvalidInput if a name stands twice in a header, or a needed one does not."""
    for name in header:
        if header.count(name) > 1:
            raise InvalidInput(f"{path.name}, line 1", name, "is the name of two columns")
    for name in needed:
        if name not in header:
            if len(header) == 1 and ";" in header[0]:
                reason = "separates its columns by semicolons; write commas, and points in numbers"
                raise InvalidInput("file", path.name, reason)
            raise InvalidInput("file", path.name, f"has no column {name}")
