"""Forecasts made over: "the bank cut its growth forecast to 1.4 %", "raising its estimate to"."""

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.parsing.grammar import auxiliaries, tense
from forecasts.reading.parsing.lexicon import word_set

REVISING = word_set(
    "cut raise lower lift trim revise slash upgrade downgrade boost increase reduce keep maintain "
    "hike bump nudge adjust hold leave reiterate"
)
_FORECASTS = word_set("forecast projection estimate outlook prediction expectation")


def revised_hedge(token: Token) -> Hedge | None:
    """The hedge of a verb that sets a forecast at a number."""
    if token.lemma_ not in REVISING or token.pos_ != "VERB" or not _is_done(token):
        return None
    forecast = next((c for c in token.rights if c.dep_ == "dobj"), None)
    if forecast is None or not _is_a_forecast(forecast) or not _has_level(token):
        return None
    return Hedge(token, forecast, in_order((token, forecast)), "expected", kind="report")


def _is_a_forecast(thing: Token) -> bool:
    """Or the range or the target of one: "its price *forecast* range"."""
    named = (c for c in thing.lefts if c.dep_ == "compound")
    if thing.lemma_ == "target":  # of a price, which nobody can set
        return any(t.is_currency for t in thing.head.subtree)
    return thing.lemma_ in _FORECASTS or any(c.lemma_ in _FORECASTS for c in named)


def _is_done(verb: Token) -> bool:
    """ "Cut", "has cut", or ", cutting"; not "had cut", "may cut" or "will cut"."""
    helpers = {a.lower_ for a in auxiliaries(verb)}
    if verb.tag_ == "VBG":
        return not helpers and verb.dep_ in {"advcl", "conj"}
    told = verb.tag_ in {"VBD", "VBZ", "VBP", "VBN"}
    return told and tense(verb) in {"present", "perfect", "past"} and "had" not in helpers


def _has_level(verb: Token) -> bool:
    levels = (t for t in verb.subtree if t.lower_ in {"to", "at"} and t.i > verb.i)
    return any(n.like_num for t in levels for n in t.doc[t.i + 1 : t.i + 6])
