"""Forecasts told by their noun: "its forecast for 2027 is 3 %", "there is speculation of a cut"."""

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.parsing.grammar import auxiliaries, is_negated, marks, tense
from forecasts.reading.parsing.lexicon import word_set

_FORECASTS = word_set(
    "forecast projection estimate prediction expectation consensus outlook guidance baseline target"
)
_STANDING = word_set("be stand remain stay sit come point call")
_REVISED = word_set(
    "revise cut raise lower lift trim slash upgrade downgrade reduce keep maintain bump nudge "
    "leave put set"
)
_TALK = word_set("expectation speculation anticipation talk suggestion prediction forecast")
_CENTRAL = word_set("base baseline central core base-case main default working reference")
_FALLING = word_set("fade recede dim dwindle wane fall evaporate diminish")
_HELD = word_set("be grow rise mount build abound remain persist")


def outlook_hedge(token: Token) -> Hedge | None:
    """The hedge of a noun that means a forecast, where the noun is what the sentence tells of."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    return _levelled(token) or _talked_of(token) or _central_case(token)


def _levelled(noun: Token) -> Hedge | None:
    """ "The forecast for 2027 *stands at 3 %*", "projections for growth *were raised to 3 %*"."""
    verb = noun.head
    if noun.lemma_.lower() not in _FORECASTS or noun.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    held = noun.dep_ == "nsubj" and verb.lemma_ in _STANDING and tense(verb) == "present"
    revised = noun.dep_ == "nsubjpass" and verb.lemma_ in _REVISED
    revised = revised and not any(a.lower_ == "had" or a.tag_ == "MD" for a in auxiliaries(verb))
    target = noun.lemma_ == "target"  # which is a wish, wherever it is set
    if target or not (held or revised) or not _is_measured(verb):
        return None
    return Hedge(
        verb, noun, in_order((noun, verb)), "expected", kind="report" if revised else "frame"
    )


def _is_measured(verb: Token) -> bool:
    """Whether a number follows the verb, be it a level or the size of a change."""
    return any(t.like_num and t.i > verb.i and not _is_a_year(t) for t in verb.subtree)


def _is_a_year(number: Token) -> bool:
    return number.is_digit and len(number) == 4 and number.text.startswith(("19", "20"))


def _talked_of(noun: Token) -> Hedge | None:
    """ "There are *expectations of* a cut", "expectations *for* a cut are growing"."""
    verb = noun.head
    if noun.lemma_ not in _TALK or tense(verb) != "present":
        return None
    there = noun.dep_ == "attr" and any(c.dep_ == "expl" for c in verb.lefts)
    falling = noun.dep_ == "nsubj" and verb.lemma_ in _FALLING
    if not (there or falling or (noun.dep_ == "nsubj" and verb.lemma_ in _HELD - {"be"})):
        return None
    event = _content(noun)
    if event is None:
        return None
    against = falling != is_negated(verb)
    phrase = "unlikely" if against else "expected"
    return Hedge(verb, event, in_order((noun, verb)), phrase, against, kind="frame")


def _content(noun: Token) -> Token | None:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "for"}:
            return next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
        if child.dep_ in {"acl", "ccomp"} and "that" in marks(child) and tense(child) != "modal":
            return child
    return None


def _central_case(noun: Token) -> Hedge | None:
    """ "A soft landing *remains our base case*"."""
    verb = noun.head
    if noun.lemma_ not in {"case", "scenario", "expectation"} or noun.dep_ != "attr":
        return None
    ours = noun.lemma_ == "expectation" or any(c.lower_ in _CENTRAL for c in noun.lefts)
    who = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if not ours or who is None or who.pos_ == "PRON" or tense(verb) != "present":
        return None
    if verb.lemma_ not in {"be", "remain"} or is_negated(verb):
        return None  # the denial is an idiom of its own
    words = in_order((verb, *(c for c in noun.lefts if c.lower_ in _CENTRAL), noun))
    return Hedge(verb, who, words, "expected", kind="frame")
