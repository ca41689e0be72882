"""When a web page says that it was published, as precisely as it says it.

Only what the page declares for machines counts. Dates in the running text are left alone: they
may be about anything, and filling in a missing day would invent one.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from forecasts.dates import Precision

_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publication_date",
    "pubdate",
    "date",
)
_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_NUMERIC = re.compile(r"(\d{4})(?:[-/](\d\d?)(?:[-/](\d\d?))?)?(?:[T ].*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_WORDED = (
    re.compile(
        rf"(?:[a-z]+, )?{_MONTH} (?:(?P<day>\d\d?)(?:st|nd|rd|th)?,? )?(?P<year>\d{{4}})\b.*"
    ),
    re.compile(rf"(?:[a-z]+, )?(?P<day>\d\d?)(?:st|nd|rd|th)? {_MONTH},? (?P<year>\d{{4}})\b.*"),
)


def page_date(tree: Any) -> tuple[date, Precision] | None:
    """Return the declared date of publication with its precision, or None.

    ``tree`` is a parsed page (lxml). A time with an offset counts by the calendar day it names.
    A month stands as its first day with precision "month", a year likewise.
    """
    for declared in _declared(tree):
        found = parse_partial(declared)
        if found is not None:
            return found
    return None


def parse_partial(text: str) -> tuple[date, Precision] | None:
    """Read "2024-06-17T08:00Z", "2024-06", "2024", "June 17, 2024" or "17 June 2024"."""
    words = " ".join(text.lower().split())
    if numeric := _NUMERIC.fullmatch(words.upper()):
        return _partial(*numeric.groups())
    for pattern in _WORDED:
        if worded := pattern.fullmatch(words):
            month = str(_MONTHS.index(worded[1] if worded[1] in _MONTHS else worded[2]) + 1)
            return _partial(worded["year"], month, worded["day"])
    return None


def _partial(year: str, month: str | None, day: str | None) -> tuple[date, Precision] | None:
    precision: Precision = "day" if day else "month" if month else "year"
    try:
        return date(int(year), int(month or 1), int(day or 1)), precision
    except ValueError:
        return None


def _declared(tree: Any) -> Iterator[str]:
    """Yield declared dates, the most trustworthy first."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        yield from _LINKED_DATA.findall(script.text or "")
    values: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            values.setdefault((meta.get(attribute) or "").strip().lower(), meta.get("content"))
    yield from (values[key] for key in _META if key in values)
    times = tree.xpath("//time[@datetime]")
    for marked in times:
        if (marked.get("itemprop") or "").lower() == "datepublished" or "pubdate" in marked.attrib:
            yield marked.get("datetime")
    # A lone time on the page is the article's; of several, any could be another article's.
    if len({time.get("datetime") for time in times}) == 1:
        yield times[0].get("datetime")
