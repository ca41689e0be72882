"""The point of a polytope, given by its corners, that lies nearest to another point."""

import numpy as np
from scipy.optimize import nnls

from forecasts.maths.checks import Floats


def nearest(corners: Floats, point: Floats) -> Floats:
    """Weights (W,) of the corners (W, m) whose mean lies nearest to ``point`` (m,).

    Moved so that the point is the origin, the nearest point of the polytope is its point of
    least norm. Minimising |V'w|^2 + (sum w - 1)^2 over w >= 0 finds it: for weights of any sum
    the first term is least in that same direction, so scaling w to sum to 1 is exact.
    """
    if not point.size:
        return np.full(len(corners), 1 / len(corners))
    system = np.vstack([(corners - point).T, np.ones(len(corners))])
    target = np.zeros(len(system))
    target[-1] = 1
    weights, _ = nnls(system, target)
    shares: Floats = weights / weights.sum()
    return shares
