"""Who says so? The author, unless somebody is quoted or reported."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from forecasts.reading.clauses import clause_root
from forecasts.reading.grammar import NO_ONE, SUBJECTS, subject
from forecasts.reading.hedges import Hedge, text_of
from forecasts.reading.interviews import dialogue_turns
from forecasts.reading.language import plain
from forecasts.reading.names import full_names, is_crowd, name_of, spelled_out
from forecasts.reading.people import SAID, People
from forecasts.reading.quotations import Spoken, quotations, quoted_spans
from forecasts.reading.reports import SAYING, reporting_verb
from forecasts.reading.tellers import Tellers

SpeakerKind = Literal["author", "publisher", "named", "unnamed"]

_ASIDE = re.compile(  # ", she said," in the middle or at the end of a sentence
    rf"[^.,;]{{6,}}, (?!whatever|whoever|however|which|what|if )"
    rf"(?P<who>he|she|they|(?:the |an? |some |most )?[\w.'-]+(?: [\w.'-]+){{0,3}}) "
    rf"{SAID}(?:,|\.?$)"
)
_NEAR = 600  # characters before a pronoun in which a nameless speaker is looked for
_IN_THE_VIEW_OF = re.compile(
    r"(?:(?:for|to)|(?P<view>in the (?:view|opinion|words|eyes|estimation|judge?ment) of))\s"
    r"(?P<who>[^,;:]{3,60}),", re.I,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks where in one article."""

    quotations: list[Spoken]
    turns: list[Spoken]
    people: People
    strangers: People
    tellers: Tellers
    names: Mapping[str, str]

    @classmethod
    def of(cls, text: str) -> "Voices":
        names = full_names(text)
        smooth = plain(text.replace("\n", "\ufffc")).replace("\ufffc", "\n")
        spans = quoted_spans(smooth)
        people = People.of(smooth).without(spans)
        tellers = Tellers.of(smooth)
        return cls(
            quotations(smooth, spans, people, tellers),
            dialogue_turns(smooth, people),
            people,
            People.strangers(smooth).without(spans),
            tellers,
            names,
        )

    def speaker_of(self, hedge: Hedge, at: int, base: int) -> tuple[str, SpeakerKind]:
        """Name and kind of who makes the claim of ``hedge``.

        ``at`` is the offset of its clause in the text, ``base`` that of its sentence.
        """
        quotation = _covering(self.quotations, at) or _covering(
            self.quotations, base + hedge.head.idx
        )
        root = clause_root(hedge)
        report = root if _is_held_by_its_subject(hedge) else reporting_verb(root)
        if quotation is not None and quotation.speaker is not None and report is not None:
            inside = quotation.start <= base + report.idx < quotation.end
            report = report if inside else None  # "said Tom Reed": its credit is known already
        found = self._reporter(report, at) if report is not None else None
        turn = _covering(self.turns, at)
        if found is not None and (found[1] != "author" or (quotation is None and turn is None)):
            return found
        if found is None and quotation is None and (holder := self._holder(hedge, at)):
            return holder
        if report is None and quotation is None and (named := self._according_to(root, at)):
            return named
        if quotation is not None and quotation.speaker is not None:
            return self._as_speaker(quotation.speaker)
        if turn is not None and turn.speaker is not None:
            return self._as_speaker(turn.speaker)
        return "author", "author"

    def _holder(self, hedge: Hedge, at: int) -> tuple[str, SpeakerKind] | None:
        """ "*The IMF's* forecast is that", "the consensus *among economists* is"."""
        if hedge.kind != "frame":
            return None
        for child in hedge.words[0].children:
            if child.dep_ == "poss":
                if child.tag_ == "PRP$":
                    whose = {"his": "he", "her": "she", "their": "they"}.get(child.lower_)
                    named = self._meant_by(whose, at) if whose else None
                    return self._as_speaker(named) if named else None
                return self._as_speaker(name_of(child), crowd=is_crowd(child))
            if child.dep_ == "prep" and child.lower_ in {"among", "of", "in"}:
                people = next((c for c in child.children if c.dep_ == "pobj"), None)
                if people is not None and is_crowd(people):
                    return self._as_speaker(name_of(people), crowd=True)
        return None

    def _reporter(self, verb: Token, at: int) -> tuple[str, SpeakerKind] | None:
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
        if not subjects and verb.dep_ == "advcl" and verb.tag_ == "VBG":  # "..., adding that"
            said = (t for t in verb.ancestors if t.lemma_ in SAYING)
            subjects = [c for t in said for c in t.children if c.dep_ in SUBJECTS][:1]
        if not subjects and verb.dep_ in {"advcl", "acl", "conj"}:
            subjects = [c for c in verb.head.children if c.dep_ in SUBJECTS]
            subjects = subjects or ([verb.head] if verb.head.pos_ in {"NOUN", "PROPN"} else [])
        if not subjects and verb.dep_ == "xcomp":  # "he went on to say that"
            subjects = [s for s in [subject(verb)] if s is not None]
        who = next((s for s in subjects if s.dep_ != "expl"), None)
        if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
            by_whom = next(
                (t for c in verb.children if c.dep_ == "agent" for t in c.children), None
            )
            if by_whom is not None:
                return self._as_speaker(name_of(by_whom), crowd=is_crowd(by_whom))
            nobody = who is None or who.lower_ == "it"
            return ("unnamed official", "unnamed") if nobody else None
        if who is None:
            return None
        if who.tag_ in {"PRP", "DT", "WP"}:
            return self._pronoun(who, at)
        if who.lower_ in NO_ONE | {"few"} or who.left_edge.lower_ in {"no", "our", "my", "few"}:
            return "author", "author"
        if who.lemma_.lower() in {"reading", "scenario", "view", "idea", "fear", "analysis"}:
            return None
        return self._as_speaker(name_of(who), crowd=is_crowd(who))

    def _pronoun(self, who: Token, at: int) -> tuple[str, SpeakerKind] | None:
        if who.lower_ in {"i", "we"}:
            return "author", "author"
        if who.lower_ in {"it", "they"} and (outer := reporting_verb(who.head)) is not None:
            return self._reporter(outer, at)  # "the bank said that it expects ..."
        if who.lower_ == "it":
            body = self.tellers.last_before(at, among="bodies", after=at - _NEAR)
            body = body or self.tellers.acting_before(at, after=at - _NEAR)
            return self._as_speaker(body[1], crowd=not _is_proper(body[1])) if body else None
        if who.lower_ not in {"he", "she", "they"}:
            return None
        named = self._meant_by(who.lower_, at)
        return self._as_speaker(named) if named else (who.lower_, "unnamed")

    def _meant_by(self, pronoun: str, at: int) -> str | None:
        """Whom "he", "she" or "they" means: the one who spoke last, or was named last."""
        teller = self.tellers.last_before(at, among="persons", after=at - _NEAR)
        body = self.tellers.last_before(at, among="bodies", after=at - _NEAR)
        if pronoun == "they" and body is not None and (teller is None or body[0] > teller[0]):
            teller = body
        quoted = next((q for q in reversed(self.quotations) if q.end < at and q.speaker), None)
        if quoted is not None and quoted.end > at - _NEAR and quoted.speaker is not None:
            named_since = self.people.last_before(at, after=quoted.end)
            teller_since = teller is not None and teller[0] >= quoted.end
            if named_since is None and not teller_since:
                return quoted.speaker
        if teller is not None and self.people.last_before(at, after=teller[0]) is None:
            return teller[1]
        return (
            self.people.last_before(at)
            or self._last_quoted(at)
            or (None if pronoun == "they" else self.strangers.last_before(at))
        )

    def _last_quoted(self, at: int) -> str | None:
        earlier = [q.speaker for q in self.quotations if q.start < at and q.speaker]
        return next((name for name in reversed(earlier) if name[0].isupper()), None)

    def _according_to(self, root: Token, at: int) -> tuple[str, SpeakerKind] | None:
        doc = root.doc
        for token in doc:
            if token.lower_ == "according" and token.i + 1 < len(doc):
                target = next((t for t in token.subtree if t.dep_ == "pobj"), None)
                if target is not None:
                    return self._as_speaker(name_of(target), crowd=is_crowd(target))
        if opening := _IN_THE_VIEW_OF.match(text_of(doc)):
            span = doc.char_span(*opening.span("who"), alignment_mode="expand")
            person = self.people.called(opening["who"].split()[-1])
            if person is not None:
                return self._as_speaker(person)
            if span is not None and opening["view"]:
                return self._as_speaker(name_of(span.root), crowd=is_crowd(span.root))
        if aside := _ASIDE.search(text_of(doc)):
            name = aside["who"]
            if name.lower() in {"he", "she", "they"}:
                named = self._meant_by(name.lower(), at)
                return self._as_speaker(named) if named else (name, "unnamed")
            return self._as_speaker(name)
        return None

    def _as_speaker(self, name: str, *, crowd: bool | None = None) -> tuple[str, SpeakerKind]:
        if name.lower() in {"i", "we", "the author"}:
            return "author", "author"
        if crowd is None:
            name = re.sub(r"^(?:The|An?|One|Another)(?= [a-z])", lambda m: m[0].lower(), name)
            crowd = not any(word[:1].isupper() for word in name.split())
        return spelled_out(name, self.names), "unnamed" if crowd else "named"


def _is_proper(name: str) -> bool:
    return any(word[0].isupper() for word in name.split()[1:])


def _covering(spans: Sequence[Spoken], at: int) -> Spoken | None:
    i = bisect_right(spans, at, key=lambda one: one.start) - 1
    return spans[i] if i >= 0 and at < spans[i].end else None


def _is_held_by_its_subject(hedge: Hedge) -> bool:
    """ "Economists expect growth to slow", "traders see a 45 % chance of a cut"."""
    verb = hedge.head
    holds = verb.lemma_ in SAYING or verb.lemma_ in {
        "put",
        "price",
        "give",
        "assign",
        "deem",
        "imply",
    }
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    return holds and not passive and hedge.kind in {"report", "noun", "judgement"}
