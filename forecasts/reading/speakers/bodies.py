"""Which named body "the bank", "it" or "the report" means: the one that spoke or acted last."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.speakers.cast import Cast
from forecasts.reading.speakers.people import SAID, People

# Bounded, as names are: a line of capitals is otherwise searched once for each of them.
_WORD = r"(?:[A-ZÀ-Þ][\w&'+-]{0,40}|&)"
_NAME = rf"{_WORD}(?:\s(?:(?:of|for|on|and|de|the|in)\s){{0,2}}{_WORD}){{0,7}}"
_ACTING = (
    rf"(?:{SAID}|sees|saw|projects|projected|anticipates|anticipated|views|lowered|raised|cut|left"
    r"|kept|held|revised|published|released|upgraded|downgraded|trimmed|hiked|foresees|reported"
    r"|announced|updated|puts)"
)
_ACTS = re.compile(
    rf"(?:(?<=[.!?:;,] )|(?<=^)|(?<=\" )|\b(?:[Tt]he|[Bb]ut|[Aa]nd|[Ww]hile|[Aa]s|[Tt]hat)\s)"
    rf"(?P<who>{_NAME})(?:\s\([^)\n]{{2,12}}\))?(?:,\s[^,.\"\n]{{2,80}},)?"
    rf"\s(?:(?:now|also|has|had|still|itself|too|recently|already|just|earlier|later|again)\s){{0,2}}{_ACTING}\b",
    re.M,
)
_TOPIC = re.compile(  # the subject of a sentence, whatever it does
    rf"(?:(?<=[.!?] )|(?<=^)|(?<=\" ))(?:The\s)?(?P<who>{_NAME})(?:\s\([^)\n]{{2,12}}\))?"
    r"(?:,\s[^,.\"\n]{2,80},)?(?:\s(?:this|last|on|in)\s\w+)?"
    r"\s(?:is|was|has|had|will|would|[a-z]{2,}(?:ed|es|s))\b",
    re.M,
)
_CREDITED = re.compile(
    r"\b(?:according to|said|says|(?:analysts|economists|strategists|experts|researchers)"
    rf" (?:at|from|with|of))\s(?:the\s)?(?P<who>{_NAME})"
)
_STAFF = re.compile(  # "Altbank's economists", "Altbank strategists wrote"
    rf"(?P<who>{_NAME})\s(?:chief\s)?(?:economist|analyst|strategist|researcher|forecaster)s?\b"
)
_DOCUMENTS = r"(?:report|study|survey|poll|paper|note|analysis|assessment|outlook|review|model)"
_WRITTEN_BY = re.compile(
    rf"\b{_DOCUMENTS}(?:\s(?!by|from)[\w-]+){{0,3}}?\s(?:by|from)\s(?:[a-z-]+\s){{0,3}}?(?P<who>{_NAME})"
)
_LABEL = re.compile(r"(?:[Tt]he|[Tt]his)\s(?:[\w-]+\s){0,2}?(?P<kind>[a-z-]+)$")
_DOCUMENT = re.compile(
    rf"[Tt]h(?:e|is|at)\s(?:same\s|latest\s|annual\s)?(?:{_DOCUMENTS}|document|issue|edition|passage)$"
)
_TITLED_TEXT = re.compile(  # "the World Trade Outlook of the Trade Council"
    r"\b(?P<who>(?:[A-ZÀ-Þ][\w&.'-]*\s){1,5}"
    r"(?:Report|Assessment|Outlook|Survey|Review|Index|Study|Bulletin|Forecast|Estimate)"
    rf"(?:\sof\s(?:the\s)?{_NAME})?)"
)
# Kinds of bodies whose name need not tell the kind: "Goldman Sachs" is a bank.
_COMMERCE = word_set(
    "bank lender brokerage broker firm company group agency consultancy insurer institute bureau "
    "utility operator organisation organization business manager think-tank"
)
_KINDS = _COMMERCE | word_set(
    "ministry fund commission committee council government department office authority regulator "
    "court union federation association party centre center university college army police board "
    "alliance treasury parliament congress senate"
)
_INITIALLED = word_set("fund commission council committee regulator authority union alliance")
_GENERAL = word_set("agency group organisation organization body institute")
_OFFICES = word_set("bank ministry court council government party union parliament senate congress")
_CENTRAL = re.compile(
    r"\bBank\b|\bReserve\b|^(?:Fed|ECB|BoE|BOE|BoJ|BOJ|SNB|RBA|RBI|PBOC|CBI|CBR)$"
)
_FAR = 1500  # characters


@dataclass(frozen=True, slots=True)
class Bodies:
    """The named bodies of one article where they speak or act, in order."""

    _at: Sequence[int]
    _names: Sequence[str]
    _papers: Sequence[tuple[int, str]]  # who wrote the reports that are spoken of
    _places: frozenset[str]

    @classmethod
    def of(cls, text: str, people: People, cast: Cast) -> "Bodies":
        written = set(_WITHIN.findall(text))
        found = sorted(
            (m.start("who"), m["who"].removesuffix("'s").removeprefix("The "))
            for pattern in (_ACTS, _TOPIC, _CREDITED, _STAFF)
            for m in pattern.finditer(text)
            if len(m["who"]) > 2
            and (
                pattern is not _TOPIC
                or _is_a_name(m["who"].removeprefix("The ").removesuffix("'s"), written)
            )
            and m["who"].removeprefix("The ").split()[0] not in _NO_BODIES
            and not _is_person(m["who"].split()[-1], people, cast)
        )
        papers = sorted(
            (m.start("who"), m["who"])
            for pattern in (_WRITTEN_BY, _TITLED_TEXT)
            for m in pattern.finditer(text)
        )
        places = frozenset(m[1] for m in _PLACE.finditer(text))
        return cls([at for at, _ in found], [name for _, name in found], papers, places)

    def last_before(self, at: int, *, after: int = 0) -> tuple[int, str] | None:
        """Place and name of the last body in ``[after, at)`` that is no place."""
        for i in range(bisect_left(self._at, at) - 1, -1, -1):
            if self._at[i] < after:
                return None
            if self._names[i] not in self._places and self._names[i] not in _NO_BODIES:
                return self._at[i], self._names[i]
        return None

    def writer_before(self, at: int, *, after: int) -> tuple[int, str] | None:
        """Place and name of who wrote the last report told of in ``[after, at)``."""
        return next((p for p in reversed(self._papers) if after <= p[0] < at), None)

    def meant_by(self, label: str, at: int) -> str | None:
        """The body or the authors that "the bank", "the central bank" or "the report" means."""
        if _DOCUMENT.fullmatch(label):
            return self._writer(at)
        if (titled := self._titled(label)) is not None:
            return titled
        said = _LABEL.fullmatch(label)
        if said is None or said["kind"] not in _KINDS:
            return None
        central = " central " in label
        for i in range(bisect_left(self._at, at) - 1, -1, -1):
            name = self._names[i]
            if self._at[i] < at - _FAR:
                return None
            if name in self._places or name in _NO_BODIES | _NEWS:
                continue  # an agency told of it
            if (_CENTRAL.search(name) is not None) if central else _is_of_kind(name, said["kind"]):
                return name
        return None

    def _writer(self, at: int) -> str | None:
        """Who wrote "the report", or its title; else the body that spoke last, which made it."""
        near = (p for p in reversed(self._papers) if p[0] < at + _SOON)
        paper = next(near, None)
        last = self.last_before(at, after=at - _FAR)
        return paper[1] if paper is not None else last[1] if last is not None else None

    def _titled(self, label: str) -> str | None:
        """ "the Threat Assessment's passage", a part of a text that was named in full."""
        words = {w.removesuffix("'s") for w in label.split() if w[0].isupper()} - {"The"}
        if len(words) < 2:
            return None
        return next((name for _, name in self._papers if words <= set(name.split())), None)


_SOON = 300  # characters after a statement in which the report that it is from is named


_PLACE = re.compile(
    r"\b(?:in|across|within|throughout)\s(?:the\s)?([A-ZÀ-Þ][\w-]+(?:\s[A-Z][\w-]+)?)"
)
_NO_BODIES = word_set(
    "It He She They We You I After Before Since At As By For From With This That These Those There "
    "But And The If In On Monday Tuesday Wednesday Thursday Friday Saturday Sunday January "
    "February March April May June July August September October November December Mr Mrs Ms Dr "
    "What Who Which Both Some Many Most Others Few Inflation Growth GDP"
)
_NEWS = word_set("Reuters Bloomberg AFP AP Xinhua TASS Interfax Yonhap Kyodo CNBC BBC CNN Axios")


_WITHIN = re.compile(r"(?<=[a-z,] )[A-ZÀ-Þ][\w&'+-]*[\w]")  # capitals that no sentence begins with


def _is_a_name(word: str, written: set[str]) -> bool:
    """ "Altbank", but not "Donors", a single word that only its place gives a capital."""
    return " " in word or not word[1:].islower() or word in written


def _is_person(word: str, people: People, cast: Cast) -> bool:
    """A name with a verb of saying may be a person's or, as "Goldman Sachs", a body's."""
    person = people.called(word)
    return person is not None and cast.is_person(person)


def _is_of_kind(name: str, kind: str) -> bool:
    told = {word.lower() for word in name.split()} & _KINDS
    if told:
        return kind in told or (kind in _GENERAL and not told & _OFFICES)
    return kind in _COMMERCE or (kind in _INITIALLED and name.isupper() and len(name) > 2)
