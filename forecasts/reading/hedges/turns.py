"""Hedges carried by constructions: "is going to", "is on track to", "the risk is that"."""

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.hedges.modals import with_strength
from forecasts.reading.parsing.grammar import (
    COPULAS,
    auxiliaries,
    is_infinitive,
    is_negated,
    marks,
    tense,
)
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import is_credited

_OUTCOMES = word_set(
    "outcome scenario result case course response consequence action move step path option "
    "candidate target winner loser successor reaction date time venue place route alternative end "
    "ending fate choice form solution"
)


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


def making_hedge(token: Token) -> Hedge | None:
    """ "The debt makes a default *inevitable*", "this makes a truce a possibility"."""
    phrase = _MADE.get(token.lower_)
    verb = token.head
    if phrase is None or verb.lemma_ not in {"make", "render", "leave"} or verb.i > token.i:
        return None
    if token.dep_ not in {"ccomp", "oprd", "acomp", "advcl", "xcomp", "dobj"}:
        return None
    if tense(verb) != "present" or not any(_is_thing_made(t) for t in _between(verb, token)):
        return None
    words = in_order([verb, *with_strength(token), *(t for t in token.lefts if t.tag_ == "RBR")])
    less = any(t.lower_ == "less" for t in token.lefts)
    phrase = "unlikely" if less and phrase == "likely" else phrase
    if any(t.lower_ in {"almost", "nearly", "virtually", "all"} for t in token.lefts):
        phrase = {"inevitable": "almost certain", "impossible": "almost impossible"}.get(
            phrase, phrase
        )
    against = phrase.endswith(("unlikely", "impossible"))
    negated = is_negated(verb)
    whole = f"not {phrase}" if negated else phrase
    return Hedge(verb, verb, words, whole, against != negated, kind="idiom")


_MADE = {
    "likely": "likely", "likelier": "likely", "probable": "likely", "unlikely": "unlikely",
    "inevitable": "inevitable", "certain": "almost certain", "certainty": "almost certain",
    "impossible": "impossible", "possibility": "possibility", "likelihood": "likely",
    "conceivable": "possible", "unthinkable": "almost impossible", "imminent": "set",
}  # fmt: skip


def _between(verb: Token, word: Token) -> list[Token]:
    return list(verb.doc[verb.i + 1 : word.i])


def _is_thing_made(token: Token) -> bool:
    """What is judged; "it" alone stands for a clause, which has a tense of its own."""
    return token.pos_ in {"NOUN", "PROPN"} or token.lower_ in {"it", "this", "that"}


def on_track_hedge(token: Token) -> Hedge | None:
    if token.lower_ not in {"track", "course"} or token.i == 0 or token.nbor(-1).lower_ != "on":
        return None
    verb = next((t for t in token.ancestors if t.lemma_ in COPULAS), None)
    after = token.doc[token.i + 1 : token.i + 2].text.lower()
    if verb is None or after not in {"to", "for"}:
        return None
    if tense(verb) != "present" and not (tense(verb) == "past" and is_credited(verb)):
        return None
    negated = is_negated(verb)
    words = (verb, token.nbor(-1), token, token.nbor())
    phrase = "not on track" if negated else "on track"
    action = next((t for t in token.doc[token.i + 2 :] if t.tag_ == "VB"), verb)
    return Hedge(verb, action if after == "to" else verb, words, phrase, negated, kind="judgement")


def outcome_hedge(token: Token) -> Hedge | None:
    """ "The most likely outcome is a hung parliament", "a hung parliament looks the likeliest"."""
    if token.lower_ not in {"likely", "likeliest", "probable", "plausible"}:
        return None
    if token.dep_ not in {"amod", "compound"}:
        return None
    noun = token.head
    verb = noun.head
    if noun.lemma_ not in _OUTCOMES:
        return None
    if verb.lower_ == "as" and verb.head.lower_ in {"seen", "viewed", "regarded"}:
        seen = verb.head  # "a truce is seen as the likeliest outcome"
        return Hedge(seen, seen, in_order([seen, *with_strength(token)]), "likely", kind="idiom")
    if tense(verb) not in {"present", "modal"}:
        return None
    if noun.dep_ in {"attr", "oprd", "dobj", "acomp"} and verb.lemma_ in COPULAS:
        return Hedge(verb, verb, in_order(with_strength(token)), "likely", kind="idiom")
    if noun.dep_ != "nsubj" or verb.lemma_ not in {"be", "remain"}:
        return None
    said = next((c for c in verb.children if c.i > verb.i and c.dep_ in {"attr", "ccomp"}), None)
    words = in_order(with_strength(token))
    return Hedge(verb, said, words, "likely", kind="judgement") if said is not None else None


