"""From a statement to the draft of a question: what the text settles, and what it leaves open."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from forecasts.reading.candidate import Candidate
from forecasts.reading.drafting.supposing import supposition
from forecasts.reading.drafting.wording import question_of
from forecasts.reading.horizons.dates import interval_of
from forecasts.reading.horizons.horizon import horizon_in

Answer = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A question for an analyst to edit. "[to decide: ...]" marks what the text does not say.

    A conditional draft hangs on its ``parent``, the question that settles the condition: it
    counts only if that is answered by ``parent_outcome``, and is annulled otherwise.
    """

    title: str
    background: str
    criteria: str
    closes_on: date | None
    parent: "Draft | None" = None
    parent_outcome: Answer | None = None


def draft_question(
    candidate: Candidate,
    *,
    publisher: str | None,
    author: str | None,
    title: str | None,
    published: date | None,
) -> Draft:
    """Draft a question from a statement and what is known about its article.

    The title asks for the affirmative event also where the statement denies
    it. A deadline is given only if one follows from the text; nothing that the
    text leaves open is filled in. A statement with a condition becomes two
    drafts: the condition is a question of its own.
    """
    candidate = _with_own_horizon(candidate, published)
    deadline = candidate.horizon_end
    question = question_of(candidate.quote, horizon=candidate.horizon if deadline else None,
                           condition=candidate.condition)  # fmt: skip
    background = _background(candidate, publisher, author, title, published)
    hangs_on = _condition(candidate, published)
    outcome = hangs_on.outcome if hangs_on else None
    return Draft(
        title=_asked(question, deadline),
        background=background,
        criteria="\n".join(_criteria(candidate, question, published, outcome)),
        closes_on=deadline,
        parent=_parent(hangs_on, background, published) if hangs_on else None,
        parent_outcome=outcome,
    )


def _with_own_horizon(candidate: Candidate, published: date | None) -> Candidate:
    """The time of the event where the one that was read is the time of the condition.

    "If she is elected in November, taxes will rise by 2026" is about 2026.
    """
    if not candidate.condition or not candidate.horizon:
        return candidate
    rest = candidate.quote.replace(candidate.condition, " ")
    if candidate.horizon not in candidate.condition or candidate.horizon in rest:
        return candidate
    horizon = horizon_in(rest, not_before=published.year if published else None)
    start, end = interval_of(horizon, published) if horizon else (None, None)
    return replace(candidate, horizon=horizon, horizon_start=start, horizon_end=end)


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition as a question, with the time it names."""

    words: str
    question: str
    outcome: Answer
    horizon: str | None
    start: date | None
    end: date | None


def _condition(candidate: Candidate, published: date | None) -> _Condition | None:
    if not candidate.condition:
        return None
    words = " ".join(candidate.condition.split())
    horizon = horizon_in(words, not_before=published.year if published else None)
    start, end = interval_of(horizon, published) if horizon else (None, None)
    found = supposition(words, horizon=horizon if end else None)
    if found is None:
        return None
    return _Condition(words, found.question, found.outcome, horizon, start, end)


def _parent(condition: _Condition, background: str, published: date | None) -> Draft:
    criteria = [
        f"Resolves YES if what is asked comes about: “{condition.question}?”",
        _window(condition.horizon, condition.start, condition.end, published),
        *_ENDING,
    ]
    return Draft(
        title=_asked(condition.question, condition.end),
        background=f"The condition “{condition.words}” of a statement. {background}",
        criteria="\n".join(criteria),
        closes_on=condition.end,
    )


_ENDING = (
    "Resolves NO otherwise.",
    "[to decide: what exactly counts as the event, with a threshold if it is one of degree]",
    "[to decide: which source settles it]",
)


def _asked(question: str, deadline: date | None) -> str:
    return f"{question} by {_day(deadline)}?" if deadline else f"{question}?"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _background(
    candidate: Candidate,
    publisher: str | None,
    author: str | None,
    title: str | None,
    published: date | None,
) -> str:
    source = candidate.speaker
    if candidate.speaker_kind in {"author", "publisher"}:
        source = author or publisher or "The author"
    where = f"in “{title}”" if title else "in an article"
    if publisher and publisher != source:
        where += f" ({publisher})"
    when = f", published on {_day(published)}" if published else ""
    quote = " ".join(candidate.quote.split()).rstrip(".")
    opening = source[:1].upper() + source[1:]
    return f"{opening} is cited {where}{when}: “{quote}”." if (
        candidate.speaker_kind in {"named", "unnamed"}
    ) else f"{opening} writes {where}{when}: “{quote}”."  # fmt: skip


def _criteria(
    candidate: Candidate, question: str, published: date | None, outcome: Answer | None
) -> list[str]:
    lines = [f"Resolves YES if what is asked comes about: “{question}?”"]
    lines.append(
        _window(candidate.horizon, candidate.horizon_start, candidate.horizon_end, published)
    )
    if candidate.condition:
        lines.extend(_on_condition(" ".join(candidate.condition.split()), outcome))
    return [*lines, *_ENDING]


def _on_condition(words: str, outcome: Answer | None) -> list[str]:
    """What becomes of the question if its condition is not met, and at the edges of that."""
    if outcome is None:
        return [f"[to decide: whether it is asked in any case, or only on “{words}”]"]
    return [
        f"Counts only on the condition “{words}”: only if the parent question is answered "
        f"{outcome}. Annulled if that turns out otherwise or is annulled itself.",
        "[to decide: whether the event counts if it comes about before the condition is met]",
    ]


def _window(
    horizon: str | None, start: date | None, end: date | None, published: date | None
) -> str:
    start = start or published
    if end is not None:
        since = f"from {_day(start)} " if start is not None and start < end else ""
        return f"Counts {since}up to and including {_day(end)} (“{horizon}”)."
    if horizon:
        return f"The text says “{horizon}”. [to decide: the deadline]"
    return "The text names no time. [to decide: the deadline]"
