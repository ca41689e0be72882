"""Stretches of the calendar: quarters, seasons, feasts, "six months from today"."""

import re
from calendar import monthrange
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept",
    "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
MONTH_NUMBER = {name[:3].lower(): i for i, name in enumerate(MONTHS[:12], 1)}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}

Window = tuple[date, date] | None


def between(found: re.Match[str], year: int | None, published: date | None) -> Window:
    """ "From March to May", "between 2026 and 2028"; None without a year."""
    first, last = (MONTH_NUMBER[m[:3].lower()] if m else None for m in (found[1], found[3]))
    opening, closing = (int(y) if y else None for y in (found[2], found[4]))
    if first is None and last is None:
        if opening is None or closing is None or opening > closing:
            return None
        return date(opening, 1, 1), date(closing, 12, 31)
    begins = opening or closing or year
    if first is None or last is None or begins is None:
        return None
    if opening is None and closing is None and published is not None:
        begins = published.year + (last < published.month and first <= last)
    begins -= bool(opening is None and closing and last < first)
    ends = closing or begins + (last < first)
    if (begins, first) > (ends, last):
        return None
    return date(begins, first, 1), date(ends, last, monthrange(ends, last)[1])


def year_ahead(part: str, words: str, published: date) -> int:
    """The year of the next such quarter, half or season that is not over."""
    if part in SEASONS:
        last = SEASONS[part][1]
        year = published.year + (last < published.month) - (published.month + 12 <= last)
        current = (year, SEASONS[part][0]) <= (published.year, published.month)
        return year + ("next" in words and current)
    name, unit = part.split()
    n = ["first", "second", "third", "fourth"].index(name) + 1
    last = n * (3 if unit == "quarter" else 6)
    return published.year + (last < published.month)


def feast(name: str, year: int | None, published: date | None) -> Window:
    """Christmas Day, or New Year's Day; the next one where no year is named."""
    month, day = (12, 25) if name == "christmas" else (1, 1)
    if year is None:
        if published is None:
            return None
        year = published.year + ((month, day) < (published.month, published.day))
    return date(year, month, day), date(year, month, day)


def part(words: str, year: int, month: int | None) -> tuple[date, date]:
    """A month, quarter, half, season or year, or its beginning, middle or end."""
    first, last = (month, month) if month else (1, 12)
    if quarter := re.search(r"\bq([1-4])\b|\b(first|second|third|fourth|last) quarter", words):
        n = int(quarter[1] or {"first": 1, "second": 2, "third": 3}.get(quarter[2], 4))
        first, last = 3 * n - 2, 3 * n
    elif half := re.search(r"\bh([12])\b|\b(first|second|last) half", words):
        first, last = (1, 6) if half[1] == "1" or half[2] == "first" else (7, 12)
    elif season := re.search("|".join(SEASONS), words):
        first, last = SEASONS[season.group()]
    elif month is None and re.search(r"\bearly\b|\b(?:start|beginning|turn) of", words):
        first, last = 1, 3
    elif month is None and re.search(r"\bmid\b|\bmiddle of", words):
        first, last = 5, 8
    elif month is None and re.search(r"\blate\b", words):
        first, last = 10, 12
    start = date(year, first, 1)
    end_year, end_month = year + (last > 12), (last - 1) % 12 + 1
    end = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return (end, end) if re.search(r"\b(?:end|close) of\b", words) else (start, end)


def later(day: date, number: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    months = day.month - 1 + number * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = min(day.year + months // 12, 9999), months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def unit_around(day: date, unit: str, *, ahead: bool) -> tuple[date, date]:
    """The calendar week, month, quarter, year or decade that holds ``day``, or the next one."""
    if unit == "week":
        start = day - timedelta(days=day.weekday()) + timedelta(days=7 * ahead)
        return start, start + timedelta(days=6)
    length = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    month = (day.year * 12 + day.month - 1) // length * length + length * ahead
    last = month + length - 1
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return date(month // 12, month % 12 + 1, 1), end
