"""What is typed behind an option, as the value it stands for."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, TypeVar

import typer

from forecasts.dates import Precision
from forecasts.errors import InvalidInput
from forecasts.results.terms import PartialDate
from forecasts.services.inputs import FIRST_YEAR, LAST_YEAR

T = TypeVar("T")

Published = Annotated[
    str | None, typer.Option(help="Publication date: 2024-06-17, 2024-06 or 2024.")
]

_DAY = timedelta(days=1)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse_instant(field: str, text: str, *, end_of_day: bool = False) -> datetime:
    """An instant from ISO 8601 with an offset; a bare date is its UTC day's start or end."""
    try:
        if not _ISO_DAY.match(text):
            raise ValueError(text)
        if _ISO_DAY.fullmatch(text):
            moment = datetime.fromisoformat(f"{text}T00:00:00+00:00")
            return moment + _DAY if end_of_day else moment
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(field, text, "write 2026-01-31 or 2026-01-31T12:00Z") from error
    if moment.utcoffset() is None:
        raise InvalidInput(field, text, "has no time zone; add Z or an offset")
    return moment


def parse_date(field: str, text: str, *, stated: bool = True) -> PartialDate:
    """A date as well as it is known: ``2024``, ``2024-06`` or ``2024-06-17``."""
    parts = text.split("-")
    precisions: dict[int, Precision] = {1: "year", 2: "month", 3: "day"}
    try:
        if [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
            raise ValueError(text)
        day = date.fromisoformat("-".join([*parts, "01", "01"][:3]))
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
    except ValueError as error:
        raise InvalidInput(field, text, "write 2024-06-17, 2024-06 or 2024") from error
    return PartialDate(day, precisions[len(parts)], stated)


def one_of(option: str, value: T, known: Sequence[T]) -> T:
    """Return an option's value. Raises InvalidInput, with what is known, if it is another."""
    if value not in known:
        raise InvalidInput(option, value, f"must be one of {', '.join(map(str, known))}")
    return value
