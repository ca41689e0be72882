"""Paragraphs that one speaker is credited with as a whole, by how they open or by how they end."""

import re
from collections.abc import Iterator

from forecasts.reading.speakers.names import NAME
from forecasts.reading.speakers.people import SAID
from forecasts.reading.speakers.quoted_spans import Spoken

_OPENING = re.compile(
    rf"""^\W{{0,4}}(?:
      According\ to\ (?P<source>[^,\n]{{3,60}}),
    | In\ (?P<viewer>{NAME})'s?\ (?:view|opinion|estimation|judge?ment|assessment|words),
    | (?P<label>{NAME}):\s?"(?=[^"\n]*["\n])
    )""",
    re.X,
)
# "The truce will not hold. – The Daily Star", as digests of other people's words end.
_ENDING = re.compile(rf"[.!?\"]\s[–—-]\s(?P<name>{NAME})\s*$")
# "..., which he doubts. In Lee's view, it will pass. It may ...": from there on it is Lee's.
_VIEW = re.compile(
    rf"(?<=[.!?\"]\s)In (?P<viewer>{NAME})'s? (?:view|opinion|estimation|judge?ment|assessment),"
)
_OTHERS = re.compile(rf"(?<=[.!?\"]\s)(?:{NAME}|[Hh]e|[Ss]he|[Tt]hey)\s{SAID}\b")


def credited_paragraphs(text: str) -> list[Spoken]:
    """What whole paragraphs are credited with; up to where they let somebody else speak."""
    return list(_credits(text))


def _credits(text: str) -> Iterator[Spoken]:
    for line in re.finditer(r"[^\n]+", text):
        paragraph = line.group()
        if opening := _OPENING.match(paragraph) or _VIEW.search(paragraph):
            who = next(name for name in opening.groups() if name)
            start, rest = opening.start(), paragraph[opening.end() :]
            other = _OTHERS.search(rest) if opening.lastgroup == "source" else None
            end = opening.end() + other.start() if other else len(paragraph)
            yield Spoken(line.start() + start, line.start() + end, who)
        elif ending := _ENDING.search(paragraph):
            yield Spoken(line.start(), line.end(), ending["name"])
