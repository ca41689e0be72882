"""Chances without a clause of their own: "and a 9 % chance of more", "in danger of losing"."""

from spacy.tokens import Token

from forecasts.reading.chances.chance_words import AGAINST, BARE, CHANCES, words_of
from forecasts.reading.chances.levels import level_of, numbers_of
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.grammar import COPULAS, is_dated, tense


def beside_another(noun: Token) -> Hedge | None:
    """A claim without a verb of its own: "a 62 % chance of a win *and a 9 % chance of more*",
    "unlikely here, *but a real risk there*", "*with an early vote a remote possibility*"."""
    level, numbers = level_of(noun, noun), numbers_of(noun, noun)
    if (level is None and numbers is None) or noun.lower_ in {"reason", "doubt"}:
        return None
    beside = noun.dep_ == "conj" and (
        noun.head.lower_ in CHANCES or noun.head.pos_ in {"ADJ", "AUX"}
    )
    with_it = next((t for t in noun.lefts if t.pos_ == "NOUN" and t.dep_ in _APPOSED), None)
    # "with a 46 % and 41 % chance": hung on the first of its numbers
    top = noun.head if noun.dep_ == "conj" and noun.head.text == "%" else noun
    alone = numbers is not None and (
        top.head.lower_ == "with" or noun.dep_ == "ROOT" or _is_second(noun)
    )
    if not (beside or alone) and not (with_it is not None and _opens_absolute(with_it)):
        return None
    start = noun.left_edge.i if with_it is None or beside else with_it.left_edge.i - 1
    phrase = level or BARE.get(noun.lower_, noun.lower_)
    return Hedge(
        noun, noun, words_of(noun, noun), phrase, numbers is None and phrase in AGAINST,
        numbers=numbers, kind="reduced" if _is_second(noun) else "noun",
        bounds=(start, noun.right_edge.i + 1),
    )  # fmt: skip


def endangered(noun: Token) -> Hedge | None:
    """ "The government is *in danger of* losing its majority", "millions are *at risk* by June"."""
    before = noun.head
    if (
        noun.dep_ != "pobj"
        or before.lower_ not in {"in", "at"}
        or before.head.lemma_ not in COPULAS
    ):
        return None
    verb = before.head
    what = next((t for c in noun.children if c.lower_ == "of" for t in c.children), None)
    if what is None or not (what.tag_ == "VBG" or is_dated(verb)) or tense(verb) == "past":
        return None
    return Hedge(verb, what, (verb, before, noun), "risk", kind="noun")


def _is_second(noun: Token) -> bool:
    """ "A 65 % probability of a win *and a 10 % chance of* ruin", wherever the parser hung it."""
    before = noun.left_edge.i - 1
    joined = before >= 0 and noun.doc[before].lower_ in {"and", "or", "but"}
    return joined and any(t.lower_ in CHANCES and t.tag_ == "NN" for t in noun.doc[:before])


_APPOSED = frozenset({"nsubj", "npadvmod", "dep", "nmod", "appos", "poss", "compound"})


def _opens_absolute(noun: Token) -> bool:
    before = noun.left_edge.i - 1
    return before >= 0 and noun.doc[before].lower_ == "with"
