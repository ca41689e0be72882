"""The point of a polytope, given by its corners, that lies nearest to another point."""

import numpy as np

from forecasts.maths.checks import Floats, Ints

ROUNDING = 1e-14
"""Share of the lengths that are multiplied by which a product may be off."""
SMALLEST = np.finfo(np.float64).tiny


def nearest(corners: Floats, point: Floats) -> Floats:
    """Weights (W,) of the corners (W, m) whose mean lies nearest to ``point`` (m,).

    Exact to rounding, by the algorithm of P. Wolfe, "Finding the nearest point in a polytope",
    Mathematical Programming 11, 1976: the corner farthest in the direction of ``point`` enters, and
    those that the way to the new mean leaves behind drop out. The distance falls each time, so that
    no choice of corners comes back.
    """
    # scipy's nnls says it in one call, but since 1.15 now and then of a mean that is not nearest:
    # https://github.com/scipy/scipy/issues/25389
    shares = np.zeros(len(corners))
    if not point.size:
        return shares + 1 / len(corners)
    moved = corners - point
    lengths = np.linalg.norm(moved, axis=1)
    chosen = np.array([lengths.argmin()])
    weights, apart = np.ones(1), float(lengths.min())
    while True:
        here = weights @ moved[chosen]
        behind = moved @ here
        entering = int(behind.argmin())
        gain = here @ here - behind[entering]
        if entering in chosen or gain <= ROUNDING * apart * lengths.max():
            break
        tried, given = _between(moved, np.append(chosen, entering), np.append(weights, 0.0))
        closer = float(np.linalg.norm(given @ moved[tried]))
        if closer >= apart:
            break
        chosen, weights, apart = tried, given, closer
    shares[chosen] = weights
    return shares


def _between(moved: Floats, chosen: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """Go towards the point nearest to the origin on the plane through the ``chosen`` corners.

    Where the way leaves their polytope, the corner left behind drops out and the way goes on among
    the others. Returns the corners that are left, and their weights, which sum to 1.
    """
    while len(chosen) > 1:
        first = moved[chosen[0]]
        ahead = np.linalg.lstsq((moved[chosen[1:]] - first).T, -first)[0]
        ahead = np.append(1 - ahead.sum(), ahead)
        behind = np.flatnonzero(ahead <= 0)
        if not behind.size:
            return chosen, ahead
        reach = weights[behind] / np.maximum(weights[behind] - ahead[behind], SMALLEST)
        weights = weights + reach.min() * (ahead - weights)
        weights[behind[reach.argmin()]] = 0
        chosen, weights = chosen[weights > 0], weights[weights > 0] / weights[weights > 0].sum()
    return chosen, np.ones(1)
