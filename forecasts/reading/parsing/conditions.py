"""On what condition does a claim hold?"""

import re

from spacy.tokens import Doc, Span, Token

from forecasts.reading.hedges.hedge import text_of
from forecasts.reading.parsing.grammar import ancestors, own_subject, subject, tense

_IF = frozenset({"if", "unless", "provided", "assuming", "supposing", "providing"})
_ABSENCE = frozenset({"without", "absent", "barring", "failing"})
_LEADING = re.compile(
    r"""^(?:
      otherwise\b | (?:in\ (?:that|this|such\ a|which)\ case|if\ so|in\ such\ a\ scenario)\b
    | (?:should|were|had)\ (?=[^,]{3,160},)[^,]*?(?=,)
    | (?:in\ the\ (?:event|case)\ (?:that|of)|in\ case|assuming|provided|[as]o?s?\ long\ as)\b[^,;]*
    | with(?:out)?\ [^,;]*?\b\w+ing\b[^,;]*(?=,)
    )""",
    re.I | re.X,
)
_ANYWHERE = re.compile(
    r"\b(?:(?:even |only |especially |particularly )?(?:if|unless)"
    r"|in the (?:event|case) (?:that|of)|provided that|assuming that"
    r"|as long as(?! (?:necessary|needed|possible|required)))\b[^,;.—]*"
    r"|\bon (?:current|present) (?:trends|form|polling|plans|policies|projections)\b"
    r"|\bshould (?=(?:the|a|an|its|their|any|talks|[A-Z]\w+)\b)[^,;.—]{6,}$",
    re.I,
)


def condition_of(head: Token, start: int, end: int, *, alone: bool) -> str | None:
    """The words that state the condition of the clause of ``head``, or None.

    ``start`` and ``end`` are the token bounds of the statement. ``alone`` says
    that it is the only statement of its sentence; then a condition anywhere in
    the sentence is taken to be its own, whatever the parser made of it.
    """
    span = _from_parse(head) or _from_governor(head)
    if span is not None:
        return span.text.strip(" ,;")
    doc = head.doc
    opening = _LEADING.match(text_of(doc))
    if opening and (alone or _opens_with(doc, start)):
        return opening.group().strip(" ,;")
    text = text_of(doc) if alone else doc[start:end].text
    if found := _ANYWHERE.search(text):
        return found.group().strip(" ,;")
    return None


def has_condition(head: Token) -> bool:
    """Whether something in the sentence makes the clause of ``head`` hypothetical."""
    if _from_parse(head) is not None or _from_governor(head) is not None:
        return True
    return bool(_LEADING.match(text_of(head.doc)) or _ANYWHERE.search(text_of(head.doc)))


def _from_parse(head: Token) -> Span | None:
    for child in head.children:
        before = {c.lower_ for c in child.children if c.i < child.i}
        words = {c.lower_ for c in child.children if c.dep_ in {"mark", "prep"} and c.i < child.i}
        if child.dep_ in {"advcl", "ccomp"} and (words & _IF or _is_inverted(child, before)):
            return _span(child)
        manner = child.i > head.i and any(c.dep_ == "pcomp" for c in child.children)
        manner = manner or (
            child.i > head.i and tense(head) != "modal"
        )  # "rules without a majority"
        if child.dep_ == "prep" and child.lower_ in _ABSENCE and not manner:
            return _span(child)
    return _hypothetical_subject(head)


def _is_inverted(clause: Token, before: set[str]) -> bool:
    """ "Should talks fail, ...": the auxiliary stands before its subject."""
    who = own_subject(clause)
    return who is not None and any(
        c.lower_ in {"should", "were", "had"} and c.i < who.left_edge.i
        for c in clause.children
        if c.dep_ in {"aux", "auxpass"}
    )


def _from_governor(head: Token) -> Span | None:
    """A participle or coordinated clause shares the condition of the clause it hangs on."""
    for governor, child in ancestors(head):
        if child.dep_ not in {"advcl", "conj", "pcomp", "prep"}:
            return None
        if child.dep_ == "advcl" and child.tag_ != "VBG":
            return None
        if governor.pos_ in {"VERB", "AUX"} and (found := _from_parse(governor)) is not None:
            if child.dep_ == "conj" and own_subject(child) is not None and found.start > governor.i:
                return None
            return found
    return None


def _hypothetical_subject(head: Token) -> Span | None:
    """ "Any collapse of the talks would ...", "a divided council would ..."."""
    if not any(c.lower_ in {"would", "'d"} for c in head.children):
        return None
    who = subject(head)
    if who is None or who.left_edge.lower_ not in {"a", "an", "any"}:
        return None
    return _span(who)


def _span(token: Token) -> Span:
    return token.doc[token.left_edge.i : token.right_edge.i + 1]


def _opens_with(doc: Doc, start: int) -> bool:
    return start == 0 or doc[:start].text.rstrip().endswith(",")
