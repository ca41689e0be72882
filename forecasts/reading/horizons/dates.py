"""From the wording of a horizon and the day of publication to calendar days."""

import re
from calendar import monthrange
from datetime import date, timedelta

from forecasts.reading.horizons.calendar_spans import (
    MONTH_NUMBER,
    Window,
    between,
    feast,
    later,
    part,
    unit_around,
    year_ahead,
)
from forecasts.reading.horizons.calendar_spans import MONTHS as MONTHS

_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.I)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_NUMBERS = {word: n for n, word in enumerate(_COUNTED)} | {
    "a": 1, "an": 1, "another": 1, "further": 1, "eighteen": 18,
}  # fmt: skip

_EVENT = re.compile(r"\b(?:elections?|vote|summit|referendum|ballot|polls|midterms?)\b")
_RANGE = re.compile(
    rf"\b(?:from|between)\s({'|'.join(MONTHS)})?\s?((?:20|21)\d\d)?\s?(?:and|to)\s"
    rf"({'|'.join(MONTHS)})?\s?((?:20|21)\d\d)?", re.I,
)  # fmt: skip
_PARTS = re.compile(
    r"\b(?:(?:first|second|third|fourth) (?:quarter|half)|spring|summer|autumn|winter)\b"
)

Interval = tuple[date | None, date | None]


def interval_of(wording: str, published: date | None) -> Interval:
    """First and last day that a horizon's wording spans, each None where it does not follow.

    Days are counted from ``published``; without it only wordings that name
    their year can be placed. "Short-term" and "soon" span no days: nobody
    agreed on how long they are.
    """
    words = " ".join(wording.lower().replace("’", "'").split())
    words = re.sub(r"^before the (\w+) is (?:out|over)", r"by the end of this \1", words)
    if words.endswith(" after"):
        return None, None  # "as soon as three months after" counts from what follows
    window = _named(words, published) or (_relative(words, published) if published else None)
    if window is None:
        return None, None
    start, end = window
    if re.match(r"(?:before|after)\b", words) and _EVENT.search(words):
        # Some day of that month or year: before it is over, or after it has begun.
        if words.startswith("after"):
            return start, None
        return (published if published is None or published <= end else None), end
    if re.match(r"(?:by|until|till)\b", words):
        return (published if published is None or published <= end else start), end
    if re.match(r"before\b", words):
        end = start - timedelta(days=1)
        if published and end < published and not re.search(r"\d{4}", words):
            return None, None  # "before spring", said in spring
        return (published if published is None or published <= end else None), end
    if re.match(r"(?:after|beyond)\b", words):
        return end, None
    return start, end


def _named(words: str, published: date | None) -> Window:
    """Wordings that name a year, month or day."""
    year_match = re.search(r"\b(?:19|20|21)\d\d\b", words)
    month_match = _MONTH.search(words)
    day_match = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words)
    month = MONTH_NUMBER[month_match.group()[:3]] if month_match else None
    year = int(year_match.group()) if year_match else None
    if year is None and published is not None:
        if month is not None:
            year = published.year + (month < published.month)
        elif re.search(r"\b(?:half|quarter) of (?:this|the|next) year\b", words):
            year = published.year + ("next year" in words)
    if named_day := re.search(r"\b(christmas|new year)\b", words):
        return feast(named_day[1], year, published)
    if _EVENT.search(words) and month is None and year_match is None:
        return None
    if several := _RANGE.search(words):
        return between(several, year, published)
    if decade := re.search(r"\b((?:19|20|21)\d0)s\b", words):
        return date(int(decade[1]), 1, 1), date(int(decade[1]) + 9, 12, 31)
    if year is None and published is not None and (named := _PARTS.search(words)):
        return part(words, year_ahead(named.group(), words, published), None)
    if year is None:
        return None
    if month is not None and day_match:
        day = int(day_match[1])
        if not 1 <= day <= monthrange(year, month)[1]:
            return None
        return date(year, month, day), date(year, month, day)
    return part(words, year, month)


def _relative(words: str, published: date) -> Window:
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
        r"\b(?:(\d{1,3}|[a-z]+) ?(?:to|or|-|–|—|/) ?)?(\d{1,3}|[a-z]+)"
        r" (day|week|month|quarter|year|decade)s?\b",
        words,
    ):
        number = _NUMBERS.get(counted[2]) or (int(counted[2]) if counted[2].isdigit() else None)
        if number:
            return published, later(published, number, counted[3])
    unit = re.search(r"\b(week|month|quarter|year|decade)", words)
    if unit is None or re.search(r"\b(?:weeks|months|years|decades)\b", words):
        return None
    if re.search(r"\bahead\b", words):
        return published, later(published, 1, unit[1])
    start, end = unit_around(
        published, unit[1], ahead=bool(re.search(r"\b(?:next|coming)\b", words))
    )
    if re.search(r"\bend\b", words):
        return end, end
    if re.search(r"\b(?:this|later)\b", words):
        start = max(start, published)
    return start, end
