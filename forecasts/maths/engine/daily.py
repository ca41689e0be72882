"""Which days each forecast stands for, and scores averaged over them."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

DAY = np.uint64(86_400_000_000)


@njit(inline="always")
def marks_until(moment: int, marks: Ints, low: int, high: int, even: bool) -> int:
    """Return how many of ``marks[low:high]``, a day apart if ``even``, are not after ``moment``."""
    size = high - low
    if size == 0 or moment < marks[low]:
        return 0
    # Unsigned, because dividing by a constant is then a multiplication.
    guess = min(int(np.int64(np.uint64(moment - marks[low]) // DAY)) + 1, size)
    if even:
        return guess
    # Nearly every day has 24 hours: the guess is right, or nearly.
    while guess < size and marks[low + guess] <= moment:
        guess += 1
    while marks[low + guess - 1] > moment:
        guess -= 1
    return guess


@njit(cache=True, nogil=True)
def daily_sums(
    starts: Ints,
    pair_question: Codes,
    made: Ints,
    losses: Floats,
    outcome: Ints,
    withdrawn: Bools,
    expires: Ints,
    marks: Ints,
    mark_starts: Ints,
    even: Bools,
) -> tuple[Floats, Floats]:
    """Return, for each pair, the sum of its losses over its days and the number of these.

    Pair i has the rows ``starts[i]:starts[i + 1]``. With an ``outcome`` (not empty), ``losses``
    are probabilities of "yes" and the loss is (p - o)^2. ``withdrawn`` and ``expires`` are empty
    where no row is or does.
    """
    pairs = starts.size - 1
    total, days = np.zeros(pairs), np.zeros(pairs)
    squared = outcome.size > 0
    for pair in range(pairs):
        first, after = starts[pair], starts[pair + 1]
        low, high = mark_starts[pair_question[pair]], mark_starts[pair_question[pair] + 1]
        regular = even[pair_question[pair]]
        happened = 1.0 if squared and outcome[pair_question[pair]] == 0 else 0.0
        upto = marks_until(made[first], marks, low, high, regular)
        loss_sum, day_sum = 0.0, 0
        for row in range(first, after):
            begin = upto
            upto = (
                marks_until(made[row + 1], marks, low, high, regular)
                if row + 1 < after
                else high - low
            )
            end = upto
            if expires.size:
                end = min(end, marks_until(expires[row], marks, low, high, regular))
            if end <= begin or (withdrawn.size and withdrawn[row]):
                continue
            loss = losses[row]
            if squared:
                loss = (loss - happened) * (loss - happened)
            loss_sum += loss * (end - begin)
            day_sum += end - begin
        total[pair], days[pair] = loss_sum, day_sum
    return total, days


@njit(cache=True, nogil=True)
def daily_spans(
    starts: Ints,
    pair_question: Codes,
    made: Ints,
    withdrawn: Bools,
    expires: Ints,
    marks: Ints,
    mark_starts: Ints,
    even: Bools,
) -> tuple[Codes, Codes]:
    """Return the days ``begin:end`` of each row's question on which the row stands.

    ``end <= begin`` where it stands on none.
    """
    begins = np.empty(made.size, dtype=np.int32)
    ends = np.empty(made.size, dtype=np.int32)
    for pair in range(starts.size - 1):
        first, after = starts[pair], starts[pair + 1]
        low, high = mark_starts[pair_question[pair]], mark_starts[pair_question[pair] + 1]
        regular = even[pair_question[pair]]
        upto = marks_until(made[first], marks, low, high, regular)
        for row in range(first, after):
            begins[row] = upto
            upto = (
                marks_until(made[row + 1], marks, low, high, regular)
                if row + 1 < after
                else high - low
            )
            ends[row] = upto
            if expires.size:
                ends[row] = min(upto, marks_until(expires[row], marks, low, high, regular))
            if withdrawn.size and withdrawn[row]:
                ends[row] = 0
    return begins, ends
