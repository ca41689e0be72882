"""Medians weighted by rank in age, after every change.

Each weight depends on how many older forecasts stand, so that one change moves many of them: the
time goes with the square of a question's forecasts.
"""

import numpy as np
from numba import njit

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.changes import Changes, ranked
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

TOLERANCE = 1e-12
"""As in ``weighted_median.weighted_median``."""

SCALE = 700.0
MOST = 1_900_000
"""As many weights exp(sqrt(i) - SCALE) are neither 0 nor infinite."""


def rank_weighted_medians(
    row_starts: Ints, values: Floats, made: Ints, changes: Changes, slot_starts: Ints
) -> Floats:
    """Return the weighted median of what stands at each slot, shape (slots,).

    The weights are those of ``weighted_median.rank_weights``; NaN where nothing stands. The
    arguments are those of ``sweep.middles`` and ``changes_of``, and when each row was made.

    Raises ValueError for a question with over ``MOST`` rows.
    """
    longest = int(np.diff(row_starts).max(initial=0))
    if longest > MOST:
        raise ValueError(f"metaculus_median takes up to {MOST} forecasts a question, got {longest}")
    ranks, order = ranked(row_starts, values)
    ages, by_age = ranked(row_starts, made)
    weights = np.exp(np.sqrt(np.arange(1, longest + 1)) - SCALE)
    return swept(
        row_starts, ranks, values[order], ages, ranks[by_age], weights,
        changes.starts, changes.rows, slot_starts,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def swept(
    row_starts: Ints,
    ranks: Ints,
    ordered: Floats,
    ages: Ints,
    ranks_by_age: Ints,
    weights: Floats,
    change_starts: Ints,
    changes: Ints,
    slot_starts: Ints,
) -> Floats:
    """Keep what stands in two lists: by value, and oldest first."""
    found = np.empty(slot_starts[-1])
    by_value, by_age = np.empty((2, weights.size), dtype=np.int32)
    share = np.empty(weights.size)
    for q in range(row_starts.size - 1):
        rows = slice(row_starts[q], row_starts[q + 1])
        median, count = np.nan, 0
        for slot in range(slot_starts[q], slot_starts[q + 1]):
            if change_starts[slot] < change_starts[slot + 1]:
                for i in range(change_starts[slot], change_starts[slot + 1]):
                    row = changes[i]
                    if row >= 0:
                        insert(ranks[row], by_value, count)
                        insert(ages[row], by_age, count)
                        count += 1
                    else:
                        remove(ranks[~row], by_value, count)
                        remove(ages[~row], by_age, count)
                        count -= 1
                total = spread(by_age[:count], ranks_by_age[rows], weights, share)
                median = middle(by_value[:count], ordered[rows], share, total)
            found[slot] = median
    return found


@njit(nogil=True)
def insert(key: int, keys: Codes, count: int) -> None:
    """Put a key where it belongs among the first ``count`` keys, which increase."""
    at = count
    while at and keys[at - 1] > key:
        keys[at] = keys[at - 1]
        at -= 1
    keys[at] = key


@njit(nogil=True)
def remove(key: int, keys: Codes, count: int) -> None:
    """Take a key out of the first ``count`` keys, which increase."""
    for at in range(np.searchsorted(keys[:count], key), count - 1):
        keys[at] = keys[at + 1]


@njit(nogil=True)
def spread(by_age: Codes, ranks_by_age: Ints, weights: Floats, share: Floats) -> float:
    """Write the weight of what stands at its rank into ``share``, and return the sum."""
    total = 0.0
    for i in range(by_age.size):
        weight = weights[i] if by_age.size > 2 else 1.0
        share[ranks_by_age[by_age[i]]] = weight
        total += weight
    return total


@njit(nogil=True)
def middle(by_value: Codes, ordered: Floats, share: Floats, total: float) -> float:
    """Return the weighted median of what stands; NaN if nothing does."""
    below = 0.0
    for i in range(by_value.size):
        below += share[by_value[i]] / total
        if below >= 0.5 - TOLERANCE:
            exact = below <= 0.5 + TOLERANCE and i + 1 < by_value.size
            above = by_value[i + 1] if exact else by_value[i]
            return float(ordered[by_value[i]] + ordered[above]) / 2
    return np.nan