_FRAMES = {
    **dict.fromkeys(
        ("expectation", "forecast", "prediction", "bet", "guess", "hunch", "projection", "chances",
         "likelihood", "consensus", "probability", "estimate", "calculation", "betting",
         "suspicion", "assessment", "judgement", "judgment", "view", "conclusion", "case",
         "scenario", "baseline", "assumption", "feeling", "sense", "thinking", "presumption",
         "outlook", "call"),
        "likely",
    ),
    **dict.fromkeys(("risk", "danger", "fear", "worry", "possibility"), "risk"),
}  # fmt: skip
# Of these a thing can be said as well as a clause: "our forecast is a win for the left".
_FORETELLING = word_set(
    "expectation forecast prediction bet guess projection consensus case scenario baseline call "
    "estimate outlook"
)


def frame_hedge(token: Token) -> Hedge | None:
    """ "Our forecast is that rates will fall", "our base case is for two cuts"."""
    phrase = _FRAMES.get(token.lower_) or _FRAMES.get(token.lemma_)
    if phrase is None or token.dep_ != "nsubj":
        return None
    if token.lemma_ in {"case", "scenario"} and not any(c.lower_ in _CENTRAL for c in token.lefts):
        return None
    verb = token.head
    claim = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    claim = claim or _thing_told(token, verb)
    if verb.lemma_ not in {"be", "remain"} or tense(verb) != "present" or claim is None:
        return None
    if _has_own_estimate(claim) or tense(claim) in {"past", "perfect"}:
        return None
    negated = is_negated(verb)
    words = in_order([token, verb, *(c for c in verb.children if c.dep_ == "neg")])
    whole = f"not {phrase}" if negated else phrase
    return Hedge(verb, claim, words, whole, negated, kind="frame")


_CENTRAL = word_set("base baseline central core base-case main default working reference")
_OURS = word_set("my our their its his her the")


def _thing_told(noun: Token, verb: Token) -> Token | None:
    """ "The consensus is *for growth* of 2 %", "our forecast is *a win* for the left"."""
    if noun.lemma_ not in _FORETELLING:
        return None
    about = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "for"), None)
    if about is not None:
        return next((c for c in about.children if c.dep_ == "pobj"), None)
    raised = next((c for c in verb.rights if c.dep_ == "advcl" and is_infinitive(c)), None)
    if raised is not None and "for" in marks(raised):
        return raised
    ours = noun.left_edge.lower_ in _OURS - {"the", "its"} or noun.lemma_ in {"case", "scenario"}
    ours = ours or any(c.lower_ in {"consensus", "median", "central"} for c in noun.lefts)
    return next((c for c in verb.rights if c.dep_ == "attr"), None) if ours else None


def _has_own_estimate(claim: Token) -> bool:
    """Whether what is foretold has a hedge of its own, which says more than the frame."""
    modals = {a.lower_ for a in auxiliaries(claim) if a.tag_ == "MD"}
    judged = any(t.lower_ in {"likely", "unlikely", "probable"} for t in claim.children)
    return judged or bool(modals - {"will", "'ll", "would", "'d"})


def unless_hedge(token: Token) -> Hedge | None:
    """ "Unless the rider is dropped, we lose four votes": the present tells what will follow."""
    if token.dep_ != "ROOT" or tense(token) != "present" or token.lemma_ in COPULAS | {"have"}:
        return None
    opening = next((c for c in token.lefts if c.dep_ == "advcl"), None)
    if opening is None or opening.left_edge.lower_ != "unless" or tense(opening) != "present":
        return None
    phrase = "will not" if is_negated(token) else "will"
    return Hedge(token, token, (token,), phrase, phrase != "will", kind="scheduled")
