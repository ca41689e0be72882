"""What is said of anybody or of today: generic truths, concessions, abilities of the past."""

import re

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.parsing.conditions import has_condition
from forecasts.reading.parsing.grammar import (
    auxiliaries,
    is_dated,
    is_negated,
    marks,
    own_subject,
    subject,
    tense,
)
from forecasts.reading.parsing.reports import reporting_verb

_TIMES = re.compile(r"\b(?:times|percent|per cent|%) (?:more|less) likely\b", re.I)
_BYGONE = re.compile(
    r"\b(?:in those days|at (?:that|the) time|by (?:1[89]\d\d|200\d|201\d)"
    r"|in (?:the )?(?:1[89]\d\d)s?"
    r"|as a (?:child|boy|girl)|only a few years ago|back then)\b", re.I,
)  # fmt: skip
_EITHER = re.compile(r"\b(?:may|might) or (?:may|might) not\b", re.I)
_PERSON = re.compile(r"(?:er|or|ist|ian|ee|ant|man|woman|person)$")
_DETERMINED = frozenset({"det", "poss", "nummod", "amod"})


def is_generic(hedge: Hedge) -> bool:
    """ "A bank that lends to anybody will fail", "it may be popular, but it is wrong"."""
    verb = hedge.event
    if is_dated(verb) and not _BYGONE.search(_clause(verb)):
        return False
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if _EITHER.search(text_of(verb.doc)) or (modals & {"may", "might"} and _is_conceded(verb)):
        return True
    if "could" in modals and _is_bygone(hedge):
        return True
    if modals & {"could", "would"} and _BYGONE.search(_clause(verb)):
        return True
    if hedge.kind == "judgement" and _TIMES.search(text_of(verb.doc)):
        return True
    ahead = bool(modals & {"will", "'ll"}) or hedge.kind in {"judgement", "idiom"}
    return ahead and _is_of_a_kind(subject(hedge.head), hedge.head)


def _clause(verb: Token) -> str:
    text: str = verb.doc[verb.left_edge.i : verb.right_edge.i + 1].text
    return text


def _is_of_a_kind(who: Token | None, verb: Token) -> bool:
    """A subject that means any of its kind: "children *who read*", "a teacher ... *when*"."""
    if who is None:
        return False
    those = (t for t in who.subtree if t.lower_ == "those")
    if any(c.dep_ in {"relcl", "acl"} for t in those for c in t.rights):
        return True
    if who.pos_ != "NOUN":
        return False
    one = who.tag_ == "NN" and who.left_edge.lower_ in {"a", "an", "any"}
    if who.left_edge.lower_ == "any" and _PERSON.search(who.lemma_):
        return True
    bare = who.tag_ == "NNS" and not any(c.dep_ in _DETERMINED for c in who.children)
    told = [c for c in who.rights if c.dep_ == "relcl" and _is_restrictive(c)]
    if (one or bare) and told:
        return True
    return one and any(c.dep_ == "advcl" and "when" in marks(c) for c in verb.rights)


def _is_restrictive(clause: Token) -> bool:
    """In the present, and not cut off by a comma: "children *who read*"."""
    start = clause.left_edge.i
    cut = start > 0 and clause.doc[start - 1].text in {",", "—", "("}
    return tense(clause) == "present" and not cut


def _is_conceded(verb: Token) -> bool:
    """ "The plan *may be popular, but it is wrong*": granted of today."""
    if verb.lemma_ != "be" or not any(c.dep_ in {"acomp", "attr"} for c in verb.rights):
        return False
    but = any(c.lower_ in {"but", "yet"} and c.dep_ == "cc" for c in verb.rights)
    against = (c for c in verb.rights if c.dep_ == "conj" and own_subject(c) is not None)
    return but and any(tense(c) in {"present", "perfect", "past"} for c in against)


def _is_bygone(hedge: Hedge) -> bool:
    """ "The refugees could go no further", "nothing could be further from the truth"."""
    verb = hedge.event
    if has_condition(hedge.head) or reporting_verb(hedge.head) is not None:
        return False
    who = subject(verb)
    if who is not None and who.lower_ in {"it", "nothing"} and verb.lemma_ == "be":
        return any(c.lower_ in {"worse", "better", "further"} for c in verb.rights)
    no = (t for t in verb.doc[verb.i + 1 : verb.i + 3] if t.lower_ in {"no", "neither", "nor"})
    neither = any(t.lower_ in {"neither", "hardly", "scarcely"} for t in verb.doc[: verb.i][-2:])
    return next(no, None) is not None or neither or (is_negated(verb) and _is_told(verb))


def _is_told(verb: Token) -> bool:
    """Whether another verb of the sentence is in the past."""
    return any(t.tag_ == "VBD" and t != verb for t in verb.doc)
