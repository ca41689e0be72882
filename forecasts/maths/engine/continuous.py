"""Between which instants each forecast stands, and scores integrated over time."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.columns import Codes

# See clusters.py: compiled functions call only compiled functions of their own file.


@njit(inline="always")
def standing(
    row: int, after: int, made: Ints, withdrawn: Bools, expires: Ints, opens: int, ends: int
) -> tuple[int, int]:
    """Return from when until when a row stands inside the window; nothing if they are equal."""
    begin, end = max(made[row], opens), ends
    if row + 1 < after:
        end = min(end, made[row + 1])
    if expires.size:
        end = min(end, expires[row])
    if withdrawn.size and withdrawn[row]:
        end = begin
    return begin, max(begin, end)


@njit(cache=True, nogil=True)
def continuous_sums(
    starts: Ints,
    pair_question: Codes,
    made: Ints,
    losses: Floats,
    withdrawn: Bools,
    expires: Ints,
    opens: Ints,
    ends: Ints,
) -> tuple[Floats, Floats]:
    """Return, for each pair, the integral of its losses over time and the time covered (us)."""
    pairs = starts.size - 1
    total, covered = np.zeros(pairs), np.zeros(pairs)
    for pair in range(pairs):
        after = starts[pair + 1]
        q = pair_question[pair]
        for row in range(starts[pair], after):
            begin, end = standing(row, after, made, withdrawn, expires, opens[q], ends[q])
            if end > begin:
                total[pair] += losses[row] * (end - begin)
                covered[pair] += end - begin
    return total, covered


@njit(cache=True, nogil=True)
def continuous_spans(
    starts: Ints,
    pair_question: Codes,
    made: Ints,
    withdrawn: Bools,
    expires: Ints,
    opens: Ints,
    ends: Ints,
) -> tuple[Codes, Codes, Floats, Ints]:
    """Cut each question's window wherever a forecast begins or ends to stand.

    Returns ``begin`` and ``end`` of each row, counted in pieces of its question, the length of
    every piece (us), and where each question's pieces start, shape (q + 1,).
    """
    begins = np.empty(made.size, dtype=np.int32)
    finish = np.empty(made.size, dtype=np.int32)
    cuts = np.empty(2 * made.size + 1, dtype=np.int64)
    lengths = np.empty(2 * made.size + opens.size)
    piece_starts = np.zeros(opens.size + 1, dtype=np.int64)
    first, pieces = 0, 0
    for q in range(opens.size):
        last, count = first, 1
        cuts[0] = opens[q]
        while last < pair_question.size and pair_question[last] == q:
            after = starts[last + 1]
            for row in range(starts[last], after):
                span = standing(row, after, made, withdrawn, expires, opens[q], ends[q])
                cuts[count], cuts[count + 1] = span
                count += 2
            last += 1
        at = _distinct(cuts[:count], ends[q])
        for pair in range(first, last):
            after = starts[pair + 1]
            for row in range(starts[pair], after):
                span = standing(row, after, made, withdrawn, expires, opens[q], ends[q])
                begins[row], finish[row] = (
                    np.searchsorted(at, span[0]),
                    np.searchsorted(at, span[1]),
                )
        for i in range(at.size):
            lengths[pieces] = (at[i + 1] if i + 1 < at.size else ends[q]) - at[i]
            pieces += 1
        piece_starts[q + 1] = pieces
        first = last
    return begins, finish, lengths[:pieces], piece_starts


@njit(cache=True, nogil=True)
def _distinct(cuts: Ints, end: int) -> Ints:
    """Return the distinct ones among ``cuts`` before ``end``, increasing."""
    ordered = np.sort(cuts)
    kept = 0
    for cut in ordered:
        if cut < end and (kept == 0 or cut != ordered[kept - 1]):
            ordered[kept] = cut
            kept += 1
    return ordered[:kept]
