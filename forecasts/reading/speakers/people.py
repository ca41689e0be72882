"""Which persons an article names, and where, so that "he added" can be resolved."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from forecasts.reading.speakers.names import full_name_matches

SAID = (
    r"(?:said|says|saying|added|adds|told|tells|warned|warns|argued|argues|explained|explains"
    r"|noted|notes|wrote|writes|stated|states|predicted|predicts|concluded|concludes|continued"
    r"|insisted|insists|claimed|claims|suggested|suggests|commented|remarked|stressed|observed"
    r"|according to|believes|believed|cautioned|cautions|replied|replies|answered|conceded|admitted"
    r"|acknowledged|declared|testified|thinks|reckons|reckoned|expects|expected|forecasts"
    r"|estimates|estimated|considers|assesses|judges|judged|reiterated|repeated|maintains"
    r"|maintained|recalls|recalled|asked|quipped|puts it|put it|opined|opines|concurred|concurs"
    r"|mused|projected|projects|anticipated|anticipates|foresees|advised|advises|asserted|asserts"
    r"|contended|contends|emphasi[sz]ed|emphasi[sz]es|underlined|underlines|highlighted|pointed out"
    r"|points out|responded|responds|countered|affirmed|speculated|speculates|guesses|surmised"
    r"|reads|agreed|agrees|disagreed|disagrees|remarks|comments|observes|testifies|declares|reported|indicated)"
)
SAY = (  # the same of several: "experts say"
    r"(?:say|add|warn|argue|explain|note|write|predict|conclude|insist|claim|suggest|observe"
    r"|believe|caution|think|reckon|expect|forecast|estimate|judge|maintain|agree|contend|fear)"
)
ROLES = (
    r"(?:official|analyst|economist|spokes\w+|diplomat|source|adviser|advisor|trader|minister"
    r"|director|governor|officer|commander|lawyer|expert|researcher|aide|lawmaker|senator|banker"
    r"|broker|executive|strategist|investor|engineer|doctor|farmer|resident|driver|worker|envoy"
    r"|negotiator|prosecutor|judge|scientist|professor|historian|observer|manager"
    r"|captain|chair\w*|president|secretary|politician|activist|organiser|organizer|pollster|insider"
    r"|participant|scholar|academic|lecturer|ambassador|admiral|forecaster|columnist|campaigner"
    r"|consultant|planner|physicist|\w+ologist|member|veteran|author|chief|head|person|woman|man)"
)
ORGANISATIONS = re.compile(
    r"\b(?:Bank|Group|Institut\w*|Universi\w+|Ministry|Analytics|Research|Economics|Agency|Council"
    r"|Party|Union|Commission|Fund|Capital|Partners|Corp\w*|Ltd|Inc|Compan\w+|Cent(?:re|er)"
    r"|Foundation|Office|Department|Republic|Nations|Court|Association|Securities|Committee"
    r"|Treasury|Parliament|Congress|Senate|Board|Authority|Organi[sz]ation|Programme|Program"
    r"|House|Street|Coast|Sea|Ocean|River|Strait|Gulf|Islands?|North|South|East|West|New|United"
    r"|Times|Post|News|Journal|Herald|Asset|Management|Advis\w+|Consult\w+|Energy|Oil|Gas)\b"
)
_CUE_AFTER = re.compile(
    rf"\s*(?:,\s(?:(?:[\w'-]+\s){{0,3}}?{ROLES}|an?|who|whose|chief|head|director|senior|professor|chair\w*|deputy|founder|vice"
    rf"|co-\w+|executive|spokes\w+|former|analyst|economist|the\s(?:\w+\s){{0,3}}?(?:minister"
    rf"|director|governor|head|chief|leader|president|author|spokes\w+|secretary|economist))\b"
    rf"|\s(?:is|was)\s(?:the|an?)\s(?:[\w'-]+\s){{0,3}}?{ROLES}\b"
    rf"|(?:\s(?:also|has|had|of\s[^,.]{{2,40}},?)|,\s[^,.\"\n]{{2,80}},)?\s{SAID}\b)"
)
_CUE_BEFORE = re.compile(
    rf"(?:\b{SAID}\s|\b(?:{ROLES}|leader|candidate),?\s|\basked\s|\bspoke (?:to|with)\s)$"
)
TITLED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Gen|General|Sir|Lord|Dame|Sen|Senator|Col|Colonel|Lt|Adm"
    r"|Admiral|President|Governor|Minister|Chancellor|Secretary|Judge|Captain)\.?\s"
)


_MR = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Gen|Sen|Lt|Col)\b\.?\s[A-ZÀ-Þ][\w'-]*[a-zà-ÿ]\b(?![ ][A-Z])"
)
_ACTS_ITSELF = re.compile(
    r"\s(?:will|would|could|may|might|should|can|is|are|was|were|has|have|had|does|did)\b"
)
_OPENS = re.compile(r"(?:^|[.!?:]\s|\n\s*)$")


@dataclass(frozen=True)
class People:
    """The persons of one article, in the order of their mentions."""

    _at: Sequence[int]
    _names: Sequence[str]

    @classmethod
    def of(cls, text: str) -> "People":
        alone = set(_ALONE.findall(text))
        found = [
            m
            for m in full_name_matches(text)
            if _is_person(text, m) or _is_called_shortly(m.group(), alone)
        ]
        known = {word for m in found for word in m.group().split()}
        return cls._mentioned(text, [*_MR.finditer(text), *found, *_called(text, alone - known)])

    @classmethod
    def strangers(cls, text: str) -> "People":
        """Whoever a sentence begins with that may be a person, as "Ann Lee was less sure" does."""
        opening = (
            m
            for m in full_name_matches(text)
            if _OPENS.search(text, max(0, m.start() - 6), m.start())
        )
        return cls._mentioned(text, (m for m in opening if not ORGANISATIONS.search(m.group())))

    @classmethod
    def _mentioned(cls, text: str, found: Iterable[re.Match[str]]) -> "People":
        persons = _in_full(re.sub(r"[’']s$", "", m.group()) for m in found)
        short = {name.split()[-1]: name for name in persons.values()}
        if not short:
            return cls([], [])
        # "Lee Su-seok ... Lee said": in many languages the name that stays comes first.
        given = {_given(name): name for name in persons.values() if len(name.split()) > 1}
        alone = set(_ALONE.findall(text))
        short = {first: name for first, name in given.items() if first in alone} | short
        known = re.compile(r"\b(?:" + "|".join(map(re.escape, short)) + r")\b")
        mentions = [(m.start(), short[m.group()]) for m in known.finditer(text)]
        return cls([at for at, _ in mentions], [name for _, name in mentions])

    def last_before(self, at: int, *, after: int = 0) -> str | None:
        """The person named last in ``[after, at)``."""
        i = bisect_left(self._at, at) - 1
        return self._names[i] if i >= 0 and self._at[i] >= after else None

    def mentions(self) -> Iterable[tuple[int, int, str]]:
        """Where the last word of each mention begins and ends, and whom it means."""
        for at, name in zip(self._at, self._names, strict=True):
            yield at, at + len(name.split()[-1]), name

    def called(self, label: str) -> str | None:
        """The person of that name, surname or those initials."""
        return self._labels.get(label.lower()) or self._labels.get(f"{label}.")

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        """Names and surnames in small letters, initials with a full stop; the first bearer's."""
        labels: dict[str, str] = {}
        for name in dict.fromkeys(self._names):
            initials = "".join(word[0] for word in name.split())
            for label in (name.lower(), name.split()[-1].lower(), f"{initials}."):
                labels.setdefault(label, name)
        for name in dict.fromkeys(self._names):
            labels.setdefault(_given(name).lower(), name)
        return labels

    def without(self, spans: Sequence[tuple[int, int]]) -> "People":
        """Without the mentions inside ``spans``, such as quotations, which are sorted."""
        kept = [
            (at, name)
            for at, name in zip(self._at, self._names, strict=True)
            if not _is_within(at, spans)
        ]
        return People([at for at, _ in kept], [name for _, name in kept])


