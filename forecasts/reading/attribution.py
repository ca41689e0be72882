"""Who says so? The author, unless somebody is quoted or reported."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from forecasts.reading.bodies import Bodies
from forecasts.reading.cast import Cast
from forecasts.reading.clauses import clause_root
from forecasts.reading.credits import credited_paragraphs
from forecasts.reading.digests import retold_report
from forecasts.reading.furniture import furniture_spans
from forecasts.reading.grammar import NO_ONE, SUBJECTS, subject
from forecasts.reading.hedges import Hedge, text_of
from forecasts.reading.interviews import dialogue_turns
from forecasts.reading.language import plain
from forecasts.reading.lexicon import word_set
from forecasts.reading.names import author_of, full_names, is_crowd, name_of
from forecasts.reading.people import SAID, People
from forecasts.reading.quotations import Spoken, quotations, quoted_spans
from forecasts.reading.referents import Referents, SpeakerKind
from forecasts.reading.reports import SAYING, is_an_instrument, reporting_verb, said_before
from forecasts.reading.revisions import REVISING
from forecasts.reading.tellers import Tellers

_ASIDE = re.compile(  # ", she said," in the middle or at the end of a sentence
    rf"[^.,;]{{6,}}, (?!whatever|whoever|however|which|what|if )"
    rf"(?P<who>he|she|they|(?:the |an? |some |most )?[\w.'-]+(?: [\w.'-]+){{0,5}}) "
    rf"{SAID}(?: (?:on )?[A-Z]\w+day)?(?:,|\.?$)"
)
_CLOSE = 120  # characters between a person's name and the "who" that means them
_DATA_SHOW = re.compile(  # "..., Acme data show"; "Acme's own figures suggest that"
    r"(?:^\W*|,\s)(?P<who>(?:[A-ZÀ-Þ][\w&-]+\s?){1,4})(?:'s)?\s(?:own\s|latest\s)?"
    r"(?:data|figures|numbers|polling|research|analysis|estimates|projections|forecasts|modell?ing"
    r"|calculations|survey|poll|model)\s(?:shows?|showed|suggests?|suggested|indicates?)\b"
)
_ORATION = re.compile(  # "Prepared remarks from Gov. Ann Lee", as the title of the text
    r"(?:(?i:full text|transcript)(?:[:,]| of) )?"
    r"(?:(?i:the|his|her|prepared|opening|closing|keynote)\s)*"
    r"(?i:remarks|speech|testimony|address|lecture)\s(?:from|by|of|delivered by|given by)\s"
    r"((?:[A-ZÀ-Þ][\w'’.-]*)(?:\s(?:[A-ZÀ-Þ][\w'’.-]*|of|de|van|von|bin|al))*)(?=[,:\n]|\s[a-z(])"
)
_HEADLINE_CREDIT = re.compile(  # "Vote could slip to June: UN envoy Lee"
    r".{15,150}[^\d]:\s(?P<who>(?:[\w.'-]+\s){0,4}[A-ZÀ-Þ][\w.'-]*|[a-z]+s)"
)
_IN_THE_VIEW_OF = re.compile(
    r"(?:(?:but|and|yet)\s)?"
    r"(?:(?:for|to)|(?P<view>in the (?:view|opinion|words|eyes|estimation|judge?ment) of))\s"
    r"(?P<who>[^,;:]{3,60}),", re.I,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks where in one article."""

    known: Referents
    turns: list[Spoken]
    orator: str | None  # whose speech the text is, by its title, or whose report it retells
    credited: list[Spoken]  # whole paragraphs: "According to ...", "... – The Daily Star"

    @classmethod
    def of(cls, text: str) -> "Voices":
        smooth = plain(text.replace("\n", "\ufffc")).replace("\ufffc", "\n")
        for start, end in furniture_spans(text):  # which may stand between two paragraphs
            smooth = smooth[:start] + "\n" * (end - start) + smooth[end:]
        spans = quoted_spans(smooth, text)
        people = People.of(smooth).without(spans)
        tellers = Tellers.of(smooth)
        cast = Cast.of(smooth, people)
        known = Referents(
            quotations(smooth, spans, people, tellers, cast),
            people,
            People.strangers(smooth).without(spans),
            tellers,
            cast,
            Bodies.of(smooth, people, cast),
            full_names(text),
        )
        oration = _ORATION.match(text.lstrip())
        return cls(
            known,
            dialogue_turns(smooth, people),
            oration[1] if oration else retold_report(smooth, known.quotations, people, cast),
            credited_paragraphs(smooth),
        )

    def speaker_of(self, hedge: Hedge, at: int, base: int) -> tuple[str, SpeakerKind]:
        """Name and kind of who makes the claim of ``hedge``.

        ``at`` is the offset of its clause in the text, ``base`` that of its sentence.
        """
        found = self._speaker_of(hedge, at, base)
        if found[1] == "author" and self.orator is not None:
            return self.orator, "named"
        return found

    def _speaker_of(self, hedge: Hedge, at: int, base: int) -> tuple[str, SpeakerKind]:
        quotation = _covering(self.known.quotations, at) or _covering(
            self.known.quotations, base + hedge.head.idx
        )
        root = clause_root(hedge)
        report = hedge.head if _is_held_by_its_subject(hedge) else reporting_verb(root)
        if report is hedge.head and is_an_instrument(report):
            report = reporting_verb(report) or report  # "Ann Lee said the model shows a surge"
        report = report and (said_before(root, report) or report)
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
            return self.known.speaker(quotation.speaker, at)
        if turn is not None and turn.speaker is not None:
            return self.known.speaker(turn.speaker, at)
        goes_on = _covering(self.credited, at)
        own = found is not None and found[1] == "author" and quotation is not None  # "we expect"
        said = own or (found is None and hedge.kind != "report")
        if said and goes_on is not None and goes_on.speaker is not None:
            return self.known.speaker(goes_on.speaker, at)
        return "author", "author"

    def _holder(self, hedge: Hedge, at: int) -> tuple[str, SpeakerKind] | None:
        """ "*The IMF's* forecast is that", "the consensus *among economists* is"."""
        if hedge.kind != "frame":
            shown_by = (
                subject(hedge.head) if hedge.kind in {"report", "noun", "judgement"} else None
            )
            owner = author_of(shown_by) if shown_by is not None else None
            return self.known.speaker(owner, at) if owner is not None else None
        for child in hedge.words[0].children:
            if child.dep_ == "poss":
                if child.tag_ == "PRP$":
                    whose = {"his": "he", "her": "she", "their": "they"}.get(child.lower_)
                    named = self.known.meant_by(whose, at) if whose else None
                    return self.known.speaker(named, at) if named else None
                return self.known.speaker(name_of(child), at, crowd=is_crowd(child))
            if child.dep_ == "prep" and child.lower_ in {"among", "of", "in"}:
                people = next((c for c in child.children if c.dep_ == "pobj"), None)
                if people is not None and is_crowd(people):
                    return self.known.speaker(name_of(people), at, crowd=True)
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
                return self.known.speaker(name_of(by_whom), at, crowd=is_crowd(by_whom))
            nobody = who is None or who.lower_ == "it"
            return ("unnamed official", "unnamed") if nobody else None
        if who is None:
            return None
        if who.tag_ in {"PRP", "DT", "WP"}:
            return self._pronoun(who, at)
        if who.lower_ in NO_ONE | {"few"} or who.left_edge.lower_ in {"no", "our", "my", "few"}:
            return "author", "author"
        if (person := self._person_before(verb, who)) or (person := author_of(who)):
            return person, "named"
        if who.lemma_.lower() in {"reading", "scenario", "view", "idea", "fear", "analysis"}:
            return None
        return self.known.speaker(name_of(who), at, crowd=is_crowd(who))

    def _person_before(self, verb: Token, who: Token) -> str | None:
        """The person whose name ends a long title: "City College senior lecturer Ann Lee said"."""
        before = verb.nbor(-1) if verb.i > who.i else who
        person = self.known.people.called(before.text) if before.pos_ == "PROPN" else None
        if person is None or (before != who and who not in before.ancestors):
            return None
        given = before.i > 0 and before.nbor(-1).text in person.split()
        return person if given or before == who.left_edge else None

    def _pronoun(self, who: Token, at: int) -> tuple[str, SpeakerKind] | None:
        if who.lower_ in {"i", "we"}:
            return "author", "author"
        if who.lower_ in {"it", "they"} and (outer := reporting_verb(who.head)) is not None:
            outer = said_before(who.head, outer) or outer
            return self._reporter(outer, at)  # "the bank said that it expects ..."
        if who.lower_ == "it":
            body = self.known.last_body(at)
            return self.known.speaker(body[1], at, crowd=not _is_proper(body[1])) if body else None
        if who.tag_ == "WP" and who.head.dep_ == "relcl":  # "said Ann Lee, *who sees* a deal"
            if person := self.known.people.last_before(at, after=at - _CLOSE):
                return person, "named"  # and not the bank that Ann Lee works for
            whose = who.head.head
            return self.known.speaker(name_of(whose), at, crowd=is_crowd(whose))
        if who.lower_ not in {"he", "she", "they"}:
            return None
        going_on = any(t.lemma_ in {"add", "continue", "go"} for t in (who.head, who.head.head))
        named = self.known.meant_by(who.lower_, at, going_on=going_on)
        return self.known.speaker(named, at) if named else (who.lower_, "unnamed")

    def _according_to(self, root: Token, at: int) -> tuple[str, SpeakerKind] | None:
        doc = root.doc
        for token in doc:
            if token.lower_ == "according" and token.i + 1 < len(doc):
                if token.head.lemma_ in SAYING and token.head != root and not token.is_sent_start:
                    told = self._reporter(token.head, at)  # "sources said, according to Reuters"
                    if told is not None:
                        return told
                target = next((t for t in token.subtree if t.dep_ == "pobj"), None)
                if target is not None and (owner := author_of(target)):
                    return self.known.speaker(owner, at)  # "according to Acme's first count"
                if target is not None:
                    return self.known.speaker(name_of(target), at, crowd=is_crowd(target))
        if opening := _IN_THE_VIEW_OF.match(text_of(doc)):
            span = doc.char_span(*opening.span("who"), alignment_mode="expand")
            person = self.known.people.called(opening["who"].split()[-1])
            if person is not None:
                return self.known.speaker(person, at)
            if span is not None and opening["view"]:
                return self.known.speaker(name_of(span.root), at, crowd=is_crowd(span.root))
        if (shown := _DATA_SHOW.search(text_of(doc))) and shown["who"].strip() not in _ANYBODYS:
            return shown["who"].strip(), "named"
        if credit := _HEADLINE_CREDIT.fullmatch(text_of(doc)):
            who = self.known.people.called(credit["who"].split()[-1]) or credit["who"]
            return self.known.speaker(who, at)
        if aside := _ASIDE.search(text_of(doc)):
            name = aside["who"]
            if name.lower() in {"he", "she", "they"}:
                named = self.known.meant_by(name.lower(), at)
                return self.known.speaker(named, at) if named else (name, "unnamed")
            return self.known.speaker(name, at)
        return None


_ANYBODYS = word_set("The Official New Our These Its Their Latest Recent This That Some")


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
    if passive and hedge.kind == "noun":  # "the risk is rated as low *by the agency*"
        return any(c.dep_ == "agent" for c in verb.children)
    holds = holds or (hedge.kind == "report" and verb.lemma_ in REVISING)
    return holds and not passive and hedge.kind in {"report", "noun", "judgement"}
