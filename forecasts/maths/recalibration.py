"""Over- and under-confidence in two numbers: the logistic recalibration of Cox."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit, stdtrit

from forecasts.maths.checks import Floats
from forecasts.maths.pairs import Pairs, check_pairs, pooled, sums

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Recalibration:
    """log-odds of what happened = intercept + slope * log-odds of what was stated.

    (1, 0) is calibrated. A slope below 1 is overconfident, above 1 underconfident; an intercept
    above 0 means that events happen more often than stated. Whatever could not be found is None,
    and ``reason`` says why.
    """

    slope: float | None
    intercept: float | None
    slope_interval: Interval | None  # 95 %
    intercept_interval: Interval | None  # 95 %
    reason: str | None = None


def recalibration(
    probabilities: npt.ArrayLike,
    happened: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    questions: npt.ArrayLike | None = None,
    clip: float = 0.001,
) -> Recalibration:
    """Fit the recalibration by weighted maximum likelihood.

    The first arguments are those of ``reliability_curve``. ``clip`` in (0, 0.5) moves stated
    values into [clip, 1 - clip], where log-odds are finite.

    The intervals come from the sandwich covariance clustered by question, with the factor
    G/(G - 1) and Student's t with G - 1 degrees of freedom for G questions. Under three
    questions that covariance is singular, so there is no interval.

    Raises
    ------
    ValueError
        As ``reliability_curve``, or if clip is not in (0, 0.5).

    References
    ----------
    Cox (1958), "Two further applications of a model for binary regression", Biometrika
    45(3/4), 562-565. Cameron & Miller (2015), "A practitioner's guide to cluster-robust
    inference", Journal of Human Resources 50(2), 317-372.
    """
    return recalibration_of(check_pairs(probabilities, happened, weights, questions), clip=clip)


def recalibration_of(rows: Pairs, *, clip: float = 0.001) -> Recalibration:
    """Return the ``recalibration`` of checked rows."""
    if not 0 < clip < 0.5:
        raise ValueError(f"clip must fulfil 0 < clip < 0.5, got {clip}")
    rows = pooled(rows)
    # Rounded, so that 0.45 and 1 - 0.55 are one value and not a separation of outcomes.
    x = np.round(logit(np.clip(rows.probabilities, clip, 1 - clip)), 12)
    reason = _no_estimate(x, rows.happened)
    if reason is not None:
        return Recalibration(None, None, None, None, reason)
    estimate = _fit(x, rows)
    if estimate is None:
        return Recalibration(
            None, None, None, None, "the forecasts separate the outcomes almost perfectly"
        )
    intercept, slope = (float(value) for value in estimate)
    clusters = int(rows.questions.max()) + 1
    if clusters < 3:
        return Recalibration(slope, intercept, None, None, "no interval from under 3 questions")
    half = stdtrit(clusters - 1, 0.975) * _standard_errors(x, rows, estimate, clusters)
    return Recalibration(
        slope,
        intercept,
        slope_interval=(slope - float(half[1]), slope + float(half[1])),
        intercept_interval=(intercept - float(half[0]), intercept + float(half[0])),
    )


def _no_estimate(x: Floats, happened: Floats) -> str | None:
    """Return why no finite estimate exists, or None if one does."""
    yes, no = x[happened == 1], x[happened == 0]
    if not yes.size or not no.size:
        return "every outcome is the same"
    if x.min() == x.max():
        return "every stated probability is the same"
    if no.max() <= yes.min() or yes.max() <= no.min():
        return "the forecasts separate the outcomes perfectly"
    return None


def _fit(x: Floats, rows: Pairs) -> Floats | None:
    """Return (intercept, slope) by damped Newton steps; None if the minimum is too flat.

    The damping log(1 + d)/d, d the largest change of a log-odds, makes every step lower the
    loss: Sun & Tran-Dinh (2019), "Generalized self-concordant functions", Mathematical
    Programming 178, 145-213. A full step can jump so far that every probability is 0 or 1.
    """
    # The questions do not matter yet, so that rows alike in x are one, with a share that happened.
    stated, where = np.unique(x, return_inverse=True)
    design = np.column_stack([np.ones_like(stated), stated])
    total = sums(where, rows.weights, stated.size)
    share = sums(where, rows.weights * rows.happened, stated.size) / total
    weights = total / total.sum()
    estimate = np.zeros(2)
    for _ in range(300):
        mu = expit(design @ estimate)
        gradient = design.T @ (weights * (mu - share))
        hessian = (design.T * (weights * mu * (1 - mu))) @ design
        if np.linalg.cond(hessian) > 1e12:
            return None
        step = np.linalg.solve(hessian, gradient)
        if gradient @ step < 1e-20:
            return estimate
        reach = float(np.abs(design @ step).max())
        estimate = estimate - np.log1p(reach) / reach * step
    return None


def _standard_errors(x: Floats, rows: Pairs, estimate: Floats, clusters: int) -> Floats:
    design = np.column_stack([np.ones_like(x), x])
    mu = expit(design @ estimate)
    bread = np.linalg.inv((design.T * (rows.weights * mu * (1 - mu))) @ design)
    residuals = rows.weights * (rows.happened - mu)
    per_question = np.stack(
        [sums(rows.questions, column * residuals, clusters) for column in design.T], axis=1
    )
    # The diagonal of bread x meat x bread, as a sum of squares.
    variances = np.square(per_question @ bread).sum(axis=0) * clusters / (clusters - 1)
    errors: Floats = np.sqrt(variances)
    return errors
