"""A whole record as a folder of files: its log word for word, what stands beside it, and tables.

``log.jsonl`` holds one entry a line, exactly as it was hashed. ``questions.csv`` and
``forecasts.csv`` are what ``forecasts score`` reads; they follow from the log and are there to be
read. ``manifest.json`` comes last and holds the hash of every other file.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forecasts.errors import InvalidInput
from forecasts.exchange.cells import write_rows

FORMAT = "forecast-desk-record/1"
MANIFEST, LOG = "manifest.json", "log.jsonl"
NAMES, WORDS, CHECKPOINTS = "names.jsonl", "words.jsonl", "checkpoints.jsonl"
QUESTIONS, FORECASTS, UNSCORED = "questions.csv", "forecasts.csv", "unscored.csv"

QUESTION_COLUMNS = (
    "question_id", "kind", "options", "opened_at", "closes_at", "known_at", "outcome", "zone",
    "title",
)  # fmt: skip
FORECAST_COLUMNS = (
    "question_id", "forecaster", "forecaster_kind", "made_at", "recorded_at", "expires_at",
    "option", "probability", "quantile", "value", "class",
)  # fmt: skip

UNREADABLE = (KeyError, TypeError, ValueError, RecursionError)
"""What a text that is not as it was written may raise while it is read."""

TEXT, PERHAPS, WHOLE = (str, "a text"), (str | None, "a text or null"), (int, "a whole number")
NOT_TEXT = {"salt": PERHAPS, "text": PERHAPS, "size": WHOLE, "made_us": WHOLE}
"""What JSON holds for the fields of names, words and notes that are not simply texts."""

Cells = Sequence[str | float | None]


@dataclass(frozen=True, slots=True)
class Name:
    """What the log does not hold of a person."""

    handle: str
    name: str
    login: str


@dataclass(frozen=True, slots=True)
class Words:
    """A private text, or what is left of it: the commitment."""

    commitment: str
    salt: bytes | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A signed checkpoint that the record keeps."""

    size: int
    note: str
    made_us: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A record's parts, each walked once."""

    bodies: Iterable[str]
    names: Iterable[Name]
    words: Iterable[Words]
    checkpoints: Iterable[Note]


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of the CSV files."""

    questions: Iterable[Cells]
    forecasts: Iterable[Cells]
    unscored: Iterable[Cells]


def write_record(folder: Path, parts: Parts, tables: Tables, *, size: int, root: bytes) -> None:
    """Write the files of a record into an empty folder. The same record gives the same bytes.

    Raises ValueError for an entry that is not one line.
    """
    with (folder / LOG).open("w", encoding="utf-8", newline="") as file:
        for body in parts.bodies:
            if "\n" in body:
                raise ValueError(f"{body[:40]!r} is no entry of the log: it has two lines")
            file.write(f"{body}\n")
    _write_lines(folder / NAMES, map(_plain, parts.names))
    _write_lines(folder / WORDS, map(_plain, parts.words))
    _write_lines(folder / CHECKPOINTS, map(_plain, parts.checkpoints))
    for name, columns, rows in (
        (QUESTIONS, QUESTION_COLUMNS, tables.questions),
        (FORECASTS, FORECAST_COLUMNS, tables.forecasts),
        (UNSCORED, FORECAST_COLUMNS, tables.unscored),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            write_rows(file, columns, rows)
    files = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    manifest = {"format": FORMAT, "size": size, "root": root.hex(), "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the files of a record say about themselves."""

    size: int
    root: bytes


def is_record(folder: Path) -> bool:
    """Whether a folder holds a record with its log."""
    return (folder / MANIFEST).is_file()


def read_record(folder: Path) -> tuple[Manifest, Parts]:
    """The parts of a record whose files are those that were written.

    Raises InvalidInput, naming the file that is missing or was changed.
    """
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise InvalidInput(MANIFEST, told["format"], f"is not {FORMAT}; upgrade Forecast Desk")
        if type(told["size"]) is not int:
            raise TypeError("size")
        manifest = Manifest(told["size"], bytes.fromhex(told["root"]))
        files: dict[str, str] = dict(told["files"])
    except OSError as error:
        raise InvalidInput("file", path.name, error.strerror or str(error)) from error
    except UNREADABLE as error:
        raise InvalidInput("file", path.name, "is no manifest of a record") from error
    for name in sorted({LOG, NAMES, WORDS, CHECKPOINTS, *files}):
        _check_file(folder / name, files.get(name))
    parts = Parts(
        _lines(folder / LOG),
        (Name(**one) for one in _read_lines(folder / NAMES, Name)),
        (_words(one) for one in _read_lines(folder / WORDS, Words)),
        (Note(**one) for one in _read_lines(folder / CHECKPOINTS, Note)),
    )
    return manifest, parts


def _check_file(path: Path, digest: str | None) -> None:
    if digest is None or path.name != Path(path.name).name:
        raise InvalidInput("file", path.name, "is not listed in the manifest")
    if not path.is_file():
        raise InvalidInput("file", path.name, "is missing")
    if _digest(path) != digest:
        raise InvalidInput("file", path.name, "was changed since it was written")


def _plain(part: Name | Words | Note) -> dict[str, Any]:
    found = {name: getattr(part, name) for name in part.__slots__}
    return {name: one.hex() if isinstance(one, bytes) else one for name, one in found.items()}


def _words(one: dict[str, Any]) -> Words:
    salt = one["salt"]
    return Words(one["commitment"], None if salt is None else bytes.fromhex(salt), one["text"])


def _write_lines(path: Path, values: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for value in values:
            file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def _read_lines(
    path: Path, part: type[Name] | type[Words] | type[Note]
) -> Iterator[dict[str, Any]]:
    wanted = set(part.__slots__)
    for number, line in enumerate(_lines(path), 1):
        where = f"{path.name}, line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidInput(where, line, "is no JSON") from error
        if not isinstance(value, dict) or value.keys() != wanted:
            raise InvalidInput(where, line, f"must have {', '.join(sorted(wanted))}")
        for name, held in value.items():
            kind, called = NOT_TEXT.get(name, TEXT)
            if not isinstance(held, kind) or isinstance(held, bool):
                raise InvalidInput(f"{where}, {name}", held, f"must be {called}")
        yield value


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
