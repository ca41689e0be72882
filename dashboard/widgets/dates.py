"""Asking for a date: how precisely it is known, and who says so. Nothing is guessed."""

from datetime import UTC, date, datetime

import streamlit as st

from forecasts import clock
from forecasts.dates import Precision, last_instant
from forecasts.errors import InvalidInput
from forecasts.results.terms import PartialDate

PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")
STATED = "the text states it"
ESTIMATED = "my estimate"
UNKNOWN = "not known"
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


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
