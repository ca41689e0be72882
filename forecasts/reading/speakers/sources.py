"""Whose claim it is where no verb of saying governs it: "according to", "the bank's forecast"."""

import re

from spacy.tokens import Doc, Token

from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.parsing.grammar import is_dated, subject
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import SAYING, minding_verb
from forecasts.reading.speakers.names import author_of, is_crowd, name_of
from forecasts.reading.speakers.people import SAID, SAY
from forecasts.reading.speakers.referents import Referents, SpeakerKind
from forecasts.reading.speakers.reporters import reporter

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
_IN_THE_VIEW_OF = re.compile(
    r"(?:(?:but|and|yet)\s)?"
    r"(?:(?:for|to)|(?P<view>in the (?:view|opinion|words|eyes|estimation|judge?ment) of))\s"
    r"(?P<who>[^,;:]{3,60}),", re.I,
)  # fmt: skip
_CLOSING_VIEW = re.compile(
    r", in the (?:view|opinion|words|estimation|judge?ment|assessment) of (?P<who>[^,;:.]{3,60})"
    r"(?:,|\.?\W?$)"
)
_BY_ITS_RECKONING = re.compile(  # "By the agency's reckoning", "on Altbank's figures"
    r"(?:(?:but|and|yet)\s)?(?:by|on)\s(?P<who>[^,;:]{3,60}?)'s?\s(?:own\s|latest\s)?"
    r"(?:reckoning|figures|numbers|estimates?|calculations?|count|forecasts?|projections?)\b", re.I,
)  # fmt: skip
_VERDICT_OF = re.compile(  # "..., is the verdict of Ann Lee"
    r"\bis the (?:view|verdict|judge?ment|opinion|assessment|conclusion|warning|forecast"
    r"|prediction) (?:of|from) (?P<who>[^,;:.]{3,60})(?:,|\.?\W?$)"
)
_IN_HIS_VIEW = re.compile(
    r"(?:.*,\s)?(?:(?:but|and|yet)\s)?(?:in|to) (?P<whose>his|her|their) "
    r"(?:view|opinion|words|eyes|estimation|judge?ment|mind|reckoning)\b", re.I,
)  # fmt: skip
_ANYBODYS = word_set("The Official New Our These Its Their Latest Recent This That Some")


def according_to(
    known: Referents, root: Token, at: int, base: int
) -> tuple[str, SpeakerKind] | None:
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
            if target is not None and (owner := author_of(target)):
                return known.speaker(owner, at)  # "according to Acme's first count"
            if target is not None:
                return known.speaker(name_of(target), at, crowd=is_crowd(target))
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


def _agent_of(verb: Token) -> Token | None:
    """ "Growth is projected at 2 % *by the fund*"."""
    if verb.lemma_ not in SAYING or not any(c.dep_ == "auxpass" for c in verb.children):
        return None
    agents = (t for c in verb.children if c.dep_ == "agent" for t in c.children)
    return next((t for t in agents if t.dep_ == "pobj" and not is_dated(t)), None)


def _named_in_passing(
    known: Referents, doc: Doc, at: int, base: int
) -> tuple[str, SpeakerKind] | None:
    """ "In the view of Ann Lee, it", "Acme data show that", "It may slip: envoy", ", he said,"."""
    if opening := _IN_HIS_VIEW.match(text_of(doc)):
        pronoun = {"his": "he", "her": "she", "their": "they"}[opening["whose"].lower()]
        named = known.meant_by(pronoun, base)
        return known.speaker(named, at) if named else None
    if opening := _BY_ITS_RECKONING.match(text_of(doc)):
        return known.speaker(opening["who"], at)
    if opening := _IN_THE_VIEW_OF.match(text_of(doc)):
        span = doc.char_span(*opening.span("who"), alignment_mode="expand")
        person = known.people.called(opening["who"].split()[-1])
        if person is not None:
            return known.speaker(person, at)
        if span is not None and opening["view"]:
            return known.speaker(name_of(span.root), at, crowd=is_crowd(span.root))
    if closing := _CLOSING_VIEW.search(text_of(doc)) or _VERDICT_OF.search(text_of(doc)):
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


def holder_of(known: Referents, hedge: Hedge, at: int) -> tuple[str, SpeakerKind] | None:
    """ "*The IMF's* forecast is that", "the consensus *among economists* is"."""
    if (minded := minding_verb(hedge.head)) is not None and (held := reporter(known, minded, at)):
        return held
    if hedge.kind != "frame":
        shown_by = subject(hedge.head) if hedge.kind in {"report", "noun", "judgement"} else None
        owner = author_of(shown_by) if shown_by is not None else None
        if owner is None and (by_whom := _agent_of(hedge.head)) is not None:
            return known.speaker(name_of(by_whom), at, crowd=is_crowd(by_whom))
        return known.speaker(owner, at) if owner is not None else None
    for child in hedge.words[0].children:
        if child.dep_ == "poss":
            if child.tag_ == "PRP$":
                whose = {"his": "he", "her": "she", "their": "they"}.get(child.lower_)
                named = known.meant_by(whose, at) if whose else None
                return known.speaker(named, at) if named else None
            owner = re.sub(r"'s?$", "", name_of(child))
            return known.speaker(owner, at, crowd=is_crowd(child))
        if child.dep_ == "prep" and child.lower_ in {"among", "of", "in"}:
            people = next((c for c in child.children if c.dep_ == "pobj"), None)
            if people is not None and is_crowd(people):
                return known.speaker(name_of(people), at, crowd=True)
    return None
