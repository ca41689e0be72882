"""Whose claim it is where no verb of saying governs it: "according to", "the bank's forecast"."""

import re

from spacy.tokens import Doc, Token

from forecasts.reading.hedges.hedge import text_of
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import SAYING
from forecasts.reading.speakers.holders import holder, reporter
from forecasts.reading.speakers.people import SAID, SAY
from forecasts.reading.speakers.referents import Found, Referents

_ASIDE = re.compile(  # ", she said," in the middle or at the end of a sentence
    rf"[^.,;]{{6,}}, (?!(?:whatever|whoever|however|which|what|if|while|and|but|as|though|I|we)\b)"
    r"(?![^,.]{0,40}\b(?:would|will|could|should|might|may|must|can|to) \w+(?:,|\.?$))"
    rf"(?P<who>he|she|they|(?:the |an? |some |most )?[\w.'-]+(?: [\w.'-]+){{0,5}}) "
    rf"(?P<said>{SAID}|{SAY})(?: (?:on )?[A-Z]\w+day)?(?:,|\.?$)"
)
_ADDED_LAST = re.compile(  # "It will differ, say those who study it."
    rf", (?:{SAID}|{SAY}) (?P<who>(?!that\b)[^,;:\"]{{3,60}}?)(?:,[^,;:\"]{{2,80}})?\.?$"
)
_DATA_SHOW = re.compile(  # "..., Acme data show"; "Acme's own figures suggest that"
    r"(?:^\W*|,\s)(?P<who>(?:[A-ZÀ-Þ][\w&-]+\s?){1,4})(?:'s)?\s(?:own\s|latest\s)?"
    r"(?:data|figures|numbers|polling|research|analysis|estimates|projections|forecasts|modell?ing"
    r"|calculations|survey|poll|model)\s(?:shows?|showed|suggests?|suggested|indicates?)\b"
)
_HEADLINE_CREDIT = re.compile(  # "Vote could slip to June: UN envoy Lee"
    r".{15,150}[^\d]:\s(?P<who>(?:[\w.'-]+\s){0,4}[A-ZÀ-Þ][\w.'-]*|[a-z]+s)"
)
_VERDICT_OF = re.compile(  # "..., is the verdict of Ann Lee"
    r"\bis the (?:view|verdict|judge?ment|opinion|assessment|conclusion|warning|forecast"
    r"|prediction) (?:of|from) (?P<who>[^,;:.]{3,60})(?:,|\.?\W?$)"
)
_ANYBODYS = word_set("The Official New Our These Its Their Latest Recent This That Some")


def according_to(known: Referents, root: Token, at: int, base: int) -> Found | None:
    doc = root.doc
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc):
            if token.head.lemma_ in SAYING and token.head != root and not token.is_sent_start:
                told = reporter(known, token.head, at)  # "sources said, according to Reuters"
                if told is not None:
                    return told
            target = next((t for t in token.subtree if t.dep_ == "pobj"), None)
            if target is not None and (person := _person_in(known, token)):
                return person, "named"  # "according to top pollster Ann Lee"
            if target is not None:
                return holder(known, target, at)
    return _named_in_passing(known, doc, at, base)


def _person_in(known: Referents, according: Token) -> str | None:
    """The person whose name opens what follows, before "of", "at" or a comma."""
    for token in according.doc[according.i + 2 : according.i + 12]:
        if token.is_punct or token.dep_ == "prep" or token.tag_ == "POS":
            return None
        ends = token.i + 1 == len(token.doc) or token.nbor().pos_ != "PROPN"
        if token.pos_ == "PROPN" and ends:
            return known.people.called(token.text)
    return None


def _tells(doc: Doc, aside: re.Match[str]) -> bool:
    """ "..., the Gulf *states*, ..." says nothing; "..., the fund *forecasts*." may be misread."""
    word = doc.char_span(*aside.span("said"), alignment_mode="expand")
    ended = aside.end() >= len(text_of(doc)) - 1
    return ended or (word is not None and word[0].pos_ not in {"NOUN", "PROPN", "ADJ"})


def _named_in_passing(known: Referents, doc: Doc, at: int, base: int) -> Found | None:
    """ "In the view of Ann Lee, it", "Acme data show that", "It may slip: envoy", ", he said,"."""
    if closing := _VERDICT_OF.search(text_of(doc)):
        return known.speaker(closing["who"], at)
    if (shown := _DATA_SHOW.search(text_of(doc))) and shown["who"].strip() not in _ANYBODYS:
        return shown["who"].strip(), "named"
    if credit := _HEADLINE_CREDIT.fullmatch(text_of(doc)):
        who = known.people.called(credit["who"].split()[-1]) or credit["who"]
        return known.speaker(who, at)
    if (aside := _ASIDE.search(text_of(doc))) and _tells(doc, aside):
        name = aside["who"]
        if name.lower() in {"he", "she", "they"}:
            named = known.meant_by(name.lower(), base)
            return known.speaker(named, at) if named else (name, "unnamed")
        return known.speaker(name, at)
    if (added := _ADDED_LAST.search(text_of(doc))) and (last := added["who"]):
        person = known.people.called(last.split()[-1])
        return known.speaker(person or last, at)
    return None
