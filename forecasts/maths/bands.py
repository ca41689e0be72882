"""How far a reliability curve may lie from the truth by chance."""

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.isotonic import isotonic_fit
from forecasts.maths.pairs import Pairs, check_pairs, pooled, sums

_STRIP = 256
_AT_ONCE = 50
"""Replicates that are worked on at a time."""

COMPILED_FROM = 5_000
"""Rows from which a compiled function pays; few of them never need the compiler."""


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
    nothing = np.zeros(np.shape(probabilities))
    rows = check_pairs(probabilities, nothing, weights, questions)
    return consistency_band_of(rows, level=level, replicates=replicates, rng=rng)


def consistency_band_of(
    rows: Pairs, *, level: float = 0.9, replicates: int = 1000, rng: np.random.Generator
) -> Band:
    """Return the ``consistency_band`` of checked rows."""
    _check(level, replicates)
    rows, stated, where = _by_value(replace(rows, happened=np.zeros(rows.happened.size)))
    weight = sums(where, rows.weights, stated.size)
    starts = np.flatnonzero(np.diff(where, prepend=-1))
    count = int(rows.questions.max()) + 1

    curves = np.empty((replicates, stated.size))
    for first in range(0, replicates, _AT_ONCE):
        part = curves[first : first + _AT_ONCE]
        luck = rng.random((len(part), count))
        part[:] = _events(rows, starts, luck)
        for curve in part:
            curve[:] = isotonic_fit(curve / weight, weight)
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
    rows, stated, where = _by_value(check_pairs(probabilities, happened, weights, questions))
    events = rows.weights * rows.happened
    count = int(rows.questions.max()) + 1

    curves = np.empty((replicates, stated.size))
    for curve in curves:
        times = np.bincount(rng.integers(count, size=count), minlength=count).astype(np.float64)
        drawn = times[rows.questions]
        weight = sums(where, rows.weights * drawn, stated.size)
        share = sums(where, events * drawn, stated.size)
        # Indices, not masks: they are taken several times.
        there, missing = np.flatnonzero(weight > 0), np.flatnonzero(weight == 0)
        weight = weight[there]
        curve[there] = fitted = isotonic_fit(share[there] / weight, weight)
        curve[missing] = np.interp(stated[missing], stated[there], fitted)
    return _band(stated, curves, level)


def _events(rows: Pairs, starts: Ints, luck: Floats) -> Floats:
    """Return the weight of what happens at each stated value, (r, k), with luck (r, questions)."""
    if rows.questions.size >= COMPILED_FROM:
        from forecasts.maths.engine import replicates  # loads the compiler

        return replicates.events(rows.probabilities, rows.weights, rows.questions, starts, luck)
    happens = luck[:, rows.questions] < rows.probabilities
    found: Floats = np.add.reduceat(happens * rows.weights, starts, axis=1)
    return found


def _by_value(rows: Pairs) -> tuple[Pairs, Floats, Ints]:
    """Return pooled rows by probability, its distinct values, and which of them each row has."""
    rows = pooled(rows)
    order = np.argsort(rows.probabilities, kind="stable")
    rows = Pairs(*(getattr(rows, each.name)[order] for each in fields(Pairs)))
    stated, where = np.unique(rows.probabilities, return_inverse=True)
    return rows, stated, where


def _check(level: float, replicates: int) -> None:
    if not 0 < level < 1:
        raise ValueError(f"level must fulfil 0 < level < 1, got {level}")
    if replicates < 1:
        raise ValueError(f"replicates must be at least 1, got {replicates}")


def _band(stated: Floats, curves: Floats, level: float) -> Band:
    """Return the quantiles of the curves at each stated value, as ``np.quantile`` does."""
    place = np.array([1 - level, 1 + level]) / 2 * (len(curves) - 1)
    below = np.floor(place).astype(np.intp)
    above, part = np.minimum(below + 1, len(curves) - 1), place - below
    found = np.empty((stated.size, 2))
    for first in range(0, stated.size, _STRIP):
        # Whole sorts of narrow strips are faster than the selection from all that numpy makes.
        strip = np.sort(curves[:, first : first + _STRIP].T, axis=1)
        low, high = strip[:, below], strip[:, above]
        found[first : first + _STRIP] = low + part * (high - low)
    return Band(stated, found[:, 0].copy(), found[:, 1].copy())
