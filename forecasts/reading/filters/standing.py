"""Future tense without a forecast: rhetoric, what is always so, and guesses at the present."""

import re

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.conditions import has_condition
from forecasts.reading.parsing.grammar import auxiliaries, is_dated, subject, tense
from forecasts.reading.parsing.lexicon import word_set

_SPOKEN = word_set(
    "say argue claim object complain insist tell ask wonder note remember recall know recognise "
    "recognize remark write notice reply counter protest scoff cry call mourn weep think believe "
    "accuse blame"
)
_ANYBODY = word_set(
    "some critics critic sceptics skeptics sceptic skeptic many others readers reader one anyone "
    "everyone everybody somebody someone people few historians opponents supporters defenders "
    "cynics cynic optimists pessimists shareholders most those you"
)
_ARGUED = word_set("argue say imagine think conclude suppose object forgive ask wonder quibble")
_KNOWING = word_set("know remember recall recognise recognize")
_VERDICTS = word_set(
    "mistake error folly pity shame wrong foolish naive unwise premature unfair absurd strange odd "
    "right wise better best nice wonderful irresponsible reckless misleading simplistic silly "
    "tempting easy hard difficult difficult understandable welcome bad good great "
    "terrible awful ideal helpful useful "
    "interesting desirable preferable appropriate sensible prudent fair reasonable unreasonable "
    "ridiculous ironic"
)
_HARD = word_set("easy hard difficult tough")  # on a condition, what will come to be or not
_INDICATORS = word_set(
    "cause sign signal indicator warning evidence proof clue hint symptom"
)  # of something else
_SOURCES = word_set("result product work fault outcome legacy effect consequence")  # of the past
_MERITS = word_set("point case reason grounds merit cause")
_SOME = word_set("something truth merit reason room limit exception")
_SEEMING = word_set("seem appear sound look")
_EXPLAINING = word_set(
    "explain contribute reflect stem account owe indicate suggest derive imply mean"
)
_SHOWING = word_set("suggest indicate reflect imply")
_IS_NOW = re.compile(r"\b(?:already|currently) be\b|\bstill be (?:in|inside|there|alive|at)\b")
_HABITS = word_set(
    "often usually sometimes typically generally invariably normally regularly automatically"
)
_TOOLS = word_set(
    "tool device app software command script button function setting plugin feature user program"
)
_CALLED = word_set("call describe consider term regard argue say view see label dub read")
_ABILITIES = word_set("speak read hear remember recall attend afford play swim sing write count")


def is_rhetoric(hedge: Hedge) -> bool:
    """ "Critics will say", "one could argue", "you will find", "that would be a mistake"."""
    verb = hedge.event
    who = subject(verb)
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if who is not None:
        if verb.lemma_ in _SPOKEN and who.lower_ in _ANYBODY:
            return True
        if who.lower_ == "you" and _is_guided(verb):
            return True
        if "will" in modals and verb.lemma_ in _KNOWING and who.tag_ == "NNS":
            return any(c.dep_ in {"ccomp", "dobj"} for c in verb.rights)  # "fans will know that"
        if "would" in modals and who.lemma_ in {"confidence", "assessment", "judgement"}:
            return True
    if modals & {"could", "might", "may", "would"} and verb.lemma_ in _ARGUED:
        return True
    if "would" in modals and verb.lemma_ == "be":
        hard = any(c.lower_ in _HARD for c in verb.children) and has_condition(verb)
        return not hard and any(
            c.lower_ in _VERDICTS | _INDICATORS
            for c in verb.children
            if c.dep_ in {"attr", "acomp"}
        )
    return False


def _is_guided(verb: Token) -> bool:
    """ "You will find the data below"; "you will see the city shut down" is a forecast."""
    if verb.dep_ == "csubj":  # "what you will see is more of the same"
        return False
    shown = any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children)
    return verb.lemma_ in {"find", "notice", "need"} or (verb.lemma_ == "see" and not shown)


def is_always_so(hedge: Hedge) -> bool:
    """Habits, definitions, what tools do, and what may explain the present."""
    verb, who = hedge.event, subject(hedge.event)
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if modals & {"will", "'ll"}:
        if any(c.lower_ in _HABITS and not list(c.lefts) for c in verb.children):
            return True
        if verb.lemma_ == "depend" or _is_announced(verb, who):
            return True
        if who is not None and who.lemma_.lower() in _TOOLS and not is_dated(verb):
            return True
        if who is not None and who.lower_ in {"those", "anyone"}:
            return any(c.dep_ == "relcl" for c in who.children)  # "those who play with fire"
        same = [c for c in verb.children if c.dep_ == "attr" and who is not None]
        return any(who is not None and c.lemma_ == who.lemma_ for c in same)
    if modals & {"may", "might", "could"}:
        return _is_guess_at_the_present(verb, who)
    return False


