"""Is a hedged clause a claim about the future? Many sentences with "may" or "will" are not."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from forecasts.reading.filters.generic import is_generic
from forecasts.reading.filters.modality import modal_claims
from forecasts.reading.filters.promises import is_promised
from forecasts.reading.filters.retold import is_retold
from forecasts.reading.filters.rules import is_a_rule
from forecasts.reading.filters.standing import is_always_so, is_rhetoric
from forecasts.reading.filters.supposed import is_only_supposed
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.embedding import clauses_around, is_embedded
from forecasts.reading.parsing.grammar import (
    COPULAS,
    ancestors,
    auxiliaries,
    is_dated,
    is_infinitive,
    is_perfect,
    marks,
    own_subject,
    still_ahead,
    tense,
)
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.relatives import NOUNS, is_descriptive, is_misread, is_summing_up
from forecasts.reading.parsing.reports import SAYING, is_credited, is_told_beside, reporting_verb

_JUDGING = word_set(
    "view expectation belief forecast prediction predict assessment conclusion estimate "
    "consensus judgement judgment assumption warn expect confidence certainty chance odds risk "
    "probability likelihood possibility prospect sign"
)
_STATES = word_set("have know own contain exist reflect mean believe want hold lie")


def objections(hedge: Hedge, *, supposed: bool = False) -> Iterator[str]:
    """Names of the rules by which the hedge makes no claim that later events can settle.

    ``supposed`` says that the sentence before spoke of a possibility, so that
    "this would" has something to be the consequence of.
    """
    event = hedge.event
    if hedge.kind in {"label", "elided"}:
        if hedge.kind == "elided" and is_embedded(event):
            yield "embedded"
        return
    if hedge.kind == "reduced" or (hedge.kind == "idiom" and _is_a_headline(hedge.head)):
        return
    gone = hedge.kind == "idiom" and any(w.lemma_ == "have" for w in hedge.words)
    if is_perfect(event) and not gone and not _is_future_perfect(event):
        yield "perfect"
    asked = hedge.kind == "question" or _is_left_open(hedge)
    if not asked and (is_embedded(hedge.head) or is_embedded(event, hedge.head)):
        yield "embedded"
    yield from (name for name, rule in _RULES.items() if rule(hedge))
    if hedge.kind in {"idiom", "scheduled"}:
        if tense(hedge.head) == "past" and not still_ahead(hedge.head):
            yield "past"
    elif hedge.kind == "modal":
        if not modal_claims(hedge, supposed):
            yield "modality"
    elif not _judgement_claims(hedge):
        yield "judgement"


def _is_left_open(hedge: Hedge) -> bool:
    """ "*Whether it will pass* is anybody's guess": what is asked is what is judged."""
    verb = hedge.head
    asked = (c for c in verb.lefts if c.dep_ in {"csubj", "csubjpass", "ccomp", "advcl"})
    return hedge.phrase == "uncertain" and any("whether" in marks(c) for c in asked)


def _is_a_headline(verb: Token) -> bool:
    """ "Deadlock *seen* as likeliest outcome": a participle where the sentence has no verb."""
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in verb.doc)
    return verb.tag_ == "VBN" and not finite and not verb.doc[-1].is_punct


def _is_future_perfect(verb: Token) -> bool:
    """ "will have left", "may have left by then": over by a time that is still to come."""
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if is_infinitive(verb) and not modals:  # "is likely to have doubled by the end of 2027"
        return _BY_THEN.search(verb.doc[verb.i :].text) is not None
    ahead = verb.doc[verb.i + 1 :].text
    return bool(modals & {"will", "'ll"}) or bool(modals & _MAYBE and _BY_THEN.search(ahead))


_APPOINTED = frozenset({"expected", "due", "scheduled", "set", "slated"})
_MAYBE = frozenset({"may", "might", "could"})
_BY_THEN = re.compile(
    r"\bby (?:then|next|the end of|the time|the middle of|mid-?20|early 20|late 20|20[2-9]\d)"
)


def _is_background(hedge: Hedge) -> bool:
    """A relative clause that only says which thing is meant: "technology that could help"."""
    for clause, parent in clauses_around(hedge.head, None):
        if clause.dep_ == "acl" and parent is not None and _is_content(clause, parent):
            return False
        if clause.lemma_ in SAYING and is_told_beside(clause):
            return False
        if clause.dep_ == "advcl" and hedge.phrase in {"will", "will not"} and marks(clause) & _WHY:
            return False  # "has little room to sell more, as it *will* serve its own first"
        if is_misread(clause) or _adds_to(clause):
            return False
        if clause.dep_ in {"relcl", "acl"} and parent is not None and parent.pos_ in NOUNS:
            own = hedge.head == clause or (hedge.head.dep_, hedge.head.head) == ("conj", clause)
            if own and _is_told_of_a_thing(hedge, clause, parent):
                return False
            if hedge.phrase in _APPOINTED and is_dated(hedge.event):
                return False  # "a court that is expected to rule on Monday"
            return not is_summing_up(clause, parent)
    return False


def _is_told_of_a_thing(hedge: Hedge, clause: Token, noun: Token) -> bool:
    """Whether a relative clause says what will come of the thing, besides which thing it is.

    "A pipeline that *will double* exports", "a summit whose success is *likely* to be judged by";
    "technology that *could* help" and "the party that *would* lose" only name the thing.
    """
    if clause.dep_ == "acl":  # "a risky move: it will fuel inflation", hung on a noun
        return tense(clause) == "modal" and own_subject(clause) is not None
    if noun.dep_ == "attr" and noun.i < clause.i and _is_cleft(noun):
        return True
    if noun.dep_ == "attr" and hedge.phrase in _OPEN and hedge.head.dep_ == "conj":
        return True  # "it is the gas that traps heat and *may* in time change the climate"
    if noun.dep_ == "appos":  # "it may cross the line, *a milestone that could raise alarm*"
        return True
    opening = {t.tag_ for c in clause.lefts for t in (c, *c.children)}
    if "WRB" in opening or noun.lower_ in _ANYONE:  # "where the rain will fall" is asked
        return False
    if hedge.phrase in {"will", "will not"}:
        return not is_descriptive(hedge.event)
    if hedge.kind == "modal" and noun.lemma_.lower() in _EVENTS and hedge.phrase in _OPEN:
        return True  # "a vote *that could decide* who governs"
    told = hedge.kind == "judgement" and tense(hedge.head) == "present"
    outright = hedge.phrase.removeprefix("not ") in {"likely", "unlikely"}
    return told and (outright or "WP$" in opening or is_dated(hedge.event))


_OPEN = frozenset({"may", "might", "could", "may well", "could well", "might well"})
_EVENTS = word_set(
    "election vote poll ballot referendum runoff run-off summit ruling verdict trial strike war "
    "conflict showdown clash crisis confrontation offensive invasion recession slowdown default"
)
_WHY = frozenset({"as", "because", "since"})
_ANYONE = word_set("those anyone everyone someone people one that what whoever anything something")


def _is_cleft(noun: Token) -> bool:
    """ "It is *the order* that may lead to protests"."""
    who = own_subject(noun.head)
    return noun.head.lemma_ == "be" and who is not None and who.lower_ == "it"


def _adds_to(clause: Token) -> bool:
    """ "Mr Ito, *who is likely to win*, ...", "next week, *where* leaders are expected to meet"."""
    start = clause.left_edge.i
    linked = clause.doc[start].tag_ in {"WP", "WRB", "WP$"}
    return clause.dep_ == "relcl" and linked and start > 0 and clause.doc[start - 1].text == ","


def _is_content(clause: Token, noun: Token) -> bool:
    """ "the forecast *that*", "assess with confidence *that*", "told clients *that*"."""
    if noun.lemma_ in _JUDGING:
        return True
    if "that" not in marks(clause):
        return False
    verb = next((g for g, _ in ancestors(noun) if g.pos_ == "VERB"), None)
    return verb is not None and verb.lemma_ in SAYING and verb.i < noun.i


def _judgement_claims(hedge: Hedge) -> bool:
    head, event = hedge.head, hedge.event
    if hedge.kind == "aside":
        return _aside_claims(head)
    measured = hedge.kind == "noun" and hedge.numbers is not None and head.lemma_ in SAYING
    told = hedge.kind == "report" or measured or head.lemma_ == "put"
    told = told or (hedge.kind == "noun" and head.lemma_ == "give")
    if head.dep_ != "relcl":
        told = told or reporting_verb(head) is not None or is_credited(head)
    if tense(head) == "past" and not told and not still_ahead(head):
        return False
    if event == head:
        return hedge.kind in {"noun", "question", "report"} or _is_elliptic(hedge)
    if event.pos_ in NOUNS:
        return True
    when = tense(event)
    if when in {"past", "perfect"}:
        return False
    going = event.lower_ == "going" and any(c.dep_ == "xcomp" for c in event.rights)
    if event.tag_ == "VBG" and auxiliaries(event) and not going and not is_dated(event):
        return hedge.phrase in {"going", "expected", "forecast", "predicted", "projected"}
    if when == "present" and hedge.kind != "report":
        return is_dated(event) or event.lemma_ not in COPULAS | _STATES
    return True


def _is_elliptic(hedge: Hedge) -> bool:
    """ "Such cooperation is unlikely": the subject names the event."""
    if hedge.phrase == "more likely than not":
        return True
    head, word = hedge.head, hedge.words[-1]
    if word.lower_ in {"likely", "probable"} and word.i + 1 < len(head.doc):
        follows = word.nbor()
        if (follows.pos_ in {"ADP", "DET"} or follows.lower_ == "due") and not is_dated(head):
            return False
    return True


def _aside_claims(verb: Token) -> bool:
    if tense(verb) == "present":
        return True
    comma = verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text in {",", "—"}
    governors = [g for g, _ in ancestors(verb) if g.pos_ in {"VERB", "AUX"}]
    return comma and bool(governors) and all(tense(g) != "past" for g in governors[:2])


_RULES = {
    "promised": is_promised,
    "retold": is_retold,
    "background": _is_background,
    "rule": is_a_rule,
    "rhetoric": is_rhetoric,
    "always so": is_always_so,
    "generic": is_generic,
    "only supposed": is_only_supposed,
}
