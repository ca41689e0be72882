"""Sums over the forecasts that stand at each slot, and over slots."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.


@njit(cache=True, nogil=True)
def slot_sums(
    row_starts: Ints,
    begins: Codes,
    ends: Codes,
    column: Floats,
    others: Floats,
    slot_starts: Ints,
) -> Floats:
    """Return, at each slot, how many rows stand there and the sums of their values.

    ``column`` has shape (n,), ``others`` (v, n), the result (2 + v, slots). The other arguments
    are those of ``sweep.middles``.
    """
    kinds = 2 + others.shape[0]
    sums = np.empty((kinds, slot_starts[-1]))
    change = np.empty((longest(slot_starts) + 1, kinds))
    standing = np.empty(kinds)
    for q in range(row_starts.size - 1):
        first, count = slot_starts[q], slot_starts[q + 1] - slot_starts[q]
        change[: count + 1] = 0.0
        for row in range(row_starts[q], row_starts[q + 1]):
            begin, end = begins[row], ends[row]
            if begin < end:
                change[begin, 0] += 1.0
                change[end, 0] -= 1.0
                change[begin, 1] += column[row]
                change[end, 1] -= column[row]
                for v in range(2, kinds):
                    change[begin, v] += others[v - 2, row]
                    change[end, v] -= others[v - 2, row]
        standing[:] = 0.0
        for slot in range(count):
            for v in range(kinds):
                standing[v] += change[slot, v]
                sums[v, first + slot] = standing[v]
    return sums


@njit(cache=True, nogil=True)
def running(values: Floats, slot_starts: Ints) -> Floats:
    """Return the running sums of (slots, v) within each question, from 0 to the whole.

    Shape (slots + q, v): the entries of question i start at ``slot_starts[i] + i``, one more
    than it has slots, so that the sum over ``begin:end`` is a difference of two of them.
    """
    count = slot_starts.size - 1
    sums = np.zeros((values.shape[0] + count, values.shape[1]))
    for q in range(count):
        for slot in range(slot_starts[q], slot_starts[q + 1]):
            for v in range(values.shape[1]):
                sums[slot + q + 1, v] = sums[slot + q, v] + values[slot, v]
    return sums


@njit(nogil=True)
def longest(starts: Ints) -> int:
    """Return how long the longest of the runs that start there is, 0 without any."""
    most = 0
    for i in range(starts.size - 1):
        most = max(most, starts[i + 1] - starts[i])
    return most
