"""Bringing forecasts into the order (question, forecaster, time), in linear time."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Ints
from forecasts.maths.engine.columns import Codes, Forecasts

# A compiled function here calls only compiled functions of its own file, in the whole engine:
# the cache on disk notices a change of the file of the function that was called, and no other.


def clustered(forecasts: Forecasts) -> Forecasts:
    """Return the rows sorted by (question, forecaster, made), equal ones in their old order.

    A counting sort, so linear in the rows where they already come in order of time; otherwise
    n log n.
    """
    if pair_count(forecasts.question, forecasts.forecaster, forecasts.made) >= 0:
        return forecasts
    made = forecasts.made
    if (made[1:] >= made[:-1]).all():
        order = np.arange(len(made))
    else:
        order = np.argsort(made, kind="stable")
    for codes in (forecasts.forecaster, forecasts.question):
        order = stable_order(codes, order, int(codes.max()) + 1)
    return forecasts.take(order)


@njit(cache=True, nogil=True)
def pair_count(question: Codes, forecaster: Codes, made: Ints) -> int:
    """Return how many pairs there are; -1 if the rows are not in the order of all three."""
    wrong, pairs = 0, min(made.size, 1)
    for i in range(1, made.size):
        step = np.int64(question[i]) - question[i - 1]
        turn = np.int64(forecaster[i]) - forecaster[i - 1]
        late = (turn < 0) | ((turn == 0) & (made[i] < made[i - 1]))
        wrong |= (step < 0) | ((step == 0) & late)  # without branches, so that it is vectorised
        pairs += (step != 0) | (turn != 0)
    return -1 if wrong else pairs


@njit(cache=True, nogil=True)
def stable_order(codes: Codes, order: Ints, size: int) -> Ints:
    """Return ``order`` sorted by ``codes[order]``, stable; codes lie in 0..size-1."""
    place = np.zeros(size + 1, dtype=np.int64)
    for code in codes:
        place[code + 1] += 1
    for code in range(size):
        place[code + 1] += place[code]
    result = np.empty_like(order)
    for row in order:
        code = codes[row]
        result[place[code]] = row
        place[code] += 1
    return result


def starts_of(codes: Codes, size: int) -> Ints:
    """Return where each of the codes 0..size-1 starts in the sorted column, shape (size + 1,)."""
    return np.searchsorted(codes, np.arange(size + 1, dtype=np.int32)).astype(np.int64)


@njit(cache=True, nogil=True)
def pairs_of(question: Codes, forecaster: Codes) -> tuple[Ints, Codes, Codes]:
    """Return where each (question, forecaster) starts in clustered rows, and who they are.

    Of shapes (p + 1,), with the row count at the end, (p,) and (p,).
    """
    starts = np.empty(question.size + 1, dtype=np.int64)  # memory that is not used is not taken
    count = 0
    for i in range(question.size):
        if i == 0 or question[i] != question[i - 1] or forecaster[i] != forecaster[i - 1]:
            starts[count] = i
            count += 1
    starts[count] = question.size
    first = starts[:count]
    return starts[: count + 1].copy(), question[first], forecaster[first]
