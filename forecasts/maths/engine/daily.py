"""Which days each forecast stands for, and scores averaged over them."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

DAY = np.uint64(86_400_000_000)

MOST_DAYS = 1 << 15
"""Of a window whose days floats count exactly: below this, the quotient of whole microseconds and
a day never rounds up to the next whole number."""


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
def daily_averages(
    pairs: int,
    row_starts: Ints,
    forecaster: Codes,
    made: Ints,
    losses: Floats,
    outcome: Ints,
    withdrawn: Bools,
    expires: Ints,
    marks: Ints,
    mark_starts: Ints,
    even: Bools,
) -> tuple[Codes, Codes, Floats, Floats, Floats]:
    """Return the columns question, forecaster, score, coverage and days of clustered rows.

    There are so many ``pairs`` of question and forecaster, each with the mean of the losses over
    the days on which one stood, NaN without any; the share of such days; and their number. With
    an ``outcome`` (not empty), ``losses`` are probabilities of "yes" and the loss is (p - o)^2.
    ``withdrawn`` and ``expires`` are empty where no row is or does.
    """
    whose, who = np.empty(pairs, dtype=np.int32), np.empty(pairs, dtype=np.int32)
    score, coverage, days = np.empty(pairs), np.empty(pairs), np.empty(pairs)
    squared, flagged = outcome.size > 0, withdrawn.size > 0 or expires.size > 0
    most, pair = most_rows(row_starts), 0
    terms, left = np.empty(most), np.empty(most, dtype=np.int32)
    for q in range(row_starts.size - 1):
        after, last = row_starts[q], row_starts[q + 1]
        low, high = mark_starts[q], mark_starts[q + 1]
        target = 1.0 if squared and outcome[q] == 0 else 0.0
        alike = even[q] and not flagged and low < high <= low + MOST_DAYS and after < last
        if alike:
            rows, window = (after, last), (marks[low], high - low)
            even_terms(rows, forecaster, made, losses, squared, target, window, terms, left)
        while after < last:
            first, f = after, forecaster[after]
            total, stood = 0.0, 0.0
            if alike:
                while after < last and forecaster[after] == f:
                    total += terms[after - row_starts[q]]
                    after += 1
                stood = left[first - row_starts[q]]
            else:
                while after < last and forecaster[after] == f:
                    after += 1
                rows, window, flags = (first, after), (low, high), (withdrawn, expires)
                total, stood = any_sums(
                    rows, made, losses, squared, target, *flags, marks, window, even[q]
                )
            whose[pair], who[pair] = q, f
            score[pair] = total / stood if stood else np.nan
            coverage[pair] = stood / max(high - low, 1)
            days[pair] = stood
            pair += 1
    return whose, who, score, coverage, days


@njit(nogil=True)
def most_rows(row_starts: Ints) -> int:
    """Return how many rows the largest question has."""
    most = 0
    for q in range(row_starts.size - 1):
        most = max(most, row_starts[q + 1] - row_starts[q])
    return most


@njit(nogil=True, error_model="numpy")
def even_terms(
    rows: tuple[int, int],
    forecaster: Codes,
    made: Ints,
    losses: Floats,
    squared: bool,
    target: float,
    window: tuple[int, int],
    terms: Floats,
    left: Codes,
) -> None:
    """Write each row's loss times its days to ``terms``, its days to the window's end to ``left``.

    The rows are those of one question, clustered, without flags; its ``window`` is its first mark
    and how many follow a day apart. As ``any_sums``, in loops that the compiler turns into vector
    instructions: no branches, and a division of floats. There are ``MOST_DAYS`` at most.
    """
    first, size = window
    low, high = first - np.int64(DAY), first + (size - 1) * np.int64(DAY)
    offset, n = rows[0], rows[1] - rows[0]
    for i in range(n):
        past = np.float64(min(max(made[offset + i], low), high) - low)
        left[i] = size - np.int32(past / 86_400_000_000.0)
    for i in range(n - 1):
        same = forecaster[offset + i + 1] == forecaster[offset + i]
        loss = losses[offset + i]
        loss = (loss - target) * (loss - target) if squared else loss
        terms[i] = loss * (left[i] - (left[i + 1] if same else np.int32(0)))
    loss = losses[offset + n - 1]
    terms[n - 1] = ((loss - target) * (loss - target) if squared else loss) * left[n - 1]


@njit(nogil=True)
def any_sums(
    rows: tuple[int, int],
    made: Ints,
    losses: Floats,
    squared: bool,
    target: float,
    withdrawn: Bools,
    expires: Ints,
    marks: Ints,
    window: tuple[int, int],
    even: bool,
) -> tuple[float, int]:
    """Return the sum of one pair's losses over its days and the number of these."""
    low, high = window
    upto = marks_until(made[rows[0]], marks, low, high, even)
    loss_sum, day_sum = 0.0, 0
    for row in range(rows[0], rows[1]):
        begin, upto = upto, high - low
        if row + 1 < rows[1]:
            upto = marks_until(made[row + 1], marks, low, high, even)
        end = upto
        if expires.size:
            end = min(end, marks_until(expires[row], marks, low, high, even))
        if end <= begin or (withdrawn.size and withdrawn[row]):
            continue
        loss = losses[row]
        if squared:
            loss = (loss - target) * (loss - target)
        loss_sum += loss * (end - begin)
        day_sum += end - begin
    return loss_sum, day_sum


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
