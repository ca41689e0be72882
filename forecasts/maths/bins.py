"""Reliability by ten bins of the stated probability."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.pairs import Pairs, check_pairs, count_questions, sums

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows whose probability lies in ``[low, high)``; the last bin includes 1."""

    low: float
    high: float
    mean_forecast: float  # weighted mean of the stated values, never the bin's midpoint
    observed: float  # weighted share that happened
    forecasts: int  # rows
    questions: int  # distinct questions
    wilson_low: float  # 95 % Wilson interval of ``observed``, for that many questions
    wilson_high: float


def binned_reliability(
    probabilities: npt.ArrayLike,
    happened: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    questions: npt.ArrayLike | None = None,
) -> tuple[Bin, ...]:
    """Return the bins ``[0, .1), [.1, .2), ... [.9, 1]`` that have rows, in order.

    The edges are decimal-safe: 0.3 belongs to [.3, .4), and so does 0.1 + 0.2 and 1 - 0.7. The
    Wilson interval counts questions, not rows, because updates on one question are not
    independent.

    Arguments and errors are those of ``reliability_curve``.

    References
    ----------
    Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22(158), 209-212.
    """
    return bins_of(check_pairs(probabilities, happened, weights, questions))


def bins_of(rows: Pairs) -> tuple[Bin, ...]:
    """Return ``binned_reliability`` of checked rows."""
    return _bins(rows, decimal_bins(rows.probabilities), np.arange(BINS + 1) / BINS)


def quantile_reliability(
    probabilities: npt.ArrayLike,
    happened: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    questions: npt.ArrayLike | None = None,
    bins: int = BINS,
) -> tuple[Bin, ...]:
    """Return bins of about equal weight, in order; edges are stated values, and 0 and 1.

    Equal probabilities are never parted, so popular values leave fewer bins than asked for.

    Arguments and errors are those of ``reliability_curve``; ValueError also if ``bins`` < 1.
    """
    rows = check_pairs(probabilities, happened, weights, questions)
    place, edges = quantile_bins(rows, bins)
    return _bins(rows, place, edges)


def decimal_bins(p: Floats) -> Ints:
    """Return which of the ten bins [0, .1), ... [.9, 1] each probability belongs to."""
    # 1 - 0.9 is 0.09999999999999998: rounding first puts it where the reader expects it.
    # Multiplying an edge out (3 * 0.1) or digitize over a linspace would misplace 0.3.
    bins = np.floor(np.round(p * BINS, 9)).astype(np.int64)
    return np.minimum(bins, BINS - 1)


def quantile_bins(rows: Pairs, bins: int) -> tuple[Ints, Floats]:
    """Return each row's bin, and the edges of all of them; every bin has a row."""
    if bins < 1:
        raise ValueError(f"bins must be at least 1, got {bins}")
    stated, where = np.unique(rows.probabilities, return_inverse=True)
    cumulated = np.cumsum(sums(where, rows.weights, stated.size))
    # A value opens a new bin where the weight below it has reached the next share.
    below = np.append(0.0, cumulated[:-1]) / cumulated[-1]
    share = np.minimum(np.floor(below * bins + 1e-9), bins - 1)
    opens = np.flatnonzero(np.diff(share, prepend=share[:1]) > 0)
    place = np.searchsorted(opens, np.arange(stated.size), side="right")[where]
    return place, np.concatenate([[0.0], stated[opens], [1.0]])


def _bins(rows: Pairs, place: Ints, edges: Floats) -> tuple[Bin, ...]:
    size = edges.size - 1
    forecasts = np.bincount(place, weights=rows.counts, minlength=size)
    counts = count_questions(place, rows.questions, size)
    weight = sums(place, rows.weights, size)
    stated = sums(place, rows.weights * rows.probabilities, size)
    share = sums(place, rows.weights * rows.happened, size)

    def summary(i: int) -> Bin:
        observed = min(1.0, float(share[i] / weight[i]))
        wilson = wilson_interval(observed, int(counts[i]))
        mean = float(stated[i] / weight[i])
        ends = float(edges[i]), float(edges[i + 1])
        return Bin(*ends, mean, observed, int(forecasts[i]), int(counts[i]), *wilson)

    return tuple(summary(int(i)) for i in np.flatnonzero(forecasts))


def wilson_interval(share: float, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a share in [0, 1] observed in ``n`` >= 1 trials."""
    z2 = float(ndtri((1 + level) / 2)) ** 2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = (z2 * (share * (1 - share) / n + z2 / (4 * n * n))) ** 0.5 / (1 + z2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)
