"""The Brier score taken apart: how reliable, how telling, and how uncertain the events were."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from forecasts.maths.bins import BINS, decimal_bins, quantile_bins
from forecasts.maths.checks import Floats, Ints
from forecasts.maths.pairs import Pairs, check_pairs, sums


@dataclass(frozen=True, slots=True)
class Murphy:
    """Weighted mean of (p - o)^2 = REL - RES + UNC + WBV - WBC, exactly."""

    reliability: float
    """REL >= 0: groups' mean forecasts against their frequencies. Lower is better."""

    resolution: float
    """RES >= 0: groups' frequencies against the base rate. Higher is better."""

    uncertainty: float
    """UNC in [0, 0.25]: what always stating the base rate earns. Not the forecaster's doing."""

    within_variance: float
    """WBV >= 0: spread of forecasts inside their groups. 0 by distinct value."""

    within_covariance: float
    """WBC: how far forecasts tell events apart inside their groups. 0 by distinct value."""

    groups: int
    """Distinct values, or bins that have rows."""

    @property
    def brier(self) -> float:
        """The sum of the five terms: 0 is perfect, always saying 50 % earns 0.25."""
        plain = self.reliability - self.resolution + self.uncertainty
        return plain + self.within_variance - self.within_covariance


def murphy_by_value(
    probabilities: npt.ArrayLike, happened: npt.ArrayLike, *, weights: npt.ArrayLike | None = None
) -> Murphy:
    """Decompose by distinct stated value.

    Where nearly every value is stated once, RES is close to UNC however poor the forecasts are:
    each value's frequency is then its single outcome. Arguments and errors are those of
    ``reliability_curve``.

    References
    ----------
    Murphy (1973), "A new vector partition of the probability score", Journal of Applied
    Meteorology 12(4), 595-600.
    https://doi.org/10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2
    """
    rows = check_pairs(probabilities, happened, weights, None)
    stated, place = np.unique(rows.probabilities, return_inverse=True)
    return _decompose(rows, place, stated.size)


def murphy_by_bin(
    probabilities: npt.ArrayLike,
    happened: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    bins: Literal["decimal", "quantile"] = "decimal",
) -> Murphy:
    """Decompose by the bins of ``binned_reliability`` or, "quantile", ``quantile_reliability``.

    The two within-bin terms make up for what a bin's mean forecast hides, so that the sum is
    the Brier score whatever the bins. Arguments and errors are those of ``reliability_curve``;
    ValueError also for another ``bins``.

    References
    ----------
    Stephenson, Coelho & Jolliffe (2008), "Two extra components in the Brier score
    decomposition", Weather and Forecasting 23(4), 752-757.
    https://doi.org/10.1175/2007WAF2006116.1
    """
    rows = check_pairs(probabilities, happened, weights, None)
    if bins == "decimal":
        return _decompose(rows, decimal_bins(rows.probabilities), BINS)
    if bins == "quantile":
        place, edges = quantile_bins(rows, BINS)
        return _decompose(rows, place, edges.size - 1)
    raise ValueError(f"bins is {bins!r}, not decimal or quantile")


def _decompose(rows: Pairs, place: Ints, size: int) -> Murphy:
    p, y, w = rows.probabilities, rows.happened, rows.weights / rows.weights.sum()
    weight = sums(place, w, size)
    share = np.where(weight > 0, weight, 1.0)
    forecast = (sums(place, w * p, size) / share)[place]
    frequency = (sums(place, w * y, size) / share)[place]
    base_rate = float(w @ y)

    def mean(values: Floats) -> float:
        return float(w @ values)

    return Murphy(
        reliability=mean(np.square(forecast - frequency)),
        resolution=mean(np.square(frequency - base_rate)),
        uncertainty=max(0.0, base_rate * (1 - base_rate)),
        within_variance=mean(np.square(p - forecast)),
        within_covariance=2 * mean((p - forecast) * (y - frequency)),
        groups=np.unique(place).size,
    )
