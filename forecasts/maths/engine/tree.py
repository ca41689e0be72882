"""The middle of all standing values, after every change, however they move: n log n.

What ``sweep.middles`` does, for the questions with which it loses patience. A tree over the
ranked values, FAN children to a node, counts those that stand, and another adds up their
weights. A middle is found by walking down from the top.
"""

import numpy as np
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

FAN = 16
TOLERANCE = 1e-12
"""As in ``sweep``."""


def middles_of_one(
    begins: Codes, ends: Codes, values: Floats, weights: Floats, slots: int
) -> Floats:
    """Return what ``sweep.middles`` does, for the rows of a single question."""
    rows = np.flatnonzero(begins < ends)
    rows = rows[np.argsort(values[rows], kind="stable")]
    return swept(begins[rows], ends[rows], values[rows], weights[:, rows], slots)


@njit(cache=True, nogil=True)
def swept(begins: Codes, ends: Codes, values: Floats, weights: Floats, slots: int) -> Floats:
    """Return the middles of rows that all stand, in the order of their values."""
    found = np.full((2 + 2 * len(weights), slots), np.nan)
    base = levels(values.size)
    standing = np.zeros(base[-1], dtype=np.int32)
    heavy = np.zeros(base[-1])
    stale = np.zeros(base[-1], dtype=np.bool_)
    queue = np.empty(base[-1] // FAN + 1, dtype=np.int64)
    heads = np.full(slots, -1, dtype=np.int32)
    after = link(begins, ends, heads)
    for slot in range(slots):
        change = heads[slot]
        if change < 0:
            if slot:
                found[:, slot] = found[:, slot - 1]
            continue
        total = switch(change, after, standing, base)
        if len(weights):
            weigh(change, after, heavy, weights[0], base, stale, queue)
        if total:
            found[0, slot] = values[nth(standing, base, (total - 1) // 2)]
            found[1, slot] = values[nth(standing, base, total // 2)]
            if len(weights):
                low, high = weighted_middle(standing, heavy, base)
                found[2, slot], found[3, slot] = values[low], values[high]
    return found


@njit(nogil=True)
def link(begins: Codes, ends: Codes, heads: Codes) -> Codes:
    """Chain the changes at each slot: ``heads`` has the first, the result the one after each.

    Change 2r is that rank r begins to stand, 2r + 1 that it ceases to; -1 ends a chain.
    """
    after = np.empty(2 * begins.size, dtype=np.int32)
    for rank in range(begins.size):
        after[2 * rank] = heads[begins[rank]]
        heads[begins[rank]] = 2 * rank
        if ends[rank] < heads.size:
            after[2 * rank + 1] = heads[ends[rank]]
            heads[ends[rank]] = 2 * rank + 1
    return after


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
def switch(change: int, after: Codes, standing: Codes, base: Ints) -> int:
    """Count what begins and ceases to stand, and return how many stand now."""
    while change >= 0:
        step = 1 - 2 * (change & 1)
        node = change >> 1
        for level in range(base.size - 1):
            standing[base[level] + node] += step
            node //= FAN
        change = after[change]
    total = 0
    for node in range(base[-2], base[-1]):
        total += standing[node]
    return total


@njit(nogil=True)
def nth(standing: Codes, base: Ints, place: int) -> int:
    """Return the rank of the standing one that ``place`` others stand below."""
    node = 0
    for level in range(base.size - 2, -1, -1):
        at = base[level] + node * FAN
        while place >= standing[at]:
            place -= standing[at]
            at += 1
        node = at - base[level]
    return node


@njit(nogil=True)
def weigh(
    change: int,
    after: Codes,
    heavy: Floats,
    weight_of: Floats,
    base: Ints,
    stale: Bools,
    queue: Ints,
) -> None:
    """Set the weights of what begins and ceases to stand, and add up the nodes above anew.

    Adding and subtracting single weights would leave the rounding errors of weights that are
    gone, and these can be larger than all that remain.
    """
    waiting = 0
    while change >= 0:
        rank = change >> 1
        heavy[rank] = 0.0 if change & 1 else weight_of[rank]
        node = rank // FAN
        if base.size > 2 and not stale[base[1] + node]:
            stale[base[1] + node] = True
            queue[waiting] = node
            waiting += 1
        change = after[change]
    for level in range(1, base.size - 1):
        parents = 0
        for i in range(waiting):
            node = queue[i]
            stale[base[level] + node] = False
            heavy[base[level] + node] = children_sum(heavy, base[level - 1] + node * FAN)
            above = node // FAN
            if level + 2 < base.size and not stale[base[level + 1] + above]:
                stale[base[level + 1] + above] = True
                queue[parents] = above
                parents += 1
        waiting = parents


@njit(nogil=True, fastmath={"reassoc", "nsz"})
def children_sum(tree: Floats, start: int) -> float:
    """Return the sum of one node's children."""
    # Unsigned, so that nothing is asked about negative indices and the loop is vectorised.
    first, total = np.uint64(start), 0.0
    for i in range(np.uint64(FAN)):
        total += tree[first + i]
    return total


@njit(nogil=True)
def weighted_middle(standing: Codes, heavy: Floats, base: Ints) -> tuple[int, int]:
    """Return the ranks of the lower and upper weighted median of what stands, at least one."""
    top = base.size - 2
    total = children_sum(heavy, base[top])
    half, slack = total / 2, TOLERANCE * total
    node, below = 0, 0.0
    for level in range(top, -1, -1):
        at = base[level] + node * FAN
        end = at + FAN
        while at < end and below + heavy[at] < half - slack:
            below += heavy[at]
            at += 1
        if at == end:  # rounding: the children fell short of their sum
            at -= 1
            while not standing[at]:
                at -= 1
            below -= heavy[at]
        node = at - base[level]
    if below + heavy[node] > half + slack:
        return node, node
    return node, following(standing, base, node)


@njit(nogil=True)
def following(standing: Codes, base: Ints, rank: int) -> int:
    """Return the next rank that stands, or the same one if it is the last."""
    node = rank
    for level in range(base.size - 1):
        end = (node // FAN + 1) * FAN
        for sibling in range(node + 1, end):
            if standing[base[level] + sibling]:
                found = sibling
                for lower in range(level - 1, -1, -1):
                    found *= FAN
                    while not standing[base[lower] + found]:
                        found += 1
                return found
        node //= FAN
    return rank
