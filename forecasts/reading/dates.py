"""From the wording of a horizon and the day of publication to calendar days."""

import re
from calendar import monthrange
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept",
    "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_MONTH_NUMBER = {name[:3].lower(): i for i, name in enumerate(MONTHS[:12], 1)}
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.I)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}

Interval = tuple[date | None, date | None]


def interval_of(wording: str, published: date | None) -> Interval:
    """First and last day that a horizon's wording spans, each None where it does not follow.

    Days are counted from ``published``; without it only wordings that name
    their year can be placed. "Short-term" and "soon" span no days: nobody
    agreed on how long they are.
    """
    words = " ".join(wording.lower().replace("’", "'").split())
    window = _named(words, published) or (_relative(words, published) if published else None)
    if window is None:
        return None, None
    start, end = window
    if re.match(r"(?:by|until|till)\b", words):
        return (published if published is None or published <= end else start), end
    if re.match(r"before\b", words):
        return published, start - timedelta(days=1)
    if re.match(r"(?:after|beyond)\b", words):
        return end, None
    return start, end


def _named(words: str, published: date | None) -> tuple[date, date] | None:
    """Wordings that name a year, month or day."""
    year_match = re.search(r"\b(?:19|20|21)\d\d\b", words)
    month_match = _MONTH.search(words)
    day_match = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words)
    month = _MONTH_NUMBER[month_match.group()[:3]] if month_match else None
    year = int(year_match.group()) if year_match else None
    if year is None and published is not None:
        if month is not None:
            year = published.year + (month < published.month)
        elif re.search(r"\b(?:half|quarter) of (?:this|the|next) year\b", words):
            year = published.year + ("next year" in words)
    if year is None or re.search(r"\b(?:election|vote|summit|referendum|ballot)", words):
        return None
    if month is not None and day_match:
        day = int(day_match[1])
        if not 1 <= day <= monthrange(year, month)[1]:
            return None
        return date(year, month, day), date(year, month, day)
    return _part(words, year, month)


def _part(words: str, year: int, month: int | None) -> tuple[date, date]:
    """A month, quarter, half, season or year, or its beginning, middle or end."""
    first, last = (month, month) if month else (1, 12)
    if quarter := re.search(r"\bq([1-4])\b|\b(first|second|third|fourth|last) quarter", words):
        n = int(quarter[1] or {"first": 1, "second": 2, "third": 3}.get(quarter[2], 4))
        first, last = 3 * n - 2, 3 * n
    elif half := re.search(r"\bh([12])\b|\b(first|second|last) half", words):
        first, last = (1, 6) if half[1] == "1" or half[2] == "first" else (7, 12)
    elif season := re.search("|".join(_SEASONS), words):
        first, last = _SEASONS[season.group()]
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


def _relative(words: str, published: date) -> tuple[date, date] | None:
    """Wordings counted from the day of publication."""
    if "today" in words or "tonight" in words:
        return published, published
    if "tomorrow" in words:
        return published + timedelta(days=1), published + timedelta(days=1)
    if weekday := re.search("|".join(_WEEKDAYS), words):
        ahead = (_WEEKDAYS.index(weekday.group()) - published.weekday()) % 7
        day = published + timedelta(days=ahead)
        return day, day
    if counted := re.search(
        r"\b(?:(\d{1,3}|[a-z]+) to )?(\d{1,3}|[a-z]+) (day|week|month|quarter|year|decade)s?\b",
        words,
    ):
        number = _NUMBERS.get(counted[2]) or (int(counted[2]) if counted[2].isdigit() else None)
        if number:
            return published, _later(published, number, counted[3])
    unit = re.search(r"\b(week|month|quarter|year|decade)", words)
    if unit is None or re.search(r"\b(?:weeks|months|years|decades)\b", words):
        return None
    start, end = _unit_around(
        published, unit[1], ahead=bool(re.search(r"\b(?:next|coming)\b", words))
    )
    if re.search(r"\bend\b", words):
        return end, end
    if re.search(r"\b(?:this|later)\b", words):
        start = max(start, published)
    return start, end


def _later(day: date, number: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    months = day.month - 1 + number * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = min(day.year + months // 12, 9999), months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _unit_around(day: date, unit: str, *, ahead: bool) -> tuple[date, date]:
    """The calendar week, month, quarter, year or decade that holds ``day``, or the next one."""
    if unit == "week":
        start = day - timedelta(days=day.weekday()) + timedelta(days=7 * ahead)
        return start, start + timedelta(days=6)
    length = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    month = (day.year * 12 + day.month - 1) // length * length + length * ahead
    last = month + length - 1
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return date(month // 12, month % 12 + 1, 1), end
