"""What each forecaster on each question, and each crowd, scores over the slots where it stands."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.

Losses = tuple[Floats, Floats, float]
"""a, b of shape (q,) and f, for losses of f (a - b)^2; or, where f is 0, of a itself."""


@njit(cache=True, nogil=True)
def crowd_means(losses: Losses, stands: Bools, weights: Floats, slot_starts: Ints) -> Floats:
    """Return what each of v crowds scores on average where it stands, by weight, shape (v, q).

    The first of the ``losses`` has the shape (v, slots); NaN where no crowd stands.
    """
    values, targets, factor = losses
    means = np.full((values.shape[0], slot_starts.size - 1), np.nan)
    for q in range(slot_starts.size - 1):
        target = targets[q] if factor else 0.0
        heard = 0.0
        for slot in range(slot_starts[q], slot_starts[q + 1]):
            heard += weights[slot] if stands[slot] else 0.0
        for v in range(values.shape[0] if heard > 0 else 0):
            total = 0.0
            for slot in range(slot_starts[q], slot_starts[q + 1]):
                if stands[slot]:
                    total += weights[slot] * loss_of(values[v, slot], target, factor)
            means[v, q] = total / heard
    return means


@njit(cache=True, nogil=True)
def pair_scores(
    pairs: tuple[Ints, Codes],
    spans: tuple[Codes, Codes],
    losses: Losses,
    logs: tuple[Floats, Ints],
    slots: tuple[Ints, Floats, Floats],
    standing: tuple[Floats, Floats, Floats],
    imputed: Floats,
    log_options: float,
) -> Floats:
    """Return what each pair of question and forecaster scores, shape (6, pairs).

    The rows of the result: mean score, coverage, weight of the slots that are covered, relative,
    peer and baseline score; but for the second and third NaN where nothing stands.

    ``pairs`` and ``spans`` are where each pair's rows start and its question, and on which slots
    each row stands; ``losses`` and ``logs`` those of ``Block``; ``slots`` where each question's
    start, their weights, and the weight of each question's window until the scheduled close;
    ``standing`` is a ``Common``. ``imputed``, of shape (2, pairs), is a loss to add to each sum
    and its weight; ``log_options`` the log of how many options there are.
    """
    starts, whose = pairs
    begins, ends = spans
    values, targets, factor = losses
    slot_starts, weights, scheduled = slots
    result = np.full((6, whose.size), np.nan)
    until = np.zeros((longest(slot_starts) + 1, 4))
    question, target, own_logs, whole = -1, 0.0, logs[0][0], 0.0
    for pair in range(whose.size):
        if whose[pair] != question:
            question = whose[pair]
            own_logs = logs[0][logs[1][question]]
            target = targets[question] if factor else 0.0
            window = (slot_starts[question], slot_starts[question + 1])
            whole = run(window, weights, *standing, logs[1][question], target, factor, until)
        stood = own = told = ahead = peer = 0.0
        for row in range(starts[pair], starts[pair + 1]):
            begin, end = begins[row], ends[row]
            if begin < end:
                weight = until[end, 0] - until[begin, 0]
                loss = weight * loss_of(values[row], target, factor)
                stood += weight
                own += loss
                told += weight * own_logs[row]
                ahead += loss - (until[end, 1] - until[begin, 1])
                shared = (until[end, 2] - until[begin, 2]) * own_logs[row]
                peer += shared - (until[end, 3] - until[begin, 3])
        sums, filled = (stood, own, told, ahead, peer), (imputed[0, pair], imputed[1, pair])
        result[:, pair] = scored(sums, filled, whole, scheduled[question], log_options)
    return result


@njit(nogil=True)
def scored(
    sums: tuple[float, float, float, float, float],
    filled: tuple[float, float],
    whole: float,
    scheduled: float,
    log_options: float,
) -> tuple[float, float, float, float, float, float]:
    """Return one pair's column of ``pair_scores``, from its sums and its windows' weights."""
    stood, own, told, ahead, peer = sums
    whole, scheduled = max(whole, 1.0), max(scheduled, 1.0)
    if not stood > 0:
        return np.nan, stood / whole, stood, np.nan, np.nan, np.nan
    score = (own + filled[0]) / (stood + filled[1])
    baseline = 100 * (told + stood * log_options) / log_options / scheduled
    return score, stood / whole, stood, ahead / whole, 100 * peer / scheduled, baseline


@njit(nogil=True)
def loss_of(number: float, target: float, factor: float) -> float:
    """Return the loss that a number among the first of ``Losses`` stands for."""
    # Not the three of ``Losses``: an array handed on in a loop has its references counted.
    return factor * (number - target) * (number - target) if factor else number


@njit(nogil=True)
def run(
    window: tuple[int, int],
    weights: Floats,
    counts: Floats,
    middles: Floats,
    sums: Floats,
    which: int,
    target: float,
    factor: float,
    until: Floats,
) -> float:
    """Sum up one question's w, w middle loss, w c and w c g from its first slot on.

    With w the weight of a slot, N how many stand there, c = N/(N - 1), 0 for one alone, and g
    the mean of all logs. Returns the sum of all w.
    """
    first, last = window
    for slot in range(first, last):
        i, weight, count = slot - first, weights[slot], counts[slot]
        middle = shared = given = 0.0
        if count > 0:
            middle = loss_of(middles[0, slot], target, factor)
            middle = weight * ((middle + loss_of(middles[1, slot], target, factor)) / 2)
        if count > 1:
            shared = weight * count / (count - 1)
            given = shared * sums[which, slot] / count
        until[i + 1, 0] = until[i, 0] + weight
        until[i + 1, 1] = until[i, 1] + middle
        until[i + 1, 2] = until[i, 2] + shared
        until[i + 1, 3] = until[i, 3] + given
    return float(until[last - first, 0])


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
        over, some = window_ends[pair_question[pair]], 0
        row, last = pair_starts[pair], pair_starts[pair + 1]
        while last > row and made[last - 1] >= over:
            last -= 1
        while row < last and withdrawn.size and withdrawn[row]:
            row += 1
        if row < last:
            first[pair], some = begins[row], last - row
        for i in range(row, last if withdrawn.size else row):
            some -= withdrawn[i]
        count[pair] = some
    return first, count


@njit(nogil=True)
def longest(starts: Ints) -> int:
    """Return how long the longest of the runs that start there is, 0 without any."""
    most = 0
    for i in range(starts.size - 1):
        most = max(most, starts[i + 1] - starts[i])
    return most
