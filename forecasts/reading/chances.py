"""Estimates made with a noun: "little chance of", "a 60 % probability that", "unclear whether"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from forecasts.reading.grammar import ancestors, is_negated, subject, tense
from forecasts.reading.hedges import Hedge
from forecasts.reading.labels import label_hedge
from forecasts.reading.levels import level_of, numbers_of
from forecasts.reading.lexicon import word_set
from forecasts.reading.open_questions import open_question
from forecasts.reading.reports import reporting_verb

_NOUNS = word_set(
    "chance chances probability likelihood possibility prospect prospects odds risk risks "
    "potential danger doubt reason"
)
# What is feared, discussed or warned of is not thereby estimated.
_BLOCKERS = word_set(
    "concern fear worry warning anxiety hope talk question alarm threat apprehension"
)
_AGAINST = frozenset({"no chance", "little chance", "slim chance", "small chance",
                      "remote possibility", "no reason to imagine"})  # fmt: skip
_MOVES = word_set("rise fall increase decline grow drop climb slip jump edge shrink ease double")


def noun_hedges(doc: Doc) -> Iterator[Hedge]:
    """Hedges carried by nouns and set phrases, in order."""
    for token in doc:
        found = _chance(token) or open_question(token)
        if found:
            yield found
    if hedge := label_hedge(doc):
        yield hedge


def _chance(noun: Token) -> Hedge | None:
    if noun.lower_ not in _NOUNS or noun.pos_ != "NOUN":
        return None
    if hedge := _beside_another(noun):
        return hedge
    verb = _stating_verb(noun)
    plural = noun.tag_ == "NNS" and noun.head == verb  # "odds stand" is taken for an infinitive
    timeless = {"past"} if plural else {"past", "none"}
    backshifted = verb is not None and tense(verb) == "past" and reporting_verb(verb) is not None
    if verb is not None and verb.lemma_ != "put" and tense(verb) in timeless and not backshifted:
        return None
    verb = verb or _verb_after(noun)
    if verb is None:
        return None
    if noun.lower_ == "chances" and any(c.dep_ == "ccomp" for c in verb.children):
        return None  # "Chances are that": see ``turns.frame_hedge``
    event = _content(noun, verb)
    numbers = numbers_of(noun, verb)
    level = level_of(noun, verb)
    if event is None and numbers is None and not (level and verb.lemma_ in {"have", "stand"}):
        return None
    if _is_only_described(noun, verb, level, numbers):
        return None
    if noun.lower_ == "reason":
        if level != "no chance" or not noun.doc[noun.i + 1 : noun.i + 3].text.lower().startswith(
            ("to imagine", "to think", "to expect", "to believe", "to suppose")
        ):
            return None
        level = "no reason to imagine"
    if noun.lower_ == "doubt":
        if level not in {"no chance", "little chance"}:
            return None
        level = "no doubt"
    phrase = level or _BARE.get(noun.lower_, noun.lower_)
    negated = (
        is_negated(verb) and level != "no chance" and level not in _AGAINST and level != "no doubt"
    )
    if negated:
        phrase = "no chance"
    words = _words(noun, verb)
    against = numbers is None and phrase in _AGAINST
    return Hedge(verb, event or verb, words, phrase, against, numbers=numbers, kind="noun")


_BARE = {
    "chances": "chance", "risks": "risk", "prospects": "possibility", "potential": "possibility",
    "danger": "risk", "prospect": "possibility", "doubt": "uncertain",
    "probability": "likely", "likelihood": "likely",
    "odds": "likely", "reason": "likely",
}  # fmt: skip


def _beside_another(noun: Token) -> Hedge | None:
    """A claim without a verb of its own: "a 62 % chance of a win *and a 9 % chance of more*",
    "unlikely here, *but a real risk there*", "*with an early vote a remote possibility*"."""
    level, numbers = level_of(noun, noun), numbers_of(noun, noun)
    if (level is None and numbers is None) or noun.lower_ in {"reason", "doubt"}:
        return None
    beside = noun.dep_ == "conj" and (
        noun.head.lower_ in _NOUNS or noun.head.pos_ in {"ADJ", "AUX"}
    )
    with_it = next((t for t in noun.lefts if t.pos_ == "NOUN" and t.dep_ in _APPOSED), None)
    if not beside and not (with_it is not None and _opens_absolute(with_it)):
        return None
    start = noun.left_edge.i if with_it is None or beside else with_it.left_edge.i - 1
    phrase = level or _BARE.get(noun.lower_, noun.lower_)
    return Hedge(
        noun, noun, _words(noun, noun), phrase, numbers is None and phrase in _AGAINST,
        numbers=numbers, kind="noun", bounds=(start, noun.right_edge.i + 1),
    )  # fmt: skip


_APPOSED = frozenset({"nsubj", "npadvmod", "dep", "nmod", "appos", "poss", "compound"})


def _opens_absolute(noun: Token) -> bool:
    before = noun.left_edge.i - 1
    return before >= 0 and noun.doc[before].lower_ == "with"


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
        is_something = any(c.dep_ == "attr" for c in verb.children) and not any(measures)
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
        if governor.lemma_ in {"put", "estimate", "see", "assign", "give", "price", "imply"}:
            return governor if numbers_of(noun, governor) else None
        if child == noun:
            if governor.lemma_ in {"have", "stand", "face"} and child.dep_ == "dobj":
                bare = noun.lower_ in {"risk", "risks", "danger", "doubt", "reason", "prospects"}
                return None if bare else governor
            if governor.lemma_ in {"be", "remain", "look", "seem", "appear", "stand"}:
                return governor if child.dep_ in {"nsubj", "attr"} else None
            if governor.lemma_ in _MOVES and child.dep_ == "nsubj":
                return governor if numbers_of(noun, governor) else None
        if governor.pos_ not in {"NOUN", "ADP", "NUM"}:
            return None
    return None


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
            return child
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "that"} and child.head == noun:
            return next(child.children, None)
    if noun.dep_ == "attr":  # "a settlement remains a remote possibility"
        return subject(verb)
    return None


def _words(noun: Token, verb: Token) -> tuple[Token, ...]:
    kinds = {"amod", "det", "compound", "nummod"}
    left = [c for c in noun.children if c.i < noun.i and c.dep_ in kinds and c.lower_ != "the"]
    left += [g for c in left for g in c.subtree]
    level = [c for c in verb.children if c.dep_ in {"acomp", "neg"}] if verb != noun else []
    after = [t for t in noun.doc[noun.i + 1 : noun.i + 2] if t.lower_ in {"of", "that", "for"}]
    after = after if noun.dep_ != "nsubj" else []
    return tuple(sorted({*left, noun, *level, *after}, key=lambda t: t.i))
