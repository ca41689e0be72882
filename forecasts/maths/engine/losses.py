"""What each forecast would score if it stood alone: one number a row."""

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.settings import Settings
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
