"""From a statement to the draft of a question: what the text settles, and what it leaves open."""

from dataclasses import dataclass
from datetime import date

from forecasts.reading.candidate import Candidate
from forecasts.reading.wording import question_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A question for an analyst to edit. "[to decide: ...]" marks what the text does not say."""

    title: str
    background: str
    criteria: str
    closes_on: date | None


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
    text leaves open is filled in.
    """
    deadline = candidate.horizon_end
    question = question_of(candidate.quote, horizon=candidate.horizon if deadline else None,
                           condition=candidate.condition)  # fmt: skip
    ending = f" by {_day(deadline)}?" if deadline else "?"
    return Draft(
        title=question + ending,
        background=_background(candidate, publisher, author, title, published),
        criteria="\n".join(_criteria(candidate, question, published)),
        closes_on=deadline,
    )


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


def _criteria(candidate: Candidate, question: str, published: date | None) -> list[str]:
    lines = [f"Resolves YES if what is asked comes about: “{question}?”"]
    lines.append(_window(candidate, published))
    if candidate.condition:
        lines.append(
            f"Holds only on the condition “{' '.join(candidate.condition.split())}”; "
            "annulled if that is not met."
        )
        lines.append("[to decide: how it is established that the condition was met]")
    lines.append("Resolves NO otherwise.")
    lines.append(
        "[to decide: what exactly counts as the event, with a threshold if it is one of degree]"
    )
    lines.append("[to decide: which source settles it]")
    return lines


def _window(candidate: Candidate, published: date | None) -> str:
    end, start = candidate.horizon_end, candidate.horizon_start or published
    if end is not None:
        since = f"from {_day(start)} " if start is not None and start < end else ""
        return f"Counts {since}up to and including {_day(end)} (“{candidate.horizon}”)."
    if candidate.horizon:
        return f"The text says “{candidate.horizon}”. [to decide: the deadline]"
    return "The text names no time. [to decide: the deadline]"
