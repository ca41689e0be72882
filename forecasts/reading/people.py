"""Which persons an article names, and where, so that "he added" can be resolved."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forecasts.reading.names import full_name_matches

SAID = (
    r"(?:said|says|saying|added|adds|told|tells|warned|warns|argued|argues|explained|explains"
    r"|noted|notes|wrote|writes|stated|states|predicted|predicts|concluded|concludes|continued"
    r"|insisted|insists|claimed|claims|suggested|suggests|commented|remarked|stressed|observed"
    r"|according to|believes|believed|cautioned|cautions|replied|replies|answered|conceded|admitted"
    r"|acknowledged|declared|testified|thinks|reckons|reckoned|expects|expected|forecasts"
    r"|estimates|estimated|considers|assesses|judges|judged|reiterated|repeated|maintains"
    r"|maintained|recalls|recalled|asked|quipped|puts it|put it)"
)
ROLES = (
    r"(?:official|analyst|economist|spokes\w+|diplomat|source|adviser|advisor|trader|minister"
    r"|director|governor|officer|commander|lawyer|expert|researcher|aide|lawmaker|senator|banker"
    r"|broker|executive|strategist|investor|engineer|doctor|farmer|resident|driver|worker|envoy"
    r"|negotiator|prosecutor|judge|scientist|professor|historian|observer|manager"
    r"|captain|chair\w*|president|secretary|politician|activist|organiser|organizer|pollster|insider|participant|member|veteran|author|chief|head|person|woman|man)"
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
    rf"|(?:\s(?:also|has|had|of\s[^,.]{{2,40}},?))?\s{SAID}\b)"
)
_CUE_BEFORE = re.compile(
    rf"(?:\b{SAID}\s|\b(?:{ROLES}|leader|candidate),?\s|\basked\s|\bspoke (?:to|with)\s)$"
)
_TITLED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Gen|General|Sir|Lord|Dame|Sen|Senator|Col|Colonel|Lt|Adm"
    r"|Admiral|President|Governor|Minister|Chancellor|Secretary|Judge|Captain)\.?\s"
)


_MR = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Gen|Sen|Lt|Col)\b\.?\s[A-ZÀ-Þ][\w'-]*[a-zà-ÿ]\b(?![ ][A-Z])"
)
_OPENS = re.compile(r"(?:^|[.!?:]\s|\n\s*)$")


@dataclass(frozen=True, slots=True)
class People:
    """The persons of one article, in the order of their mentions."""

    _at: Sequence[int]
    _names: Sequence[str]

    @classmethod
    def of(cls, text: str) -> "People":
        found = [m for m in full_name_matches(text) if _is_person(text, m)]
        return cls._mentioned(text, [*_MR.finditer(text), *found])

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
        persons = {m.group(): re.sub(r"[’']s$", "", m.group()) for m in found}
        short = {name.split()[-1]: name for name in persons.values()}
        if not short:
            return cls([], [])
        known = re.compile(r"\b(?:" + "|".join(map(re.escape, short)) + r")\b")
        mentions = [(m.start(), short[m.group()]) for m in known.finditer(text)]
        return cls([at for at, _ in mentions], [name for _, name in mentions])

    def last_before(self, at: int, *, after: int = 0) -> str | None:
        """The person named last in ``[after, at)``."""
        i = bisect_left(self._at, at) - 1
        return self._names[i] if i >= 0 and self._at[i] >= after else None

    def called(self, label: str) -> str | None:
        """The person of that name, surname or those initials."""
        for name in dict.fromkeys(self._names):
            initials = "".join(word[0] for word in name.split())
            if label.lower() in {name.lower(), name.split()[-1].lower()} or label == initials:
                return name
        return None

    def without(self, spans: Sequence[tuple[int, int]]) -> "People":
        """Without the mentions inside ``spans``, such as quotations."""
        kept = [
            (at, name)
            for at, name in zip(self._at, self._names, strict=True)
            if not any(start <= at < end for start, end in spans)
        ]
        return People([at for at, _ in kept], [name for _, name in kept])


def _is_person(text: str, found: re.Match[str]) -> bool:
    name = found.group()
    if ORGANISATIONS.search(name):
        return False
    if _TITLED.search(name) or _CUE_AFTER.match(text, found.end()):
        return True
    return _CUE_BEFORE.search(text, max(0, found.start() - 30), found.start()) is not None
