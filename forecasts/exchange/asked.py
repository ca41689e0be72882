"""QUESTIONS files: what was asked, and how it turned out."""

import math
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from forecasts.errors import InvalidInput
from forecasts.exchange.tables import Progress, Table, read_table
from forecasts.maths.engine.columns import EARLIEST, LATEST, NEVER

KINDS = ("binary", "multiple_choice", "ordered", "numeric")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the file."""

    id: str
    kind: str
    options: tuple[str, ...]  # empty if numeric
    opens: int  # microseconds, UTC
    closes: int
    ends: int  # the earlier of the close and the moment the outcome was known
    outcome: float | None  # index of the option, or the number; None while open
    zone: tzinfo


def read_questions(
    path: Path, *, zone: tzinfo = UTC, progress: Progress = lambda _rows: None
) -> list[Asked]:
    """Read a QUESTIONS file; ``zone`` is that of questions that state none.

    Raises InvalidInput, naming the row of a bad value.
    """
    table = read_table(
        path,
        {
            **dict.fromkeys(("question_id", "kind", "options", "outcome", "zone"), "code"),
            **dict.fromkeys(("opened_at", "closes_at", "known_at"), "instant"),
        },
        ("question_id", "kind", "opened_at", "closes_at", "outcome"),
        progress,
    )
    opens, closes = table.instants("opened_at"), table.instants("closes_at")
    known = table.instants("known_at", empty=NEVER) if "known_at" in table else closes
    texts = {name: _texts(table, name) for name in ("question_id", "kind", "outcome")}
    for name in ("options", "zone"):
        texts[name] = _texts(table, name) if name in table else [""] * len(table)
    for name, at in (("opened_at", opens), ("closes_at", closes), ("known_at", known)):
        far = (at < EARLIEST) | ((at >= LATEST) & (at != NEVER))
        table.refuse(far, name, "is not in the years 2 to 9997")
    table.refuse(closes <= opens, "closes_at", "is not after opened_at")
    ids = np.array(texts["question_id"])
    table.refuse(ids == "", "question_id", "must not be empty")
    first = np.unique(ids, return_index=True)[1]
    again = np.ones(ids.size, dtype=np.bool_)
    again[first] = False
    table.refuse(again, "question_id", "stands there already")
    return [
        _asked(table, row, texts, zone, int(opens[row]), int(closes[row]), int(known[row]))
        for row in range(len(table))
    ]


def _asked(
    table: Table,
    row: int,
    texts: dict[str, list[str]],
    default: tzinfo,
    opens: int,
    closes: int,
    known: int,
) -> Asked:
    def bad(name: str, reason: str) -> InvalidInput:
        return InvalidInput(f"{table.path.name}, row {row + 1}, {name}", texts[name][row], reason)

    kind = texts["kind"][row]
    if kind not in KINDS:
        raise bad("kind", f"must be one of {', '.join(KINDS)}")
    listed = texts["options"][row].strip()
    options = tuple(part.strip() for part in listed.split("|")) if listed else ()
    if kind == "binary":
        options = options or ("yes", "no")
        if options != ("yes", "no"):
            raise bad("options", "a binary question has yes|no, or nothing here")
    elif kind == "numeric":
        options = ()
    elif len(options) < 2 or len(set(options)) != len(options) or "" in options:
        raise bad("options", "must be two or more different ones, separated by |")
    outcome: float | None = None
    if texts["outcome"][row]:
        outcome = _outcome(texts["outcome"][row], kind, options)
        if outcome is None:
            wanted = "a finite number" if kind == "numeric" else f"one of {', '.join(options)}"
            raise bad("outcome", f"must be {wanted}, or empty while open")
    zone = zone_of(texts["zone"][row]) if texts["zone"][row] else default
    if zone is None:
        raise bad("zone", "is no time zone")
    return Asked(
        texts["question_id"][row], kind, options, opens, closes, min(closes, known), outcome, zone
    )


def _outcome(text: str, kind: str, options: tuple[str, ...]) -> float | None:
    """Return an option's place, or the number; None if it is neither."""
    if kind != "numeric":
        return float(options.index(text)) if text in options else None
    try:
        return float(text) if math.isfinite(float(text)) else None
    except ValueError:
        return None


def zone_of(name: str) -> tzinfo | None:
    """Return the time zone of that name, None if there is none."""
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _texts(table: Table, name: str) -> list[str]:
    codes, texts = table.codes(name)
    return [texts[code] for code in codes]
