"""Fewer points than anybody could tell apart."""

import numpy as np

from forecasts.maths.checks import Ints

MOST = 1_000
"""Points of a line; a browser takes seconds to draw ten times as many."""


def thinned(size: int, most: int = MOST) -> Ints:
    """Places of at most ``most`` >= 2 of ``size`` points, evenly apart, with both ends."""
    if size <= most:
        return np.arange(size)
    return np.linspace(0, size - 1, most).round().astype(np.int64)
