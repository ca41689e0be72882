"""Articles that retell one institution's report: what nobody else says in them is its claim."""

import re
from collections.abc import Sequence

from forecasts.reading.speakers.cast import Cast
from forecasts.reading.speakers.names import NAME
from forecasts.reading.speakers.people import ORGANISATIONS, People
from forecasts.reading.speakers.quoted_spans import Spoken

_LEAD = 900  # characters in which such an article says whose report it retells
_WORK = r"(?:report|outlook|forecasts?|survey|study|projections?|assessment|review|bulletin|index)"
_TOLD = re.compile(
    rf"""(?:
      \b[Aa]ccording\ to\ (?:the\ )?(?P<told>{NAME})
        (?:'s?)?\ ?(?:analysts|economists|experts|researchers|(?:[\w-]+\ ){{0,4}}?{_WORK})?
        (?=[.,\n])
    | (?P<owner>{NAME}?)(?:'s?|\ has|\ identified|\ published|\ released|\ says|\ said|\ in)
        [^.\n]{{0,60}}?\b(?:its|latest|new|annual|quarterly|monthly)\ (?:[\w-]+\ ){{0,4}}?{_WORK}\b
    )""",
    re.X,
)


def retold_report(text: str, spoken: Sequence[Spoken], people: People, cast: Cast) -> str | None:
    """The institution whose report the article retells, if it is the only one that speaks."""
    lead = text[:_LEAD]
    found = next((m for m in _TOLD.finditer(lead)), None)
    if found is None or cast.has_spoken():
        return None
    who = re.sub(r"^The ", "", next(name for name in found.groups() if name)).removesuffix("'s")
    if people.called(who.split()[-1]) is not None or not _is_institution(who):
        return None
    others = {one.speaker for one in spoken if one.speaker is not None}
    return who if all(_means(other, who) for other in others) else None


def _is_institution(name: str) -> bool:
    return ORGANISATIONS.search(name) is not None or (name.isupper() and len(name) > 1)


def _means(other: str, who: str) -> bool:
    """Whether it is called so: by a part of its name, or as the report or the firm."""
    return bool(set(other.split()) & set(who.split())) or other[:1].islower()
