"""The mean without the lowest and highest of what stands, after every change: n log n."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.changes import Changes, ranked
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

FAN = 16
ONE_IN = 10
"""So many of what stands, one is left out at either end."""


def trimmed_means(row_starts: Ints, values: Floats, changes: Changes, slot_starts: Ints) -> Floats:
    """Return the mean of the middle values that stand at each slot, shape (slots,).

    A tenth of them, rounded down, is left out at either end; NaN where nothing stands. The
    arguments are those of ``sweep.middles`` and ``changes_of``.
    """
    ranks, order = ranked(row_starts, values)
    return swept(row_starts, ranks, values[order], changes.starts, changes.rows, slot_starts)


@njit(cache=True, nogil=True)
def swept(
    row_starts: Ints,
    ranks: Ints,
    ordered: Floats,
    change_starts: Ints,
    changes: Ints,
    slot_starts: Ints,
) -> Floats:
    """Keep counts and sums in a tree over the ranked values, FAN children to a node.

    Sums are made anew from the children, so that no rounding error outlives its value.
    """
    found = np.empty(slot_starts[-1])
    for q in range(row_starts.size - 1):
        first = row_starts[q]
        values = ordered[first : row_starts[q + 1]]
        base = levels(values.size)
        counts, sums = np.zeros(base[-1], dtype=np.int32), np.zeros(base[-1])
        mean, total = np.nan, 0
        for slot in range(slot_starts[q], slot_starts[q + 1]):
            if change_starts[slot] < change_starts[slot + 1]:
                for i in range(change_starts[slot], change_starts[slot + 1]):
                    row = changes[i]
                    rank = ranks[max(row, -1 - row)]
                    total += 1 if row >= 0 else -1
                    switch(rank, values[rank], row >= 0, counts, sums, base)
                cut = total // ONE_IN
                kept = lowest(total - cut, counts, sums, base) - lowest(cut, counts, sums, base)
                mean = kept / (total - 2 * cut) if total else np.nan
            found[slot] = mean
    return found


@njit(nogil=True)
def levels(size: int) -> Ints:
    """Return where each level of the tree starts, leaves first, and the length of it all."""
    starts = np.zeros(18, dtype=np.int64)
    level = 0
    while True:
        size = (size + FAN - 1) // FAN
        starts[level + 1] = starts[level] + size * FAN
        level += 1
        if size <= 1:
            return starts[: level + 1]


@njit(nogil=True)
def switch(rank: int, value: float, stands: bool, counts: Codes, sums: Floats, base: Ints) -> None:
    """Have a value stand or not, and everything above it follow."""
    node = rank
    step = 1 if stands else -1
    sums[node] = value if stands else 0.0
    counts[node] += step
    for level in range(1, base.size - 1):
        node //= FAN
        counts[base[level] + node] += step
        sums[base[level] + node] = children_sum(sums, base[level - 1] + node * FAN)


@njit(nogil=True, fastmath={"reassoc", "nsz"})
def children_sum(tree: Floats, start: int) -> float:
    """Return the sum of one node's children."""
    # Unsigned, so that nothing is asked about negative indices and the loop is vectorised.
    first, total = np.uint64(start), 0.0
    for i in range(np.uint64(FAN)):
        total += tree[first + i]
    return total


@njit(nogil=True)
def lowest(count: int, counts: Codes, sums: Floats, base: Ints) -> float:
    """Return the sum of the ``count`` lowest values that stand; there are as many."""
    total = 0.0
    node = 0
    for level in range(base.size - 2, -1, -1):
        at = base[level] + node * FAN
        end = at + FAN
        while at < end and counts[at] <= count:
            count -= counts[at]
            total += sums[at]
            at += 1
        if not count:
            return total
        node = at - base[level]
    return total
