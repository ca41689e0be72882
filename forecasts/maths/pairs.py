"""Forecasts with what happened: the input of everything about calibration."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import (
    Floats,
    Ints,
    check_probabilities,
    check_same_length,
    refuse_first,
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Checked rows (probability, outcome, weight, question), all of shape (n,), n >= 1.

    A row is one forecast of one event. For the forecasts standing at each day's end, give each
    row the weight 1/days of its question and forecaster, so that a question counts once however
    long it was open. A forecast over K > 2 options enters as K rows, each option against the
    rest, of weight 1/K each.
    """

    probabilities: Floats
    happened: Floats  # 0 or 1
    weights: Floats  # > 0
    questions: Ints  # codes 0, 1, ...; rows of one question share one
    counts: Ints  # how many rows each stands for; 1 unless ``pooled``


def check_pairs(
    probabilities: npt.ArrayLike,
    happened: npt.ArrayLike,
    weights: npt.ArrayLike | None,
    questions: npt.ArrayLike | None,
) -> Pairs:
    """Check the rows, with weight 1 and a question each unless given.

    Raises ValueError if a probability is not in [0, 1], an outcome is not 0 or 1, a weight is
    not positive and finite, the lengths differ, or there is no row.
    """
    p = check_probabilities(probabilities)
    y = np.asarray(happened, dtype=np.float64)
    w = np.ones(p.size) if weights is None else np.asarray(weights, dtype=np.float64)
    ids = np.arange(p.size) if questions is None else np.asarray(questions)
    for name, array in (("happened", y), ("weights", w), ("questions", ids)):
        if array.ndim != 1:
            raise ValueError(f"{name} must be 1-d, got shape {array.shape}")
    check_same_length(p.size, happened=y, weights=w, questions=ids)
    refuse_first(~((y == 0) | (y == 1)), y, name="happened", rule="not 0 or 1")
    refuse_first(~((w > 0) & np.isfinite(w)), w, name="weights", rule="not positive and finite")
    if ids.dtype.kind == "f":
        raise ValueError("questions must be integers or strings, got floats")
    codes = np.unique(ids, return_inverse=True)[1]
    return Pairs(p, y, w, codes, np.ones(p.size, dtype=np.int64))


def pooled(rows: Pairs) -> Pairs:
    """Merge rows equal in probability, outcome and question into one, adding their weights.

    A forecast that stood for months becomes one row instead of one a day. Whatever is made of
    ``Pairs`` says the same of both.
    """
    stated, value = np.unique(rows.probabilities, return_inverse=True)
    key = (rows.questions * stated.size + value) * 2 + rows.happened.astype(np.int64)
    cells, cell = np.unique(key, return_inverse=True)
    weights = sums(cell, rows.weights, cells.size)
    question, rest = np.divmod(cells, stated.size * 2)
    counts = np.bincount(cell, weights=rows.counts, minlength=cells.size).astype(np.int64)
    return Pairs(stated[rest // 2], (rest % 2).astype(np.float64), weights, question, counts)


def sums(groups: Ints, values: Floats, size: int) -> Floats:
    """Return the sum of the values of each of the groups 0..size-1, shape (size,)."""
    return np.bincount(groups, weights=values, minlength=size).astype(np.float64, copy=False)


def count_questions(groups: Ints, questions: Ints, size: int) -> Ints:
    """Return how many distinct questions each of the groups 0..size-1 has, shape (size,)."""
    # Sorting these numbers is faster than numpy's own way to the distinct ones, by hashing.
    keys = np.sort(groups + size * questions)
    distinct = keys[np.flatnonzero(np.diff(keys, prepend=-1))]
    return np.bincount(distinct % size, minlength=size)
