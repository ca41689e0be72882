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
    first, counts, elsewhere = _utc_days(questions.opens, questions.ends, questions)
    lists = {
        i: day_marks(int(questions.opens[i]), int(questions.ends[i]), questions.zones[i])
        for i in elsewhere
    }
    for i, marks in lists.items():
        counts[i] = marks.size
    starts = np.concatenate([[0], np.cumsum(counts)])
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], counts)
    flat = np.repeat(first, counts) + within * DAY
    for i, marks in lists.items():
        flat[starts[i] : starts[i + 1]] = marks
    even = np.ones(len(questions), dtype=np.bool_)
    even[elsewhere] = False
    return Days(flat, starts, even)


def scheduled_days(questions: Questions, days: Days) -> Floats:
    """Return how many day marks ``[opens, closes)`` of each question has; ``days`` are its own."""
    if np.array_equal(questions.closes, questions.ends):
        return np.diff(days.starts).astype(np.float64)
    _, counts, elsewhere = _utc_days(questions.opens, questions.closes, questions)
    for i in elsewhere:
        opens, closes = int(questions.opens[i]), int(questions.closes[i])
        counts[i] = day_marks(opens, closes, questions.zones[i]).size
    return counts.astype(np.float64)


def _utc_days(opens: Ints, ends: Ints, questions: Questions) -> tuple[Ints, Ints, list[int]]:
    """Return first marks and counts by UTC days, and which questions have another zone."""
    first = (opens // DAY + 1) * DAY
    counts = np.maximum(ends // DAY - opens // DAY, 0)
    # A window without any midnight has its end for its only mark; an empty one has none.
    lone = (counts == 0) & (ends > opens)
    first, counts = np.where(lone, ends, first), np.where(lone, 1, counts)
    return first, counts, [i for i, zone in enumerate(questions.zones) if zone is not UTC]
