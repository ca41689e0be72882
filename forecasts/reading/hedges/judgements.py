"""Hedges carried by predicates: "is unlikely to", "looks set to", "is expected on Friday"."""

import re

from spacy.tokens import Token

from forecasts.reading.chances.percentages import stated_percentage
from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.hedges.modals import STRENGTHS
from forecasts.reading.parsing.conditions import has_condition
from forecasts.reading.parsing.grammar import (
    COPULAS,
    auxiliaries,
    is_dated,
    is_infinitive,
    is_of_none,
    is_perfect,
    own_subject,
    subject,
    tense,
)
from forecasts.reading.parsing.lexicon import CHANGES, word_set
from forecasts.reading.parsing.reports import BELIEFS

# Adjectives and participles that judge. Those of the second kind say so only of what is to come,
# those of the third only with a clause or a day.
_ALONE = word_set(
    "likely unlikely probable improbable possible impossible doubtful inevitable conceivable "
    "plausible inconceivable unthinkable unfathomable questionable imminent unavoidable"
)
_OF_EVENTS = word_set(
    "expected forecast predicted anticipated foreseen projected guaranteed assured certain "
    "forecasted"
)
_WITH_MORE = word_set(
    "sure bound poised set due slated scheduled planned destined tipped favoured favored"
)
# Of these only a change, or what has a day, is foretold: "is estimated to grow".
_RECKONED = word_set("estimated reckoned thought believed assumed calculated")
_JUDGING = _ALONE | _OF_EVENTS | _WITH_MORE | _RECKONED
_SHOWING = word_set("show post record register report see bring deliver")
_AMOUNTS = word_set("increase decrease growth loss profit surplus deficit rebound downturn upturn")
_NOT_EVENTS = word_set("it he she they we i you this that thing one much what")
_NAMED = {
    "forecasted": "forecast", "unfathomable": "inconceivable", "assured": "guaranteed",
    "tipped": "likely", "favoured": "likely", "favored": "likely", "foreseen": "expected",
    "imminent": "set", "unavoidable": "inevitable", "planned": "scheduled",
    **dict.fromkeys(_RECKONED, "expected"),
}  # fmt: skip
_SURE = frozenset({"certain", "sure", "inevitable", "guaranteed", "destined", "bound"})
_DEEMING = word_set("consider deem judge see regard view")
_HARDLY = word_set("hardly scarcely barely")
_SEEMING = ("seem", "appear", "look")
_ALL_BUT = re.compile(r"(?:\ball but|\bas good as|\bnear\s?-)$")
_MEASURED = re.compile(r"(?:%|per ?cent|\bin[ -]\w+)(?: more| less)?$", re.I)
_THAN_NOT = re.compile(r"than not\b", re.I)
AGAINST = word_set(
    "unlikely improbable impossible doubtful inconceivable unthinkable unfathomable "
    "questionable doubt"
)


def judgement_hedge(token: Token) -> Hedge | None:
    word = token.lower_
    if word not in _JUDGING:
        return None
    verb = _copula(token)
    if verb is None or (token.i < verb.i and not _is_fronted(token, verb)):
        return None
    complement = _complement(token, verb)
    if word in _RECKONED and not _tells_change(complement):
        return None
    if word in {"possible", "impossible"} and _is_an_ability(verb, complement):
        return None
    if word == "possible" and any(a.lower_ in {"will", "'ll", "wo"} for a in auxiliaries(verb)):
        return None  # "a truce will be possible": that it will come to be so is no mere possibility
    if complement is None and not _stands_alone(token, verb):
        return None
    if word in {"set", "due", "bound"} and complement is not None and not is_infinitive(complement):
        return None
    strengths = [c for c in token.children if c.lower_ in {*STRENGTHS, "more", "less", "not"}]
    phrase = adjective_phrase(token, strengths)
    finite = [t for t in (*auxiliaries(verb), verb) if t.lemma_ in COPULAS and t.i < token.i]
    if word in {"poised", "set"} and any(t.lower_.startswith(_SEEMING) for t in finite):
        phrase = "seems poised"
    denials = [c for c in (*verb.children, *token.children) if c.dep_ == "neg" and c.i < token.i]
    barely = [t for t in token.doc[verb.i : token.i] if t.lower_ in _HARDLY]
    inverted = any(c.lower_ in {"nor", "neither"} and c.i < verb.i for c in verb.children)
    negated = bool(denials or barely or inverted) or is_of_none(verb)
    words = [*strengths, token, *finite, *denials, *barely]
    words += [t for t in token.doc[token.i + 1 : token.i + 2] if t.tag_ == "TO"]
    against = phrase.split()[-1] in AGAINST
    whole = f"not {phrase}" if negated else phrase
    if negated and not against and phrase in _SURE:
        whole, negated = "uncertain", False  # "not inevitable" does not say "unlikely"
    event = complement if complement is not None else verb
    return Hedge(
        verb if verb.lemma_ in COPULAS or verb == token or _is_passive(verb) else token,
        event,
        in_order(words),
        whole,
        against != negated,
        numbers=_percent_of(token),
        kind="question" if _asks(event) else "judgement",
    )


def _asks(event: Token) -> bool:
    """ "It is doubtful *whether* it will hold": what is asked is what is judged."""
    return any(c.dep_ == "mark" and c.lower_ == "whether" for c in event.lefts)


