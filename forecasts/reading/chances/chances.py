"""Estimates made with a noun: "little chance of", "a 60 % probability that", "unclear whether"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from forecasts.reading.chances.bare_chances import beside_another, endangered
from forecasts.reading.chances.chance_words import AGAINST, BARE, CHANCES, words_of
from forecasts.reading.chances.labels import bracketed_hedges, label_hedge
from forecasts.reading.chances.levels import level_of, numbers_of
from forecasts.reading.chances.open_questions import open_question
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.grammar import (
    ancestors,
    is_dated,
    is_negated,
    marks,
    subject,
    tense,
)
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import reporting_verb

# What is feared, discussed or warned of is not thereby estimated.
_BLOCKERS = word_set(
    "concern fear worry warning anxiety hope talk question alarm threat apprehension"
)
_MOVES = word_set("rise fall increase decline grow drop climb slip jump edge shrink ease double")


def noun_hedges(doc: Doc) -> Iterator[Hedge]:
    """Hedges carried by nouns and set phrases, in order."""
    for token in doc:
        found = _chance(token) or open_question(token)
        if found:
            yield found
    bracketed = bracketed_hedges(doc)
    yield from bracketed
    if not bracketed and (hedge := label_hedge(doc)):
        yield hedge


def _chance(noun: Token) -> Hedge | None:
    if noun.lower_ not in CHANCES or noun.pos_ != "NOUN":
        return None
    if hedge := beside_another(noun) or endangered(noun):
        return hedge
    verb = _stating_verb(noun)
    plural = noun.tag_ == "NNS" and noun.head == verb  # "odds stand" is taken for an infinitive
    timeless = {"past"} if plural else {"past", "none"}
    backshifted = verb is not None and tense(verb) == "past" and reporting_verb(verb) is not None
    numbering = verb is not None and verb.lemma_ in _NUMBERING
    if verb is not None and not numbering and tense(verb) in timeless and not backshifted:
        return None
    verb = verb or _verb_after(noun)
    if verb is None:
        return None
    if noun.lower_ == "chances" and any(c.dep_ == "ccomp" for c in verb.children):
        return None  # "Chances are that": see ``turns.frame_hedge``
    return _estimated(noun, verb)


def _estimated(noun: Token, verb: Token) -> Hedge | None:
    """The hedge, if what is said of the chance measures it or tells of what."""
    event, numbers = _content(noun, verb), numbers_of(noun, verb)
    level = level_of(noun, verb)
    said = level or is_negated(verb)
    elliptic = said and (verb.lemma_ in {"have", "stand"} or _is_rated(noun, verb))
    if event is None and numbers is None and not elliptic:
        return None
    if _is_only_described(noun, verb, level, numbers):
        return None
    if (
        noun.lower_ == "potential"
        and verb.lemma_ == "have"
        and not (level or numbers or is_dated(verb))
    ):
        return None  # "has the potential to change lives": what it can do
    chosen = event is not None and verb.lemma_ == "have" and noun.lower_.startswith("chance")
    if chosen and noun.nbor().tag_ == "TO" and not (said or numbers):
        return None  # "has a chance to show its strength": an opening, not a likelihood
    if noun.lower_ in _ONLY_DENIED and level not in AGAINST:
        return None
    if noun.lower_ == "reason":
        if not noun.doc[noun.i + 1 : noun.i + 3].text.lower().startswith(_SUPPOSING):
            return None
        level = "no reason to imagine"
    if noun.lower_ == "doubt":
        level = "no doubt"
    phrase = level or BARE.get(noun.lower_, noun.lower_)
    if is_negated(verb) and level not in AGAINST and level != "no doubt":
        phrase = "no chance"
    against = numbers is None and phrase in AGAINST
    return Hedge(
        verb, event or verb, words_of(noun, verb), phrase, against, numbers=numbers, kind="noun"
    )


def _is_rated(noun: Token, verb: Token) -> bool:
    """ "The odds are low": of what, the sentence before has told."""
    rated = noun.dep_ == "nsubj" and verb.lemma_ in {"be", "remain"}
    return rated and noun.lower_ in _SAID_TO_BE and any(c.dep_ == "acomp" for c in verb.rights)


_ONLY_DENIED = word_set("hope hopes doubt reason")  # "no reason to think" tells, "a reason to" not
_SUPPOSING = ("to imagine", "to think", "to expect", "to believe", "to suppose")


def _is_only_described(
    noun: Token, verb: Token, level: str | None, numbers: tuple[float, float] | None
) -> bool:
    """ "The risk of fire is well known", "a 60 % chance is no certainty": no estimate of it."""
    if level is not None or numbers is not None:
        measures = (
            t.like_num or t.text == "%"
            for c in verb.children
            if c.dep_ == "attr"
            for t in c.subtree
        )
        said = any(c.dep_ == "attr" or (c.dep_ == "acomp" and not level) for c in verb.children)
        is_something = said and not any(measures)
        return noun.dep_ == "nsubj" and verb.lemma_ == "be" and is_something
    told = any(c.dep_ in {"ccomp", "acl", "xcomp"} and c.i > noun.i for c in verb.children)
    return noun.dep_ == "nsubj" and not told


def _stating_verb(noun: Token) -> Token | None:
    """The verb by which the noun is stated: "there *is* a chance", "she *has* no chance"."""
    for governor, child in ancestors(noun):
        if governor.lemma_ in _BLOCKERS:
            return None
        existential = any(c.dep_ == "expl" and c.lower_ == "there" for c in governor.children)
        if existential:
            return governor
        if governor.lemma_ in _NUMBERING:
            return governor if numbers_of(noun, governor) else None
        if child == noun:
            if governor.lemma_ in _HAVING and child.dep_ == "dobj":
                return None if noun.lower_ in _HAVING[governor.lemma_].split() else governor
            if governor.lemma_ in {"be", "remain", "look", "seem", "appear", "stand"}:
                return governor if child.dep_ in {"nsubj", "attr"} else None
            if governor.lemma_ in _SHOWING and child.dep_ == "dobj":
                return governor if level_of(noun, noun) or numbers_of(noun, noun) else None
            if governor.lemma_ in _MOVES and child.dep_ == "nsubj":
                return governor if numbers_of(noun, governor) else None
        if governor.pos_ not in {"NOUN", "ADP", "NUM"}:
            return None
    return None


# What is had or faced with these nouns is described, not estimated: "has risks".
_HAVING = {
    "have": "risk risks danger doubt reason prospects", "run": "chance chances odds",
    "stand": "risk risks danger doubt reason prospects", "face": "doubt reason prospects hope",
}  # fmt: skip
_SHOWING = word_set("indicate suggest show signal imply mean carry offer reflect leave retain pose")
_NUMBERING = word_set(
    "put estimate see assign give price imply attach assess rate reckon peg project forecast "
    "predict calculate"
)


def _verb_after(noun: Token) -> Token | None:
    """ "The odds of a truce before Ramadan are slim", where the parser loses the verb."""
    if noun.dep_ not in {"ROOT", "nsubj", "dep"} or noun.lower_ not in _SAID_TO_BE:
        return None
    for token in noun.doc[noun.i + 1 : noun.i + 15]:
        if token.text in {",", ";", ".", "—"}:
            return None
        if token.lemma_ in {"be", "remain", "look", "seem", "appear", "stand"}:
            return token if token.tag_ in {"VBZ", "VBP", "VB"} else None
    return None


_SAID_TO_BE = word_set("chances odds prospects likelihood probability hopes")


def _content(noun: Token, verb: Token) -> Token | None:
    """What the chance is a chance of: a clause, an infinitive or a noun."""
    # The parser may hang the clause on any noun between the chance and the verb.
    path = [noun, *(g for g, _ in ancestors(noun) if verb.i < g.i < noun.i), verb]
    for child in (c for parent in path for c in parent.children if c.i > noun.i):
        if child.dep_ in {"acl", "ccomp", "relcl", "xcomp", "advcl"}:
            if child.dep_ == "advcl" and marks(child) & _REASONS:
                continue
            return child
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "that"} and child.head == noun:
            return next(child.children, None)
    if noun.dep_ == "attr":  # "a settlement remains a remote possibility"
        return subject(verb)
    return None


_REASONS = frozenset({"because", "as", "since", "while", "if", "unless", "although", "though"})
