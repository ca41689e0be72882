"""Dates known to a day, a month or a year, and the instants they stand for."""

import calendar
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

Precision = Literal["day", "month", "year"]


def first_day(day: date, precision: Precision) -> date:
    """The first day of the period that ``day`` lies in."""
    if precision == "year":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == "month" else day


def last_day(day: date, precision: Precision) -> date:
    """The last day of the period that ``day`` lies in."""
    if precision == "year":
        return day.replace(month=12, day=31)
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def last_instant(day: date, precision: Precision, zone: tzinfo = UTC) -> datetime:
    """The last microsecond the date allows, in UTC. A date counts from there."""
    after = last_day(day, precision) + timedelta(days=1)
    return datetime.combine(after, time(), zone).astimezone(UTC) - timedelta(microseconds=1)
