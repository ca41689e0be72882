"""The forecasts of each question in order of their value, in linear time where values spread."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.


@njit(cache=True, nogil=True)
def ranks_of(row_starts: Ints, begins: Codes, ends: Codes, values: Floats) -> Codes:
    """Return each row's rank by value within its question, from 0; equal ones in any order.

    Only rows that stand at all (``begins < ends``) are ranked; -1 for the others. Question i has
    the rows ``row_starts[i]:row_starts[i + 1]``. Ranked values are finite.
    """
    ranks = np.full(values.size, -1, dtype=np.int32)
    rows = np.empty(values.size, dtype=np.int64)
    taken = np.empty(values.size)
    for q in range(row_starts.size - 1):
        count = 0
        for row in range(row_starts[q], row_starts[q + 1]):
            if begins[row] < ends[row]:
                rows[count], taken[count] = row, values[row]
                count += 1
        if count:
            order = sorted_by(taken[:count])
            for rank in range(count):
                ranks[rows[order[rank]]] = rank
    return ranks


@njit(cache=True, nogil=True)
def sorted_by(values: Floats) -> Ints:
    """Return the order of finite values, as argsort does, in linear time where they spread."""
    n = values.size
    lowest, highest = values.min(), values.max()
    if lowest == highest:
        return np.arange(n)
    scale = (2 * n - 1) / (highest - lowest)
    if n < 8 or not np.isfinite(scale):
        return np.argsort(values, kind="mergesort")
    starts = np.zeros(2 * n + 2, dtype=np.int32)
    bucket = np.empty(n, dtype=np.int32)
    for i in range(n):
        bucket[i] = min(int((values[i] - lowest) * scale), 2 * n - 1)
        starts[bucket[i] + 2] += 1
    for i in range(2 * n):
        starts[i + 2] += starts[i + 1]
    order = np.empty(n, dtype=np.int64)
    for i in range(n):
        order[starts[bucket[i] + 1]] = i
        starts[bucket[i] + 1] += 1
    # Every entry of ``starts`` has moved to where the next bucket starts.
    for i in range(2 * n):
        if starts[i + 1] - starts[i] > 1:
            sort_bucket(values, order[starts[i] : starts[i + 1]])
    return order


@njit(cache=True, nogil=True)
def sort_bucket(values: Floats, order: Ints) -> None:
    """Sort ``order`` in place by the values it points to: few of them, or many equal ones."""
    moves = 0
    for i in range(1, order.size):
        one, j = order[i], i
        while j > 0 and values[order[j - 1]] > values[one]:
            order[j] = order[j - 1]
            j -= 1
        order[j] = one
        moves += i - j
        if moves > 16 * order.size:  # neither few nor equal
            order[:] = order[np.argsort(values[order], kind="mergesort")]
            return
