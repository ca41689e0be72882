"""The weighted middle of all standing values, after every change, in one sweep over time.

The values of a question are ranked once. A tree over the ranks, 8 children to a node, holds
the weights of those that stand; a forecast enters it where it begins to stand and leaves where
it ends. The middle is found by walking down from the top.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

FAN = 8
TOLERANCE = 1e-12
"""Cumulated weights this close to one half of the total, relative to it, count as one half."""


@njit(cache=True, nogil=True)
def middles(
    row_starts: Ints,
    ranks: Codes,
    begins: Codes,
    ends: Codes,
    weights: Floats,
    slot_starts: Ints,
) -> tuple[Ints, Ints]:
    """Return the rows that hold the weighted median at each slot.

    Question i has the rows ``row_starts[i]:row_starts[i + 1]`` with the ``ranks`` that
    ``ranks.ranks_of`` returns, and the slots ``slot_starts[i]:slot_starts[i + 1]``; a row stands
    on the slots ``begins:ends`` of its question. ``weights`` has shape (w, n): one median is
    taken for each w; a weight of 0 leaves a forecast out.

    Returns two arrays of shape (w, slots): the median is the mean of the values of the two rows,
    mostly one and the same; -1 where nothing stands.
    """
    low = np.full((weights.shape[0], slot_starts[-1]), -1)
    high = np.full((weights.shape[0], slot_starts[-1]), -1)
    for q in range(row_starts.size - 1):
        first, last = row_starts[q], row_starts[q + 1]
        slots = slice(slot_starts[q], slot_starts[q + 1])
        one, two = low[:, slots], high[:, slots]
        ranked = ranks[first:last]
        count = ranked.max() + 1 if last > first else 0
        if not count:
            continue
        adds, add_starts = by_slot(begins[first:last], ranked, count, one.shape[1])
        drops, drop_starts = by_slot(ends[first:last], ranked, count, one.shape[1])
        leaves = np.empty((weights.shape[0], count))
        holder = np.empty(count, dtype=np.int64)
        for row in range(first, last):
            if ranks[row] >= 0:
                holder[ranks[row]] = row
                for w in range(weights.shape[0]):
                    leaves[w, ranks[row]] = weights[w, row]
        sweep(leaves, adds, add_starts, drops, drop_starts, one, two)
        for w in range(one.shape[0]):
            for slot in range(one.shape[1]):
                if one[w, slot] >= 0:
                    one[w, slot], two[w, slot] = holder[one[w, slot]], holder[two[w, slot]]
    return low, high


@njit(nogil=True)
def by_slot(slot_of: Codes, ranks: Codes, count: int, slots: int) -> tuple[Codes, Codes]:
    """Return the ranks sorted by the slot of their row, and where each slot starts."""
    starts = np.zeros(slots + 3, dtype=np.int32)
    for row in range(ranks.size):
        if ranks[row] >= 0:
            starts[slot_of[row] + 2] += 1
    for slot in range(slots + 1):
        starts[slot + 2] += starts[slot + 1]
    sorted_ranks = np.empty(count, dtype=np.int32)
    for row in range(ranks.size):
        if ranks[row] >= 0:
            slot = slot_of[row] + 1
            sorted_ranks[starts[slot]] = ranks[row]
            starts[slot] += 1
    return sorted_ranks, starts


@njit(nogil=True)
def sweep(
    weights: Floats,
    adds: Codes,
    add_starts: Codes,
    drops: Codes,
    drop_starts: Codes,
    low: Ints,
    high: Ints,
) -> None:
    """Fill in the ranks of one question's middles by going through its slots in order."""
    base = levels(weights.shape[1])
    trees = np.zeros((weights.shape[0], base[-1]))
    stale = np.zeros(base[-1], dtype=np.bool_)
    queue = np.empty(base[-1] // FAN, dtype=np.int64)
    for slot in range(low.shape[1]):
        dropped = drops[drop_starts[slot] : drop_starts[slot + 1]]
        added = adds[add_starts[slot] : add_starts[slot + 1]]
        if slot and not dropped.size and not added.size:
            for w in range(weights.shape[0]):
                low[w, slot], high[w, slot] = low[w, slot - 1], high[w, slot - 1]
            continue
        for w in range(weights.shape[0]):
            for rank in dropped:
                trees[w, rank] = 0.0
            for rank in added:
                trees[w, rank] = weights[w, rank]
        waiting = 0
        if base.size > 2:
            waiting = enqueue(dropped, base[1], stale, queue, waiting)
            waiting = enqueue(added, base[1], stale, queue, waiting)
        refresh(trees, base, stale, queue, waiting)
        for w in range(weights.shape[0]):
            low[w, slot], high[w, slot] = middle(trees[w], base)


@njit(cache=True, nogil=True)
def levels(size: int) -> Ints:
    """Return where each level of the tree starts, leaves first, and the length of it all."""
    starts = [0]
    while True:
        size = (size + FAN - 1) // FAN
        starts.append(starts[-1] + size * FAN)
        if size == 1:
            return np.array(starts)


@njit(nogil=True, fastmath={"reassoc", "nsz"})
def children_sum(tree: Floats, start: int) -> float:
    """Return the sum of one node's children."""
    # Unsigned, so that nothing is asked about negative indices and the loop is vectorised.
    first, total = np.uint64(start), 0.0
    for i in range(np.uint64(FAN)):
        total += tree[first + i]
    return total


@njit(nogil=True)
def enqueue(
    ranks: Codes, start: int, stale: npt.NDArray[np.bool_], queue: Ints, waiting: int
) -> int:
    """Note the parents of these leaves, once each, and return how many nodes now wait."""
    for rank in ranks:
        node = rank // FAN
        if not stale[start + node]:
            stale[start + node] = True
            queue[waiting] = node
            waiting += 1
    return waiting


@njit(nogil=True)
def refresh(
    trees: Floats, base: Ints, stale: npt.NDArray[np.bool_], queue: Ints, waiting: int
) -> None:
    """Add up the waiting nodes anew, and then those above them.

    Adding and subtracting single weights would leave the rounding errors of weights that are
    gone, and these can be larger than all that remain.
    """
    for level in range(1, base.size - 1):
        parents = 0
        for i in range(waiting):
            node = queue[i]
            stale[base[level] + node] = False
            for w in range(trees.shape[0]):
                total = children_sum(trees[w], base[level - 1] + node * FAN)
                trees[w, base[level] + node] = total
            above = node // FAN
            if level + 2 < base.size and not stale[base[level + 1] + above]:
                stale[base[level + 1] + above] = True
                queue[parents] = above
                parents += 1
        waiting = parents


@njit(nogil=True)
def middle(tree: Floats, base: Ints) -> tuple[int, int]:
    """Return the ranks of the lower and upper weighted median, -1 of an empty tree."""
    top = base.size - 2
    total = children_sum(tree, base[top])
    if total == 0:
        return -1, -1
    slack = TOLERANCE * total
    node, below, last = 0, 0.0, 0
    for level in range(top, -1, -1):
        start = base[level] + node * FAN
        chosen = -1
        for i in range(FAN):
            weight = tree[start + i]
            if weight > 0:
                last = i
                if below + weight >= total / 2 - slack:
                    chosen = i
                    break
                below += weight
        if chosen < 0:  # rounding: the children fell short of their sum
            chosen = last
            below -= tree[start + last]
        node = node * FAN + chosen
    if below + tree[base[0] + node] > total / 2 + slack:
        return node, node
    return node, following(tree, base, node)


@njit(nogil=True)
def following(tree: Floats, base: Ints, rank: int) -> int:
    """Return the next rank that stands, or the same one if it is the last."""
    node = rank
    for level in range(base.size - 1):
        end = (node // FAN + 1) * FAN
        for sibling in range(node + 1, end):
            if tree[base[level] + sibling] > 0:
                found = sibling
                for lower in range(level - 1, -1, -1):
                    found *= FAN
                    while not tree[base[lower] + found] > 0:
                        found += 1
                return found
        node //= FAN
    return rank
