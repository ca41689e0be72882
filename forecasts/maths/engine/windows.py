"""The scored days of many questions at once."""

from dataclasses import dataclass
from datetime import UTC

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.days import day_marks
from forecasts.maths.engine.columns import Questions

DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Days:
    """The ends of the days in each question's window, one after another."""

    marks: Ints
    """Microseconds since the epoch; increasing within a question."""

    starts: Ints
    """Shape (q + 1,), where each question's marks start."""

    even: Bools
    """Shape (q,), whether a question's marks are known to be 24 hours apart."""


def window_days(questions: Questions) -> Days:
    """Return the day marks of ``[opens, ends)`` of each question, as ``days.day_marks`` does."""
    from forecasts.maths.engine import midnights  # loads the compiler

    elsewhere = _elsewhere(questions, questions.ends)
    counts = _counts(questions, questions.ends, elsewhere)
    flat, starts = midnights.utc_marks(questions.opens, questions.ends, counts)
    even = np.ones(len(questions), dtype=np.bool_)
    for i, marks in elsewhere.items():
        flat[starts[i] : starts[i + 1]] = marks
        even[i] = False
    return Days(flat, starts, even)


def scheduled_days(questions: Questions, days: Days) -> Floats:
    """Return how many day marks ``[opens, closes)`` of each question has; ``days`` are its own."""
    if (questions.closes == questions.ends).all():
        return (days.starts[1:] - days.starts[:-1]).astype(np.float64)
    elsewhere = _elsewhere(questions, questions.closes)
    return _counts(questions, questions.closes, elsewhere).astype(np.float64)


def _elsewhere(questions: Questions, ends: Ints) -> dict[int, Ints]:
    """Return the day marks of those with another zone than UTC."""
    return {
        i: day_marks(int(questions.opens[i]), int(ends[i]), zone)
        for i, zone in enumerate(questions.zones)
        if zone is not UTC
    }


def _counts(questions: Questions, ends: Ints, elsewhere: dict[int, Ints]) -> Ints:
    from forecasts.maths.engine import midnights  # loads the compiler

    counts = midnights.day_counts(questions.opens, ends)
    for i, marks in elsewhere.items():
        counts[i] = marks.size
    return counts