def _is_announced(verb: Token, who: Token | None) -> bool:
    """ "The report will assess the parties": what its pages hold."""
    page = who is not None and who.lemma_.lower() in _PAGES and who.left_edge.lower_ in _THESE
    return page and verb.lemma_ in _PAGED


_PAGES = word_set("report analysis article section chapter study paper note series brief post")
_THESE = word_set("the this our my these")
_PAGED = word_set(
    "assess examine include discuss look describe explore present offer focus outline review "
    "analyse analyze consider cover argue show explain"
)


def _is_guess_at_the_present(verb: Token, who: Token | None) -> bool:
    """ "It may seem odd", "this may explain why", "it may be that he is right"."""
    said = [c for c in verb.children if c.dep_ in {"attr", "dobj"} and c.i > verb.i]
    there = any(c.lower_ == "there" for c in verb.lefts)
    if there and any(c.lemma_ in _SOME and not is_dated(c) for c in said):
        return True  # "there may be something to that"
    pointed = who is not None and who.lower_ in {"that", "this", "these", "those"}
    if pointed and verb.lemma_ == "be" and not is_dated(verb) and not has_condition(verb):
        return any(c.dep_ == "attr" for c in said)  # "that may be a small gain"
    if verb.lemma_ == "have" and any(c.lemma_ in _MERITS for c in said):
        return True
    if verb.lemma_ in _CALLED and any(c.dep_ == "auxpass" for c in verb.children):
        return True
    if verb.lemma_ == "be" and not is_dated(verb) and _is_of_now(who, said):
        return True
    if verb.lemma_ == "be" and any(_stems_from(c) for c in said):
        return True
    if verb.lemma_ == "be" and _IS_NOW.search(verb.doc[: verb.i + 3].text) and not is_dated(verb):
        return True
    if verb.lemma_ in _SEEMING and not is_dated(verb):
        return True
    inner = [c for c in verb.children if c.i > verb.i and c.dep_ in {"ccomp", "advcl", "attr"}]
    past = [c for c in inner if any(t.tag_ == "VBD" for t in (c, *c.children))]
    near = verb.i + 3  # "may be because", not "may be smaller, because"
    why = any(t.lower_ in {"why", "because"} and t.i < near for c in inner for t in c.subtree)
    if verb.lemma_ == "contribute" and not is_dated(verb) and not has_condition(verb):
        return True  # "her youth may contribute to her ease"
    if verb.lemma_ in _EXPLAINING and (past or why or verb.lemma_ == "explain"):
        return True
    if verb.lemma_ in _SHOWING:
        return True  # "the lull may suggest less danger"
    if verb.lemma_ == "be" and (why or _is_cleft(verb, inner)):
        return True
    if who is not None and who.lower_ == "you" and not is_dated(verb):
        return True  # "you may not have a place to live": anybody
    pronoun = who is not None and who.lower_ in {"he", "she", "i"}
    return pronoun and verb.lemma_ in _ABILITIES and not is_dated(verb)


def _is_of_now(who: Token | None, said: list[Token]) -> bool:
    """ "It may be a clue", "he might be the only German in town", "there may be 3,000 of them"."""
    person = who is not None and (who.ent_type_ == "PERSON" or who.lower_ in {"he", "she", "it"})
    for noun in said:
        if noun.lemma_ in _INDICATORS:
            return True
        most = any(c.tag_ in {"JJS", "RBS"} or c.lower_ == "only" for c in noun.children)
        if person and most:
            return True
        if who is None and any(c.dep_ == "nummod" or _is_past(c) for c in noun.children):
            return True
    return False


def _is_past(clause: Token) -> bool:
    return clause.dep_ == "relcl" and tense(clause) in {"past", "perfect"}


def _stems_from(noun: Token) -> bool:
    return noun.lemma_ in _SOURCES and any(c.lower_ == "of" for c in noun.children)


def _is_cleft(verb: Token, inner: list[Token]) -> bool:
    """ "It may be *that* he is right": a guess, if nothing in it lies ahead."""
    that = [c for c in inner if any(t.lower_ == "that" for t in c.children)]
    ahead = any(t.tag_ == "MD" for c in that for t in c.children)
    return bool(that) and not ahead
