"""Instants as whole microseconds, and the ends of calendar days in a time zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

import numpy as np

from forecasts.maths.checks import Ints

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
_LENGTH = DAY // MICROSECOND


def microseconds(moment: datetime) -> int:
    """Return an aware datetime as whole microseconds since 1970-01-01 UTC, exactly.

    Raises ValueError for a naive datetime, whose instant is unknown.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"moment {moment.isoformat()} has no time zone")
    return (moment - EPOCH) // MICROSECOND


# Every forecaster on a question asks for the same days.
@lru_cache(maxsize=4096)
def day_marks(opens: int, ends: int, zone: tzinfo) -> Ints:
    """Return the ends of the calendar days in ``zone`` that lie in ``(opens, ends]``.

    Only full days count at the end: a window that ends at 06:00 has its last mark at the
    midnight before. A window without any midnight has the single mark ``ends``; an empty window
    (``ends <= opens``) has none.

    Parameters
    ----------
    opens, ends : int
        The window, in microseconds since the epoch (UTC).
    zone : tzinfo
        Whose midnights end the days. A day may have 23 or 25 hours; one that a zone skipped
        altogether has no mark; one whose clocks went back across its midnight ends the second
        time.

    Returns
    -------
    int64 array of shape (d,), increasing, read-only

    Raises
    ------
    ValueError
        If an end of the window does not lie in the years 2 to 9998.
    """
    if ends <= opens:
        return _read_only([])
    try:
        first = (EPOCH + opens * MICROSECOND - DAY).astimezone(zone).date()
        last = (EPOCH + ends * MICROSECOND + DAY).astimezone(zone).date()
    except OverflowError:
        raise ValueError(f"opens {opens} or ends {ends} is not in the years 2 to 9998") from None
    if zone is UTC:  # every day has its midnight, and as many microseconds
        return _read_only(
            list(range((opens // _LENGTH + 1) * _LENGTH, ends + 1, _LENGTH)) or [ends]
        )
    days = (first + i * DAY for i in range((last - first).days))
    # A set, because a day skipped by its zone ends where the day before it ends.
    marks = {microseconds(_day_end(day, zone)) for day in days}
    return _read_only(sorted(m for m in marks if opens < m <= ends) or [ends])


def _read_only(marks: list[int]) -> Ints:
    array = np.array(marks, dtype=np.int64)
    array.flags.writeable = False  # the cache hands the same array to every caller
    return array


@lru_cache(maxsize=2**15)  # the windows of different questions share their days
def _day_end(day: date, zone: tzinfo) -> datetime:
    """Return the instant after which it is no longer ``day``, or earlier, in ``zone``."""
    midnight = datetime.combine(day + DAY, time(), zone)
    first, second = (midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    # The clocks were changed around this midnight: it came twice, or never.
    low, high = sorted((first, second))
    if (high - MICROSECOND).astimezone(zone).date() <= day:
        return high
    while high - low > MICROSECOND:
        middle = low + (high - low) // 2
        if middle.astimezone(zone).date() <= day:
            low = middle
        else:
            high = middle
    return high if low.astimezone(zone).date() <= day else low
