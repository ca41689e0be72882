"""Is a hedged clause a claim about the future? Many sentences with "may" or "will" are not."""

from spacy.tokens import Token

from forecasts.reading.conditions import has_condition
from forecasts.reading.embedding import clauses_around, is_embedded
from forecasts.reading.grammar import (
    COPULAS,
    ancestors,
    auxiliaries,
    is_perfect,
    subject,
    tense,
)
from forecasts.reading.hedges import Hedge
from forecasts.reading.lexicon import word_set
from forecasts.reading.promises import is_promised
from forecasts.reading.relatives import NOUNS, is_descriptive, is_summing_up
from forecasts.reading.reports import SAYING, reporting_verb

# A mind's present state: "may believe" guesses at what is, not at what will be.
_MINDS = word_set(
    "believe think hope want wish prefer fear suspect know view regard perceive consider "
    "interpret understand need like love see"
)
_IDIOMS = word_set("like love prefer rather argue say note add think suggest hate imagine")
_OUTLOOK = word_set(
    "help prove ease rise fall grow recover improve remain continue lead slow arrive become "
    "see result boost drop decline stabilise stabilize return follow reach increase decrease "
    "reduce lower support keep pick emerge push last hold allow make"
)
_JUDGING = word_set(
    "view expectation belief forecast prediction predict assessment conclusion estimate "
    "consensus judgement judgment assumption warn expect"
)
_STANDING = word_set("right wrong true false correct aware unaware dead alive guilty responsible")
_STATES = word_set("have know own contain exist reflect mean believe want hold lie")
_POINTERS = word_set("this that such these those doing")


def is_about_the_future(hedge: Hedge, *, supposed: bool = False) -> bool:
    """Whether the hedge makes a claim that later events can settle.

    ``supposed`` says that the sentence before spoke of a possibility, so that
    "this would" has something to be the consequence of.
    """
    event = hedge.event
    if hedge.kind == "label":
        return True
    if is_perfect(event) and not _is_future_perfect(event):
        return False
    if hedge.kind != "question" and (is_embedded(hedge.head) or is_embedded(event, hedge.head)):
        return False
    if is_promised(hedge) or _is_background(hedge):
        return False
    if hedge.kind == "modal":
        return _modal_claims(hedge, supposed)
    return _judgement_claims(hedge)


def _is_future_perfect(verb: Token) -> bool:
    return any(a.lower_ in {"will", "'ll"} for a in auxiliaries(verb))


def _is_background(hedge: Hedge) -> bool:
    """A relative clause that only says which thing is meant: "technology that could help"."""
    for clause, parent in clauses_around(hedge.head, None):
        if clause.dep_ == "acl" and parent is not None and parent.lemma_ in _JUDGING:
            return False
        if clause.dep_ in {"relcl", "acl"} and parent is not None and parent.pos_ in NOUNS:
            return not is_summing_up(clause, parent)
    return False


def _modal_claims(hedge: Hedge, supposed: bool) -> bool:
    verb, phrase = hedge.event, hedge.phrase
    modal = hedge.words[0].lower_ if hedge.words else ""
    if any(c.dep_ == "acomp" and c.lower_ in _STANDING for c in verb.children):
        return False
    if verb.lemma_ == "reach" and "for comment" in verb.doc[verb.i :].text:
        return False
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"} | {modal}
    if modals & {"may", "might", "could"}:
        if verb.lemma_ in _MINDS:
            return False
        if verb.tag_ == "VBG" and not _is_dated(verb):
            return False
        return not ("could" in modals and _is_past_ability(verb))
    if modals & {"would", "'d"}:
        return _would_claims(hedge, supposed)
    if "should" in modals:
        able = any(c.lower_ == "able" for c in verb.children)
        return able or (verb.lemma_ in _OUTLOOK and _is_thing(subject(verb)))
    return phrase not in {"will", "would"} or not (
        is_descriptive(verb) or verb.lemma_ in {"like", "love"}
    )


def _is_dated(verb: Token) -> bool:
    return any(t.ent_type_ == "DATE" for t in verb.subtree)


def _is_past_ability(verb: Token) -> bool:
    """ "tried but could not escape": told, not foretold."""
    around = [verb.head] if verb.dep_ in {"conj", "advcl"} and verb.head != verb else []
    around += [c for c in verb.children if c.dep_ in {"conj", "advcl"}]
    return any(tense(t) == "past" and t.lemma_ not in SAYING for t in around)


def _would_claims(hedge: Hedge, supposed: bool) -> bool:
    verb, who = hedge.event, subject(hedge.head)
    if verb.lemma_ in _IDIOMS:
        return False
    if has_condition(hedge.head):
        return True
    if is_descriptive(verb):
        return False
    report = reporting_verb(hedge.head)
    if report is not None and tense(report) in {"past", "perfect", "present"}:
        return True
    if who is None:
        return False
    if who.lower_ in {"it", "he", "she", "they", "i", "we", "you"}:
        return supposed and who.lower_ == "it"
    first = who.left_edge.lower_
    if first in _POINTERS or who.lower_ in _POINTERS:
        return supposed or who.lower_ not in _POINTERS or first == "such"
    return (
        first in {"a", "an", "any", "another", "such"} or who.dep_ == "csubj" or who.tag_ == "VBG"
    )


def _is_thing(who: Token | None) -> bool:
    if who is None or who.lower_ in {"we", "you", "i", "he", "she", "they", "one"}:
        return False
    return who.ent_type_ not in {"PERSON", "GPE", "NORP", "ORG"}


def _judgement_claims(hedge: Hedge) -> bool:
    head, event = hedge.head, hedge.event
    if hedge.kind == "aside":
        return _aside_claims(head)
    if tense(head) == "past" and reporting_verb(head) is None and head.lemma_ != "put":
        return False
    if event == head:
        return hedge.kind in {"noun", "question", "report"} or _is_elliptic(hedge)
    if event.pos_ in NOUNS:
        return True
    when = tense(event)
    if when in {"past", "perfect"}:
        return False
    if event.tag_ == "VBG" and auxiliaries(event) and not _is_dated(event):
        return hedge.phrase == "going"
    if when == "present" and hedge.kind != "report":
        return _is_dated(event) or event.lemma_ not in COPULAS | _STATES
    return True


def _is_elliptic(hedge: Hedge) -> bool:
    """ "Such cooperation is unlikely": the subject names the event."""
    head, word = hedge.head, hedge.words[-1]
    if word.lower_ in {"likely", "probable"} and word.i + 1 < len(head.doc):
        follows = word.nbor()
        if (follows.pos_ in {"ADP", "DET"} or follows.lower_ == "due") and not _is_dated(head):
            return False
    return True


def _aside_claims(verb: Token) -> bool:
    if tense(verb) == "present":
        return True
    comma = verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text in {",", "—"}
    governors = [g for g, _ in ancestors(verb) if g.pos_ in {"VERB", "AUX"}]
    return comma and bool(governors) and all(tense(g) != "past" for g in governors[:2])
