"""Find the hedges of a sentence and keep one for each claim."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from forecasts.reading.chances.chance_moves import moved_hedge
from forecasts.reading.chances.chances import noun_hedges
from forecasts.reading.foretelling.expectations import report_hedge
from forecasts.reading.foretelling.headlines import headline_hedge
from forecasts.reading.foretelling.outlooks import outlook_hedge
from forecasts.reading.foretelling.passives import passive_hedge
from forecasts.reading.foretelling.predictions import prediction_hedge
from forecasts.reading.foretelling.presents import present_hedge
from forecasts.reading.foretelling.revisions import revised_hedge
from forecasts.reading.foretelling.schedules import scheduled_hedge
from forecasts.reading.hedges.ellipsis import elided_hedges
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.hedges.idioms import idiom_hedges
from forecasts.reading.hedges.judgements import judgement_hedge
from forecasts.reading.hedges.modals import aside_hedge, modal_hedge
from forecasts.reading.hedges.reduced import reduced_hedge
from forecasts.reading.hedges.turns import (
    frame_hedge,
    going_hedge,
    making_hedge,
    on_track_hedge,
    outcome_hedge,
    unless_hedge,
)
from forecasts.reading.horizons.horizon import HORIZON
from forecasts.reading.parsing.grammar import (
    ancestors,
    is_dated,
    is_infinitive,
    is_negated,
    marks,
    own_subject,
)
from forecasts.reading.parsing.relatives import is_misread, is_summing_up
from forecasts.reading.parsing.reports import BELIEFS, SAYING, is_told_beside

_RANK = {
    kind: rank
    for rank, kind in enumerate(
        ["label", "elided", "idiom", "question", "noun", "judgement", "reduced", "frame", "report",
         "modal", "aside", "scheduled", "clause"]
    )
}  # fmt: skip
_BESIDE = frozenset({"with", "given", "considering"})
_OPENERS = frozenset({"idiom", "frame"})
_DOWN = frozenset(
    {"ccomp", "xcomp", "csubj", "csubjpass", "acl", "pcomp", "relcl", "nsubj", "attr"}
)
_OPENS_CONTENT = frozenset({"mean", "imply", "ensure", "show", "suggest", "signal", "indicate"})


_IDLE = frozenset({"PUNCT", "DET", "NUM", "SYM", "SPACE", "CCONJ", "PRON"})


def hedges_in(doc: Doc) -> list[Hedge]:
    """Every hedge of a parsed sentence, in order; several may bear on one claim."""
    found = [*noun_hedges(doc), *idiom_hedges(doc), *elided_hedges(doc)]
    if headline := headline_hedge(doc):
        found.append(headline)
    for token in (t for t in doc if t.pos_ not in _IDLE):
        hedge = (
            modal_hedge(token)
            or judgement_hedge(token)
            or passive_hedge(token)
            or reduced_hedge(token)
            or going_hedge(token)
            or making_hedge(token)
            or on_track_hedge(token)
            or outcome_hedge(token)
            or frame_hedge(token)
            or aside_hedge(token)
            or report_hedge(token)
            or moved_hedge(token)
            or scheduled_hedge(token)
            or unless_hedge(token)
            or revised_hedge(token)
            or prediction_hedge(token)
            or present_hedge(token)
            or outlook_hedge(token)
        )
        if hedge is not None:
            found.append(hedge)
    found = [_of_affirmative_event(hedge) for hedge in found]
    return sorted(found, key=lambda h: h.at)


def _of_affirmative_event(hedge: Hedge) -> Hedge:
    """ "It is likely that he will *not* run" speaks against his running."""
    if hedge.event == hedge.head or hedge.event.pos_ not in {"VERB", "AUX"}:
        return hedge
    if hedge.kind == "question" or not is_negated(hedge.event):
        return hedge
    shares = hedge.event.dep_ == "xcomp" and own_subject(hedge.event) is None
    if shares and not any(c.dep_ == "neg" for c in hedge.event.children):
        return hedge  # "*nobody* is going to trust it": the denial is already counted
    if hedge.phrase == "more likely than not":
        return hedge  # its own "not" may be hung on what follows
    if hedge.phrase == "unlikely" and any(w.dep_ == "neg" for w in hedge.words):
        return hedge  # "I don't think there will be": the denial is already counted
    phrase = hedge.phrase
    phrase = phrase.removeprefix("not ") if phrase.startswith("not ") else f"{phrase} not"
    numbers = hedge.numbers and (round(1 - hedge.numbers[1], 6), round(1 - hedge.numbers[0], 6))
    return replace(hedge, phrase=phrase, negative=not hedge.negative, numbers=numbers)


def independent(hedges: Sequence[Hedge]) -> list[Hedge]:
    """One hedge for each claim, in the order given.

    Of hedges on the same predicate the more telling one stays ("may be
    likely" is an estimate, not a possibility). A hedge inside what another one
    judges goes: in "it is unlikely that the bank will move" there is one claim.
    """
    best: dict[int, Hedge] = {}
    for hedge in sorted(hedges, key=lambda h: (h.numbers is None, _RANK[h.kind])):
        if not any(_same_claim(hedge, other) for other in best.values()):
            best.setdefault(hedge.head.i, hedge)
    kept = [h for h in hedges if best.get(h.head.i) is h]
    return [h for h in kept if not any(_is_inside(h, o) for o in kept if o is not h)]


def shared(hedge: Hedge) -> Iterator[Hedge]:
    """The further claims that share a hedge, each with a day of its own.

    "Prices will fall in June and *recover by October*" are two forecasts; "he
    will arrive and give a speech" is one.
    """
    if hedge.kind not in {"modal", "judgement", "report"} or hedge.event.pos_ not in {
        "VERB",
        "AUX",
    }:
        return
    yield from _gapped(hedge)
    for verb in hedge.event.conjuncts:
        follows = verb.i > hedge.event.i and verb.pos_ == "VERB" and own_subject(verb) is None
        if not follows or any(c.tag_ in {"MD", "TO"} for c in verb.children) or not is_dated(verb):
            continue
        own = hedge.event.doc[hedge.event.i : verb.left_edge.i]
        if HORIZON.search(own.text):
            yield replace(hedge, head=verb, event=verb, kind="shared")


def _gapped(hedge: Hedge) -> Iterator[Hedge]:
    """ "Growth is likely to slow *and inflation to rise*": another subject, the same judgement."""
    for verb in (c for top in (hedge.head, hedge.event) for c in top.children):
        own = own_subject(verb) if verb.dep_ == "conj" and verb.i > hedge.event.i else None
        if own is not None and is_infinitive(verb) and own.i < verb.i:
            start = own.left_edge.i
            yield replace(
                hedge, head=verb, event=verb, kind="shared", bounds=(start, verb.right_edge.i + 1)
            )


def _same_claim(hedge: Hedge, other: Hedge) -> bool:
    if other.kind == "label":
        return True
    heads = {other.head.i, other.event.i}
    return hedge.head.i in heads or bool(set(hedge.words) & set(other.words))


def _is_inside(hedge: Hedge, other: Hedge) -> bool:
    if {"elided", "reduced"} & {hedge.kind, other.kind}:
        return False
    if _is_introduced(hedge, other) or _is_opened(hedge, other):
        return True
    down = False
    for governor, child in ancestors(hedge.head):
        if _is_result(child, governor):
            return False
        if child.dep_ == "relcl" and (is_misread(child) or is_summing_up(child, governor)):
            return False
        beside = child.dep_ == "conj" and own_subject(child) is not None
        if beside and (child.lemma_ in BELIEFS or governor == other.head):
            return False  # "few believe in the poll, but *there is* talk that it may be held"
        down = down or _leads_down(governor, child)
        if child.lemma_ in SAYING and (child.dep_ == "advcl" or is_told_beside(child)):
            return False  # beside it, as in "..., adding that prices may rise"
        if child.dep_ in {"pcomp", "amod"} and governor.lower_ in _BESIDE:
            return False  # "..., with most *sure* that it will pass"
        if governor.i in {other.head.i, other.event.i}:
            return down or (governor.i == other.event.i and other.event.i != other.head.i)
        if child.dep_ == "advcl" and not down:
            return False
    return False


def _is_result(clause: Token, governor: Token) -> bool:
    """ "Demand will rise *so* much *that* Europe will not be able to compete": two claims."""
    between = clause.doc[governor.i + 1 : clause.left_edge.i]
    return "that" in marks(clause) and any(t.lower_ in {"so", "such"} for t in between)


def _leads_down(governor: Token, child: Token) -> bool:
    """Whether ``child`` is part of what ``governor`` says, and not a clause beside it."""
    if child.dep_ == "ccomp" and child.i < governor.i:  # "Talks may fail; Seoul is angry"
        return False
    return child.dep_ in _DOWN


def _is_introduced(hedge: Hedge, other: Hedge) -> bool:
    """ "could mean that ...": what follows is content, whatever the parser made of it."""
    verb: Token = other.head
    if verb.lemma_ not in _OPENS_CONTENT or hedge.at <= verb.i + 1 or verb.i + 1 >= len(verb.doc):
        return False
    between = verb.doc[verb.i + 1 : hedge.at]
    return verb.nbor().lower_ == "that" and not any(t.text in {";", ":", "—"} for t in between)


def _is_opened(hedge: Hedge, other: Hedge) -> bool:
    """ "There is no sign that he *will* go": the idiom's content, wherever the parser hung it."""
    if other.kind not in _OPENERS or hedge.kind in _OPENERS or hedge.at <= other.words[-1].i:
        return False
    between = other.head.doc[other.words[-1].i + 1 : hedge.at]
    stops = any(t.text in {";", ":", "—"} for t in between)
    joined = re.search(r",? (?:and|but|while|though|although)\b|,[^,]*$", between.text)
    return not stops and joined is None
