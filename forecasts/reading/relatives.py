"""Relative clauses: which of them claim something, and which only say what thing is meant."""

from spacy.tokens import Token

from forecasts.reading.lexicon import word_set

NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
# What an event would count as, which follows from its definition.
_DESCRIPTIVE = word_set("follow mark represent constitute")


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
    which = any(t.lower_ == "which" for t in noun.doc[start : clause.i])
    return comma and which and not is_descriptive(clause)


def is_descriptive(verb: Token) -> bool:
    """ "will be his first visit": entailed by the visit, whatever comes of it."""
    if verb.lemma_ in _DESCRIPTIVE:
        return True
    rest = verb.doc[verb.i + 1 : verb.i + 6]
    return verb.lemma_ == "be" and any(
        t.lower_ in {"first", "second", "third", "latest"} for t in rest
    )
