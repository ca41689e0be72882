"""Hedges carried by turns of phrase: "is going to", "is on track to", "economists expect"."""

from spacy.tokens import Token

from forecasts.reading.grammar import COPULAS, auxiliaries, is_negated, tense
from forecasts.reading.hedges import Hedge, in_order
from forecasts.reading.judgements import has_date
from forecasts.reading.lexicon import word_set
from forecasts.reading.modals import with_strength

_REPORTS = frozenset({"expect", "predict", "forecast", "project", "anticipate", "foresee", "doubt"})
_OUTCOMES = word_set("outcome scenario result case course response consequence")


def going_hedge(token: Token) -> Hedge | None:
    if token.lower_ not in {"going", "about"} or token.i + 2 >= len(token.doc):
        return None
    if token.nbor().tag_ != "TO" or not token.nbor(2).tag_.startswith(("VB", "RB")):
        return None
    before = [t for t in token.doc[max(0, token.i - 3) : token.i] if t.lemma_ == "be"]
    if not before or before[-1].tag_ not in {"VBP", "VBZ"}:
        return None
    event = next((t for t in token.doc[token.i + 2 :] if t.tag_ == "VB"), None)
    head = (
        token
        if token.lower_ == "going"
        else before[-1].head
        if before[-1].dep_ == "aux"
        else before[-1]
    )
    if event is None:
        return None
    negated = is_negated(head)
    phrase = "will not" if negated else token.lower_
    return Hedge(head, event, (before[-1], token, token.nbor()), phrase, negated, kind="judgement")


def on_track_hedge(token: Token) -> Hedge | None:
    if token.lower_ not in {"track", "course"} or token.i == 0 or token.nbor(-1).lower_ != "on":
        return None
    verb = next((t for t in token.ancestors if t.lemma_ in COPULAS), None)
    after = token.doc[token.i + 1 : token.i + 2].text.lower()
    if verb is None or after not in {"to", "for"} or tense(verb) != "present":
        return None
    negated = is_negated(verb)
    words = (verb, token.nbor(-1), token, token.nbor())
    phrase = "not on track" if negated else "on track"
    action = next((t for t in token.doc[token.i + 2 :] if t.tag_ == "VB"), verb)
    return Hedge(verb, action if after == "to" else verb, words, phrase, negated, kind="judgement")


def outcome_hedge(token: Token) -> Hedge | None:
    """ "The most likely outcome is a hung parliament"."""
    if token.lower_ not in {"likely", "likeliest", "probable"} or token.dep_ != "amod":
        return None
    noun = token.head
    verb = noun.head
    if noun.lemma_ not in _OUTCOMES or noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    if tense(verb) not in {"present", "modal"}:
        return None
    said = next((c for c in verb.children if c.i > verb.i and c.dep_ in {"attr", "ccomp"}), None)
    words = in_order(with_strength(token))
    return Hedge(verb, said, words, "likely", kind="judgement") if said is not None else None


def report_hedge(token: Token) -> Hedge | None:
    """An expectation told by its holder: "economists expect growth to slow"."""
    if token.lemma_ not in _REPORTS or not token.tag_.startswith("VB"):
        return None
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children):
        return None
    advice = token.tag_ == "VB" and token.dep_ == "ROOT" and not auxiliaries(token)  # "Expect rain"
    if tense(token) not in {"present", "perfect"} and not advice:
        return None
    claim = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    thing = next((c for c in token.children if c.dep_ == "dobj"), None)
    if claim is None and (
        thing is None or (token.lemma_ in {"expect", "project"} and not has_date(token))
    ):
        return None
    negated = is_negated(token)
    doubt = token.lemma_ == "doubt"
    phrase = "doubt" if doubt else "expected"
    words = in_order([token, *(c for c in token.children if c.dep_ == "neg")])
    phrase = f"not {phrase}" if negated else phrase
    event = claim or thing or token
    return Hedge(token, event, words, phrase, doubt != negated, kind="report")
