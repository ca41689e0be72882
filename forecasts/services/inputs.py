"""Reading what people type: one clear refusal that names the field and the value."""

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from forecasts.errors import InvalidInput

Choice = TypeVar("Choice", bound=str)

PROBABILITY = re.compile(r"(\d{1,20}(?:\.\d{1,20})?|\.\d{1,20})(%?)", re.ASCII)
OUTSIDE = "a probability lies between 0 and 1 (0% and 100%)"
NUMBER = re.compile(r"[+-]?\d{1,300}(?:\.\d{1,300})?", re.ASCII)
LINE_LIMIT, TEXT_LIMIT = 500, 100_000
SUM_TOLERANCE = 1e-6
FIRST_YEAR, LAST_YEAR = 1900, 2200
MARKS_LIMIT = 8  # combining marks in a row; no living script needs more


def parse_probability(text: str, *, field: str = "probability") -> float:
    """A share in [0, 1] from plain ASCII ``0.37`` or ``37%``; nothing else is one."""
    match = PROBABILITY.fullmatch(text.strip(" "))
    if match is None:
        raise InvalidInput(field, text, "write a number such as 0.37 or 37%")
    exact = Decimal(match[1]) / (100 if match[2] else 1)
    if exact > 1:  # as a float, 100.00000000000000000001 % would be 1
        raise InvalidInput(field, text, OUTSIDE)
    return check_probability(float(exact), field=field, given=text)


def parse_number(text: str, *, field: str) -> float:
    """A finite number from plain ASCII such as ``-12.5``."""
    if NUMBER.fullmatch(text) is None:
        raise InvalidInput(field, text, "write a number such as 12.5")
    return float(text) + 0.0


def check_probability(value: float, *, field: str, given: object = None) -> float:
    """``value`` as a float in [0, 1]. True, NaN, text and the like are refused."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        shown = value if given is None else given
        raise InvalidInput(field, shown, OUTSIDE)
    return float(value) + 0.0  # -0.0 becomes 0.0, as databases store it


def check_probabilities(values: Sequence[float], options: Sequence[str]) -> tuple[float, ...]:
    """One probability an option, summing to 1 within 1e-6. Nothing is renormalised."""
    if len(values) != len(options):
        raise InvalidInput(
            "probabilities", list(values), f"there are {len(options)} options: {', '.join(options)}"
        )
    checked = tuple(
        check_probability(value, field=f"probability of {name}")
        for value, name in zip(values, options, strict=True)
    )
    total = math.fsum(checked)
    if abs(total - 1) > SUM_TOLERANCE:
        raise InvalidInput("probabilities", list(checked), f"they sum to {total:.7g}, not to 1")
    return checked


def check_text(field: str, value: str, *, required: bool = True, limit: int = TEXT_LIMIT) -> str:
    """``value`` without outer white space. NUL, lone surrogates and mark stacks are refused."""
    text = value.strip()
    if required and not any(unicodedata.category(char)[0] not in "CZ" for char in text):
        raise InvalidInput(field, value, "must not be empty")
    if len(text) > limit:
        raise InvalidInput(field, value, f"has {len(text):,} characters; {limit:,} are allowed")
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise InvalidInput(
            field, ascii(text), "contains characters that are no text (U+0000 or half a pair)"
        )
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run > MARKS_LIMIT:
            raise InvalidInput(field, ascii(text), "stacks too many combining marks")
    return text


def check_line(field: str, value: str, *, required: bool = True) -> str:
    """Like ``check_text``, for what stands on one line: titles, names, tags."""
    text = check_text(field, value, required=required, limit=LINE_LIMIT)
    if any(unicodedata.category(char) == "Cc" for char in text):
        raise InvalidInput(field, ascii(text), "must stand on one line")
    return text


def check_instant(field: str, value: datetime) -> datetime:
    """An aware instant of a plausible year, in UTC."""
    if value.utcoffset() is None:
        raise InvalidInput(field, value.isoformat(), "has no time zone; add Z or an offset")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InvalidInput(
            field, value.isoformat(), f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}"
        )
    return value.astimezone(UTC)


def check_zone(value: str | None) -> str | None:
    """The name of a time zone of the IANA database, or None for UTC."""
    if value is None or value in ("", "UTC"):
        return None
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput("zone", value, "is no time zone such as Europe/Berlin") from error
    return value


def check_choice(field: str, value: str, choices: Sequence[Choice]) -> Choice:
    """The one of ``choices`` that ``value`` is."""
    for choice in choices:
        if choice == value:
            return choice
    raise InvalidInput(field, value, f"must be one of {', '.join(choices)}")


def folded(name: str) -> str:
    """A name as readers compare it: ``Yes``, ``yes `` and ``Ｙes`` are the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
