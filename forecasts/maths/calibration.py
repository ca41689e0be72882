"""Do events called "70 %" happen 70 % of the time? What the rows are: ``pairs.Pairs``."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasts.maths.bands import Band, confidence_band, consistency_band, consistency_band_of
from forecasts.maths.bins import Bin, binned_reliability, bins_of
from forecasts.maths.checks import Floats, Ints
from forecasts.maths.isotonic import isotonic_fit
from forecasts.maths.pairs import Pairs, check_pairs, count_questions, sums
from forecasts.maths.recalibration import Recalibration, recalibration, recalibration_of

__all__ = [
    "Band",
    "Bin",
    "Recalibration",
    "ReliabilityCurve",
    "binned_reliability",
    "bins_of",
    "confidence_band",
    "consistency_band",
    "consistency_band_of",
    "curve_of",
    "recalibration",
    "recalibration_of",
    "reliability_curve",
]


@dataclass(frozen=True, slots=True)
class ReliabilityCurve:
    """Calibrated frequency against stated probability, one entry per distinct value.

    The weighted mean Brier score, (p - o)^2, splits into miscalibration (what better words for
    the same beliefs would have saved), discrimination (what telling events apart was worth) and
    uncertainty (what always stating the base rate earns).
    """

    stated: Floats  # shape (k,), increasing, in [0, 1]
    observed: Floats  # shape (k,), non-decreasing, in [0, 1]
    counts: Ints  # shape (k,), rows behind each entry
    questions: Ints  # shape (k,), distinct questions behind each entry
    weight: Floats  # shape (k,), sum of the rows' weights
    miscalibration: float  # >= 0, Brier units
    discrimination: float  # >= 0, Brier units
    uncertainty: float  # in [0, 0.25], Brier units

    @property
    def brier(self) -> float:
        """The weighted mean of (p - o)^2: 0 is perfect, always saying 50 % earns 0.25."""
        return self.miscalibration - self.discrimination + self.uncertainty


def reliability_curve(
    probabilities: npt.ArrayLike,
    happened: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    questions: npt.ArrayLike | None = None,
) -> ReliabilityCurve:
    """CORP reliability curve and Brier decomposition: no bins to choose.

    Equal probabilities are pooled *before* the isotonic fit. People say 70 % often, so ties are
    the rule here; fitting the raw sequence would make the curve depend on the order of the rows.

    Parameters
    ----------
    probabilities : array-like of shape (n,), n >= 1
        Stated probabilities, in [0, 1].
    happened : array-like of shape (n,)
        Whether each event happened: bool, or 0 and 1.
    weights : array-like of shape (n,), optional
        Positive and finite; 1 each if absent.
    questions : array-like of int or str, shape (n,), optional
        Which question each row belongs to; one each if absent.

    Raises
    ------
    ValueError
        If an argument is outside its domain or the lengths differ.

    References
    ----------
    Dimitriadis, Gneiting & Jordan (2021), "Stable reliability diagrams for probabilistic
    classifiers", PNAS 118(8) e2016191118.
    """
    return curve_of(check_pairs(probabilities, happened, weights, questions))


def curve_of(rows: Pairs) -> ReliabilityCurve:
    """Return the ``reliability_curve`` of checked rows."""
    stated, where = np.unique(rows.probabilities, return_inverse=True)
    weight = sums(where, rows.weights, stated.size)
    frequency = sums(where, rows.weights * rows.happened, stated.size) / weight
    observed = isotonic_fit(frequency, weight)

    def mean(values: Floats) -> float:
        return float(np.average(values, weights=weight))

    base_rate = mean(frequency)
    # Both terms are what the fit gains, so neither is negative but for rounding. They are
    # differences from the pooled frequency: the spread of outcomes inside a value cancels.
    raw, fitted = mean((stated - frequency) ** 2), mean((observed - frequency) ** 2)
    return ReliabilityCurve(
        stated=stated,
        observed=observed,
        counts=np.bincount(where, weights=rows.counts).astype(np.int64),
        questions=count_questions(where, rows.questions, stated.size),
        weight=weight,
        miscalibration=max(0.0, raw - fitted),
        discrimination=mean((observed - base_rate) ** 2),
        uncertainty=max(0.0, base_rate * (1 - base_rate)),
    )
