"""Forecasts told in the present: "growth slows in 2027", "if she goes, the coalition falls"."""

import re

from spacy.tokens import Token

from forecasts.reading.chances.percentages import closing_odds, stated_percentage
from forecasts.reading.hedges.hedge import Hedge, in_order, text_of
from forecasts.reading.parsing.grammar import auxiliaries, is_negated, own_subject, tense
from forecasts.reading.parsing.lexicon import CHANGES, word_set

_GONE = word_set("come go leave return end stop change retire quit step disappear back withdraw")
_FRAME = re.compile(
    r"^\W*(?:in|on|under|with) (?:the|our|this|that|its|their|a|such a) (?:[\w-]+ ){0,2}"
    r"(?:projections?|baseline|base case|base-case|central case|forecasts?|worst case|best case"
    r"|scenario|simulation|outlook|view of the future)\b", re.I,
)  # fmt: skip
_YEARS = re.compile(
    r"\b(?:in|by|from|until|till|into|through|beyond|before|after|during|for)"
    r" (?:(?:about|around|late|early|mid|the|end|of|middle|start|first|second|half|well|into|spring"
    r"|summer|autumn|winter|fiscal|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)[ -]){0,5}20[2-9]\d\b"
    r"|\bnext (?:year|spring|summer|autumn|winter|month|quarter|decade)\b"
    r"|\buntil (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
)
_ANYONE = word_set("you one i we who which that what anyone everyone people")
_HABIT = re.compile(r"\b(?:every|each|rarely|seldom|usually|often|always|normally|typically)\b")
_STAYING = word_set("stay remain average total")
_ONLY = word_set("rise fall grow get go climb drop worsen deteriorate improve increase decline")
_LASTING = word_set("hold last survive continue endure persist outlast remain stay win prevail")


def present_hedge(token: Token) -> Hedge | None:
    """The hedge of a verb in the present that tells what is to come."""
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    if token.lemma_ == "put":
        return _put(token)
    if token.lemma_ == "give":
        return _given(token)
    if any(a.lower_ in {"can", "ca"} for a in auxiliaries(token)):
        return _cannot(token)
    if token.tag_ == "VBG" and token.dep_ == "advcl":
        return _going_on(token)
    if tense(token) != "present":
        return None
    who = own_subject(token)
    if who is None or who.lower_ in _ANYONE or who.i > token.i:
        return None
    if token.tag_ == "VBG":
        return _not_coming(token, who)
    if token.dep_ not in {"ROOT", "conj", "ccomp"} or token.lemma_ == "be":
        return None
    if _is_framed(token):
        return _of(token, "expected", in_order([*auxiliaries(token), token]))
    tells = token.lemma_ in CHANGES or token.lemma_ in _STAYING
    if tells and (_is_dated_ahead(token) or _hangs_on_a_condition(token)):
        negated = is_negated(token) or who.lower_ in {"nothing", "nobody"}
        return _of(token, "will not" if negated else "will", (token,))
    return None


def _of(verb: Token, phrase: str, words: tuple[Token, ...]) -> Hedge:
    return Hedge(verb, verb, words, phrase, phrase == "will not", kind="scheduled")


def _is_framed(verb: Token) -> bool:
    """ "In our projection, growth picks up"; what a projection assumes is no forecast."""
    meant = {"assume", "see", "show", "suppose", "imply", "mean", "call", "say", "have"}
    return (
        verb.dep_ == "ROOT" and verb.lemma_ not in meant and bool(_FRAME.match(text_of(verb.doc)))
    )


def _is_dated_ahead(verb: Token) -> bool:
    who = own_subject(verb)
    opening = verb.doc[verb.left_edge.i : who.left_edge.i if who is not None else verb.i].text
    ends = (t.left_edge.i for t in verb.subtree if t.dep_ == "relcl" and t.i > verb.i)
    end = min(ends, default=verb.right_edge.i + 1)  # another clause's day tells nothing
    clause = f"{opening} {verb.doc[verb.i : end].text}"
    return _YEARS.search(clause) is not None and _HABIT.search(clause) is None


def _hangs_on_a_condition(verb: Token) -> bool:
    """ "If she goes, the coalition falls", of somebody or something known, not of anybody."""
    for child in verb.lefts:
        if child.dep_ == "advcl" and child.left_edge.lower_ in {"if", "unless"}:
            supposed = own_subject(child)
            known = (
                supposed is not None
                and supposed.lower_ not in {"you", "one"}
                and _is_known(supposed)
            )
            return known and tense(child) == "present"
        if child.dep_ == "prep" and child.lower_ in {"without", "absent", "barring"}:
            return _is_known(own_subject(verb))
    return False


