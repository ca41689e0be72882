"""Who says so? The author, unless somebody is quoted or reported."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Token

from forecasts.reading.clauses import clause_root
from forecasts.reading.grammar import NO_ONE, SUBJECTS
from forecasts.reading.hedges import Hedge
from forecasts.reading.language import plain
from forecasts.reading.names import full_names, is_crowd, name_of, spelled_out
from forecasts.reading.reports import SAYING, reporting_verb

SpeakerKind = Literal["author", "publisher", "named", "unnamed"]

_SAID = (
    r"(?:said|says|added|adds|told|tells|warned|warns|argued|argues|explained|explains"
    r"|noted|notes|wrote|writes|stated|states|predicted|predicts|concluded|concludes|continued"
    r"|insisted|insists|claimed|claims|suggested|suggests|commented|remarked|stressed|observed"
    r"|according to|believes)"
)
_PERSON = r"(?:[A-ZÀ-Þ][\w.'-]*)(?:\s(?:[A-ZÀ-Þ][\w.'-]*|of|de|van|von|bin|al))*"
_WHO = (
    rf"({_PERSON}|he|she|they"
    r"|(?:the\s|an?\s|one\s|some\s|other\s|many\s)?[a-z-]+(?:\s[a-z-]+){0,4}?)"
)
_AFTER = [
    re.compile(rf"[,\s]*\b{_SAID}\s+{_WHO}(?=[,.;:\"]|\s(?:of|at|from|in|who|on)\b|\s*$)"),
    re.compile(rf"[,\s]*{_WHO}(?:,[^,\".]{{1,80}},)?\s+(?:has\s|have\s|also\s)?{_SAID}\b"),
    re.compile(rf"\s*[—-]*\s*({_PERSON})\s*(?:,[^\n]{{0,80}})?(?=\n|$)"),
]
_BEFORE = [
    re.compile(
        rf"{_WHO}(?:,[^,\".]{{1,80}},)?\s+(?:has\s|have\s|also\s)?{_SAID}\b[^.\"]{{0,40}}[,:]?\s*$"
    ),
]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks and who is credited with it by the words around it."""

    start: int
    end: int
    speaker: str | None


@dataclass(slots=True)
class Voices:
    """Who speaks where in one article. Statements must be asked about in order."""

    quotations: list[Quotation]
    names: Mapping[str, str]
    last_named: str | None = None
    _starts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Voices":
        names = full_names(text)
        quotations = _quotations(plain(text.replace("\n", "\ufffc")).replace("\ufffc", "\n"))
        return cls(quotations, names, _starts=[q.start for q in quotations])

    def speaker_of(self, hedge: Hedge, at: int) -> tuple[str, SpeakerKind]:
        """Name and kind of who makes the claim of ``hedge``; ``at`` is its clause's offset."""
        quotation = self._quotation_at(at)
        root = clause_root(hedge)
        report = root if _is_held_by_its_subject(hedge) else reporting_verb(root)
        found = self._reporter(report) if report is not None else None
        if found is not None and (quotation is None or found[1] != "author"):
            return found
        if report is None and (named := self._according_to(root)):
            return named
        if quotation is not None and quotation.speaker is not None:
            return self._as_speaker(quotation.speaker)
        return "author", "author"

    def hear(self, token: Token) -> None:
        """Remember the subject of a verb of saying, so that "he added" can be resolved."""
        if token.ent_type_ == "PERSON" and token.dep_ in SUBJECTS:
            self.last_named = spelled_out(name_of(token), self.names)

    def _quotation_at(self, at: int) -> Quotation | None:
        i = bisect_right(self._starts, at) - 1
        return self.quotations[i] if i >= 0 and at < self.quotations[i].end else None

    def _reporter(self, verb: Token) -> tuple[str, SpeakerKind] | None:
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
        if not subjects and verb.dep_ in {"advcl", "acl", "conj"}:
            subjects = [c for c in verb.head.children if c.dep_ in SUBJECTS]
            subjects = subjects or ([verb.head] if verb.head.pos_ in {"NOUN", "PROPN"} else [])
        who = next((s for s in subjects if s.dep_ != "expl"), None)
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
        if passive and (who is None or who.lower_ == "it"):
            return "unnamed official", "unnamed"
        if who is None:
            return None
        if who.tag_ in {"PRP", "DT", "WP"}:
            if who.lower_ in {"i", "we"}:
                return "author", "author"
            if who.lower_ in {"he", "she", "they"}:
                known = self.last_named
                return self._as_speaker(known) if known else (who.lower_, "unnamed")
            return None
        if who.lower_ in NO_ONE or who.left_edge.lower_ == "no":
            return "author", "author"
        if who.lemma_.lower() in {"reading", "scenario", "view", "idea", "fear", "analysis"}:
            return None
        return self._as_speaker(name_of(who), crowd=is_crowd(who))

    def _according_to(self, root: Token) -> tuple[str, SpeakerKind] | None:
        for token in root.doc:
            if token.lower_ == "according" and token.i + 1 < len(root.doc):
                target = next((t for t in token.subtree if t.dep_ == "pobj"), None)
                if target is not None:
                    return self._as_speaker(name_of(target), crowd=is_crowd(target))
        return None

    def _as_speaker(self, name: str, *, crowd: bool | None = None) -> tuple[str, SpeakerKind]:
        if name.lower() in {"i", "we", "the author"}:
            return "author", "author"
        if crowd is None:
            crowd = not any(word[:1].isupper() for word in name.split())
        full = spelled_out(name, self.names)
        if not crowd:
            self.last_named = full
        return full, "unnamed" if crowd else "named"


def _is_held_by_its_subject(hedge: Hedge) -> bool:
    """ "Economists expect growth to slow", "traders see a 45 % chance of a cut"."""
    verb = hedge.head
    holds = verb.lemma_ in SAYING or verb.lemma_ in {"put", "price", "give", "assign", "deem"}
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    return holds and not passive and hedge.kind in {"report", "noun", "judgement"}


def _quotations(text: str) -> list[Quotation]:
    """Quotations in order; one without a speaker of its own takes that of the one before it
    in its paragraph."""
    found: list[Quotation] = []
    previous: tuple[int, str | None] = (-1, None)
    for start, end in _quoted(text):
        paragraph = text.rfind("\n", 0, start)
        carried = previous[1] if previous[0] == paragraph else None
        speaker = _credited(text, start, end)
        if speaker in {"he", "she", "they", None}:
            speaker = carried
        found.append(Quotation(start, end, speaker))
        if speaker is not None:
            previous = (paragraph, speaker)
    return found


def _quoted(text: str) -> list[tuple[int, int]]:
    """Between double quotation marks, line by line; an unclosed one runs to the line's end."""
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        marks = [m.start() for m in re.finditer('"', line.group())]
        for opening, closing in zip(marks[::2], [*marks[1::2], len(line.group())], strict=False):
            if closing - opening > 1:
                spans.append((line.start() + opening, line.start() + closing + 1))
    return spans


def _credited(text: str, start: int, end: int) -> str | None:
    after = text[end : end + 160].split("\n\n\n")[0]
    for pattern in _AFTER:
        if found := pattern.match(after):
            return found[1]
    before = text[max(0, start - 160) : start].rpartition("\n")[2]
    for pattern in _BEFORE:
        if found := pattern.search(before):
            return found[1]
    return None
