"""From the condition of a statement to the question that settles the condition."""

import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from forecasts.reading.drafting.wording import WHO, clause, phrase_under, without_horizon
from forecasts.reading.parsing.grammar import auxiliaries, is_negated
from forecasts.reading.parsing.language import parse


@dataclass(frozen=True, slots=True)
class Supposition:
    """What a condition asks for: the question, and the answer on which the statement hangs."""

    question: str  # without question mark: "Will Donald Trump be elected"
    outcome: Literal["yes", "no"]


_CLAUSE = re.compile(
    r"(?:only )?(?P<word>if|unless|provided(?: that)?|providing(?: that)?|assuming(?: that)?"
    r"|supposing(?: that)?|as long as|so long as|in the (?:event|case) that|in case(?! of))\s+",
    re.I,
)
_THING = re.compile(
    r"(?P<word>without|absent|barring|failing|in the (?:event|case) of|in case of|with)\s+", re.I
)
_INVERTED = re.compile(r"(?P<word>should|were|had)\s+", re.I)
# The statement is said to hold with and without these: they are no condition of it.
_EVEN = re.compile(r"(?:even|especially|particularly)\b", re.I)
# "If China were to attack" supposes that it will.
_TO_BE = re.compile(r"\b(?:were|was|is|are) to (?=\w)", re.I)
_BACK = re.compile(
    r"(?:otherwise|if (?:so|not)|in (?:that|this|such a|which) (?:case|event|scenario))\b"
    r"|if \w+ (?:do|does|did|is|are|has|have)(?:n['’]t| not)?$",
    re.I,
)
_AGAINST = frozenset({"unless", "without", "absent", "barring", "failing"})


def supposition(condition: str, *, horizon: str | None = None) -> Supposition | None:
    """The question behind a condition as an article words it.

    "unless talks resume" hangs on "Will talks resume" being answered no. What the words point
    back to ("otherwise") is asked of the analyst. None where the statement is said to hold
    either way ("even if", "especially if").

    >>> supposition("if Donald Trump is elected")
    Supposition(question='Will Donald Trump be elected', outcome='yes')
    """
    text = " ".join(condition.split()).strip(" ,;.")
    if _EVEN.match(text):
        return None
    if not text or _BACK.match(text):
        return Supposition(f"Will [to decide: what “{text}” points back to]", "yes")
    body, against = _event(text)
    question = "Will " + without_horizon(body, horizon)
    return Supposition(question, "no" if against else "yes")


def _event(text: str) -> tuple[str, bool]:
    """What is supposed, in its plain form, and whether its absence is the condition."""
    if found := _CLAUSE.match(text):
        body, denied = _clause_event(_TO_BE.sub("will ", text[found.end() :]))
        return body, denied != (found["word"].lower() in _AGAINST)
    if found := _INVERTED.match(text):
        rest = text[found.end() :]
        plain = (
            rest if found["word"].lower() == "should" else re.sub(r"\bto\b", "will", rest, count=1)
        )
        return _clause_event(plain)
    if found := _THING.match(text):
        return _thing_event(text[found.end() :]), found["word"].lower() in _AGAINST
    return _thing_event(text), False


def _clause_event(text: str) -> tuple[str, bool]:
    verb = _root(next(parse([text])))
    several = any(child.dep_ == "conj" for child in verb.children)
    if verb.pos_ not in {"VERB", "AUX"} or several:
        return f"this come true: “{text}”", False
    if verb.tag_ == "VBN" and not auxiliaries(verb):  # "if elected"
        return f"{WHO} be {text}", is_negated(verb)
    return clause(verb, text), is_negated(verb)


def _thing_event(text: str) -> str:
    """ "a ceasefire", "announcing elections", "talks failing"."""
    doc = next(parse([text]))
    head = _root(doc)
    acting = (
        head if head.tag_ == "VBG" else next((c for c in head.children if c.tag_ == "VBG"), None)
    )
    if acting is None or acting.i < head.i:
        return f"there be {_lowered(text, doc)}"
    if any(child.dep_ == "conj" for child in acting.children):
        return f"this come true: “{text}”"
    after = text[acting.idx + len(acting) :].strip()
    who = WHO
    if acting is head:
        who = next((phrase_under(text, c) for c in head.children if c.dep_ == "nsubj"), who)
    else:
        who = text[: acting.idx].strip()
    return f"{who} {acting.lemma_} {after}".strip()


def _lowered(text: str, doc: Doc) -> str:
    common = doc[0].pos_ not in {"PROPN"} and doc[0].ent_type_ == ""
    return text[:1].lower() + text[1:] if common else text


def _root(doc: Doc) -> Token:
    return next(token for token in doc if token.head == token)
