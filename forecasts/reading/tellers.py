"""Speakers without a personal name: "a senior official", "the agency", "one trader"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forecasts.reading.people import SAID

Among = Literal["persons", "bodies"]

_PERSONS = (
    r"(?:official|analyst|economist|spokes\w+|diplomat|source|adviser|advisor|trader|minister"
    r"|director|governor|officer|commander|lawyer|expert|researcher|aide|lawmaker|senator|banker"
    r"|broker|executive|strategist|investor|engineer|doctor|farmer|resident|driver|worker|envoy"
    r"|negotiator|prosecutor|judge|scientist|professor|historian|observer|manager"
    r"|captain|insider|participant|member|veteran|author|chief|head|person|woman|man)"
)
_BODIES = (
    r"(?:bank|ministry|agency|group|institute|fund|company|firm|commission|committee|council"
    r"|government|department|office|authority|regulator|court|union|federation|association|party"
    r"|centre|center|think-tank|report|study|survey|paper|bulletin|team|army|police|bureau|utility"
    r"|operator|network|consultancy|insurer|lender|brokerage|house|board|alliance|mission)"
)
_STARTS = r"(?:(?<=[.!?:] )|(?<=^)|(?<=\" )|(?<=; ))"
_TELLS = re.compile(
    rf"{_STARTS}(?P<who>(?:The|An?|One|Another|His|Her|Their|Its|Our)\s(?:[\w'-]+\s){{0,3}}?"
    rf"(?:(?P<person>{_PERSONS})|(?P<body>{_BODIES}))"
    r"(?:\s(?:of|at|in|from|with|for|on)\s[^,.;\"]{2,50}?)?)"
    rf"(?:,\s[^.\"]{{2,120}},|\s(?:who|that)\s[^.\"]{{2,80}}?)?\s(?:also\s|has\s|had\s)?{SAID}\b",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Tellers:
    """The nameless speakers of one article, in order."""

    _at: Sequence[int]
    _who: Sequence[str]
    _bodies: Sequence[bool]

    @classmethod
    def of(cls, text: str) -> "Tellers":
        found = list(_TELLS.finditer(text))
        return cls(
            [m.start("who") for m in found],
            [m["who"] for m in found],
            [m["body"] is not None for m in found],
        )

    def last_before(self, at: int, *, among: Among, after: int = 0) -> tuple[int, str] | None:
        """Place and name of the last of that kind in ``[after, at)``."""
        for i in range(bisect_left(self._at, at) - 1, -1, -1):
            if self._at[i] < after:
                return None
            if self._bodies[i] == (among == "bodies"):
                return self._at[i], self._who[i]
        return None