def _in_full(names: Iterable[str]) -> dict[str, str]:
    """Each name as its bearer's in full: "Sir John" is "Sir John Lee", if there is one."""
    known = list(dict.fromkeys(names))
    given = {_given(name): name for name in known if len(_bare(name)) > 1}
    return {
        name: given.get(name.split()[-1], name) if len(_bare(name)) == 1 else name for name in known
    }


def _bare(name: str) -> list[str]:
    return [word for word in name.split() if not TITLED.match(f"{word} ")]


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    i = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return i >= 0 and at < spans[i][1]


_ALONE = re.compile(rf"(?:(?<=[.!?:;,\"] )|(?<=^)|(?<=\n))([A-ZÀ-Þ][\w-]+) {SAID}\b")


def _called(text: str, alone: set[str]) -> Iterator[re.Match[str]]:
    """Full names that begin with a word that speaks alone: "the lecturer Tan Wei ... Tan said"."""
    if alone:
        first = "|".join(map(re.escape, sorted(alone)))
        word = r"[A-ZÀ-Þ][\w-]*[a-zà-ÿ]"
        yield from re.finditer(rf"\b(?:{first})(?: {word}){{1,2}}\b|\b{word} (?:{first})\b", text)


def _is_called_shortly(name: str, alone: set[str]) -> bool:
    """Whether one word of the name speaks elsewhere: "Tan Wei ... Wei said"."""
    called = {_given(name), name.split()[-1]} & alone
    return bool(called) and not ORGANISATIONS.search(name)


def _given(name: str) -> str:
    """The first word of a name that is no title."""
    return next(w for w in name.split() if not TITLED.match(f"{w} ") or w == name.split()[-1])


# "The Doctors Network said", "Ann Lee of Port Metals said": bodies
_OF_BODIES = re.compile(r"(?:\b[Tt]he|[A-ZÀ-Þ][\w'-]+ (?:of|at|from)) $")


def _is_person(text: str, found: re.Match[str]) -> bool:
    name = found.group()
    lead = max(0, found.start() - 30)
    if ORGANISATIONS.search(name) or _OF_BODIES.search(text, lead, found.start()):
        return False
    if TITLED.search(name) or _CUE_AFTER.match(text, found.end()):
        return True
    if _ACTS_ITSELF.match(text, found.end()):
        return False  # "Ann Lee said *Great Harvest could* win": what is said, not who says it
    return _CUE_BEFORE.search(text, lead, found.start()) is not None
