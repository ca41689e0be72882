"""Which readings of "may", "could", "should", "would" and "will" look ahead."""

import re

from spacy.tokens import Token

from forecasts.reading.filters.would import EFFECTS, would_claims
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.conditions import has_condition
from forecasts.reading.parsing.grammar import (
    auxiliaries,
    is_dated,
    is_infinitive,
    subject,
    tense,
)
from forecasts.reading.parsing.lexicon import ACTORS, CHANGES, word_set
from forecasts.reading.parsing.relatives import is_descriptive
from forecasts.reading.parsing.reports import SAYING, reporting_verb

# A mind's present state: "may believe" guesses at what is, not at what will be.
_MINDS = word_set(
    "believe think hope want wish prefer fear suspect know view regard perceive consider "
    "interpret understand need like love see"
)
_OUTLOOK = word_set(
    "help prove ease rise fall grow recover improve remain continue lead slow arrive become "
    "see result boost drop decline stabilise stabilize return follow reach increase decrease "
    "reduce lower support keep pick emerge push last hold allow make come average peak bottom "
    "clear pass settle hover stay end bring give benefit win gain survive profit prevail rebound "
    "weaken strengthen widen narrow shrink expand accelerate start begin take improve firm total "
    "amount"
)
_FARING = word_set("benefit win gain recover survive profit prevail rebound struggle grow rise")
_MOODS = word_set(
    "tempted inclined reluctant willing unwilling keen eager unhappy happy hoping aware"
)
_STANDING = word_set("right wrong true false correct aware unaware dead alive guilty responsible")
_VAGUE = frozenset({"fine", "ok", "okay", "alright"})
_FATES = frozenset({"dead", "alive"})  # that will be, though not may be: "dead on arrival"
_IN_A_YEAR = re.compile(r"\b(?:in|since) (?:19|20)\d\d\b|\blast (?:year|month|week)\b|\bago\b")


def modal_claims(hedge: Hedge, supposed: bool) -> bool:
    verb, phrase = hedge.event, hedge.phrase
    modal = hedge.words[0].lower_ if hedge.words else ""
    if _is_a_topic(verb):
        return False
    modal = "should" if modal == "ought" else modal
    said = {c.lower_ for c in verb.children if c.dep_ == "acomp"}
    if said & _VAGUE and verb.lemma_ == "be":
        return False
    standing = said & _STANDING
    if standing - (_FATES if hedge.phrase in {"will", "will not"} else set()):
        return False
    if verb.lemma_ == "reach" and "for comment" in verb.doc[verb.i :].text:
        return False
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"} | {modal}
    if verb.lemma_ == "have" and not any(c.i > verb.i and not c.is_punct for c in verb.children):
        return False  # "it might have": the perfect, its participle left out
    if modals & {"may", "might", "could"}:
        if (verb.lemma_ in _MINDS and not _is_met_with(verb)) or _is_inclined(verb):
            return False
        if verb.tag_ == "VBG" and not is_dated(verb):
            return False
        return not ("could" in modals and _is_past_ability(hedge))
    if modals & {"would", "'d"}:
        return would_claims(hedge, supposed)
    if "should" in modals:
        able = any(c.lower_ == "able" for c in verb.children) or _is_measured(verb)
        able = able or _does_much(verb)
        expected = verb.lemma_ in _OUTLOOK | EFFECTS | CHANGES or (
            is_dated(verb) and verb.tag_ == "VB"
        )
        return able or (expected and (_is_thing(subject(verb)) or verb.lemma_ in _FARING))
    going_on = any(c.lower_ in {"still", "continue"} for c in verb.children)
    return phrase not in {"will", "would"} or not (
        (is_descriptive(verb) and not going_on) or verb.lemma_ in {"like", "love"}
    )


def _is_a_topic(verb: Token) -> bool:
    """ "One thing to watch will be the price": what to look at, and not how it turns out."""
    who = subject(verb)
    looked_at = who is not None and any(
        c.dep_ in {"relcl", "acl"} and is_infinitive(c) and c.lemma_ in _LOOKING
        for c in who.children
    )
    return verb.lemma_ == "be" and looked_at


_LOOKING = word_set("watch ask answer follow monitor look see resolve consider track remember")


def _is_measured(verb: Token) -> bool:
    """ "The trees should absorb *13 million tons*": a number is no advice."""
    things = (c for c in verb.rights if c.dep_ in {"dobj", "npadvmod"})
    return any(t.like_num for c in things for t in c.subtree) and _is_thing(subject(verb))


def _does_much(verb: Token) -> bool:
    """ "That should not *do much* to weaken it": what comes of it, and no advice."""
    amounts = (c for c in verb.rights if c.lower_ in {"much", "little", "nothing"})
    return verb.lemma_ == "do" and any(amounts) and _is_thing(subject(verb))


def _is_inclined(verb: Token) -> bool:
    """ "may be tempted", a mood of today; "may be more inclined" tells of a change."""
    moods = [verb, *(c for c in verb.children if c.dep_ == "acomp")]
    changed = any(t.lower_ in {"more", "less"} for m in moods for t in m.children)
    return not changed and any(m.lower_ in _MOODS for m in moods)


def _is_met_with(verb: Token) -> bool:
    """ "We could see some flooding": what is seen will come about."""
    met = any(c.dep_ in {"dobj", "ccomp"} for c in verb.rights)
    judged = any(c.lower_ == "as" for c in verb.rights)
    could = any(a.lower_ == "could" for a in auxiliaries(verb))
    return verb.lemma_ == "see" and could and met and not judged


def _is_past_ability(hedge: Hedge) -> bool:
    """ "tried but could not escape", "he could not attend": told, not foretold."""
    verb, who = hedge.event, subject(hedge.event)
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    clause = verb.doc[verb.left_edge.i : verb.right_edge.i + 1].text
    if _IN_A_YEAR.search(clause) and not has_condition(hedge.head):
        return True
    if passive and hedge.negative and not has_condition(hedge.head):
        return True  # "the claim could not be verified"
    person = who is not None and who.lower_ in {"he", "she", "i", "they", "we"}
    if person and hedge.negative and not has_condition(hedge.head) and not is_dated(verb):
        return True
    if reporting_verb(verb) is not None:
        return False  # "warned that tempers were rising and any act could lead to war"
    around = [verb.head] if verb.dep_ in {"conj", "advcl"} and verb.head != verb else []
    around += [c for c in verb.children if c.dep_ in {"conj", "advcl"}]
    return any(tense(t) == "past" and t.lemma_ not in SAYING for t in around)


def _is_thing(who: Token | None) -> bool:
    if who is None or who.lower_ in {"we", "you", "i", "he", "she", "they", "one"}:
        return False
    if who.lower_ in {"this", "that", "these"} and who.pos_ == "PRON" and who.tag_ != "WDT":
        return True
    if who.tag_ == "WDT" and who.head.dep_ == "relcl":
        who = who.head.head
    common = (
        who.pos_ == "NOUN" or who.dep_ == "csubj" or (who.i == 0 and not who.ent_type_)
    )  # "Turnout should ..."
    return common and who.lemma_.lower() not in ACTORS