def _stands_alone(token: Token, verb: Token) -> bool:
    """Whether the word judges its subject without saying what is to come after it."""
    word = token.lower_
    if word in _ALONE or is_dated(token) or is_dated(verb):
        return True
    who = subject(verb)
    if word not in _OF_EVENTS or who is None:
        return False
    if any(c.lower_ in {"as", "than", "when", "what"} for c in (*token.children, *verb.children)):
        return False
    named = who.pos_ == "NOUN" or (who.pos_ == "PROPN" and who.i == 0)  # its capital misleads
    event = who.lower_ not in _NOT_EVENTS and named
    return event and tense(verb) in {"present", "modal"}


def _is_an_ability(verb: Token, complement: Token | None) -> bool:
    """ "It is possible to rent a car there": what can be done, not what will be."""
    who = own_subject(verb)
    empty = who is None or who.lower_ == "it"
    able = complement is not None and is_infinitive(complement)
    doer = own_subject(complement) if complement is not None else None
    if doer is not None and (has_condition(verb) or doer.pos_ == "PROPN"):
        return False  # "it is impossible for Kyiv to win unless Washington helps"
    return able and empty and tense(verb) == "present" and not is_dated(verb)


def _is_fronted(word: Token, verb: Token) -> bool:
    """ "Less likely is a full withdrawal"."""
    who = own_subject(verb)
    compared = any(c.lower_ in {"more", "less", "equally", "most", "also"} for c in word.children)
    inverted = verb.lemma_ == "be" and who is not None and who.i > verb.i > word.i
    return compared and inverted


def _tells_change(complement: Token | None) -> bool:
    if complement is None or not is_infinitive(complement) or is_perfect(complement):
        return False
    shown = (c for c in complement.rights if c.dep_ == "dobj" and c.lemma_ in CHANGES | _AMOUNTS)
    moved = complement.lemma_ in _SHOWING and any(shown)
    return complement.lemma_ in CHANGES or moved or is_dated(complement)


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)


def adjective_phrase(token: Token, strengths: list[Token]) -> str:
    word = _NAMED.get(token.lower_, token.lower_)
    said = {s.lower_ for s in strengths}
    before = token.doc[max(0, token.i - 3) : token.i].text.lower()
    if _ALL_BUT.search(before):
        return {"impossible": "almost impossible", "unthinkable": "almost impossible"}.get(
            word, "almost certain"
        )
    if "more" in said and _THAN_NOT.match(token.doc[token.i + 1 :].text):
        return "more likely than not"
    if "less" in said:
        return {"likely": "unlikely", "probable": "unlikely"}.get(
            word, "uncertain" if word in _OF_EVENTS else word
        )
    strength = next((STRENGTHS[s] for s in said if STRENGTHS.get(s)), "")
    if strength == "almost":
        return {"impossible": "almost impossible"}.get(word, "almost certain")
    if strength and word in {"possible", "plausible"}:
        return "very possible"
    return f"{strength} {word}".strip()


def _copula(token: Token) -> Token | None:
    """The verb through which an adjective or participle is said of its subject."""
    if any(c.lemma_ in COPULAS and c.dep_ in {"aux", "auxpass", "cop"} for c in token.children):
        return token
    said = {"acomp", "attr", "oprd", "xcomp", "advmod", "ccomp", "advcl", "prep"}
    if token.dep_ == "acomp" and _is_fronted(token, token.head):
        return token.head
    if token.dep_ in said and token.head.lemma_ in COPULAS and token.head.i < token.i:
        if any(t.lower_ == "with" for t in token.doc[token.head.i : token.i]):
            return None  # "it stays soft, with prices likely to fall"
        is_adverb = token.dep_ == "advmod" and token.tag_.startswith("RB")
        if is_adverb and not (token.i + 1 < len(token.doc) and token.nbor().tag_ == "TO"):
            return None
        return token.head
    if (
        token.dep_ in {"ccomp", "oprd", "acomp", "advmod"}
        and token.head.lemma_ in _DEEMING | BELIEFS
    ):
        return token.head
    if token.head.lower_ == "as" and token.head.head.lemma_ in _DEEMING:
        return token.head.head
    if token.dep_ == "conj" and token.head.dep_ in {"acomp", "attr", "oprd"}:
        return _copula(token.head)
    return None


def _complement(token: Token, verb: Token) -> Token | None:
    """The infinitive or clause that is judged: "likely *to rise*", "unlikely that it *rises*"."""
    for parent in (token, verb):
        for child in parent.children:
            if child.i > token.i and child.dep_ in {"xcomp", "ccomp", "advcl", "csubj", "acl"}:
                before = {c.lower_ for c in child.children if c.i < child.i}
                if is_infinitive(child) or "whether" in before:
                    return child
                if "that" in before and not _is_of_a_thing(verb, child):
                    return child
                if child.dep_ == "ccomp" and tense(child) == "modal":
                    return child
    return None


def _is_of_a_thing(verb: Token, clause: Token) -> bool:
    """ "A crisis is likely in May, *that* ...": what is judged is the crisis, not the clause."""
    who = own_subject(verb)
    things = {"NOUN", "PROPN"}
    return who is not None and who.pos_ in things and who.i < verb.i < clause.i


def _percent_of(token: Token) -> tuple[float, float] | None:
    near = token.doc[max(0, token.i - 6) : token.i].text
    # "growth of 2.4 % is projected" measures the growth, "is 60 % certain" the certainty.
    return stated_percentage(near) if _MEASURED.search(near) else None
