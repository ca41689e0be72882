"""How far a reliability curve may lie from the truth by chance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Floats
from forecasts.maths.isotonic import isotonic_fit
from forecasts.maths.pairs import check_pairs, pooled, sums


@dataclass(frozen=True, slots=True)
class Band:
    """A range at each distinct stated value."""

    stated: Floats  # shape (k,), increasing
    low: Floats  # shape (k,), in [0, 1]
    high: Floats  # shape (k,), in [0, 1]


def consistency_band(
    probabilities: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    questions: npt.ArrayLike | None = None,
    level: float = 0.9,
    replicates: int = 1000,
    rng: np.random.Generator,
) -> Band:
    """Return where a reliability curve would lie if every stated probability were right.

    A band around the diagonal, pointwise at ``level``: in each replicate every row happens with
    its own probability, and the curve is fitted again. The rows of one question share one
    uniform U and happen where U < p, because updates on one question come true together; rows
    drawn one by one would make the band far too narrow.

    ``probabilities``, ``weights`` and ``questions`` are those of ``reliability_curve``; what
    happened does not matter here. The same ``rng`` state gives the same band.

    Raises
    ------
    ValueError
        As ``reliability_curve``, or if not 0 < level < 1, or replicates < 1.
    """
    _check(level, replicates)
    rows = pooled(check_pairs(probabilities, np.zeros(np.shape(probabilities)), weights, questions))
    stated, where = np.unique(rows.probabilities, return_inverse=True)
    weight = sums(where, rows.weights, stated.size)
    count = int(rows.questions.max()) + 1

    curves = np.empty((replicates, stated.size))
    for curve in curves:
        happens = rng.random(count)[rows.questions] < rows.probabilities
        curve[:] = isotonic_fit(sums(where, rows.weights * happens, stated.size) / weight, weight)
    return _band(stated, curves, level)


def confidence_band(
    probabilities: npt.ArrayLike,
    happened: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    questions: npt.ArrayLike | None = None,
    level: float = 0.9,
    replicates: int = 1000,
    rng: np.random.Generator,
) -> Band:
    """Return where the reliability curve might have lain with other questions of the same kind.

    A band around the curve, pointwise at ``level``: in each replicate as many questions as there
    are get drawn with replacement, each with all of its rows, and the curve is fitted again. A
    stated value that a replicate lacks is read off the line between its neighbours, and beyond
    the last value off the last. The rows of one question are drawn together because updates are
    not independent; with a single question the band has no width and says nothing.

    Arguments and errors are those of ``reliability_curve`` and ``consistency_band``. The same
    ``rng`` state gives the same band.
    """
    _check(level, replicates)
    rows = pooled(check_pairs(probabilities, happened, weights, questions))
    stated, where = np.unique(rows.probabilities, return_inverse=True)
    count = int(rows.questions.max()) + 1

    curves = np.empty((replicates, stated.size))
    for curve in curves:
        times = np.bincount(rng.integers(count, size=count), minlength=count)
        drawn = rows.weights * times[rows.questions]
        weight = sums(where, drawn, stated.size)
        # Indices, not masks: they are taken several times.
        there, missing = np.flatnonzero(weight), np.flatnonzero(weight == 0)
        share = sums(where, drawn * rows.happened, stated.size)[there] / weight[there]
        curve[there] = isotonic_fit(share, weight[there])
        curve[missing] = np.interp(stated[missing], stated[there], curve[there])
    return _band(stated, curves, level)


def _check(level: float, replicates: int) -> None:
    if not 0 < level < 1:
        raise ValueError(f"level must fulfil 0 < level < 1, got {level}")
    if replicates < 1:
        raise ValueError(f"replicates must be at least 1, got {replicates}")


def _band(stated: Floats, curves: Floats, level: float) -> Band:
    low, high = np.quantile(curves, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Band(stated, low, high)
