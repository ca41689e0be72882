"""Intervals of mean scores, from questions drawn again."""

import copy
from collections import OrderedDict
from threading import Lock

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.pairs import sums

LEAST_QUESTIONS = 10
"""With fewer, resampling draws the same few questions again and again."""

_BLOCK = 2**14
"""Draws at a time, so that they stay in the processor's cache."""

_KEPT = 2**26
"""Bytes of draws that are kept: the next board is made of groups of much the same sizes."""


def resampled_intervals(
    groups: Ints,
    questions: Ints,
    scores: Floats,
    size: int,
    *,
    replicates: int,
    rng: np.random.Generator,
) -> list[tuple[float, float] | None]:
    """Return the 95 % interval of each group's mean score, its questions drawn again.

    As many questions as a group has are drawn from them with replacement, ``replicates`` times,
    each with all of its scores; the interval goes from the 2.5th to the 97.5th percentile of the
    means. How often each question is drawn depends on the state of ``rng``, which is left as it is,
    and on the number of questions: groups of one size share the draws, and who else is there
    changes nobody's interval.

    Parameters
    ----------
    groups : int array of shape (n,)
        Codes 0..size-1.
    questions : int array of shape (n,)
        Codes; a group may have several scores on one question.
    scores : float array of shape (n,)
        Finite.

    Returns
    -------
    list of ``size`` pairs, None for a group with under ``LEAST_QUESTIONS`` questions
    """
    width = int(questions.max(initial=0)) + 1
    cells, cell = np.unique(groups * width + questions, return_inverse=True)
    totals, times = sums(cell, scores, cells.size), np.bincount(cell, minlength=cells.size)
    distinct = np.bincount(cells // width, minlength=size)
    starts = np.cumsum(distinct) - distinct
    found: list[tuple[float, float] | None] = [None] * size
    for n in np.unique(distinct[distinct >= LEAST_QUESTIONS]).tolist():
        alike = np.flatnonzero(distinct == n)
        own = starts[alike] + np.arange(n)[:, np.newaxis]
        means = _drawn_again(totals[own], times[own].astype(np.float64), replicates, rng)
        low, high = np.quantile(means, [0.025, 0.975], axis=0)
        for i, *interval in zip(alike.tolist(), low.tolist(), high.tolist(), strict=True):
            found[i] = (interval[0], interval[1])
    return found


def _drawn_again(
    totals: Floats, times: Floats, replicates: int, rng: np.random.Generator
) -> Floats:
    """Return the replicates' means, (r, m), of m groups of n questions from sums, both (n, m)."""
    n = len(totals)
    once = bool((times == 1).all())
    parts = []
    for drawn in np.array_split(_draws(n, replicates, rng), _blocks(n, replicates)):
        weights = drawn.astype(np.float64)
        parts.append(weights @ totals / (n if once else weights @ times))
    return np.concatenate(parts)


_draws_kept: OrderedDict[tuple[int, int, str], npt.NDArray[np.uint8 | np.uint16]] = OrderedDict()
_guard = Lock()


def _draws(n: int, replicates: int, rng: np.random.Generator) -> npt.NDArray[np.uint8 | np.uint16]:
    """Return how often each of n questions is drawn in each replicate, (r, n); ``rng`` stays."""
    key = (n, replicates, repr(rng.bit_generator.state))
    with _guard:
        if key in _draws_kept:
            _draws_kept.move_to_end(key)
            return _draws_kept[key]
    found = _drawn(n, replicates, copy.deepcopy(rng))
    with _guard:
        _draws_kept[key] = found
        while sum(one.nbytes for one in _draws_kept.values()) > _KEPT:
            _draws_kept.popitem(last=False)
    return found


def _drawn(n: int, replicates: int, rng: np.random.Generator) -> npt.NDArray[np.uint8 | np.uint16]:
    parts = []
    for part in np.array_split(np.arange(replicates), _blocks(n, replicates)):
        draws = rng.integers(n, size=(part.size, n), dtype=np.uint16 if n < 2**16 else np.int64)
        place = draws + n * np.arange(part.size)[:, np.newaxis]
        drawn = np.bincount(place.ravel(), minlength=part.size * n).reshape(part.size, n)
        parts.append(drawn.astype(np.uint8 if drawn.max() < 2**8 else np.uint16))
    return np.concatenate(parts)


def _blocks(n: int, replicates: int) -> int:
    return 1 + replicates * n // _BLOCK
