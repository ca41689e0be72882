"""How well could a statement be settled one day, and what must an analyst still decide?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from spacy.tokens import Token

from forecasts.reading.candidate import Candidate
from forecasts.reading.drafting.vagueness import DEGREE, MIND, NUMBER, VAGUE
from forecasts.reading.horizons.dates import interval_of
from forecasts.reading.parsing.language import parse


@dataclass(frozen=True, slots=True)
class Resolvability:
    """How fit a statement is for a question, and what it lacks."""

    score: float  # in [0, 1]; 1 lacks nothing that is looked for
    reasons: tuple[str, ...]  # one for each thing it lacks, the gravest first


@dataclass(frozen=True, slots=True)
class _Subject:
    """A statement, the event in it without hedge, horizon and condition, and its deadline."""

    candidate: Candidate
    event: str
    published: date | None
    deadline: date | None


_Finding = str | None


def resolvability(candidate: Candidate, *, published: date | None) -> Resolvability:
    """Judge a statement by the five things a question needs: event, measure, date, actor, test.

    Every fault found keeps a share of the score, whatever the others are, so that one more fault
    never raises it. The shares are a judgement of this desk, made to order an inbox; they are no
    probability.

    Parameters
    ----------
    candidate : Candidate
        A statement, new or stored.
    published : date, optional
        When its article came out; it anchors horizons such as "this month".
    """
    subject = _subject(candidate, published)
    found = [(share, reason) for share, rule in _RULES if (reason := rule(subject)) is not None]
    found.sort(key=lambda fault: fault[0])
    score = 1.0
    for share, _ in found:
        score *= share
    return Resolvability(round(score, 6), tuple(reason for _, reason in found))


def _subject(candidate: Candidate, published: date | None) -> _Subject:
    event = candidate.quote
    for aside in (candidate.condition, candidate.horizon, candidate.hedge):
        if aside and re.search(rf"(?<!\w){re.escape(aside)}(?!\w)", event):
            event = re.sub(rf"(?<!\w){re.escape(aside)}(?!\w)", " ", event, count=1)
    deadline = candidate.horizon_end
    if deadline is None and candidate.horizon:
        deadline = interval_of(candidate.horizon, published)[1]
    return _Subject(candidate, " ".join(event.split()).strip(" ,;"), published, deadline)


# When ---------------------------------------------------------------------------------------


def _no_time(subject: _Subject) -> _Finding:
    return None if subject.candidate.horizon else "no date: it names no time"


def _time_without_a_day(subject: _Subject) -> _Finding:
    wording = subject.candidate.horizon
    if not wording or subject.deadline is not None:
        return None
    if subject.published is None and interval_of(wording, date(2000, 1, 1))[1] is not None:
        return f"no date: “{wording}” counts from the day of publication, which is not known"
    return f"no date: “{wording}” ends on no particular day"


def _time_already_over(subject: _Subject) -> _Finding:
    if subject.deadline is None or subject.published is None:
        return None
    over = subject.deadline < subject.published
    return "its time was over when it was published" if over else None


# What ---------------------------------------------------------------------------------------

_NAME_UNKNOWN = re.compile(
    r"(?:(?:and|but|that|so|then|even)\s+)*(it|this|that|these|those|they|he|she|such)\b", re.I
)


def _state_of_mind(subject: _Subject) -> _Finding:
    found = MIND.search(subject.event)
    return f"unobservable: “{found[0]}” is a state of mind" if found else None


def _vague_outcome(subject: _Subject) -> _Finding:
    found = VAGUE.search(subject.event)
    return f"vague outcome: what would count as “{found[0]}”?" if found else None


def _degree_without_threshold(subject: _Subject) -> _Finding:
    found = DEGREE.search(subject.event)
    if found is None or NUMBER.search(subject.event):
        return None
    return f"vague outcome: “{found[0]}” has no threshold"


def _several_events(subject: _Subject) -> _Finding:
    return "several events in one" if _has_several_events(subject.event) else None


def _someone_unnamed(subject: _Subject) -> _Finding:
    found = _NAME_UNKNOWN.match(subject.event)
    return f"“{found[1]}” stands for something said before" if found else None


# How sure -----------------------------------------------------------------------------------


def _bare_possibility(subject: _Subject) -> _Finding:
    if not subject.candidate.is_possibility:
        return None
    return f"bare possibility: “{subject.candidate.hedge}” fits either outcome"


def _condition(subject: _Subject) -> _Finding:
    if not subject.candidate.condition:
        return None
    return f"a condition to check first: “{' '.join(subject.candidate.condition.split())}”"


# The share of the score that a statement with this fault keeps.
_RULES: tuple[tuple[float, Callable[[_Subject], _Finding]], ...] = (
    (0.35, _state_of_mind),
    (0.40, _time_already_over),
    (0.50, _vague_outcome),
    (0.55, _no_time),
    (0.60, _bare_possibility),
    (0.65, _degree_without_threshold),
    (0.70, _time_without_a_day),
    (0.75, _several_events),
    (0.80, _condition),
    (0.85, _someone_unnamed),
)

_JOINED = re.compile(r"\b(?:and|or|but|as well as)\b|;|,\s+\w+ing\b", re.I)
_FEWEST_IN_A_LIST = 3  # two names joined by "and" are often one party or one thing


@lru_cache(maxsize=4096)
def _has_several_events(event: str) -> bool:
    """Whether verbs are coordinated, a consequence is added, or a list makes up the object."""
    if not _JOINED.search(event):
        return False
    doc = next(parse([event]))
    return any(_adds_an_event(token) for token in doc)


def _adds_an_event(token: Token) -> bool:
    if token.dep_ in {"conj", "advcl"} and not _is_aside(token):
        if token.dep_ == "conj":
            told = token.tag_ == "VBD"  # a past cannot be coordinated with what will happen
            return not told and {token.pos_, token.head.pos_} <= {"VERB", "AUX"}
        before = token.doc[token.left_edge.i - 1].text if token.left_edge.i else ""
        return token.tag_ == "VBG" and token.i > token.head.i and before == ","
    is_list = token.dep_ in {"dobj", "attr"} and len(token.conjuncts) + 1 >= _FEWEST_IN_A_LIST
    return is_list and not _is_aside(token.head)


def _is_aside(token: Token) -> bool:
    """Inside a clause that describes something and does not say what will happen."""
    return any(
        t.dep_ in {"relcl", "acl"}
        or (t.dep_ == "advcl" and t.tag_ != "VBG")
        or any(child.tag_ in {"WP", "WRB"} for child in t.children)
        for t in (token, *token.ancestors)
    )
