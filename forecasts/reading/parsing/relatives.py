"""Relative clauses: which of them claim something, and which only say what thing is meant."""

from spacy.tokens import Token

from forecasts.reading.parsing.grammar import SUBJECTS
from forecasts.reading.parsing.lexicon import word_set

NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
# What an event would count as, which follows from its definition.
_DESCRIPTIVE = word_set("follow mark represent constitute consist comprise")


EQUAL = frozenset({"tantamount", "equivalent", "akin"})


def is_summing_up(clause: Token, noun: Token) -> bool:
    """ "..., a step that could strain relations", or ", which will raise costs"."""
    opening = noun.left_edge.i
    before = noun.doc[opening - 1].text if opening > 0 else ""
    if noun.dep_ in {"appos", "npadvmod", "conj"} and before in {
        ",",
        "—",
        "–",
        "-",
        ";",
        ":",
        "--",
    }:
        return not any(c.tag_ == "WP" and c.lower_ == "who" for c in clause.children)
    start = clause.left_edge.i
    comma = start > 0 and noun.doc[start - 1].text in {",", "—"}
    which = any(t.lower_ in {"which", "where"} for t in noun.doc[start : clause.i])
    return comma and which and not is_descriptive(clause)


_CUTS = frozenset({",", ":", ";", '"', "—"})


def is_misread(clause: Token) -> bool:
    """A "relative clause" with neither a relative word nor a subject is none: "the next
    chancellor, whoever that is, *will raise* the age"."""
    if clause.dep_ != "relcl":
        return False
    inside = [c for c in clause.children if c.i < clause.i]
    linked = any(t.tag_ in {"WDT", "WP", "WP$", "WRB"} for c in inside for t in (c, *c.children))
    nested = [c for c in inside if c.dep_ == "advcl"]
    linked_by_own = linked and not any(t.tag_.startswith("W") for n in nested for t in n.subtree)
    if linked_by_own:
        return False
    start = clause.left_edge.i
    cut = start > 0 and clause.doc[start - 1].text in _CUTS  # "if prices rise, voters may rebel"
    return cut or not any(c.dep_ in SUBJECTS for c in inside)


def is_descriptive(verb: Token) -> bool:
    """ "will be his first visit": entailed by the visit, whatever comes of it."""
    if verb.lemma_ in _DESCRIPTIVE:
        return verb.lemma_ != "follow" or any(c.dep_ == "dobj" for c in verb.children)
    rest = list(verb.doc[verb.i + 1 : verb.i + 6])
    rest = rest[: next((i for i, t in enumerate(rest) if t.text in _CUTS), len(rest))]
    return verb.lemma_ == "be" and any(
        t.lower_ in {"first", "second", "third", "latest"} for t in rest
    )
