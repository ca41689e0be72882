"""Expectations told by their holder: "economists expect growth to slow", "few see a deal"."""

import re

from spacy.tokens import Token

from forecasts.reading.grammar import auxiliaries, is_dated, is_negated, subject, tense
from forecasts.reading.hedges import Hedge, in_order
from forecasts.reading.lexicon import word_set
from forecasts.reading.reports import BELIEFS

_REPORTS = frozenset({"expect", "predict", "forecast", "project", "anticipate", "foresee", "doubt"})
# "The bank sees growth slowing" foretells; "he saw her leaving" does not.
_VISIONS = frozenset({"see", "envisage", "envision", "forecast", "project", "predict", "foresee"})
_SCARCE = word_set("few hardly scarcely nobody none no neither")
# "She expected a judgment next spring": told, and not yet come to pass.
_STILL_AHEAD = re.compile(r"\b(?:next|(?:later|by the end of|before the end of) this)\b")
_MORE = word_set("longer")


def report_hedge(token: Token) -> Hedge | None:
    """The hedge of a verb of expectation in the active voice."""
    if token.lemma_ not in _REPORTS | _VISIONS | BELIEFS or not token.tag_.startswith("VB"):
        return None
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children):
        return None
    if not _is_held_now(token):
        return None
    event = _believed(token) if token.lemma_ in BELIEFS else None
    event = event or _foretold(token)
    if event is None:
        return None
    denials = _denials(token)
    doubt = token.lemma_ == "doubt"
    negated = bool(denials) or is_negated(token)
    phrase = "doubt" if doubt else "expected"
    words = in_order([token, *denials, *(c for c in token.children if c.dep_ == "neg")])
    return Hedge(
        token, event, words, f"not {phrase}" if negated else phrase, doubt != negated, kind="report"
    )


def _is_held_now(verb: Token) -> bool:
    if tense(verb) in {"present", "perfect"}:
        return True
    who = subject(verb)
    # "forecast" is its own past; of a first person it is taken for the present.
    if verb.lower_ == "forecast" and who is not None and who.lower_ in {"we", "i"}:
        return True
    if tense(verb) == "past" and verb.lemma_ in _REPORTS - {"doubt"}:
        had = any(a.lower_ in {"had", "'d"} for a in auxiliaries(verb))
        return not had and _STILL_AHEAD.search(verb.doc[verb.i :].text) is not None
    return _is_imperative(verb)


def _is_imperative(verb: Token) -> bool:
    """ "Expect rain"."""
    return (
        verb.tag_ in {"VB", "VBP"}
        and verb.dep_ == "ROOT"
        and not _is_helped(verb)
        and (subject(verb) is None)
    )


def _is_helped(verb: Token) -> bool:
    return any(a.lemma_ != "do" for a in auxiliaries(verb))


def _foretold(verb: Token) -> Token | None:
    """The clause that is expected, or the thing, if its day shows that it is still to come."""
    claim = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i), None)
    if verb.lemma_ == "see":
        sees = claim if claim is not None and claim.tag_ == "VBG" else _participle(verb)
        thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
        sees = sees or (thing if any(t.like_num for t in verb.subtree) else None)
        who = subject(verb)
        return sees if is_dated(verb) and who is not None and who.i < verb.i else None
    if claim is not None and (claim.dep_ == "ccomp" or claim.tag_ == "VBG"):
        return claim if verb.lemma_ in _REPORTS | _VISIONS else None
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if thing is None or verb.lemma_ in BELIEFS - {"expect", "predict"}:
        return None
    needs_day = verb.lemma_ in {"expect", "project"}
    told = is_dated(verb) or _is_first_person(verb) or _is_imperative(verb)
    return thing if not needs_day or told else None


def _believed(verb: Token) -> Token | None:
    """ "I suspect unemployment tops 5 % by autumn": a present tense with a day still to come."""
    claim = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if claim is None or not _is_first_person(verb) or tense(claim) != "present":
        return None
    return claim if is_dated(claim) else None


def _is_first_person(verb: Token) -> bool:
    who = subject(verb)
    return who is not None and who.lower_ in {"we", "i"}


def _participle(verb: Token) -> Token | None:
    """ "sees growth *slowing*", where the parser may hang the participle on the noun."""
    for thing in (c for c in verb.children if c.dep_ in {"dobj", "nsubj"} and c.i > verb.i):
        for child in thing.children:
            if child.dep_ == "acl" and child.tag_ == "VBG":
                return child
    return None


def _denials(verb: Token) -> list[Token]:
    """ "*few* expect", "*no longer* expects"."""
    who = subject(verb)
    found = [] if who is None else [t for t in (who, *who.children) if t.lower_ in _SCARCE]
    return found + [t for c in verb.children if c.lower_ in _MORE for t in c.subtree]
