"""Many forecasts into one, at each of many instants: the aggregates of the crowd."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy.special import expit, logit

from forecasts.maths.checks import SUM_TOLERANCE, Bools, Floats, Ints, refuse_first
from forecasts.maths.clipping import CLIP, clip_probabilities, count_clipped
from forecasts.maths.weighted_median import rank_weights, recency_weights, weighted_median

Aggregate = Literal[
    "median",
    "mean",
    "trimmed_mean",
    "geometric_mean_of_odds",
    "extremized",
    "recency_weighted_median",
    "metaculus_median",
]

HALF_LIFE = 30 * 86_400_000_000
"""H of the recency weights: 30 days, in microseconds."""

EXTREMIZING = 1.5


@dataclass(frozen=True, slots=True)
class Crowd:
    """One forecast made of many, at each of d instants."""

    forecasts: Floats  # shape (d, K), each row a distribution; NaN where nobody stands
    by_mean: Bools  # shape (d,), where every option's aggregate is 0, so that the mean stands in
    clipped: int  # stated values moved by the clip; 0 for aggregates that need none


def pool(
    forecasts: Floats,
    made: Ints,
    aggregate: Aggregate = "median",
    *,
    extremizing: float = EXTREMIZING,
    half_life: float = HALF_LIFE,
    clip: float = CLIP,
) -> Crowd:
    """Aggregate the forecasts standing at each instant, one per forecaster.

    With K > 2 options each option is aggregated by itself and the result divided by its sum;
    where that is 0, the mean stands in, flagged in ``by_mean``.

    Parameters
    ----------
    forecasts : float array of shape (m, d, K)
        What each of m forecasters holds at each of d instants; NaN where nothing stands.
    made : int64 array of shape (m, d)
        When the standing forecast was made, in microseconds; ignored where nothing stands.
    aggregate : str
        ``median``; ``mean``; ``trimmed_mean``, without the lowest and the highest tenth
        (rounded down) of each option; ``geometric_mean_of_odds``, the mean of log-odds;
        ``extremized``, that times ``extremizing``; ``recency_weighted_median``, weights
        2^(-age/half_life); ``metaculus_median``, weights exp(sqrt(i) - sqrt(N)) for the i-th
        oldest of N > 2, those of one instant in the order of the rows.
    extremizing : float > 0
    half_life : float > 0, microseconds
    clip : float in (0, 0.5)
        Where odds are taken, each option is moved into [clip, 1 - clip] first.

    Returns
    -------
    Crowd

    Raises
    ------
    ValueError
        If the aggregate is unknown, the shapes differ, what stands is no distribution, or a
        setting is outside its domain.

    References
    ----------
    Satopää et al. (2014), "Combining multiple probability predictions using a simple logit
    model", International Journal of Forecasting 30(2), 344-356.
    https://doi.org/10.1016/j.ijforecast.2013.09.009
    """
    _check(forecasts, made, extremizing, half_life, clip)
    clipped = 0
    match aggregate:
        case "median":
            raw = _median(forecasts)
        case "mean":
            raw = _trimmed(forecasts, 0)
        case "trimmed_mean":
            raw = _trimmed(forecasts, 10)
        case "geometric_mean_of_odds":
            raw = expit(mean_log_odds(forecasts, clip=clip))
            clipped = count_clipped(forecasts, clip)
        case "extremized":
            raw = expit(extremizing * mean_log_odds(forecasts, clip=clip))
            clipped = count_clipped(forecasts, clip)
        case "recency_weighted_median":
            raw = weighted_median(forecasts, recency_weights(forecasts, made, half_life))
        case "metaculus_median":
            raw = weighted_median(forecasts, rank_weights(forecasts, made))
        case _:
            raise ValueError(f"aggregate is {aggregate!r}, not one of {get_args(Aggregate)}")
    return Crowd(*_normalised(raw, forecasts), clipped)


def mean_log_odds(forecasts: Floats, *, clip: float = CLIP) -> Floats:
    """Return the mean over forecasters of each option's log-odds, (d, K) from (m, d, K)."""
    return _trimmed(logit(clip_probabilities(forecasts, clip)), 0)


def _check(
    forecasts: Floats, made: Ints, extremizing: float, half_life: float, clip: float
) -> None:
    if forecasts.ndim != 3 or not forecasts.shape[0] or forecasts.shape[2] < 2:
        raise ValueError(f"forecasts must have shape (m, d, K), got {forecasts.shape}")
    if made.shape != forecasts.shape[:2]:
        raise ValueError(f"made has shape {made.shape}, not {forecasts.shape[:2]}")
    _check_standing(forecasts)
    for name, value in (("extremizing", extremizing), ("half_life", half_life)):
        if not (value > 0 and np.isfinite(value)):
            raise ValueError(f"{name} must be positive and finite, got {value}")
    if not 0 < clip < 0.5:
        raise ValueError(f"clip must fulfil 0 < clip < 0.5, got {clip}")


def _check_standing(forecasts: Floats) -> None:
    standing = ~np.isnan(forecasts[:, :, 0])
    # Written this way round so that NaN is bad too.
    bad = standing[:, :, np.newaxis] & ~((forecasts >= 0) & (forecasts <= 1))
    refuse_first(bad, forecasts, name="forecasts", rule="not in [0, 1]")
    total = np.where(standing, forecasts.sum(axis=2), 1.0)
    wrong = np.abs(total - 1) > SUM_TOLERANCE
    refuse_first(wrong, total, name="forecasts.sum(axis=2)", rule="not 1")


def _ordered(values: Floats) -> tuple[Floats, Ints]:
    """Return the values sorted along axis 0, NaN last, and how many there are at each instant."""
    count = (~np.isnan(values[:, :, 0])).sum(axis=0)
    return np.sort(values, axis=0), count


def _median(values: Floats) -> Floats:
    ordered, count = _ordered(values)
    day = np.arange(count.size)
    low = ordered[np.maximum(count - 1, 0) // 2, day]
    middle: Floats = (low + ordered[count // 2, day]) / 2
    return middle


def _trimmed(values: Floats, one_in: int) -> Floats:
    """Return the mean without the N // one_in lowest and highest values; 0 trims nothing."""
    ordered, count = _ordered(values)
    cut = count // one_in if one_in else np.zeros_like(count)
    place = np.arange(len(values))[:, np.newaxis]
    kept = (place >= cut) & (place < count - cut)
    total = np.where(kept[:, :, np.newaxis], ordered, 0.0).sum(axis=0)
    size = np.where(count > 0, count - 2 * cut, np.nan)
    mean: Floats = total / size[:, np.newaxis]
    return mean


def _normalised(raw: Floats, forecasts: Floats) -> tuple[Floats, Bools]:
    total = raw.sum(axis=1)
    by_mean = total == 0
    if raw.shape[1] == 2:
        return raw, by_mean
    if by_mean.any():
        raw = np.where(by_mean[:, np.newaxis], _trimmed(forecasts, 0), raw)
        total = raw.sum(axis=1)
    normalised: Floats = raw / total[:, np.newaxis]
    return normalised, by_mean