def _is_known(who: Token | None) -> bool:
    if who is None:
        return False
    definite = {"the", "this", "that", "these", "those", "his", "her", "its", "their", "our"}
    return who.pos_ in {"PRON", "PROPN"} or who.left_edge.lower_ in definite or who.tag_ == "NNS"


def _not_coming(verb: Token, who: Token) -> Hedge | None:
    """ "The jobs aren't coming back", "the war is not ending this year"."""
    if not is_negated(verb):
        return None
    away = {"back", "anywhere", "home", "away", "down"}
    moving = verb.lemma_ in _GONE and any(
        c.lower_ in away or c.dep_ in {"dobj", "npadvmod", "tmod"} for c in verb.rights
    )
    if not moving and not (verb.lemma_ in CHANGES and _is_dated_ahead(verb)):
        return None
    denied = [c for c in verb.children if c.dep_ == "neg"]
    return _of(verb, "will not", in_order([*auxiliaries(verb), *denied, verb]))


def _going_on(verb: Token) -> Hedge | None:
    """ "The number is growing, *rising* to 459 million by 2050"."""
    grows = tense(verb.head) == "present" and verb.head.i < verb.i
    if not grows or verb.lemma_ not in CHANGES or not _BY_YEAR.search(_text_of(verb)):
        return None
    return _of(verb, "will", (verb,))


_BY_YEAR = re.compile(r"\bto [^,;]*\bby (?:the end of |late |early |mid-?)?20[2-9]\d\b")


def _text_of(verb: Token) -> str:
    return verb.doc[verb.i : verb.right_edge.i + 1].text


def _cannot(verb: Token) -> Hedge | None:
    """ "The front cannot hold beyond the spring", "prices can only rise from here"."""
    can = next(a for a in auxiliaries(verb) if a.lower_ in {"can", "ca"})
    who = own_subject(verb)
    if who is None or who.lower_ in _ANYONE or verb.dep_ not in {"ROOT", "conj", "ccomp"}:
        return None
    between = list(verb.doc[can.i + 1 : verb.i])
    if any(t.lower_ == "only" for t in between) and verb.lemma_ in _ONLY:
        return _of(verb, "will", (can, *between))
    denied = [c for c in verb.children if c.dep_ == "neg"]
    lasting = verb.lemma_ in _LASTING and who.lower_ not in {"he", "she", "they"}
    if denied and lasting:
        return _of(verb, "will not", in_order([can, *denied, verb]))
    return None


def _is_level(prep: Token) -> bool:
    """ "At 2 %", "below *800,000 barrels*"; "below the shelf" is a place."""
    if prep.lower_ in {"below", "above", "around", "near"}:
        amounts = (c for c in prep.children if c.dep_ == "pobj")
        return any(a.like_num or any(c.like_num for c in a.lefts) for a in amounts)
    return prep.lower_ == "at"


_IT = frozenset({"it", "that", "this"})


def _counts(within: Token) -> list[Token]:
    """The number in a phrase, from its first word on: "one in ten", "35 %"."""
    found = [t.i for t in within.subtree if t.like_num or t.text == "%"]
    return list(within.doc[min(found) : max(found) + 1]) if found else []


def _given(verb: Token) -> Hedge | None:
    """ "Diplomats give a second round of strikes *sixty-forty*"; a share of seats is no chance."""
    last = verb.right_edge
    numbers = closing_odds(verb.doc[verb.i + 1 : last.i + 1].text)
    if numbers is None or tense(verb) not in {"present", "perfect"}:
        return None
    said = next((c for c in reversed(list(verb.rights)) if not c.is_punct), verb)
    return Hedge(verb, verb, in_order((verb, *_counts(said))), "", numbers=numbers, kind="noun")


def _put(verb: Token) -> Hedge | None:
    """ "I'd put it at 80 %", "the bank now puts growth at 2.1 per cent in 2029"."""
    thing = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    at = next((c for c in verb.rights if c.dep_ == "prep" and _is_level(c)), None)
    if thing is None or at is None or tense(verb) in {"past", "perfect"}:
        return None
    who = own_subject(verb)
    said = at.doc[at.i : at.right_edge.i + 1].text
    ours = thing.lower_ in _IT and who is not None and who.lower_ in {"i", "we"}
    numbers = stated_percentage(said) if ours else closing_odds(said)
    if numbers is not None:
        words = in_order((*auxiliaries(verb), verb, at, *_counts(at)))
        return Hedge(verb, verb, words, "", numbers=numbers, kind="noun")
    if thing.pos_ in {"NOUN", "PRON"} and _is_dated_ahead(verb) and tense(verb) == "present":
        return Hedge(verb, thing, (verb,), "expected", kind="report")
    return None
