"""Forecasts of the past, retold: "Rome thought that it would", "the notion that it could"."""

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.embedding import clauses_around
from forecasts.reading.parsing.grammar import auxiliaries, subject, tense
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import reporting_verb

_BACKSHIFTED = frozenset({"would", "'d", "could", "might"})
_THOUGHTS = word_set(  # of which "hop" is what the lemmatizer makes of "hoping"
    "think believe imagine assume suppose recognise recognize realise realize know hope hop "
    "calculate understand trust reason gamble figure wish dream"
)
_FANCIES = word_set(
    "notion idea belief illusion hope myth dream fantasy assumption delusion pretence pretense "
    "hypothesis promise theory"
)
_ENTAILING = word_set("mean ensure imply entail")


def is_retold(hedge: Hedge) -> bool:
    """Whether it is what somebody once thought, or what then followed from something."""
    verb = hedge.head
    if hedge.kind != "modal" or not _modals(verb) & _BACKSHIFTED:
        return False
    return (
        any(map(_was_thought, [reporting_verb(verb), *_asides(verb)]))
        or _is_entailed(verb) or _is_fancied(verb)
    )  # fmt: skip


def may_go_on(hedge: Hedge) -> bool:
    """Whether it may be one more of the thoughts that the sentence before retold."""
    return (
        hedge.kind == "modal"
        and bool(_modals(hedge.head) & _BACKSHIFTED)
        and reporting_verb(hedge.head) is None
    )


def _modals(verb: Token) -> set[str]:
    return {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}


def _was_thought(report: Token | None) -> bool:
    """ "She said she thought it would" is told of today: its past is that of "said"."""
    if report is None or report.lemma_ not in _THOUGHTS or tense(report) != "past":
        return False
    outer = reporting_verb(report)
    return outer is None and subject(report) is not None


def _asides(verb: Token) -> list[Token]:
    """ "Such a deal, *Washington thought*, would hold", "he *recognised* that it would"."""
    asides = [c for c in verb.children if c.dep_ in {"parataxis", "ccomp"} and c.i < verb.i]
    return [*asides, verb.head] if verb.dep_ == "ccomp" else asides


def _is_entailed(verb: Token) -> bool:
    """ "It meant that every talk would rest on guesses"."""
    by = verb.head
    return verb.dep_ == "ccomp" and by.lemma_ in _ENTAILING and tense(by) == "past"


def _is_fancied(verb: Token) -> bool:
    for clause, parent in clauses_around(verb, None):
        of = parent is not None and parent.lemma_ in _FANCIES and parent.i < clause.i
        if of and clause.dep_ in {"acl", "ccomp", "relcl"} and parent is not None:
            opening = clause.doc[parent.i + 1 : clause.left_edge.i + 1].text.lower()
            return opening.startswith("that")
    return False
