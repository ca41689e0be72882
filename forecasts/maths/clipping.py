"""Keeping probabilities away from 0 and 1, where logarithms and odds are infinite."""

import numpy as np

from forecasts.maths.checks import Floats

CLIP = 0.001
"""The clip of averaged logarithmic, peer and baseline scores and of odds."""


def clip_probabilities(p: Floats, clip: float) -> Floats:
    """Return min(max(p, clip), 1 - clip), of the shape of ``p``; NaN stays NaN.

    Options are clipped one by one and not renormalised, so over K > 2 options the result need
    not sum to 1.

    Raises ValueError unless 0 <= clip < 0.5.
    """
    if not 0 <= clip < 0.5:
        raise ValueError(f"clip must fulfil 0 <= clip < 0.5, got {clip}")
    clipped: Floats = np.clip(p, clip, 1 - clip)
    return clipped


def count_clipped(p: Floats, clip: float) -> int:
    """Return how many values ``clip_probabilities`` moves: show it beside the score."""
    moved = clip_probabilities(p, clip) != p
    return int(np.count_nonzero(moved & ~np.isnan(p)))
