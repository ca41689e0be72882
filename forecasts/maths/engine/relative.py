"""Sums over the slots on which forecasts stand: per slot, and per forecaster and question."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.


@njit(cache=True, nogil=True)
def slot_sums(
    row_starts: Ints, begins: Codes, ends: Codes, values: Floats, slot_starts: Ints
) -> Floats:
    """Return, at each slot, the sums of the values that stand there.

    ``values`` has shape (v, n), the result (v, slots). The other arguments are those of
    ``sweep.middles``, with ``row_starts`` over all rows.
    """
    sums = np.empty((values.shape[0], slot_starts[-1]))
    for q in range(row_starts.size - 1):
        first, count = slot_starts[q], slot_starts[q + 1] - slot_starts[q]
        change = np.zeros((values.shape[0], count + 1))
        for v in range(values.shape[0]):
            for row in range(row_starts[q], row_starts[q + 1]):
                if begins[row] < ends[row]:
                    change[v, begins[row]] += values[v, row]
                    change[v, ends[row]] -= values[v, row]
            standing = 0.0
            for slot in range(count):
                standing += change[v, slot]
                sums[v, first + slot] = standing
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


@njit(cache=True, nogil=True)
def question_sums(values: Floats, slot_starts: Ints) -> Floats:
    """Return the sums of (v, slots) over the slots of each question, shape (v, q)."""
    sums = np.zeros((values.shape[0], slot_starts.size - 1))
    for v in range(values.shape[0]):
        for q in range(slot_starts.size - 1):
            for slot in range(slot_starts[q], slot_starts[q + 1]):
                sums[v, q] += values[v, slot]
    return sums


@njit(cache=True, nogil=True)
def pair_sums(
    pair_starts: Ints,
    pair_question: Codes,
    begins: Codes,
    ends: Codes,
    losses: Floats,
    logs: Floats,
    slot_starts: Ints,
    sums: Floats,
) -> Floats:
    """Return what each pair's forecasts add up to over the slots on which they stand.

    ``sums`` are the ``running`` ones of, per slot: its weight w; w times the middle loss; w c;
    and w c g, with c = N/(N - 1) and g the mean of all logs. Columns of the result, shape
    (pairs, 5): the sums of w, w loss, w log, w (loss - middle loss) and w c (log - g).
    """
    result = np.zeros((pair_starts.size - 1, 5))
    for pair in range(pair_starts.size - 1):
        q = pair_question[pair]
        origin = slot_starts[q] + q
        for row in range(pair_starts[pair], pair_starts[pair + 1]):
            if begins[row] >= ends[row]:
                continue
            one, two = origin + begins[row], origin + ends[row]
            weight = sums[two, 0] - sums[one, 0]
            own = weight * losses[row]
            result[pair, 0] += weight
            result[pair, 1] += own
            result[pair, 2] += weight * logs[row]
            result[pair, 3] += own - (sums[two, 1] - sums[one, 1])
            shared = (sums[two, 2] - sums[one, 2]) * logs[row]
            result[pair, 4] += shared - (sums[two, 3] - sums[one, 3])
    return result


@njit(cache=True, nogil=True)
def first_slots(pair_starts: Ints, begins: Codes, counted: Bools) -> tuple[Ints, Ints]:
    """Return each pair's first slot after a forecast was made, and how many forecasts it has.

    ``counted`` are the forecasts made before the end; the rest and withdrawals are not.
    The first slot is that of the first of them; 0 where there is none.
    """
    first = np.zeros(pair_starts.size - 1, dtype=np.int64)
    count = np.zeros(pair_starts.size - 1, dtype=np.int64)
    for pair in range(pair_starts.size - 1):
        for row in range(pair_starts[pair], pair_starts[pair + 1]):
            if counted[row]:
                if not count[pair]:
                    first[pair] = begins[row]
                count[pair] += 1
    return first, count
