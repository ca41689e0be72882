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
    most, pair = (np.diff(row_starts).max() if row_starts.size > 1 else 0), 0
    terms, stood = np.empty(most), np.empty(most, dtype=np.int32)
    heads = np.empty(most + 1, dtype=np.int32)
    for q in range(row_starts.size - 1):
        first, last = row_starts[q], row_starts[q + 1]
        if first == last:
            continue
        window = (mark_starts[q], mark_starts[q + 1])
        size = window[1] - window[0]
        speaker = forecaster[first:last]
        said = (speaker, made[first:last], losses[first:last])
        target = 1.0 if squared and outcome[q] == 0 else 0.0
        if even[q] and not flagged and 0 < size <= MOST_DAYS:
            even_terms(*said, squared, target, marks[window[0]], size, terms, stood)
        else:
            flags = (withdrawn[first:last], expires[first:last])
            any_terms(*said, squared, target, *flags, marks, window, even[q], terms, stood)
        count = add_up(speaker, terms, heads, score[pair:])
        for i in range(count):
            whose[pair + i], who[pair + i] = q, speaker[heads[i]]
            days[pair + i] = stood[heads[i]]
        for i in range(pair, pair + count):
            score[i] = score[i] / days[i] if days[i] > 0 else np.nan
            coverage[i] = days[i] / max(size, 1)
        pair += count
    return whose, who, score, coverage, days


@njit(nogil=True)
def add_up(forecaster: Codes, terms: Floats, heads: Codes, totals: Floats) -> int:
    """Write where the rows of each forecaster begin, and the sums of their terms; return how many.

    What is written is written over until it is right: whether a row is a forecaster's last is
    hard to guess, and a wrong guess costs the processor more than that.
    """
    total, pair = 0.0, 0
    heads[0] = 0
    for i in range(forecaster.size - 1):
        total += terms[i]
        totals[pair], heads[pair + 1] = total, i + 1
        over = forecaster[i + 1] != forecaster[i]
        pair += over
        total = 0.0 if over else total
    totals[pair] = total + terms[forecaster.size - 1]
    return pair + 1


@njit(nogil=True, error_model="numpy")
def even_marks(moments: Ints, first: int, size: int, passed: Codes) -> None:
    """Write how many of ``size`` marks, a day apart from ``first`` on, are not after each moment.

    As ``marks_until``, for ``MOST_DAYS`` at most and without branches, with a division of floats,
    so that the compiler turns it into vector instructions.
    """
    low, high = first - np.int64(DAY), first + (size - 1) * np.int64(DAY)
    for i in range(moments.size):
        past = np.float64(min(max(moments[i], low), high) - low)
        passed[i] = np.int32(past / 86_400_000_000.0)


@njit(nogil=True)
def even_terms(
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
    the compiler turns into vector instructions.
    """
    n = made.size
    even_marks(made, first, size, left)
    for i in range(n):
        left[i] = size - left[i]
    for i in range(n):
        terms[i] = (losses[i] - target) * (losses[i] - target) if squared else losses[i]
    for i in range(n - 1):
        same = np.int32(forecaster[i + 1] == forecaster[i])
        terms[i] *= left[i] - left[i + 1] * same
    terms[n - 1] *= left[n - 1]


@njit(nogil=True)
def any_terms(
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
    head, after, n = 0, 0, made.size
    for row in range(n):
        if row == 0 or forecaster[row] != forecaster[row - 1]:
            head, after = row, marks_until(made[row], marks, low, high, even)
            stood[head] = 0
        begin, after = after, high - low
        if row + 1 < n and forecaster[row + 1] == forecaster[row]:
            after = marks_until(made[row + 1], marks, low, high, even)
        end = (
            min(after, marks_until(expires[row], marks, low, high, even)) if expires.size else after
        )
        terms[row] = 0.0
        if begin < end and not (withdrawn.size and withdrawn[row]):
            loss = (losses[row] - target) * (losses[row] - target) if squared else losses[row]
            terms[row] = loss * (end - begin)
            stood[head] += end - begin


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
    begins, ends = np.empty((2, made.size), dtype=np.int32)
    flagged, after = withdrawn.size > 0 or expires.size > 0, 0
    while after < starts.size - 1:
        pair, q = after, pair_question[after]
        while after < starts.size - 1 and pair_question[after] == q:
            after += 1
        rows, low, high = (starts[pair], starts[after]), mark_starts[q], mark_starts[q + 1]
        if even[q] and not flagged and 0 < high - low <= MOST_DAYS:
            even_marks(made[rows[0] : rows[1]], marks[low], high - low, begins[rows[0] : rows[1]])
        else:
            for row in range(*rows):
                begins[row] = marks_until(made[row], marks, low, high, even[q])
        for row in range(rows[0], rows[1] - 1):
            ends[row] = begins[row + 1]
        for last in range(pair, after):
            ends[starts[last + 1] - 1] = high - low
        for row in range(rows[0], rows[1] if flagged else rows[0]):
            if expires.size:
                ends[row] = min(ends[row], marks_until(expires[row], marks, low, high, even[q]))
            if withdrawn.size and withdrawn[row]:
                ends[row] = 0
    return begins, ends
