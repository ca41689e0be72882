"""Clauses that ask, suppose or compare, and so claim nothing themselves."""

from spacy.tokens import Token

from forecasts.reading.parsing.grammar import auxiliaries, marks, own_subject, subject
from forecasts.reading.parsing.lexicon import word_set

_EMBEDDING = word_set("if unless whether than lest once until before after")
_WISHED = word_set("ensure guarantee hope wish pray pretend imagine")


def is_embedded(verb: Token, stop: Token | None = None) -> bool:
    """Inside a question, a condition, a comparison, a purpose or a free relative."""
    for clause, parent in clauses_around(verb, stop):
        words = marks(clause)
        often = {c.lower_ for c in clause.children if c.dep_ == "advmod"} & {
            "once"
        }  # "at least once"
        if (words - often) & _EMBEDDING and not _is_comma_before(clause, verb):
            return True
        if "so" in words and "that" in words:
            return True
        asking = [t for t in _before(clause) if t.tag_ in {"WP", "WRB"}]
        asking = [t for t in asking if not t.lower_.endswith("ever") and not _is_apart(t, clause)]
        if clause.dep_ == "relcl":
            asking = [t for t in asking if t.lower_ not in {"who", "where"}]
        if clause.dep_ == "xcomp" and parent is not None:  # "where they are expected to meet"
            asking = [t for t in asking if t.i > parent.i]
        if asking and parent is not None and _is_pseudo_cleft(clause, parent, asking[0]):
            continue
        if asking and parent is not None and _is_pointed_at(clause, parent):
            continue
        if asking and _is_a_name(clause, asking[0]):
            continue
        if asking and (parent is not None or asking[0].lower_ in {"why", "how", "what", "who"}):
            return True
        if clause.dep_ == "ccomp" and parent is not None and parent.lemma_ in _WISHED:
            return True
        if words & {"as", "because", "since"} and clause.dep_ == "advcl" and parent is not None:
            return not _looks_ahead(clause)
        if clause.dep_ == "relcl" and _is_set_off(clause):
            return False  # "if the leaders, *who are to meet on Friday*, disagree": told beside it
    first = verb.doc[0]
    return first.lower_ == "should" and verb == first.head


def _is_apart(asking: Token, clause: Token) -> bool:
    """ "Regardless of *how* others react, the bank will not move": of another clause."""
    who = own_subject(clause)
    if who is None or asking.i >= who.left_edge.i or asking == who.left_edge:
        return False
    return any(t.text == "," for t in clause.doc[asking.i : who.left_edge.i])


def _looks_ahead(reason: Token) -> bool:
    """ "as demand *will* weaken", "since *there is a chance* of rain": a reason still to come."""
    nouns = {c.lemma_ for c in reason.children if c.dep_ == "attr"}
    modals = {a.lower_ for a in auxiliaries(reason) if a.tag_ == "MD"}
    return bool(modals & _FUTURE) or bool(nouns & _CHANCES) or _is_judged(reason)


def _is_judged(verb: Token) -> bool:
    return any(t.lower_ in _JUDGED for t in (verb, *verb.children))


_FUTURE = frozenset({"will", "'ll", "wo"})  # a reason that only could be is an argument
_CHANCES = frozenset({"possibility", "chance", "risk", "likelihood", "prospect", "danger"})
_JUDGED = frozenset({"likely", "unlikely", "expected", "forecast", "projected", "due", "set"})


def _is_set_off(clause: Token) -> bool:
    start = clause.left_edge.i
    return start > 0 and clause.doc[start - 1].text in {",", "—", "("}


def _is_pseudo_cleft(clause: Token, parent: Token, what: Token) -> bool:
    """ "*What you will see is* more frigates"; "what he will do is unknown" tells nothing."""
    said = any(c.dep_ == "attr" and c.pos_ == "NOUN" and c.i > parent.i for c in parent.children)
    return what.lower_ == "what" and clause.dep_ == "csubj" and parent.lemma_ == "be" and said


def _is_pointed_at(clause: Token, parent: Token) -> bool:
    """ "*That is when* they can be expected to act": the time is named, and nothing is asked."""
    who = own_subject(parent)
    pointing = who is not None and who.lower_ in {"that", "this"} and parent.lemma_ == "be"
    return pointing and clause.dep_ in {"advcl", "ccomp"} and clause.i > parent.i


def _is_a_name(clause: Token, what: Token) -> bool:
    """ "They cope with *what could be a record*": a thing, and what it may turn out to be."""
    modals = {a.lower_ for a in auxiliaries(clause) if a.tag_ == "MD"}
    measured = any(c.dep_ == "attr" and c.pos_ == "NOUN" and c.i > clause.i for c in clause.rights)
    named = what.lower_ == "what" and what.head == clause and clause.lemma_ == "be"
    return named and clause.dep_ == "pcomp" and bool(modals & _TURNING_OUT) and measured


_TURNING_OUT = frozenset({"could", "may", "might", "will"})


def _is_comma_before(clause: Token, verb: Token) -> bool:
    """The parser hung a condition's "if" on the main verb: "If he wins, he is expected ..."."""
    mark = next((c for c in clause.children if c.dep_ == "mark"), clause)
    who = subject(clause)
    near = min(verb.i, who.left_edge.i if who is not None and who.i > mark.i + 4 else verb.i)
    main = clause.dep_ == "ROOT" or (clause.dep_ == "conj" and who is not None)
    return main and any(t.text == "," for t in clause.doc[mark.i : near + 4])


def clauses_around(verb: Token, stop: Token | None) -> list[tuple[Token, Token | None]]:
    """The clause of ``verb`` and those around it, up to the one of ``stop``."""
    chain: list[tuple[Token, Token | None]] = []
    at = verb
    while True:
        parent = at.head if at.head != at else None
        if stop is not None and at.i == stop.i:
            return chain
        if at.pos_ in {"VERB", "AUX"}:
            chain.append((at, parent))
        if parent is None or (at.dep_ in {"conj", "parataxis"} and own_subject(at) is not None):
            return chain
        at = parent


def _before(clause: Token) -> list[Token]:
    """Question words that belong to the clause itself and open it."""
    found = [c for c in clause.children if c.i < clause.i and c.dep_ not in {"advcl", "csubj"}]
    return [
        t for c in found for t in (c, *c.children) if t.i < clause.i and not _is_clause(t, clause)
    ]


def _is_clause(token: Token, clause: Token) -> bool:
    return token.pos_ == "VERB" and token != clause
