"""Days of UTC, counted and laid out: plain arithmetic, as they all have 24 hours."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Ints

# See clusters.py: compiled functions call only compiled functions of their own file.
_DAY = 86_400_000_000


@njit(cache=True, nogil=True)
def day_counts(opens: Ints, ends: Ints) -> Ints:
    """Return how many marks ``days.day_marks`` finds in each window, with days of UTC."""
    counts = np.zeros(opens.size, dtype=np.int64)
    for q in range(opens.size):
        if ends[q] > opens[q]:
            # A window without any midnight has its end for its only mark.
            counts[q] = max(ends[q] // _DAY - opens[q] // _DAY, 1)
    return counts


@njit(cache=True, nogil=True)
def utc_marks(opens: Ints, ends: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Return as many marks of each window one after another, and where each window's start.

    What is not as many as ``day_counts`` has only got its room.
    """
    starts = np.zeros(opens.size + 1, dtype=np.int64)
    for q in range(opens.size):
        starts[q + 1] = starts[q] + counts[q]
    marks = np.empty(starts[-1], dtype=np.int64)
    for q in range(opens.size):
        first = min((opens[q] // _DAY + 1) * _DAY, ends[q])
        for day in range(counts[q]):
            marks[starts[q] + day] = first + day * _DAY
    return marks, starts
