"""Forecasts and questions of other people's files, row by row, each kept or refused by name.

The format is that of ``forecasts score``, with four optional columns more: ``publisher`` and
``rationale`` of a forecast, ``title`` and ``criteria`` of a question.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from forecasts.errors import InvalidInput
from forecasts.exchange.cells import Row, read_rows
from forecasts.exchange.claims import AskedRow, Claim, Claims, Place, refusal
from forecasts.exchange.said import FORECASTER_KINDS

MOST_ROWS = 10_000

_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII
)
_NUMBER = re.compile(r"[+-]?(\d{1,300}(\.\d{0,300})?|\.\d{1,300})([eE][+-]?\d{1,3})?", re.ASCII)

CLAIM_COLUMNS = (
    "question_id", "forecaster", "forecaster_kind", "publisher", "made_at", "recorded_at",
    "expires_at", "option", "probability", "quantile", "value", "rationale",
)  # fmt: skip
CLAIM_NEEDS = ("question_id", "forecaster", "made_at")
ASKED_COLUMNS = (
    "question_id", "kind", "options", "opened_at", "closes_at", "known_at", "outcome", "zone",
    "title", "criteria",
)  # fmt: skip
ASKED_NEEDS = ("question_id", "kind", "opened_at", "closes_at", "outcome")

Key = tuple[str, ...]
_OF_A_PART = frozenset({"option", "probability", "quantile", "value"})
_EMPTY = float("nan")  # where an option has no probability


def read_claims(questions: Path | None, forecasts: Sequence[Path]) -> Claims:
    """Read files of forecasts, with or without a file of the questions they are about.

    Raises InvalidInput for a file whose rows cannot be told apart, and for more than 10,000 rows.
    """
    found = Claims()
    if questions is not None:
        for row in _counted(found, read_rows(questions, ASKED_COLUMNS, ASKED_NEEDS)):
            try:
                found.asked.append(_asked(row))
            except InvalidInput as error:
                found.refused.append(refusal(Place(row.file, row.line), error))
    claims: dict[Key, list[Claim]] = {}
    broken: set[Key] = set()
    for path in forecasts:
        for row in _counted(found, read_rows(path, CLAIM_COLUMNS, CLAIM_NEEDS)):
            cells = {name: row.cells.get(name, "") for name in CLAIM_COLUMNS}
            key = tuple(cells[name] for name in CLAIM_COLUMNS if name not in _OF_A_PART)
            place = Place(row.file, row.line)
            try:
                _add(cells, place, claims.setdefault(key, []))
            except InvalidInput as error:
                found.refused.append(refusal(place, error))
                broken.add(key)
    for key, several in claims.items():
        for claim in several:
            if key in broken and (claim.options or claim.quantiles):
                fault = InvalidInput("question_id", claim.question, "another row of it is refused")
                found.refused += [refusal(place, fault) for place in claim.places]
            else:
                found.claims.append(claim)
    return found


def _counted(found: Claims, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        found.rows += 1
        if found.rows > MOST_ROWS:
            where = f"{row.file}, line {row.line}"
            raise InvalidInput(where, "", f"more than {MOST_ROWS:,} rows; import them in parts")
        yield row


def _add(cells: dict[str, str], place: Place, claims: list[Claim]) -> None:
    """Add a row to the first of these claims that lacks its part, or begin one."""
    for name in ("question_id", "forecaster"):
        if not cells[name].strip():
            raise InvalidInput(name, cells[name], "must not be empty")
    kind = cells["forecaster_kind"] or "person"
    if kind not in FORECASTER_KINDS:
        known = ", ".join(FORECASTER_KINDS)
        raise InvalidInput("forecaster_kind", kind, f"must be one of {known}")
    made = _instant("made_at", cells["made_at"])
    expires = _instant("expires_at", cells["expires_at"]) if cells["expires_at"] else None
    part, share, value = _part(cells)
    claim = _lacking(claims, part)
    if claim is None:
        said = (cells["publisher"], made, expires, cells["rationale"])
        claim = Claim(cells["question_id"], cells["forecaster"], kind, *said, [])
        claims.append(claim)
    claim.places.append(place)
    if isinstance(part, str):
        claim.options[part] = _EMPTY if share is None else share
    elif part is not None:
        claim.quantiles[part] = value
    else:
        claim.probability = share


def _part(cells: dict[str, str]) -> tuple[str | float | None, float | None, float]:
    """The option or level that a row is about, its probability, and the level's value."""
    share = _share(cells["probability"])
    level, value = _number("quantile", cells["quantile"]), _number("value", cells["value"])
    if (level is None) != (value is None):
        raise InvalidInput("quantile", cells["quantile"], "quantile and value belong together")
    if level is not None and (share is not None or cells["option"]):
        raise InvalidInput("quantile", cells["quantile"], "stands beside a probability")
    return cells["option"] or level, share, _EMPTY if value is None else value


def _lacking(open_claims: list[Claim], part: str | float | None) -> Claim | None:
    if part is None:
        return None
    for claim in open_claims:
        if isinstance(part, str) and claim.options and part not in claim.options:
            return claim
        if isinstance(part, float) and claim.quantiles and part not in claim.quantiles:
            return claim
    return None


def _asked(row: Row) -> AskedRow:
    cells = {name: row.cells.get(name, "") for name in ASKED_COLUMNS}
    if not cells["question_id"].strip():
        raise InvalidInput("question_id", cells["question_id"], "must not be empty")
    options = tuple(part.strip() for part in cells["options"].split("|") if part.strip())
    return AskedRow(
        id=cells["question_id"],
        kind=cells["kind"],
        options=() if cells["kind"] in ("binary", "numeric") else options,
        opened_at=_instant("opened_at", cells["opened_at"]),
        closes_at=_instant("closes_at", cells["closes_at"]),
        known_at=_instant("known_at", cells["known_at"]) if cells["known_at"] else None,
        outcome=cells["outcome"],
        zone=cells["zone"],
        title=cells["title"],
        criteria=cells["criteria"],
        place=Place(row.file, row.line),
    )


def _instant(name: str, text: str) -> datetime:
    rule = "write 2026-01-31T12:00Z, with Z or an offset"
    if not _INSTANT.fullmatch(text.strip(" ")):
        raise InvalidInput(name, text, rule)
    try:
        return datetime.fromisoformat(text.strip(" "))
    except ValueError as error:
        raise InvalidInput(name, text, rule) from error


def _share(text: str) -> float | None:
    share = _number("probability", text)
    if share is not None and not 0 <= share <= 1:
        raise InvalidInput("probability", text, "is not in [0, 1]")
    return share


def _number(name: str, text: str) -> float | None:
    if not text.strip(" "):
        return None
    if not _NUMBER.fullmatch(text.strip(" ")):
        raise InvalidInput(name, text, "is no number such as 0.37")
    return float(text) + 0.0
