"""Medians in which some forecasts count more than others.

Arrays are those of ``pooling.pool``: values (m, d, K), weights and instants (m, d).
"""

import numpy as np

from forecasts.maths.checks import Floats, Ints

_TIE = 1e-12


def recency_weights(forecasts: Floats, made: Ints, half_life: float) -> Floats:
    """Return weights relative to the newest forecast standing, (m, d), 0 where none stands."""
    standing = ~np.isnan(forecasts[:, :, 0])
    newest = np.where(standing, made, np.iinfo(np.int64).min).max(axis=0)
    age = np.where(standing, newest - np.where(standing, made, 0), 0)
    return np.where(standing, np.exp2(-age / half_life), 0.0)


def rank_weights(forecasts: Floats, made: Ints) -> Floats:
    """Return exp(sqrt(i) - sqrt(N)) for the i-th oldest of N > 2 standing forecasts, else 1.

    Shape (m, d), 0 where none stands. Forecasts made at one instant keep the order of the rows.
    """
    standing = ~np.isnan(forecasts[:, :, 0])
    count = standing.sum(axis=0)
    oldest_first = np.argsort(
        np.where(standing, made, np.iinfo(np.int64).max), axis=0, kind="stable"
    )
    rank = np.argsort(oldest_first, axis=0) + 1
    weights = np.exp(np.sqrt(rank) - np.sqrt(count))
    return np.where(standing, np.where(count > 2, weights, 1.0), 0.0)


def weighted_median(values: Floats, weights: Floats) -> Floats:
    """Return the smallest value whose cumulated weight passes one half of the total.

    The mean of that value and the next where it is exactly one half, which sums of rounded
    weights hit only within a tolerance.
    """
    order = np.argsort(values, axis=0)
    ordered = np.take_along_axis(values, order, axis=0)
    shares = np.take_along_axis(
        np.broadcast_to(weights[:, :, np.newaxis], values.shape), order, axis=0
    )
    total = shares.sum(axis=0)
    cumulated = np.cumsum(shares, axis=0) / np.where(total > 0, total, 1.0)
    low = np.argmax(cumulated >= 0.5 - _TIE, axis=0)[np.newaxis]
    high = np.argmax(cumulated > 0.5 + _TIE, axis=0)[np.newaxis]
    ends = [np.take_along_axis(ordered, place, axis=0)[0] for place in (low, high)]
    middle: Floats = (ends[0] + ends[1]) / 2
    return middle
