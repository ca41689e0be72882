"""The non-decreasing curve nearest to observed frequencies."""

import numpy as np
from scipy.optimize import isotonic_regression

from forecasts.maths.checks import Floats


def isotonic_fit(frequency: Floats, weight: Floats) -> Floats:
    """Return the weighted least-squares non-decreasing fit, kept inside [0, 1]."""
    fit: Floats = isotonic_regression(frequency, weights=weight).x
    return np.clip(fit, 0.0, 1.0)
