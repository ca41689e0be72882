"""The middle of all standing values, after every change, in one sweep over time.

The values of a question are ranked once. A cursor stays at the median, with the count or weight
of what stands below it; after a change it moves on by the few places that the median does.
Where it would have to move too far too often, ``tree.py`` does the work.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

CROWDED = 16
"""Moves per value after which putting values into their places one by one is given up."""

PATIENCE = 64
"""Places per forecast that a cursor may move before it gives up."""

TOLERANCE = 1e-12
"""Cumulated weights this close to one half of the total, relative to it, count as one half."""

ROUNDING = 2.0**-53
"""How far a rounded sum may be off, relative to it."""

Flags = npt.NDArray[np.int8]


@njit(cache=True, nogil=True)
def middles(
    row_starts: Ints,
    begins: Codes,
    ends: Codes,
    values: Floats,
    weights: Floats,
    slot_starts: Ints,
) -> tuple[Floats, Bools]:
    """Return the two middle values at each slot, and the two that hold the weighted median.

    Question i has the rows ``row_starts[i]:row_starts[i + 1]``, in order of forecaster and time,
    and the slots ``slot_starts[i]:slot_starts[i + 1]``; a row stands on the slots
    ``begins:ends`` of its question. Values that stand are finite. ``weights`` are positive, of
    shape (1, n), or (0, n): then no weighted median is taken.

    The first result has the shape (2, slots) or (4, slots): lower and upper median, which are
    mostly one and the same, then those by weight; NaN where nothing stands. The second, of shape
    (q,), says for which questions this was done; for the others the first means nothing.
    """
    found = np.empty((2 + 2 * len(weights), slot_starts[-1]))
    done = np.ones(row_starts.size - 1, dtype=np.bool_)
    most = longest(row_starts) + 1
    # Used by one question after the other, so that it stays in the processor's cache.
    rows, ranks, order = np.empty((3, most), dtype=np.int32)
    taken, ranked, weight_of, standing = np.empty((4, most))
    places, after, begun, ceased = np.empty((4, 2 * most), dtype=np.int32)
    heads = np.empty(longest(slot_starts), dtype=np.int32)
    there = np.empty(most, dtype=np.int8)
    for q in range(done.size):
        count = 0
        for row in range(row_starts[q], row_starts[q + 1]):
            rows[count], taken[count] = row, values[row]
            count += begins[row] < ends[row]
        sort_into(taken[:count], places, order, ranked)
        for rank in range(count):
            ranks[order[rank]] = rank
        slots = slice(slot_starts[q], slot_starts[q + 1])
        size = slots.stop - slots.start
        link(rows[:count], ranks, begins, ends, heads[:size], after, begun, ceased)
        chains = (heads[:size], after, begun, ceased)
        done[q] = by_count(ranked[:count], there, *chains, found[:2, slots])
        if len(weights) and done[q]:
            for rank in range(count):
                weight_of[rank] = weights[0, rows[order[rank]]]
            done[q] = by_weight(ranked[:count], weight_of, standing, *chains, found[2:, slots])
    return found, done


@njit(cache=True, nogil=True)
def sort_into(values: Floats, places: Codes, order: Codes, ordered: Floats) -> None:
    """Write the values in increasing order, and their order as argsort returns it.

    They are dealt into 2 n ranges of equal width, and then moved past the few others of their
    range; too crowded ranges are left to a merge sort. ``places`` is room to work in.
    """
    if not values.size:
        return
    lowest, highest = values[0], values[0]
    for value in values:
        lowest, highest = min(lowest, value), max(highest, value)
    spread = highest - lowest
    scale = (2 * values.size - 1) / spread if spread > 0 else 0.0
    if not np.isfinite(scale):
        scale = 0.0
    places[: 2 * values.size + 1] = 0
    for value in values:
        places[np.uint32((value - lowest) * scale) + np.uint32(1)] += 1
    for i in range(2 * values.size):
        places[i + 1] += places[i]
    for i in range(values.size):
        box = np.uint32((values[i] - lowest) * scale)
        place = places[box]
        places[box] = place + 1
        order[place], ordered[place] = i, values[i]
    if not settle(order[: values.size], ordered[: values.size]):
        order[: values.size] = np.argsort(values, kind="mergesort")
        ordered[: values.size] = values[order[: values.size]]


@njit(nogil=True)
def settle(order: Codes, ordered: Floats) -> bool:
    """Sort in place what is nearly sorted, and return whether that was so."""
    patience = CROWDED * ordered.size
    for i in range(1, ordered.size):
        value = ordered[i]
        if ordered[i - 1] <= value:
            continue
        row, j = order[i], i
        while j > 0 and ordered[j - 1] > value:
            order[j], ordered[j] = order[j - 1], ordered[j - 1]
            j -= 1
        order[j], ordered[j] = row, value
        patience -= i - j
        if patience < 0:
            return False
    return True


@njit(nogil=True)
def link(
    rows: Codes,
    ranks: Codes,
    begins: Codes,
    ends: Codes,
    heads: Codes,
    after: Codes,
    begun: Codes,
    ceased: Codes,
) -> None:
    """Chain the changes of one question, of rows in order of forecaster and time.

    Mostly one row ceases to stand where the next begins to: these are one change.
    """
    heads[:] = -1
    change, end, before = 0, heads.size, -1
    for i in range(rows.size):
        begin = begins[rows[i]]
        if end != begin and end < heads.size:
            begun[change], ceased[change], after[change] = -1, before, heads[end]
            heads[end] = change
            change += 1
        begun[change], ceased[change] = ranks[i], before if end == begin else -1
        after[change] = heads[begin]
        heads[begin] = change
        change += 1
        end, before = ends[rows[i]], ranks[i]
    if end < heads.size:
        begun[change], ceased[change], after[change] = -1, before, heads[end]
        heads[end] = change


@njit(nogil=True)
def by_count(
    values: Floats,
    there: Flags,
    heads: Codes,
    after: Codes,
    begun: Codes,
    ceased: Codes,
    found: Floats,
) -> bool:
    """Fill in one question's medians, and return whether that was done with patience."""
    patience = PATIENCE * (values.size + 1)
    there[: values.size] = 0
    cursor = below = total = 0
    low = high = np.nan
    for slot in range(heads.size):
        change = heads[slot]
        if change >= 0:
            while change >= 0:
                rank = begun[change]
                if rank >= 0:
                    there[rank] = 1
                    total += 1
                    below += rank < cursor
                rank = ceased[change]
                if rank >= 0:
                    there[rank] = 0
                    total -= 1
                    below -= rank < cursor
                change = after[change]
            low = high = np.nan
            if total:
                start, goal = cursor, (total - 1) // 2
                while below > goal:
                    cursor -= 1
                    below -= there[cursor]
                while below < goal or not there[cursor]:
                    below += there[cursor]
                    cursor += 1
                above = cursor + 1 - total % 2
                while not there[above]:
                    above += 1
                patience -= abs(cursor - start) + above - cursor
                if patience < 0:
                    return False
                low, high = values[cursor], values[above]
        found[0, slot], found[1, slot] = low, high
    return True


