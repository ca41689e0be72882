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
    terms, stood = np.empty(most), np.empty(most, dtype=np.int32)
    for q in range(row_starts.size - 1):
        first, after, last = row_starts[q], row_starts[q], row_starts[q + 1]
        rows, window = (first, last), (mark_starts[q], mark_starts[q + 1])
        size = window[1] - window[0]
        said = (made, losses, squared, 1.0 if squared and outcome[q] == 0 else 0.0)
        if even[q] and not flagged and 0 < size <= MOST_DAYS and first < last:
            even_terms(rows, forecaster, *said, marks[window[0]], size, terms, stood)
        else:
            flags = (withdrawn, expires)
            any_terms(rows, forecaster, *said, *flags, marks, window, even[q], terms, stood)
        while after < last:
            f, total, count = forecaster[after], 0.0, stood[after - first]
            while after < last and forecaster[after] == f:
                total += terms[after - first]
                after += 1
            whose[pair], who[pair] = q, f
            score[pair] = total / count if count else np.nan
            coverage[pair] = count / max(size, 1)
            days[pair] = count
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
    first: int,
    size: int,
    terms: Floats,
    left: Codes,
) -> None:
    """Write each row's loss times its days to ``terms``, its days to the window's end to ``left``.

    The rows are those of one question, clustered, without flags; ``first`` is its first mark, and
    there are ``size`` of them a day apart, ``MOST_DAYS`` at most. As ``any_terms``, in loops that
    the compiler turns into vector instructions: no branches, and a division of floats.
    """
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
def any_terms(
    rows: tuple[int, int],
    forecaster: Codes,
    made: Ints,
    losses: Floats,
    squared: bool,
    target: float,
    withdrawn: Bools,
    expires: Ints,
    marks: Ints,
    window: tuple[int, int],
    even: bool,
    terms: Floats,
    stood: Codes,
) -> None:
    """Write each row's loss times its days to ``terms``, each pair's days to its first ``stood``.

    The rows are those of one question, clustered, its marks ``marks[window[0]:window[1]]``.
    """
    low, high = window
    head, after = rows[0], 0
    for row in range(rows[0], rows[1]):
        if row == rows[0] or forecaster[row] != forecaster[row - 1]:
            head, after = row, marks_until(made[row], marks, low, high, even)
            stood[head - rows[0]] = 0
        begin, after = after, high - low
        if row + 1 < rows[1] and forecaster[row + 1] == forecaster[row]:
            after = marks_until(made[row + 1], marks, low, high, even)
        end = (
            min(after, marks_until(expires[row], marks, low, high, even)) if expires.size else after
        )
        terms[row - rows[0]] = 0.0
        if begin < end and not (withdrawn.size and withdrawn[row]):
            loss = (losses[row] - target) * (losses[row] - target) if squared else losses[row]
            terms[row - rows[0]] = loss * (end - begin)
            stood[head - rows[0]] += end - begin


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
