"""What a plain text says about itself before it begins: title, author, publisher, date.

Only what stands there in so many words counts: a block of front matter, a labelled line, a
byline, a line that is a date, a dateline. Anything else is left for a person to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from forecasts.dates import Precision
from forecasts.reading.documents.page_dates import parse_partial

_LINES = 12  # that may stand above the article, blank ones left out
_LONGEST = 120  # characters; a longer line is a paragraph
_LONGEST_FRONT = 60  # lines

_FIELDS = {
    "title": "title", "headline": "title",
    "author": "author", "authors": "author", "by": "author", "byline": "author",
    "publisher": "publisher", "publication": "publisher", "source": "publisher",
    "site": "publisher", "site_name": "publisher", "sitename": "publisher",
    "date": "date", "published": "date", "published on": "date", "publication date": "date",
    "publication_date": "date", "pubdate": "date", "publishdate": "date", "date published": "date",
    "posted": "date", "posted on": "date",
}  # fmt: skip
_LABEL = re.compile(r"\W{0,3}([A-Za-z][A-Za-z _-]{1,20}?)\W{0,2}:\W{0,3}\s(\S.*)")
_FRONT_FIELD = re.compile(r"([A-Za-z][\w -]{0,30})\s*:\s*(.*)")
_HEADING = re.compile(r"#[ \t]+(\S.*?)[ \t#]*")

_PART = r"[A-Z][\w'’.-]*"  # of a name
_NAME = rf"{_PART}(?: (?:(?:de|van|von|der|den|al|bin|la) )*{_PART}){{1,4}}"
_BYLINE = re.compile(rf"[Bb]y ({_NAME}(?:(?:, | and |, and ){_NAME}){{0,4}})(?:\.|,.*)?")
_NAMED = re.compile(rf"({_NAME})")
_ABOUT = re.compile(rf"About the author:? ({_NAME}) (?:is|was|has|holds|teaches|works|writes)\b.*")
_SEPARATOR = re.compile(r"\s[|·•/–—-]\s|\s?[|·•]\s?")
_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S*[.!?…][\"”’)]?")
_CLOCK = re.compile(r",?\s(?:at\s)?\d{1,2}[:.]\d\d\b.{0,20}$")
_YEAR_LAST = re.compile(r".*\d{4}|\d{4}-\d\d(?:-\d\d)?(?:T.*)?")
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:, [A-Z][\w .]{1,20})??(?:,? \(?(?P<date>[A-Z][a-z]{2,8}\.? \d\d?"
    r"(?:, \d{4})?|\d\d? [A-Z][a-z]{2,8}\.?(?: \d{4})?)\)?)?,? ?"
    r"(?:\((?P<agency>[A-Z][\w ]{1,30})\))? ?[–—-]{1,2} .*"
)


@dataclass(slots=True)
class Head:
    """What was declared; a date only if everything that is one agrees."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    labelled: str | None = None  # the date that a label names
    dates: set[tuple[date, Precision]] = field(default_factory=set)  # those without a label

    def published(self) -> tuple[date, Precision] | None:
        """The declared date with its precision. Of several without a label none is chosen."""
        if self.labelled is not None:
            return parse_partial(self.labelled)
        return next(iter(self.dates)) if len(self.dates) == 1 else None


def head_of(text: str) -> Head:
    """Read the front matter and the lines above the first paragraph of a text."""
    end = front_matter_end(text)
    head = Head()
    for name, value in _front_fields(text[:end]):
        _take(head, name, value)
    for number, line in enumerate(_first_lines(text[end:])):
        if number == 0 and head.title is None and (heading := _HEADING.fullmatch(line)):
            head.title = heading[1]
        else:
            _read_line(head, line)
    return head


def front_matter_end(text: str) -> int:
    """Where the block of fields between two lines of dashes ends; 0 if the text has none."""
    lines = text[:10_000].splitlines(keepends=True)[:_LONGEST_FRONT]
    if not lines or lines[0].rstrip() != "---":
        return 0
    size = len(lines[0])
    fields = 0
    for line in lines[1:]:
        size += len(line)
        if line.rstrip() in ("---", "..."):
            return size if fields else 0
        if _FRONT_FIELD.match(line):
            fields += 1
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return 0
    return 0


def _front_fields(block: str) -> Iterator[tuple[str, str]]:
    for line in block.splitlines():
        if found := _FRONT_FIELD.fullmatch(line.rstrip()):
            yield found[1].strip(), found[2].strip().strip("[]").strip("\"'")


def _first_lines(text: str) -> Iterator[str]:
    """The lines above the article and its first, which may have a dateline."""
    lines = (line.strip() for line in text[:10_000].splitlines())
    begun = False
    for _, line in zip(range(_LINES), filter(None, lines), strict=False):
        if not begun or _ABOUT.fullmatch(line):
            yield line
        begun = begun or len(line) > _LONGEST or bool(_SENTENCE.fullmatch(line))


def _read_line(head: Head, line: str) -> None:
    if dateline := _DATELINE.match(line):
        head.dates |= _dated(dateline["date"] or "")
        head.publisher = head.publisher or dateline["agency"]
    elif about := _ABOUT.fullmatch(line):
        head.author = head.author or about[1]
    elif len(line) <= _LONGEST:
        label = _LABEL.fullmatch(line)
        if label is None or not _take(head, label[1], label[2].strip("*_ ")):
            _read_parts(head, _SEPARATOR.split(line))


def _take(head: Head, name: str, value: str) -> bool:
    """Keep a labelled value, the first of its kind; whether the label is known."""
    kind = _FIELDS.get(name.strip().lower())
    if kind is None or not value:
        return False
    if kind == "date":
        head.labelled = head.labelled or value
    elif getattr(head, kind) is None:
        setattr(head, kind, value[:300])
    return True


def _read_parts(head: Head, parts: list[str]) -> None:
    """A line such as "Jane Doe | 11 July 2024", "By Jane Doe" or "June 17, 2024"."""
    found = [_dated(part) for part in parts]
    for part, dates in zip(parts, found, strict=True):
        head.dates |= dates
        byline = _BYLINE.fullmatch(part.strip())
        beside_a_date = len(parts) == 2 and any(found) and not dates
        named = byline or (_NAMED.fullmatch(part.strip()) if beside_a_date else None)
        if named and head.author is None:
            head.author = named[1]


def is_byline(line: str) -> bool:
    """Whether a line only tells who wrote the article, or its day."""
    parts = _SEPARATOR.split(line.strip())
    return any(map(_dated, parts)) or all(_BYLINE.fullmatch(part.strip()) for part in parts)


def _dated(part: str) -> set[tuple[date, Precision]]:
    """The date that ``part`` is, and nothing else; a bare year may be anything."""
    words = _CLOCK.sub("", part.strip())
    if not _YEAR_LAST.fullmatch(words):
        return set()
    found = parse_partial(words)
    return {found} if found and found[1] != "year" else set()
