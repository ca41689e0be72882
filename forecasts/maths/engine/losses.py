"""What each forecast would score if it stood alone: one number a row."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.settings import Settings
from forecasts.maths.pooling import HALF_LIFE
from forecasts.maths.rules import score


def distributions(probabilities: Floats) -> Floats:
    """Return probabilities of "yes" as (n, 2); (n, K) as it is."""
    if probabilities.ndim == 2:
        return probabilities
    return np.stack([probabilities, 1 - probabilities], axis=1)


def row_losses(
    probabilities: Floats, outcome: Ints, settings: Settings, ignored: Bools | None = None
) -> Floats:
    """Return the score of each forecast of shape (n,) or (n, K), shape (n,).

    Rows that are ``ignored`` may hold anything; so may what they score.
    """
    if probabilities.ndim == 1 and settings.rule in ("brier", "ordered_brier"):
        squared: Floats = np.square(probabilities - (outcome == 0))
        return squared * settings.scale if settings.scale != 1 else squared
    p = distributions(probabilities)
    if ignored is not None and ignored.any():
        p = np.where(ignored[:, np.newaxis], 1 / p.shape[1], p)
    return score(settings.rule, p, outcome, scale=settings.scale, clip=settings.clip)


def log_of_outcome(probabilities: Floats, outcome: Ints, clip: float) -> Floats:
    """Return the logarithm of the clipped probability of what happened, shape (n,)."""
    if probabilities.ndim == 1:
        given = np.where(outcome == 0, probabilities, 1 - probabilities)
    else:
        given = probabilities[np.arange(outcome.size), outcome]
    logs: Floats = np.log(np.clip(given, clip, 1 - clip))
    return logs


def clipped_logs(probabilities: Floats, clip: float) -> Floats:
    """Return the logarithms of the clipped p and of 1 - p, shape (2, n)."""
    both = _clipped(probabilities, clip)
    return np.log(both, out=both)


def recency(row_starts: Ints, made: Ints, ends: Ints) -> Floats:
    """Return a positive weight of each row, by its age when its window ended, shape (1, n)."""
    age = _ages(row_starts, made, ends, 1 / HALF_LIFE)[np.newaxis]
    return np.exp2(age, out=age)


@njit(cache=True, nogil=True)
def _clipped(probabilities: Floats, clip: float) -> Floats:
    both = np.empty((2, probabilities.size))
    for row in range(probabilities.size):
        p = min(max(probabilities[row], clip), 1.0 - clip)
        both[0, row], both[1, row] = p, 1.0 - p
    return both


@njit(cache=True, nogil=True)
def _ages(row_starts: Ints, made: Ints, ends: Ints, rate: float) -> Floats:
    # Relative to the end no weight overflows, and with a floor none is 0.
    ages = np.empty(made.size)
    for q in range(ends.size):
        for row in range(row_starts[q], row_starts[q + 1]):
            ages[row] = max(float(made[row] - ends[q]) * rate, -1000.0)
    return ages
