"""The middle of all standing values, after every change, in one sweep over time.

The values of a question are ranked once. A cursor stays at the median, with the count or weight
of what stands below it; after a change it moves on by the few places that the median does.
Where it would have to move too far too often, ``tree.py`` does the work.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

CROWDED = 16
"""Moves per value after which putting values into their places one by one is given up."""

PATIENCE = 64
"""Places per forecast that a cursor may move before it gives up."""

TOLERANCE = 1e-12
"""Cumulated weights this close to one half of the total, relative to it, count as one half."""

ROUNDING = 2.0**-104
"""How far a sum in two parts may be off after one more term, relative to all it has been."""

Flags = npt.NDArray[np.int8]


def middles(
    row_starts: Ints,
    begins: Codes,
    ends: Codes,
    values: Floats,
    weights: Floats,
    slot_starts: Ints,
) -> tuple[Floats, Ints]:
    """Return the two middle values at each slot, and the two that hold the weighted median.

    Question i has the rows ``row_starts[i]:row_starts[i + 1]``, in order of forecaster and time,
    and the slots ``slot_starts[i]:slot_starts[i + 1]``; a row stands on the slots
    ``begins:ends`` of its question. Values that stand are finite. ``weights`` are positive, of
    shape (1, n), or (0, n): then no weighted median is taken.

    The first result has the shape (2, slots) or (4, slots): lower and upper median, which are
    mostly one and the same, then those by weight; NaN where nothing stands. The second, of shape
    (q,), says by how many places the cursors were moved for each question: all the work that may
    grow faster than its rows, and no more than ``PATIENCE`` a row and cursor. Where that was not
    enough it is -1, and the first means nothing.
    """
    most = int(np.diff(row_starts).max(initial=0)) + 1
    # Used by one question after the other, so that it stays in the processor's cache; and made
    # by numpy, which asks for large pages for what is large: the next value is rarely nearby.
    codes, floats = np.empty((13, most), dtype=np.int32), np.empty((3, most))
    until = np.empty(int(np.diff(slot_starts).max(initial=0)), dtype=np.int32)
    there = np.empty(most, dtype=np.int8)
    found = np.empty((2 + 2 * len(weights), slot_starts[-1]))
    moves = swept(
        row_starts, begins, ends, values, weights, slot_starts, codes, floats, until, there, found
    )
    return found, moves


@njit(cache=True, nogil=True)
def swept(
    row_starts: Ints,
    begins: Codes,
    ends: Codes,
    values: Floats,
    weights: Floats,
    slot_starts: Ints,
    codes: Codes,
    floats: Floats,
    until: Codes,
    there: Flags,
    found: Floats,
) -> Ints:
    """Fill in what ``middles`` finds and return its moves; the last arguments are room to work."""
    moves = np.empty(row_starts.size - 1, dtype=np.int64)
    rows, ranks, order = codes[:3]
    taken, ranked, weighed = floats
    places = codes[3:5].reshape(-1)
    drawn, changes = codes[5:9].reshape(-1, 2), codes[9:13].reshape(-1, 2)
    for q in range(moves.size):
        count = 0
        for row in range(row_starts[q], row_starts[q + 1]):
            rows[count], taken[count] = row, values[row]
            count += begins[row] < ends[row]
        sort_into(taken[:count], places, order, ranked)
        for rank in range(count):
            ranks[order[rank]] = rank
        slots = slice(slot_starts[q], slot_starts[q + 1])
        ends_of = until[: slots.stop - slots.start]
        deal(rows[:count], ranks, begins, ends, ends_of, places, drawn, changes)
        moves[q] = by_count(ranked[:count], there, ends_of, changes, found[:2, slots])
        if len(weights) and moves[q] >= 0:
            for rank in range(count):
                weighed[rank] = weights[0, rows[order[rank]]]
            more = by_weight(
                ranked[:count], weighed[:count], there, ends_of, changes, found[2:, slots]
            )
            moves[q] = moves[q] + more if more >= 0 else -1
    return moves


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
def deal(
    rows: Codes,
    ranks: Codes,
    begins: Codes,
    ends: Codes,
    until: Codes,
    at: Codes,
    drawn: Codes,
    changes: Codes,
) -> None:
    """Write one question's ``changes``, slot after slot, and ``until`` where each slot's go.

    A change is the rank that begins to stand and the one that ceases to, -1 for none: mostly one
    row of a forecaster ceases where the next begins. A counting sort, so that what is read slot
    after slot lies side by side; ``at`` and ``drawn`` are room to work in.
    """
    until[:] = 0
    count, end, before = 0, until.size, -1
    for i in range(rows.size):
        begin = begins[rows[i]]
        if end != begin and end < until.size:
            at[count], drawn[count, 0], drawn[count, 1] = end, -1, before
            until[end] += 1
            count += 1
        at[count], drawn[count, 0] = begin, ranks[i]
        drawn[count, 1] = before if end == begin else -1
        until[begin] += 1
        count += 1
        end, before = ends[rows[i]], ranks[i]
    if end < until.size:
        at[count], drawn[count, 0], drawn[count, 1] = end, -1, before
        until[end] += 1
        count += 1
    total = 0
    for slot in range(until.size):
        until[slot], total = total, total + until[slot]
    for i in range(count):
        place = until[at[i]]
        until[at[i]] = place + 1
        changes[place, 0], changes[place, 1] = drawn[i, 0], drawn[i, 1]


@njit(nogil=True)
def by_count(values: Floats, there: Flags, until: Codes, changes: Codes, found: Floats) -> int:
    """Fill in one question's medians, and return the moves it took; -1 if patience ran out."""
    there[: values.size] = 0
    first = cursor = below = total = moves = 0
    low = high = np.nan
    for slot in range(until.size):
        if first < until[slot]:
            for i in range(first, until[slot]):
                rank = changes[i, 0]
                if rank >= 0:
                    there[rank] = 1
                    total += 1
                    below += rank < cursor
                rank = changes[i, 1]
                if rank >= 0:
                    there[rank] = 0
                    total -= 1
                    below -= rank < cursor
            first = until[slot]
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
                moves += abs(cursor - start) + above - cursor
                if moves > PATIENCE * (values.size + 1):
                    return -1
                low, high = values[cursor], values[above]
        found[0, slot], found[1, slot] = low, high
    return moves


