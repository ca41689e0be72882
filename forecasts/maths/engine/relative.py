"""Sums over the slots on which forecasts stand: per slot, and per forecaster and question."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
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
    targets: Floats,
    factor: float,
    logs: Floats,
    which: Ints,
    slot_starts: Ints,
    slots: Floats,
) -> Floats:
    """Return what each pair's forecasts add up to over the slots on which they stand.

    ``losses`` to ``which`` are those of ``Block.losses`` and ``Block.logs``.
    ``slots`` has the shape (4, slots): each slot's weight w, the middle loss, how many stand
    (N), and the sum of their logs. Columns of the result, shape (pairs, 5): the sums of w,
    w loss, w log, w (loss - middle loss) and w c (log - g), with c = N/(N - 1), 0 for one alone,
    and g the mean of all logs.
    """
    result = np.zeros((pair_starts.size - 1, 5))
    until = np.zeros((longest(slot_starts) + 1, 4))
    question, target, own_logs = -1, 0.0, logs[0]
    for pair in range(pair_starts.size - 1):
        if pair_question[pair] != question:
            question = pair_question[pair]
            own_logs = logs[which[question]]
            target = targets[question] if targets.size else 0.0
            run(slots[:, slot_starts[question] : slot_starts[question + 1]], until)
        stood = own = told = ahead = peer = 0.0
        for row in range(pair_starts[pair], pair_starts[pair + 1]):
            begin, end = begins[row], ends[row]
            if begin < end:
                weight = until[end, 0] - until[begin, 0]
                loss = losses[row]
                if targets.size:
                    loss = factor * (loss - target) * (loss - target)
                loss *= weight
                stood += weight
                own += loss
                told += weight * own_logs[row]
                ahead += loss - (until[end, 1] - until[begin, 1])
                shared = (until[end, 2] - until[begin, 2]) * own_logs[row]
                peer += shared - (until[end, 3] - until[begin, 3])
        result[pair] = stood, own, told, ahead, peer
    return result


@njit(nogil=True)
def run(slots: Floats, until: Floats) -> None:
    """Sum up one question's w, w middle loss, w c and w c g from its first slot on."""
    for slot in range(slots.shape[1]):
        weight, middle, count, logs = slots[:, slot]
        factor = weight * count / (count - 1) if count > 1 else 0.0
        until[slot + 1, 0] = until[slot, 0] + weight
        until[slot + 1, 1] = until[slot, 1] + (weight * middle if count > 0 else 0.0)
        until[slot + 1, 2] = until[slot, 2] + factor
        until[slot + 1, 3] = until[slot, 3] + (factor * logs / count if count > 1 else 0.0)


@njit(cache=True, nogil=True)
def first_slots(
    pair_starts: Ints,
    pair_question: Codes,
    made: Ints,
    withdrawn: Bools,
    begins: Codes,
    window_ends: Ints,
) -> tuple[Ints, Ints]:
    """Return each pair's first slot after a forecast was made, and how many forecasts it has.

    Withdrawals and what was made at or after the window's end do not count. The first slot is 0
    where nothing does.
    """
    first = np.zeros(pair_starts.size - 1, dtype=np.int64)
    count = np.zeros(pair_starts.size - 1, dtype=np.int64)
    for pair in range(pair_starts.size - 1):
        over = window_ends[pair_question[pair]]
        for row in range(pair_starts[pair], pair_starts[pair + 1]):
            if made[row] < over and not (withdrawn.size and withdrawn[row]):
                if not count[pair]:
                    first[pair] = begins[row]
                count[pair] += 1
    return first, count


@njit(nogil=True)
def longest(starts: Ints) -> int:
    """Return how long the longest of the runs that start there is, 0 without any."""
    most = 0
    for i in range(starts.size - 1):
        most = max(most, starts[i + 1] - starts[i])
    return most
