"""Judgements without their verb: "with a cut expected in June", "the bill, likely to pass, ..."."""

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.hedges.judgements import AGAINST, adjective_phrase
from forecasts.reading.hedges.modals import STRENGTHS
from forecasts.reading.parsing.grammar import (
    COPULAS,
    auxiliaries,
    is_dated,
    is_infinitive,
    is_perfect,
)
from forecasts.reading.parsing.lexicon import word_set

_WORDS = word_set(
    "expected forecast projected predicted likely unlikely set poised due slated tipped certain "
    "scheduled bound anticipated favoured favored"
)


def reduced_hedge(token: Token) -> Hedge | None:
    """The hedge of an adjective or participle that hangs on its noun instead of on a verb."""
    noun = token.head
    if token.lower_ == "forecast" and token.tag_ == "NN":
        return _taken_for_a_noun(token)
    if token.lower_ not in _WORDS or token.dep_ not in {"acl", "amod", "relcl"} or noun.i > token.i:
        return None
    if any(a.lemma_ in COPULAS for a in auxiliaries(token)):
        return None
    event = next((c for c in token.rights if is_infinitive(c)), None)
    if (event is None and not is_dated(token)) or (event is not None and is_perfect(event)):
        return None
    start = _start(token, noun)
    if start is None:
        return None
    strengths = [c for c in token.children if c.lower_ in {*STRENGTHS, "more", "less", "not"}]
    phrase = adjective_phrase(token, strengths)
    negated = any(c.dep_ == "neg" or c.lower_ == "not" for c in token.children)
    words = [*strengths, token, *(t for t in token.rights if t.tag_ == "TO")]
    if event is not None and token.nbor().tag_ == "TO":
        words.append(token.nbor())
    against = phrase.split()[-1] in AGAINST
    return Hedge(
        token, event if event is not None else token, in_order(words),
        f"not {phrase}" if negated else phrase, against != negated, kind="reduced",
        bounds=(start, token.right_edge.i + 1),
    )  # fmt: skip


def _start(token: Token, noun: Token) -> int | None:
    """Where its clause begins: at "with", or at itself after a comma or with a day ("a vote likely
    to take place on Friday"); elsewhere it only tells which ("those expected to attend")."""
    opening = noun.left_edge.i
    if noun.dep_ == "pobj" and noun.head.lower_ == "with":
        return noun.head.i
    if opening > 0 and token.doc[opening - 1].lower_ == "with":
        return opening - 1
    before = token.left_edge.i - 1
    is_set_off = before >= 0 and token.doc[before].text in {",", "—"}
    if not any(is_infinitive(c) for c in token.rights):
        return None
    judged = token.lower_ in _JUDGED
    return token.left_edge.i if is_set_off or judged or is_dated(token) else None


_JUDGED = frozenset({"likely", "unlikely", "poised", "bound", "favoured", "favored"})


def _taken_for_a_noun(forecast: Token) -> Hedge | None:
    """ "... will ease, with *growth forecast to* pick up"."""
    doc, i = forecast.doc, forecast.i
    if i + 2 >= len(doc) or doc[i + 1].tag_ != "TO" or doc[i + 2].tag_ != "VB":
        return None
    near = range(i - 1, max(-1, i - 8), -1)
    start = next((k for k in near if doc[k].lower_ == "with"), None)
    if start is None or doc[i - 1].pos_ not in {"NOUN", "PROPN"}:
        return None
    event, words = doc[i + 2], (forecast, doc[i + 1])
    bounds = (start, event.right_edge.i + 1)
    return Hedge(event, event, words, "expected", kind="reduced", bounds=bounds)