@njit(nogil=True)
def by_weight(
    values: Floats,
    weights: Floats,
    there: Flags,
    until: Codes,
    changes: Codes,
    found: Floats,
) -> int:
    """Fill in one question's weighted medians, and return what ``by_count`` does.

    Weights that come and go leave their rounding errors in the sums, and these can be larger
    than all that remains: ``doubt`` is how large they may be, and too much of it has the sums
    made anew. Sums of one number each would need that after every few thousand changes, and so,
    the more there are, nearly every day; sums of two hardly ever do.
    """
    there[: values.size] = 0
    first, cursor, moves, doubt = 0, 0, 0, 0.0
    total, total_rest, below, below_rest = 0.0, 0.0, 0.0, 0.0
    low = high = np.nan
    for slot in range(until.size):
        if first < until[slot]:
            met = 0.0
            for i in range(first, until[slot]):
                came = went = came_below = went_below = 0.0
                rank = changes[i, 0]
                if rank >= 0:
                    there[rank] = 1
                    came = weights[rank]
                    came_below = came if rank < cursor else 0.0
                rank = changes[i, 1]
                if rank >= 0:
                    there[rank] = 0
                    went = weights[rank]
                    went_below = went if rank < cursor else 0.0
                step, lost = two_sum(came, -went)
                total, more = two_sum(total, step)
                total_rest += lost + more
                step, lost = two_sum(came_below, -went_below)
                below, more = two_sum(below, step)
                below_rest += lost + more
                met += total + below + came
            total, total_rest = two_sum(total, total_rest)
            below, below_rest = two_sum(below, below_rest)
            doubt += ROUNDING * (until[slot] - first) * met
            first = until[slot]
            if doubt >= TOLERANCE * total / 4:
                moves += values.size
                below, below_rest = sum_of(weights[:cursor], there)
                total, total_rest = sum_of(weights, there)
                doubt = ROUNDING * values.size * total
            low = high = np.nan
            if total:
                start, half, slack = cursor, total / 2, TOLERANCE * total
                while cursor and below >= half - slack:
                    cursor -= 1
                    if there[cursor]:
                        below, below_rest = added(below, below_rest, -weights[cursor])
                while cursor < values.size:
                    if there[cursor]:
                        if below + weights[cursor] >= half - slack:
                            break
                        below, below_rest = added(below, below_rest, weights[cursor])
                    cursor += 1
                above = cursor
                if cursor < values.size and below + weights[cursor] <= half + slack:
                    above += 1
                    while above < values.size and not there[above]:
                        above += 1
                doubt += ROUNDING * total * abs(cursor - start)
                moves += abs(cursor - start) + above - cursor
                # No value is left above by rounding alone.
                if moves > PATIENCE * (values.size + 1) or above >= values.size:
                    return -1
                low, high = values[cursor], values[above]
        found[0, slot], found[1, slot] = low, high
    return moves


@njit(nogil=True)
def two_sum(a: float, b: float) -> tuple[float, float]:
    """Return the rounded sum of two numbers, and what the rounding took from it.

    Exact whichever is larger: Knuth, "The Art of Computer Programming", volume 2, theorem B of
    section 4.2.2.
    """
    total = a + b
    taken = total - a
    return total, (a - (total - taken)) + (b - taken)


@njit(nogil=True)
def added(total: float, rest: float, value: float) -> tuple[float, float]:
    """Return the sum of a number in two parts and a value, in two parts again."""
    total, lost = two_sum(total, value)
    return two_sum(total, lost + rest)


@njit(nogil=True)
def sum_of(weights: Floats, there: Flags) -> tuple[float, float]:
    """Return the sum of the weights that are there, in two parts."""
    total = rest = 0.0
    for rank in range(weights.size):
        if there[rank]:
            total, rest = added(total, rest, weights[rank])
    return total, rest
