"""Clauses that no rule knows for a forecast, and that may be one all the same."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from forecasts.reading.acceptance.words import classes_of
from forecasts.reading.chances.percentages import stated_odds, stated_percentage
from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.parsing.grammar import auxiliaries, is_infinitive, is_negated, marks, subject
from forecasts.reading.parsing.reports import SAYING

KIND = "clause"
_OPEN = frozenset(
    {"ROOT", "ccomp", "conj", "advcl", "relcl", "acl", "parataxis", "pcomp", "csubj", "csubjpass",
     "dep", "appos"}
)  # fmt: skip
_SUPPOSING = frozenset({"if", "unless", "whether", "lest"})
_VIEWS = frozenset({"expects", "believes", "view", "chance", "judged"})
_SAID = frozenset({"acomp", "attr", "dobj", "oprd", "xcomp"})
_FEWEST = 3  # words of a sentence without a verb


def clause_hedges(doc: Doc, found: Iterable[Hedge]) -> Iterator[Hedge]:
    """A hedge for each clause of a sentence on which no hedge of ``found`` bears, in order.

    Its words are the verb and what helps it. It is read as an expectation if it tells of a view,
    and as told flatly otherwise: "the court sits in May".
    """
    hedges = list(found)
    known = {t.i for hedge in hedges for t in (hedge.head, hedge.event)}
    known |= {t.i for hedge in hedges for t in hedge.head.ancestors if t.lemma_ in SAYING}
    for token in doc:
        if token.i not in known and _is_a_clause(token):
            phrase, against = _phrase(token)
            words = in_order([*auxiliaries(token), token])
            yield Hedge(token, token, words, phrase, against, numbers=_odds(token), kind=KIND)


def _odds(verb: Token) -> tuple[float, float] | None:
    """ "They put a war *at one in ten*", "the market gives it *35 %*": the chance that it has."""
    if verb.lemma_ not in _GIVING:
        return None
    said = verb.doc[verb.i + 1 : verb.right_edge.i + 1].text
    of_it = verb.lemma_ == "give" and any(c.tag_ == "PRP" for c in verb.rights)
    return stated_percentage(said) if of_it else stated_odds(said)


_GIVING = frozenset({"give", "put", "rate", "assess", "price"})


def _phrase(verb: Token) -> tuple[str, bool]:
    """What the clause is read as, and whether that speaks against it."""
    denied = is_negated(verb)
    if (ranked := _ranked(verb)) is not None:
        return ranked, (ranked == "unlikely") != denied
    who = subject(verb)
    parts = [verb, *([] if who is None else [who]), *(c for c in verb.rights if c.dep_ in _SAID)]
    if any(not _VIEWS.isdisjoint(classes_of(part)) for part in parts):
        return ("not expected" if denied else "expected"), denied
    return ("will not" if denied else "will"), denied


def _ranked(verb: Token) -> str | None:
    """ "It is the *least likely* end", "it remains the *likeliest* one"."""
    for said in (c for c in verb.rights if c.dep_ in {"attr", "acomp", "oprd"}):
        for word in (said, *said.lefts):
            if word.lower_ in {"likeliest", "likely", "probable"} and not is_negated(verb):
                less = any(c.lower_ in {"least", "less"} for c in word.lefts)
                return "unlikely" if less else "likely"
    return None


def _is_a_clause(token: Token) -> bool:
    if token.pos_ not in {"VERB", "AUX"}:
        return token.dep_ == "ROOT" and len(token.doc) >= _FEWEST
    if token.dep_ not in _OPEN or marks(token) & _SUPPOSING:
        return False
    return not is_infinitive(token) or token.dep_ in {"ROOT", "ccomp"}
