"""Forecasts told by a headline's infinitive: "Storms to hit coast", "Rates to stay high"."""

import re

from spacy.tokens import Doc, Span, Token

from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.hedges.judgements import AGAINST, adjective_phrase
from forecasts.reading.parsing.lexicon import word_set

LONGEST = 20  # words
_OPENING = re.compile(r"\W*[A-ZÀ-Þ\d]")
_ENDED = re.compile(r"[.!?…:;,][\"'”’)\]]*\s*$")
_TO = re.compile(r"\w['’)]? [Tt]o [A-Za-z]")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TELLING = word_set("find say see show predict expect forecast report project warn")
# Of these an infinitive says what for: "a plan to cut", "time to act", "ways to save".
_MEANT = word_set(
    "plan bid move effort way time need right ability attempt deal vote call push order decision "
    "chance refusal failure race fight struggle battle reason thing step law bill pledge promise "
    "offer threat pressure campaign desire willingness readiness commitment vow invitation "
    "request permission licence license guide tip place opportunity proposal motion mandate "
    "lesson agreement pact treaty project scheme mission job task duty what how where when "
    "whether why one lot more much enough everything something nothing anything someone "
    "potential tool rule capacity question answer return access response approach key path road "
    "route guidance due attention contribution addition relation regard respect exposure sign "
    "option ambition"
)


def may_be_headline(sentence: str) -> bool:
    """Whether it is short, not ended by a stop, and holds an infinitive."""
    return (
        _OPENING.match(sentence) is not None  # else it is quoted from within a sentence
        and _TO.search(sentence) is not None
        and _ENDED.search(sentence) is None
        and len(sentence.split()) <= LONGEST
    )


def headline_hedge(doc: Doc) -> Hedge | None:
    """The hedge of a headline without a verb but its infinitive, or with one of telling."""
    if not may_be_headline(text_of(doc)):
        return None
    for to in doc[1:-1]:
        if to.lower_ != "to":
            continue
        if (judged := _judged(to)) is not None:
            return judged
        verb, before = to.nbor(), to.nbor(-1)
        if verb.pos_ not in {"VERB", "AUX"} or _is_stranded(verb) or not _is_subject(before):
            continue
        opening = doc[: to.i]
        told = next((t for t in opening if t.tag_ in _FINITE or t.tag_ == "VB"), None)
        if told is not None and (told.lemma_ not in _TELLING or told.i == 0):
            return None
        start = told.i + 1 if told is not None else _after_colon(opening)
        return Hedge(
            verb, verb, (to, verb), "will", kind="reduced", bounds=(start, len(doc)),
        )  # fmt: skip
    return None


def _judged(to: Token) -> Hedge | None:
    """ "Labour set to win", "Democrats *likely to* keep the House"."""
    doc, word, verb = to.doc, to.nbor(-1), to.nbor()
    opening = doc[: word.i]
    if word.i == 0 or word.lower_ not in _JUDGING or verb.tag_ not in {"VB", "VBP", "NNP", "NN"}:
        return None
    if any(t.tag_ in _FINITE or t.lower_ in _ASKING for t in opening):
        return None
    phrase = adjective_phrase(word, [])
    bounds = (_after_colon(opening), len(doc))
    return Hedge(verb, verb, (word, to), phrase, phrase in AGAINST, kind="reduced", bounds=bounds)


_JUDGING = word_set("likely unlikely set poised favoured favored tipped expected due bound slated")


def _is_stranded(verb: Token) -> bool:
    """ "The man to *beat*", "Introduction to *forecasting*", "Arland to Norland: pay up"."""
    last = verb.i + 1 == len(verb.doc)
    addressed = not last and verb.nbor().text == ":"
    return verb.tag_ == "VBG" or addressed or (last and verb.lemma_ in _WITH_OBJECTS)


_WITH_OBJECTS = word_set(
    "beat hate love know watch see read visit follow remember forget avoid ask note fear buy sell "
    "try want like need use play eat drink"
)


def _is_subject(noun: Token) -> bool:
    named = noun.pos_ in {"NOUN", "PROPN"} and noun.lemma_.lower() not in _MEANT
    return named and not any(t.lower_ in _ASKING for t in noun.doc[: noun.i])


_ASKING = word_set("how what why where when who which whether if to for")


def _after_colon(opening: Span) -> int:
    return max((t.i + 1 for t in opening if t.text == ":"), default=0)