@njit(nogil=True)
def by_weight(
    values: Floats,
    weight_of: Floats,
    standing: Floats,
    heads: Codes,
    after: Codes,
    begun: Codes,
    ceased: Codes,
    found: Floats,
) -> bool:
    """Fill in one question's weighted medians, and return whether that was done with patience.

    Weights that come and go leave their rounding errors in the sums, and these can be larger
    than all that remains: ``doubt`` is how large they may be, and too much of it has the sums
    made anew.
    """
    patience = PATIENCE * (values.size + 1)
    standing[: values.size] = 0.0
    cursor = 0
    total = below = doubt = 0.0
    low = high = np.nan
    for slot in range(heads.size):
        change = heads[slot]
        if change >= 0:
            while change >= 0:
                rank = begun[change]
                if rank >= 0:
                    standing[rank] = weight_of[rank]
                    total += weight_of[rank]
                    below += weight_of[rank] if rank < cursor else 0.0
                    doubt += ROUNDING * (total + below)
                rank = ceased[change]
                if rank >= 0:
                    doubt += ROUNDING * (total + below)
                    standing[rank] = 0.0
                    total -= weight_of[rank]
                    below -= weight_of[rank] if rank < cursor else 0.0
                change = after[change]
            if doubt >= TOLERANCE * total / 4:
                patience -= values.size // 8
                below = sum_of(standing, 0, cursor)
                total = below + sum_of(standing, cursor, values.size)
                doubt = 0.0
            low = high = np.nan
            if total:
                start, half, slack = cursor, total / 2, TOLERANCE * total
                while cursor and below >= half - slack:
                    cursor -= 1
                    below -= standing[cursor]
                while cursor < values.size and below + standing[cursor] < half - slack:
                    below += standing[cursor]
                    cursor += 1
                above = cursor
                if cursor < values.size and below + standing[cursor] <= half + slack:
                    above += 1
                    while above < values.size and not standing[above]:
                        above += 1
                doubt += ROUNDING * total * abs(cursor - start)
                patience -= abs(cursor - start) + above - cursor
                if patience < 0 or above >= values.size:  # the latter by rounding alone
                    return False
                low, high = values[cursor], values[above]
        found[0, slot], found[1, slot] = low, high
    return True


@njit(nogil=True, fastmath={"reassoc", "nsz"})
def sum_of(values: Floats, start: int, end: int) -> float:
    """Return the sum of ``values[start:end]``, in any order."""
    total = 0.0
    for i in range(start, end):
        total += values[i]
    return total


@njit(nogil=True)
def longest(starts: Ints) -> int:
    """Return how long the longest of the runs that start there is, 0 without any."""
    most = 0
    for i in range(starts.size - 1):
        most = max(most, starts[i + 1] - starts[i])
    return most
