"""Chances that something moves or judges: "raises the risk of", "the odds are rated as slim"."""

from spacy.tokens import Token

from forecasts.reading.chances.chance_words import BARE, CHANCES, words_of
from forecasts.reading.chances.levels import level_of, named_level
from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.parsing.conditions import has_condition
from forecasts.reading.parsing.grammar import is_dated, is_negated, tense
from forecasts.reading.parsing.lexicon import word_set

_RAISING = word_set("raise increase heighten boost lift improve enhance strengthen amplify")
_LOWERING = word_set(
    "reduce lower decrease cut diminish lessen dent dim shrink weaken undermine dampen"
)
_RISING = word_set("increase rise grow mount climb improve")
_FALLING = word_set("fall diminish recede fade shrink narrow decline decrease drop")
_ENDING = word_set("exclude preclude end kill eliminate remove dash scotch extinguish scupper")
_JUDGED = word_set(
    "dismiss describe see regard rate judge consider deem view call rank assess characterise "
    "characterize perceive reckon think believe"
)
_ADJECTIVES = {
    "remote": "remote possibility", "unlikely": "unlikely", "likely": "likely",
    "probable": "likely", "improbable": "unlikely", "miniscule": "slim chance",
    "minuscule": "slim chance", "tiny": "slim chance",
}  # fmt: skip


def moved_hedge(token: Token) -> Hedge | None:
    """The hedge of a verb that moves a chance or calls it great or small."""
    if token.pos_ != "VERB":
        return None
    if token.lemma_ in _JUDGED and (rated := _judged(token)):
        return rated
    if token.lemma_ in {"see", "give", "hold", "leave"}:
        return _seen(token)
    if token.lemma_ in _RISING | _FALLING and (rising := _rising(token)):
        return rising
    ruled_out = token.lemma_ == "rule" and any(c.lower_ == "out" for c in token.rights)
    if not (ruled_out or token.lemma_ in _RAISING | _LOWERING | _ENDING):
        return None
    chance = next((c for c in token.rights if c.dep_ == "dobj"), None)
    if chance is None or chance.lower_ not in CHANCES or tense(token) != "present":
        return None
    event = _of(chance)
    if event is None:
        return None
    words = in_order([token, *(c for c in token.rights if c.dep_ == "prt"), chance])
    if ruled_out or token.lemma_ in _ENDING:
        phrase = "no chance"
    elif token.lemma_ in _LOWERING:
        phrase = "unlikely"
    else:
        phrase = BARE.get(chance.lower_, chance.lower_)
    negated = is_negated(token)
    against = phrase in {"no chance", "unlikely"}
    if negated and against:
        phrase, against = "cannot be ruled out", False
    return Hedge(token, event, words, phrase, against, kind="idiom")


def _seen(verb: Token) -> Hedge | None:
    """ "The board *sees no prospect* of a cut", "she gave the plan *little chance* of success"."""
    chance = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if chance is None or chance.lower_ not in CHANCES or tense(verb) not in {"present", "past"}:
        return None
    level, event = level_of(chance, chance), _of(chance)
    if level is None or event is None:
        return None
    words = in_order([verb, *words_of(chance, chance)])
    return Hedge(verb, event, words, level, level in _AGAINST, kind="noun")


def _rising(verb: Token) -> Hedge | None:
    """ "If no truce is found, *the likelihood increases* in 2027", of a year or on a condition."""
    chance = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if chance is None or chance.lower_ not in CHANCES or tense(verb) not in {"present", "modal"}:
        return None
    if not (is_dated(verb) or has_condition(verb)):
        return None
    down = verb.lemma_ in _FALLING
    phrase = "unlikely" if down else BARE.get(chance.lower_, chance.lower_)
    return Hedge(verb, verb, in_order((chance, verb)), phrase, down, kind="idiom")


def _of(chance: Token) -> Token | None:
    """What it is a chance of."""
    for child in chance.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "for"}:
            return next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
        if child.dep_ in {"acl", "ccomp", "relcl"}:
            return child
    return None


def _judged(verb: Token) -> Hedge | None:
    """ "The likelihood of a truce *has been dismissed as slim*", "is considered *remote*"."""
    chance = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
    if chance is None or chance.lower_ not in CHANCES or tense(verb) not in {"present", "perfect"}:
        return None
    event = _of(chance)
    for word in verb.doc[verb.i + 1 : verb.i + 5]:
        phrase = _ADJECTIVES.get(word.lower_) or named_level(word)
        if phrase is not None and event is not None:
            words = in_order([chance, verb, word])
            return Hedge(verb, event, words, phrase, phrase in _AGAINST, kind="noun")
    return None


_AGAINST = frozenset(
    {"remote possibility", "unlikely", "slim chance", "small chance", "little chance", "no chance"}
)
