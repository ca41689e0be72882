"""Forecasts told in the passive: "is seen rising", "is put at 5 % in two years' time"."""

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.parsing.grammar import auxiliaries, is_dated, is_negated, subject, tense
from forecasts.reading.parsing.lexicon import word_set

# What is seen at a level is foretold; what is put there only with a day to come.
_SEEN = word_set("seen forecast forecasted projected predicted expected pegged")
_PUT = word_set("put shown estimated placed calculated")
_NOT_CHANGES = word_set("be use do have")
_LEVELS = word_set("at between near above below around to")


def passive_hedge(token: Token) -> Hedge | None:
    """The hedge of a participle by which something is seen, shown or put at a later level."""
    if token.lower_ not in _SEEN | _PUT or token.tag_ not in {"VBN", "VBD"}:
        return None
    helpers = [a for a in auxiliaries(token) if a.lemma_ == "be"]
    if not helpers or tense(token) not in {"present", "modal"}:
        return None
    event = _rising(token) or _level(token)
    if event is None or (token.lower_ in _PUT and not is_dated(token)):
        return None
    denials = [c for c in token.children if c.dep_ == "neg" or c.lower_ == "longer"]
    negated = is_negated(token)
    phrase = "not expected" if negated else "expected"
    words = in_order([helpers[-1], *denials, token])
    return Hedge(token, event, words, phrase, negated, kind="judgement")


def _rising(verb: Token) -> Token | None:
    """ "is seen *slowing*", which the parser may hang on the subject or on the verb."""
    who = subject(verb)
    for parent in (verb, who) if who is not None else (verb,):
        for child in parent.children:
            if child.i > verb.i and child.tag_ == "VBG" and child.lemma_ not in _NOT_CHANGES:
                return child
    return None


def _level(verb: Token) -> Token | None:
    """ "is put *at* 5 %": the word itself stands for the event, which has no verb of its own."""
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in _LEVELS and child.i <= verb.i + 3:
            measured = any(t.like_num for t in child.subtree)
            return verb if measured and child.lower_ != "to" else None
    return None
