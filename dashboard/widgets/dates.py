"""Dates as the reader's own calendar has them; and asking for one, of which nothing is guessed."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from dashboard import formats
from dashboard.widgets.safe import Html, fill
from forecasts import clock
from forecasts.dates import Precision, last_instant
from forecasts.errors import InvalidInput
from forecasts.results.terms import PartialDate

PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")
STATED = "the text states it"
ESTIMATED = "my estimate"
UNKNOWN = "not known"
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
Answer = TypeVar("Answer")


def here(answer: Answer) -> Answer:
    """An answer of a view with all its instants in the zone that the reader's browser keeps.

    They stay the same instants. What writes or draws them then does so in local days and hours.
    """
    return in_zone(answer, zone_named(st.context.timezone))


def zone_named(name: str | None) -> tzinfo:
    """The zone of this name; UTC where a browser names none, or none that is known."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def in_zone(answer: Answer, to: tzinfo) -> Answer:
    """The same values, in tuples and dataclasses as deep as they go, with instants in a zone."""
    moved: Any = answer
    if isinstance(moved, datetime):
        moved = moved.astimezone(to)
    elif type(moved) is tuple:
        moved = tuple(in_zone(one, to) for one in moved)
    elif is_dataclass(moved) and not isinstance(moved, type):
        values = {f.name: in_zone(getattr(moved, f.name), to) for f in fields(moved)}
        moved = replace(moved, **values)
    return cast("Answer", moved)


def when(instant: datetime) -> Html:
    """The day of an instant, in the zone it carries, with its time in UTC on hover."""
    return _time(instant, formats.day(instant))


def moment(instant: datetime) -> Html:
    """Day and time of an instant, in the zone it carries, with its time in UTC on hover."""
    return _time(instant, f"{formats.day(instant)},{formats.NBSP}{instant:%H:%M}")


def closing(end: datetime) -> Html:
    """When something closes, with the time in UTC on hover."""
    return _time(end, formats.closing(end))


def _time(instant: datetime, written: str) -> Html:
    return fill(
        '<time datetime="{full}" title="{utc}">{written}</time>',
        full=instant.isoformat(),
        utc=formats.iso(instant),
        written=written,
    )


def partial_date_inputs(
    label: str, key: str, *, found: PartialDate | None = None
) -> tuple[date | None, Precision, str | None]:
    """Fields for a date, its precision and its origin, filled only with what a text states."""
    left, middle, right = st.columns([1.2, 0.8, 1.2])
    with left:
        day = st.date_input(
            label,
            value=found.day if found else None,
            min_value=FIRST,
            max_value=LAST,
            key=f"day {key}",
            format="YYYY-MM-DD",
        )
    with middle:
        precision = st.selectbox(
            "Known to the",
            PRECISIONS,
            index=PRECISIONS.index(found.precision) if found else 0,
            key=f"precision {key}",
        )
    with right:
        origin = st.selectbox(
            "Where it comes from",
            (STATED, ESTIMATED, UNKNOWN),
            index=0 if found else None,
            key=f"origin {key}",
            placeholder="Choose",
        )
    return day, precision, origin


def partial_date(day: date | None, precision: Precision, origin: str | None) -> PartialDate | None:
    """The date as stated; None where it is said to be unknown.

    Raises
    ------
    InvalidInput
        The origin was not said, or does not fit the date.
    """
    if origin is None:
        raise InvalidInput(
            "date", day or "", f"say whether {STATED}, it is {ESTIMATED}, or it is {UNKNOWN}"
        )
    if origin == UNKNOWN:
        if day is not None:
            raise InvalidInput("date", day, "is given, yet said to be not known")
        return None
    if day is None:
        raise InvalidInput("date", "", f"give it, or say that it is {UNKNOWN}")
    return PartialDate(day, precision, stated=origin == STATED)


def known_instant(day: date | None, precision: Precision) -> datetime:
    """When something became known: the last instant its date allows, but not after now.

    Raises
    ------
    InvalidInput
        There is no date.
    """
    if day is None:
        raise InvalidInput("known on", "", "say when the outcome became known")
    last = last_instant(day, precision)
    now = clock.now()
    started = datetime.combine(day, datetime.min.time(), UTC)
    return min(last, now) if started <= now else last
