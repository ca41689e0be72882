"""Clauses that no rule knows for a forecast, and that may be one all the same."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from forecasts.reading.acceptance.words import classes_of
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
            yield _hedge(token)


def _hedge(verb: Token) -> Hedge:
    denied, ranked = is_negated(verb), _ranked(verb)
    words = [*auxiliaries(verb), verb]
    phrase = _DENIED[_flat(verb)] if denied else _flat(verb)
    if ranked and not denied:
        words += ranked
        denied = ranked[0].lower_ in _LESS
        phrase = "unlikely" if denied else "likely"
    return Hedge(verb, verb, in_order(words), phrase, denied, kind=KIND)


_DENIED = {"will": "will not", "expected": "not expected"}


def _flat(verb: Token) -> str:
    """An expectation if the clause tells of a view, else told flatly."""
    who = subject(verb)
    parts = [verb, *([] if who is None else [who]), *(c for c in verb.rights if c.dep_ in _SAID)]
    if any(not _VIEWS.isdisjoint(classes_of(part)) for part in parts):
        return "expected"
    return "will"


def _ranked(verb: Token) -> list[Token]:
    """ "It is the *least likely* end", "it remains the *likeliest* one"."""
    for said in (c for c in verb.rights if c.dep_ in {"attr", "acomp", "oprd"}):
        for word in (said, *said.lefts):
            if word.lower_ in {"likeliest", "likely", "probable"}:
                return [*(c for c in word.lefts if c.lower_ in _LESS | {"most", "more"}), word]
    return []


_LESS = frozenset({"least", "less"})


def _is_a_clause(token: Token) -> bool:
    if token.pos_ not in {"VERB", "AUX"}:
        return token.dep_ == "ROOT" and len(token.doc) >= _FEWEST
    if token.dep_ not in _OPEN or marks(token) & _SUPPOSING:
        return False
    return not is_infinitive(token) or token.dep_ in {"ROOT", "ccomp"}
