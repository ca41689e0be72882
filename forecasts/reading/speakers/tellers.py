"""Speakers without a personal name: "a senior official", "the agency", "one trader"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forecasts.reading.speakers.people import ROLES, SAID

Among = Literal["persons", "bodies", "crowds"]

_BODIES = (
    r"(?:bank|ministry|agency|group|institute|fund|company|firm|commission|committee|council"
    r"|government|department|office|authority|regulator|court|union|federation|association|party"
    r"|centre|center|think-tank|report|study|survey|poll|paper|bulletin|team|army|police|bureau|utility"
    r"|operator|network|consultancy|insurer|lender|brokerage|house|board|alliance|mission)"
)
_STARTS = r"(?:(?<=[.!?:] )|(?<=^)|(?<=\" )|(?<=; ))"
_OPENING = r"(?:(?:In|On|At|After|Before)\s[^,.\"]{2,50},\s)?"
_TELLS = re.compile(
    rf"{_STARTS}{_OPENING}(?P<who>(?:[Tt]he|[Aa]n?|[Oo]ne|Another|His|Her|Their|Its|Our)\s(?:[\w'-]+\s){{0,3}}?"
    rf"(?:(?P<person>{ROLES})|(?P<body>{_BODIES}))"
    r"(?:\s(?:of|at|in|from|with|for|on)\s[^,.;\"]{2,50}?)?)"
    rf"(?:,\s[^.\"]{{2,120}},|\s(?:who|that)\s[^.\"]{{2,80}}?)?\s(?:also\s|has\s|had\s)?{SAID}\b",
    re.M,
)


_CROWD_TELLS = re.compile(
    rf"(?:{_STARTS}|(?<=, )){_OPENING}(?P<who>(?:[A-Z][\w'-]*\s)?(?:[\w'-]+\s){{0,3}}?(?i:{ROLES}s)"
    r"(?:\s(?:of|at|in|from|with|for|on)\s[^,.;\"]{2,50}?)?)"
    rf"(?:,\s[^.\"]{{2,120}},|\swho\s[^.\"]{{2,80}}?)?\s(?:also\s|have\s|had\s)?{SAID[:-1]}|expect)\b",
    re.M,
)
_ACTS = re.compile(
    rf"{_STARTS}(?P<who>(?:(?:The|An?|One)\s(?:[\w'-]+\s){{0,3}}?{_BODIES}"
    r"(?:\s(?:of|in|at)\s[^,.;\"]{2,40}?)?|(?:The\s)?[A-Z]{2,6}))"
    r"(?:\s\([A-Z]{2,6}\))?(?:\s(?:also|now|has|had|then))?\s[a-z]{3,}", re.M,
)  # fmt: skip


_TELLS_LAST = re.compile(  # "..., says a former diplomat in Vilnius."
    rf",\"? {SAID} (?P<who>(?:the|an?|one|another|his|her|their|its)\s(?:[\w'-]+\s){{0,3}}?"
    rf"(?P<person>{ROLES})(?:\s(?:of|at|in|from|with|for)\s[^,.;\"]{{2,50}})?)(?=[,.;:])"
)


@dataclass(frozen=True, slots=True)
class Tellers:
    """The nameless speakers of one article, in order."""

    _at: Sequence[int]
    _who: Sequence[str]
    _kinds: Sequence[Among]
    _acting: Sequence[tuple[int, str]]  # bodies with which a sentence begins, whatever they do

    @classmethod
    def of(cls, text: str) -> "Tellers":
        one: list[tuple[int, str, Among]] = [
            (m.start("who"), m["who"], "persons" if m["body"] is None else "bodies")
            for m in _TELLS.finditer(text)
        ]
        one += [(m.start("who"), m["who"], "persons") for m in _TELLS_LAST.finditer(text)]
        many: list[tuple[int, str, Among]] = [
            (m.start("who"), m["who"], "crowds") for m in _CROWD_TELLS.finditer(text)
        ]
        found = sorted([*one, *many])
        return cls(
            [at for at, _, _ in found],
            [who for _, who, _ in found],
            [kind for _, _, kind in found],
            [(m.start("who"), m["who"]) for m in _ACTS.finditer(text)],
        )

    def acting_before(self, at: int, *, after: int) -> tuple[int, str] | None:
        """Place and name of the body that the last sentence in ``[after, at)`` began with."""
        return next((one for one in reversed(self._acting) if after <= one[0] < at), None)

    def last_before(self, at: int, *, among: Among, after: int = 0) -> tuple[int, str] | None:
        """Place and name of the last of that kind in ``[after, at)``."""
        for i in range(bisect_left(self._at, at) - 1, -1, -1):
            if self._at[i] < after:
                return None
            if self._kinds[i] == among:
                return self._at[i], self._who[i]
        return None
