"""What somebody expects: the clause, or the thing, that the verb of expectation tells of."""

from spacy.tokens import Token

from forecasts.reading.parsing.grammar import (
    auxiliaries,
    is_dated,
    is_infinitive,
    is_negated,
    own_subject,
    subject,
    tense,
)
from forecasts.reading.parsing.lexicon import CHANGES, FORECASTERS, word_set

EXPECTING = word_set("expect predict forecast project anticipate foresee doubt envisage envision")
ESTIMATING = word_set("estimate calculate reckon")
_NOT_CHOSEN = word_set(  # "expects to lose" foretells, "expects to open a shop" is a plan
    "see face lose suffer win grow remain be become post report record continue reach exceed have "
    "find fall rise"
)
_STAFF = word_set("staff employee worker member man woman player pupil student child everyone")


def is_imperative(verb: Token) -> bool:
    """ "Expect rain"."""
    return (
        verb.tag_ in {"VB", "VBP"}
        and verb.dep_ == "ROOT"
        and not _is_helped(verb)
        and (subject(verb) is None)
    )


def _is_helped(verb: Token) -> bool:
    return any(a.lemma_ != "do" for a in auxiliaries(verb))


def foretold(verb: Token) -> Token | None:
    """The clause that is expected, or the thing, if its day shows that it is still to come."""
    claim = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i), None)
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if verb.lemma_ == "look":
        return _looked_for(verb)
    if verb.lemma_ == "have":
        return _had_doing(verb, claim or _participle(verb))
    if verb.lemma_ == "see":
        return _seen(verb, claim, thing)
    if _is_estimated(verb, thing) and tense(verb) == "present":
        return thing
    if verb.lemma_ not in EXPECTING:
        return None
    if claim is not None and claim.dep_ == "ccomp":
        return None if _is_demanded(verb, claim) or _says_more(verb, claim) else claim
    if claim is not None:
        undergone = any(c.dep_ == "auxpass" for c in claim.children)
        unchosen = is_infinitive(claim) and (claim.lemma_ in _NOT_CHOSEN or undergone)
        return claim if unchosen or claim.tag_ == "VBG" or _is_guided(claim) else None
    if thing is None:
        return None
    told = is_dated(verb) or is_first_person(verb) or is_imperative(verb) or foresees(verb)
    told = told or _is_new(thing)
    return thing if verb.lemma_ not in {"expect", "project", "anticipate"} or told else None


def _looked_for(verb: Token) -> Token | None:
    """ "We now look for the economy to *expand*"."""
    claim = next((c for c in verb.rights if c.dep_ in {"advcl", "xcomp", "ccomp"}), None)
    to_do = claim is not None and is_infinitive(claim) and own_subject(claim) is not None
    return claim if to_do and foresees(verb) else None


def _had_doing(verb: Token, claim: Token | None) -> Token | None:
    """ "The fund has the economy *shrinking* by 2 % next year"."""
    moves = claim is not None and claim.tag_ == "VBG" and claim.lemma_ in CHANGES
    measured = any(t.like_num for t in verb.subtree)
    return claim if moves and measured and is_dated(verb) and foresees(verb) else None


def _is_estimated(verb: Token, thing: Token | None) -> bool:
    """ "They now estimate a price of 80 dollars in 2031"; without a day it may be of today."""
    measured = thing is not None and any(t.like_num for t in thing.subtree)
    return verb.lemma_ in ESTIMATING and measured and is_dated(verb)


def _is_new(thing: Token) -> bool:
    """ "*A* recession", "*more* arrests": what is spoken of as not there yet."""
    opening = thing.left_edge.lower_
    measured = any(t.like_num for t in thing.subtree)
    return thing.pos_ in {"NOUN", "NUM"} and (measured or opening in _NEW)


_NEW = word_set("a an another more further fewer less no little few additional some any")


def _is_guided(claim: Token) -> bool:
    """ "Expects to *deliver 300 aircraft this year*": a number that will be held against it."""
    things = (c for c in claim.rights if c.dep_ == "dobj")
    measured = any(t.like_num for c in things for t in c.subtree)
    return measured and is_dated(claim)


def _seen(verb: Token, claim: Token | None, thing: Token | None) -> Token | None:
    """ "Sees growth *slowing* in 2027", "do not see a *cut* before June"."""
    who = _seer(verb)
    if who is None or who.i > verb.i:
        return None
    sees = claim if claim is not None and claim.tag_ == "VBG" else _participle(verb)
    if sees is not None and (sees.lemma_ in CHANGES or who.lemma_ in _POLLED) and foresees(verb):
        return sees
    if not is_dated(verb):
        return None
    measured = any(t.like_num for t in verb.subtree) or is_negated(verb)
    return sees or (thing if measured else None)


def _seer(verb: Token) -> Token | None:
    """Its subject; "a majority of economists *see*", where the parser loses it, the noun before."""
    who = subject(verb)
    if who is None and verb.dep_ == "ccomp" and verb.i > 0 and verb.nbor(-1).tag_ == "NNS":
        return verb.nbor(-1)
    return who


_POLLED = word_set("majority economist analyst expert forecaster strategist most many")


def foresees(verb: Token) -> bool:
    """Whether its subject is one who forecasts: "we", "analysts", "the bank", "nobody"."""
    who = verb.head if verb.dep_ == "acl" else _seer(verb)
    if who is None:
        return False
    named = who.pos_ == "PROPN" and who.ent_type_ != "PERSON"
    return named or who.lemma_.lower() in FORECASTERS or who.lower_ in {"we", "i", "one", "nobody"}


def _says_more(verb: Token, claim: Token) -> bool:
    """ "Predicts that there *may* be a second vote": the modal is the estimate, the verb its
    report; "expects that it will" says no more than that it is expected."""
    modals = {a.lower_ for a in auxiliaries(claim) if a.tag_ == "MD"}
    flat = verb.lemma_ == "predict" and "will" in modals
    return flat or bool(modals & {"may", "might", "could"})


def _is_demanded(verb: Token, claim: Token) -> bool:
    """ "The firm expects its staff to wear ties": asked of them, not foretold."""
    who = subject(claim)
    return (
        verb.lemma_ == "expect"
        and who is not None
        and who.lemma_.lower() in _STAFF
        and is_infinitive(claim)
        and not is_dated(claim)
    )


def is_first_person(verb: Token) -> bool:
    who = subject(verb)
    return who is not None and who.lower_ in {"we", "i"}


def _participle(verb: Token) -> Token | None:
    """ "sees growth *slowing*", where the parser may hang the participle on the noun."""
    for thing in (c for c in verb.children if c.dep_ in {"dobj", "nsubj"} and c.i > verb.i):
        for child in thing.children:
            if child.dep_ == "acl" and child.tag_ == "VBG":
                return child
    return None
