"""Is one forecaster better than another, or was it luck? Paired by question."""

import math
import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from forecasts.maths.checks import Bools, Floats, check_same_length, refuse_first

LEAST_QUESTIONS = 10
TOO_FEW = f"under {LEAST_QUESTIONS} common questions: it cannot be told who is better"

Interval = tuple[float, float]

_ROUNDING = 1e-12

_BLOCK = 2**18
"""Signs at a time, so that they stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class DieboldMariano:
    """The statistic with its two-sided p-value; None where the variance is not positive."""

    statistic: float | None
    p_value: float | None
    horizon: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Score of the first minus score of the second: below 0 the first is better, if lower is.

    Under ten common questions everything but the difference is None and ``reason`` says so.
    """

    questions: int
    difference: float | None  # mean over the questions, unit of the scores; None without any
    interval: Interval | None  # 95 % of the difference
    method: str | None  # how the interval was found: BCa, percentile
    p_value: float | None  # sign flips, two-sided
    diebold_mariano: DieboldMariano | None
    reason: str | None = None


def compare(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    horizon: int = 1,
    replicates: int = 10_000,
    rng: np.random.Generator,
) -> Comparison:
    """Compare two forecasters on the questions that both were scored on.

    Parameters
    ----------
    first, second : array-like of shape (n,)
        Their time-averaged scores on common days, one entry a question, in the order in which
        the questions resolved; finite.
    horizon : int >= 1
        For the Diebold-Mariano statistic: how many neighbouring questions depend on each other,
        less than n. 1: none.
    replicates : int >= 100
        Of the bootstrap (BCa; percentile where that degenerates) and of the sign flips, which
        are enumerated where there are fewer of them.
    rng : numpy Generator
        The same state gives the same result.

    Raises
    ------
    ValueError
        If the lengths differ, a score is not finite, or a setting is outside its domain.

    References
    ----------
    Efron (1987), "Better bootstrap confidence intervals", Journal of the American Statistical
    Association 82(397), 171-185. https://doi.org/10.1080/01621459.1987.10478410
    """
    a = np.asarray(first, dtype=np.float64)
    b = np.asarray(second, dtype=np.float64)
    for name, scores in (("first", a), ("second", b)):
        if scores.ndim != 1:
            raise ValueError(f"{name} must be 1-d, got shape {scores.shape}")
        refuse_first(~np.isfinite(scores), scores, name=name, rule="not finite")
    check_same_length(a.size, second=b)
    if replicates < 100:
        raise ValueError(f"replicates must be at least 100, got {replicates}")
    n, d = a.size, a - b
    # Equal scores added up in another order differ by rounding, which is no difference.
    d[np.abs(d) <= _ROUNDING * np.maximum(np.abs(a), np.abs(b))] = 0.0
    mean = float(d.mean()) if n else None
    if n < LEAST_QUESTIONS:
        return Comparison(n, mean, None, None, None, None, TOO_FEW)
    interval, method = _interval(d, replicates, rng)
    return Comparison(
        questions=n,
        difference=mean,
        interval=interval,
        method=method,
        p_value=_sign_flips(d, replicates, rng),
        diebold_mariano=diebold_mariano(d, horizon=horizon),
    )


def diebold_mariano(differences: npt.ArrayLike, *, horizon: int = 1) -> DieboldMariano:
    """Test that the mean difference is 0, for questions in time order.

    With the small-sample correction of Harvey, Leybourne & Newbold and Student's t with n - 1
    degrees of freedom; at horizon 1 it is the paired t-test.

    Parameters
    ----------
    differences : array-like of shape (n,), n >= 2
        Finite.
    horizon : int, 1 <= horizon < n
        Autocovariances up to lag horizon - 1 enter the variance.

    Raises
    ------
    ValueError
        If a difference is not finite, there are under two, or the horizon is out of range.

    References
    ----------
    Diebold & Mariano (1995), "Comparing predictive accuracy", Journal of Business & Economic
    Statistics 13(3), 253-263. https://doi.org/10.1080/07350015.1995.10524599. Harvey, Leybourne
    & Newbold (1997), "Testing the equality of prediction mean squared errors", International
    Journal of Forecasting 13(2), 281-291. https://doi.org/10.1016/S0169-2070(96)00719-4
    """
    d = np.asarray(differences, dtype=np.float64)
    if d.ndim != 1 or d.size < 2:
        raise ValueError(f"differences must be 1-d, at least 2, got shape {d.shape}")
    refuse_first(~np.isfinite(d), d, name="differences", rule="not finite")
    n = d.size
    if not 1 <= horizon < n:
        raise ValueError(f"horizon must fulfil 1 <= horizon < {n}, got {horizon}")
    away = d - d.mean()
    covariances = [float(away[lag:] @ away[: n - lag]) / n for lag in range(horizon)]
    variance = (covariances[0] + 2 * sum(covariances[1:])) / n
    if _all_equal(d) or variance <= 0:
        return DieboldMariano(None, None, horizon)
    correction = (n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n
    statistic = float(d.mean()) / math.sqrt(variance) * math.sqrt(correction)
    return DieboldMariano(statistic, float(2 * stats.t.sf(abs(statistic), n - 1)), horizon)


def _all_equal(d: Floats) -> bool:
    return bool(np.ptp(d) <= _ROUNDING * np.abs(d).max())


def _interval(d: Floats, replicates: int, rng: np.random.Generator) -> tuple[Interval, str]:
    if _all_equal(d):
        return (float(d.mean()), float(d.mean())), "percentile"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        for method in ("BCa", "percentile"):
            found = stats.bootstrap(
                (d,), np.mean, n_resamples=replicates, method=method, rng=rng, batch=1000
            )
            low, high = (float(end) for end in found.confidence_interval)
            if math.isfinite(low) and math.isfinite(high):
                break
    return (low, high), method


def _sign_flips(d: Floats, replicates: int, rng: np.random.Generator) -> float:
    """Return how often the mean is as far from 0 when each difference may have either sign.

    Over all ways if there are no more than ``replicates``; else over as many random ones and the
    observed one, which scipy's ``permutation_test`` does in the same way, only more slowly.
    """
    if 2**d.size <= replicates:
        ways = np.arange(2**d.size)[:, np.newaxis] >> np.arange(d.size) & 1
        return float(_as_far(ways, d).mean())
    as_far = 0
    for part in np.array_split(np.arange(replicates), 1 + replicates * d.size // _BLOCK):
        ways = rng.integers(2, size=(part.size, d.size), dtype=np.uint8)
        as_far += int(_as_far(ways, d).sum())
    return (as_far + 1) / (replicates + 1)


def _as_far(ways: npt.NDArray[np.integer], d: Floats) -> Bools:
    """Return which ways, (r, n) of 0 and 1 for either sign, lead as far from 0 as ``d`` does."""
    observed = abs(float(d.sum()))
    found: Bools = np.abs((1.0 - 2.0 * ways) @ d) >= observed - _ROUNDING * np.abs(d).sum()
    return found
