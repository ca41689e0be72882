"""Forecasts told by their holder: "economists expect growth to slow", "few see a deal"."""

from spacy.tokens import Token

from forecasts.reading.chances.chance_words import CHANCES
from forecasts.reading.foretelling.expected import (
    ESTIMATING,
    EXPECTING,
    foresees,
    foretold,
    is_first_person,
    is_imperative,
)
from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.parsing.grammar import (
    STILL_AHEAD,
    auxiliaries,
    denial_of_object,
    is_dated,
    is_negated,
    subject,
    tense,
)
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import BELIEFS, reporting_verb

# "The bank sees growth slowing" foretells; "he saw her leaving" does not.
_VISIONS = EXPECTING | {"see", "look", "have"}
# Markets expect by what they pay: "traders are betting on a cut", "have priced in a rise".
_STAKES = {"bet": "on", "bank": "on", "wager": "on", "price": "in", "pencil": "in", "warn": "of"}
_SCARCE = word_set("few hardly scarcely nobody none no neither")
_MORE = word_set("longer")


def report_hedge(token: Token) -> Hedge | None:
    """The hedge of a verb of expectation in the active voice."""
    if (
        token.lemma_ not in _VISIONS | BELIEFS | ESTIMATING | _STAKES.keys()
        or not token.tag_.startswith("VB")
    ):
        return None
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children):
        return None
    if not _is_held_now(token):
        return None
    event = _believed(token) if token.lemma_ in BELIEFS else None
    event = event or _staked(token) or foretold(token)
    if event is None or event.lower_ in CHANCES:
        return None
    denials = _denials(token)
    doubt = token.lemma_ == "doubt"
    negated = bool(denials) or is_negated(token)
    phrase = "doubt" if doubt else "risk" if token.lemma_ == "warn" else "expected"
    words = in_order([token, *denials, *(c for c in token.children if c.dep_ == "neg")])
    return Hedge(
        token, event, words, f"not {phrase}" if negated else phrase, doubt != negated, kind="report"
    )


def _is_held_now(verb: Token) -> bool:
    when = tense(verb)
    if when in {"present", "perfect"}:
        return True
    who = subject(verb)
    if when == "modal":  # "I would expect them to"
        return is_first_person(verb) and any(
            a.lower_ in {"would", "'d", "should"} for a in auxiliaries(verb)
        )
    # "forecast" is its own past; of a first person it is taken for the present.
    if verb.lower_ == "forecast" and who is not None and who.lower_ in {"we", "i"}:
        return True
    if when == "past" and verb.lemma_ in EXPECTING - {"doubt"} | _STAKES.keys():
        had = any(a.lower_ in {"had", "'d"} for a in auxiliaries(verb))
        ahead = STILL_AHEAD.search(verb.doc[verb.i :].text) is not None
        warned = verb.lemma_ == "warn" and foresees(verb)
        return not had and (ahead or warned or reporting_verb(verb) is not None)
    return is_imperative(verb) or _is_beside(verb)


def _is_beside(verb: Token) -> bool:
    """ "..., with a majority *expecting* a cut", "..., *predicting* that prices would fall"."""
    if verb.tag_ != "VBG" or verb.lemma_ not in EXPECTING or auxiliaries(verb):
        return False
    if verb.dep_ == "pcomp":
        return verb.head.lower_ == "with"
    if verb.dep_ == "acl":
        return verb.head.head.lower_ == "with"
    return verb.dep_ == "advcl" and verb.i > 0 and verb.nbor(-1).text == ","


def _staked(verb: Token) -> Token | None:
    """What is bet on, priced in or warned of."""
    by = _STAKES.get(verb.lemma_)
    if by is None or (verb.lemma_ == "warn" and not (is_dated(verb) or foresees(verb))):
        return None
    for child in (c for c in verb.rights if c.lower_ == by):
        thing = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
        return thing or next((c for c in verb.rights if c.dep_ == "dobj"), None)
    return None


def _believed(verb: Token) -> Token | None:
    """ "I suspect unemployment tops 5 % by autumn", "I think he wins": told as if it were there."""
    claim = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if claim is None or not is_first_person(verb) or tense(claim) != "present":
        return None
    return claim if is_dated(claim) or claim.lemma_ in _DECIDED else None


_DECIDED = word_set("win lose survive collapse resign quit end fall rise cut hike pause default")


def _denials(verb: Token) -> list[Token]:
    """ "*few* expect", "*no longer* expects", "expect *no* vote"."""
    who = subject(verb)
    found = [] if who is None else [t for t in (who, *who.children) if t.lower_ in _SCARCE]
    if (word := denial_of_object(verb)) is not None:
        found.append(word)
    return found + [t for c in verb.children if c.lower_ in _MORE for t in c.subtree]
