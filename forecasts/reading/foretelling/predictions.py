"""Forecasts of a thing: "he predicted a landslide", "the model shows a surge in October"."""

import re

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.parsing.grammar import (
    auxiliaries,
    is_dated,
    is_infinitive,
    is_negated,
    tense,
)
from forecasts.reading.parsing.grammar import subject as subject_of
from forecasts.reading.parsing.lexicon import word_set

_PREDICTING = word_set("predict forecast foresee project foretell prophesy envisage envision")
_INSTRUMENTS = word_set(
    "model projection forecast simulation modelling modeling outlook scenario estimate future "
    "baseline prediction bookmaker market trader calculation trajectory trend extrapolation "
    "consensus swap option curve"
)
_SHOWING = word_set("show suggest indicate imply give have put point discount price see")
_FOLLOWING = word_set("mean bring spell herald presage portend augur")
# "In December staff projected growth of 1 %" is told of a forecast that has been replaced since.
_EARLIER = re.compile(
    r"\b(?:19|20)\d\d\b|\bago\b|\b(?:previous|earlier|original|initial)(?:ly)?\b|\blast (?!week)\w+"
    r"|\b[Ii]n (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
)
_ABSTRACT = word_set("need risk danger threat consequence importance way case change thing it this")


def prediction_hedge(token: Token) -> Hedge | None:
    """The hedge of a verb whose object is the event itself."""
    did = token.tag_ == "VB" and any(a.lower_ == "did" for a in auxiliaries(token))
    if not did and token.tag_ not in {"VBD", "VBZ", "VBP", "VBG", "VBN"}:
        return None
    if token.lemma_ in _PREDICTING:
        event = _predicted(token)
    elif token.lemma_ == "warn":
        event = _warned_of(token)
    elif token.lemma_ in _SHOWING:
        event = _shown(token)
    elif token.lemma_ in _FOLLOWING:
        event = _following(token)
    else:
        return None
    if event is None:
        return None
    denied = [c for c in token.children if c.dep_ == "neg"]
    negated = is_negated(token)
    phrase = {"warn": "risk"}.get(token.lemma_, "expected")
    words = in_order([token, *denied])
    return Hedge(
        token, event, words, f"not {phrase}" if negated else phrase, negated, kind="report"
    )


def _predicted(verb: Token) -> Token | None:
    raised = next((c for c in verb.rights if c.dep_ == "xcomp" and is_infinitive(c)), None)
    if verb.tag_ == "VBG":  # "..., predicting prices to average 10,000 dollars"
        beside = verb.dep_ == "advcl" and not auxiliaries(verb)
        return (raised or _thing(verb)) if beside else None
    if tense(verb) not in {"past", "perfect"} or any(a.lower_ == "had" for a in auxiliaries(verb)):
        return None
    if subject_of(verb) is None or any(c.dep_ in _PASSIVE for c in verb.children):
        return None
    when = verb.doc[verb.left_edge.i : verb.i].text
    if _EARLIER.search(when) or any(_EARLIER.search(_phrase(c)) for c in _times(verb)):
        return None
    return raised or _thing(verb)


_PASSIVE = frozenset({"auxpass", "nsubjpass"})


def _thing(verb: Token) -> Token | None:
    thing = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if thing is None or thing.pos_ not in {"NOUN", "PROPN"} or thing.lemma_ in _ABSTRACT:
        return None
    return thing


def _times(verb: Token) -> list[Token]:
    return [c for c in verb.rights if c.dep_ in {"npadvmod", "advmod"}]


def _phrase(token: Token) -> str:
    text: str = token.doc[token.left_edge.i : token.right_edge.i + 1].text
    return text


def _warned_of(verb: Token) -> Token | None:
    """ "The agency warned *of famine*": what is warned of lies ahead."""
    of = next((c for c in verb.rights if c.lower_ == "of" and c.dep_ == "prep"), None)
    thing = next((c for c in of.children if c.dep_ in {"pobj", "pcomp"}), None) if of else None
    if thing is None or thing.lemma_ in _ABSTRACT or subject_of(verb) is None:
        return None
    return None if _EARLIER.search(verb.doc[verb.left_edge.i : verb.i].text) else thing


def _shown(verb: Token) -> Token | None:
    """What an instrument of forecasting shows, by a day or at a level still to come."""
    who = subject_of(verb)
    if who is None or who.lemma_.lower() not in _INSTRUMENTS or who.i > verb.i:
        return None
    if tense(verb) != "present":
        return None
    to = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in {"to", "in"}), None)
    inside = (c for c in to.children if c.dep_ == "pobj") if to is not None else iter(())
    shown = _thing(verb) or next(inside, None)
    clause = next((c for c in verb.rights if c.dep_ == "ccomp" and c.tag_ == "VBG"), None)
    measured = any(t.like_num for t in verb.subtree)
    return (clause or shown) if is_dated(verb) or measured else None


def _following(verb: Token) -> Token | None:
    """ "Rising wages *mean* higher prices next year"."""
    who = subject_of(verb)
    if who is None or who.pos_ not in {"NOUN", "PROPN"} or tense(verb) != "present":
        return None
    return _thing(verb) if _AHEAD.search(_phrase(verb)) else None


_AHEAD = re.compile(
    r"\b(?:next (?:week|month|year|quarter|decade|season|spring|summer|autumn|winter)|20[2-9]\d"
    r"|later this year|in the (?:coming|next)|trouble|doom|disaster|the end of)\b"
)
