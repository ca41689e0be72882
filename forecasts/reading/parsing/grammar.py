"""Small questions about a parsed sentence, in the terms of the parser's dependency labels."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from forecasts.reading.horizons.horizon import HORIZON
from forecasts.reading.parsing.lexicon import word_set

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
COPULAS = word_set("be seem appear look remain become seems appears looks remains becomes")
NO_ONE = frozenset({"no", "nobody", "nothing", "none", "neither", "no-one"})


# "She expected a judgment next spring": told, and not yet come to pass.
STILL_AHEAD = re.compile(
    r"\b(?:next|(?:later|by the end of|before the end of) this|this (?:summer|autumn|fall|winter"
    r"|spring)|until at least|in the coming)\b"
)


def still_ahead(verb: Token) -> bool:
    """ "The party *looked* set for a defeat next May": what seemed so may still come to pass."""
    said = (t for t in (verb, *auxiliaries(verb)) if t.tag_ == "VBD")
    seemed = any(t.lemma_ in {"look", "seem", "appear"} for t in said)
    return seemed and STILL_AHEAD.search(verb.doc[verb.i :].text) is not None


def subject(verb: Token) -> Token | None:
    """The verb's own subject, or the one it shares with the verb it is coordinated with."""
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.dep_ != "expl":
            return child
    if any(child.dep_ == "expl" for child in verb.children):
        return None
    return subject(verb.head) if verb.dep_ in {"conj", "xcomp"} and verb.head != verb else None


def own_subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def auxiliaries(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.i < verb.i]


def marks(verb: Token) -> set[str]:
    """Words that introduce the clause of ``verb``: "that", "if", "although", ..."""
    return {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"} and c.i < verb.i}


def is_negated(verb: Token) -> bool:
    """Whether the clause denies its predicate: "not", "hardly", "no one will", "have no effect"."""
    return any(c.dep_ == "neg" or c.lower_ in DENYING for c in verb.children) or is_of_none(verb)


DENYING = frozenset({"never", "hardly", "scarcely"})


def is_of_none(verb: Token) -> bool:
    """Denied by another word than "not": "no longer", or by who or what it speaks of."""
    if any(c.lower_ == "longer" and c.i and c.nbor(-1).lower_ == "no" for c in verb.children):
        return True
    if any(c.lower_ in {"nor", "neither"} and c.i < verb.i for c in verb.children):
        return True
    return is_of_nobody(verb) or denial_of_object(verb) is not None


def is_of_nobody(verb: Token) -> bool:
    """Whether its subject is that there is none: "nobody", "no bank", "none of them"."""
    who = subject(verb)
    return who is not None and _none_word(who) is not None


def denial_of_object(verb: Token) -> Token | None:
    """The word that says so: "have *no* effect", "there is *no* deal", "change *nothing*"."""
    for thing in (c for c in verb.rights if c.dep_ in {"attr", "dobj"}):
        if thing.lemma_ not in _EMPTY and (word := _none_word(thing)):
            return word
    return None


# "They will have no choice but to go" tells that they go.
_EMPTY = word_set("choice option alternative doubt time exception surprise secret bone mistake")


def _none_word(noun: Token) -> Token | None:
    before = (c for c in noun.lefts if c.dep_ in {"det", "preconj", "cc"})
    return next((t for t in (noun, *before) if t.lower_ in NO_ONE), None)


def is_dated(token: Token) -> bool:
    """Whether the phrase or clause under ``token`` says when."""
    phrase = token.doc[token.left_edge.i : token.right_edge.i + 1]
    return HORIZON.search(phrase.text) is not None or _CLOCK.search(phrase.text) is not None


_CLOCK = re.compile(r"\bat \d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m\b|GMT|UTC|local time)", re.I)


def tense(verb: Token) -> str:
    """``past``, ``present``, ``perfect``, ``modal`` or ``none`` (an infinitive or participle)."""
    helpers = auxiliaries(verb)
    if any(a.tag_ == "MD" for a in helpers):
        return "modal"
    if any(a.lower_ == "had" for a in helpers):
        return "past"
    if any(a.lemma_ == "have" and a.tag_ in {"VBZ", "VBP"} for a in helpers):
        return "perfect"
    finite = [t for t in (*helpers, verb) if t.tag_ in {"VBD", "VBZ", "VBP"}]
    if not finite:
        # "Analysts at the bank expect", "the paper judged": taken for an infinitive, a participle.
        if verb.dep_ == "ROOT" and not helpers and own_subject(verb) is not None:
            return {"VB": "present", "VBN": "past"}.get(verb.tag_, "none")
        return "none"
    return "past" if finite[0].tag_ == "VBD" else "present"


def ancestors(token: Token) -> Iterator[tuple[Token, Token]]:
    """Pairs (governor, the child through which it governs ``token``), nearest first."""
    child = token
    for governor in token.ancestors:
        yield governor, child
        child = governor


def is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children) and verb.tag_ in {"VB", "VBN", "VBG"}


def is_perfect(verb: Token) -> bool:
    """ "to have voted", "may have voted": over by the time spoken of."""
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    # In "if they begin - and they haven't - would take" the parser hands the aside's "have" on.
    modal = max((c.i for c in helpers if c.tag_ == "MD"), default=-1)
    return any(c.lower_ in {"have", "'ve"} and c.i > modal for c in helpers)
