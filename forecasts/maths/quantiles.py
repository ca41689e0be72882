"""Scores of a number forecast by quantiles or by an interval, in the number's own unit.

Lower is better, 0 is perfect. Units differ between questions, so these scores are never pooled
with others.
"""

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Floats, refuse_first

_LEVEL_TOLERANCE = 1e-9


def quantile_score(
    quantiles: npt.ArrayLike, levels: npt.ArrayLike, observed: npt.ArrayLike
) -> Floats:
    r"""Twice the pinball loss, averaged over the stated levels.

    .. math:: \frac{2}{J} \sum_j (1[y < q_j] - \tau_j)(q_j - y)

    Parameters
    ----------
    quantiles : array-like of shape (n, J), J >= 1
        Stated quantiles, finite, non-decreasing along each row.
    levels : array-like of shape (J,)
        Their probability levels, strictly increasing, in (0, 1).
    observed : float or array-like of shape (n,)
        What came out, finite.

    Returns
    -------
    float array of shape (n,), >= 0, in the unit of ``observed``

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite, quantiles cross, or the levels do not
        increase within (0, 1).

    References
    ----------
    Gneiting & Raftery (2007), "Strictly proper scoring rules, prediction, and estimation",
    Journal of the American Statistical Association 102(477), 359-378.
    https://doi.org/10.1198/016214506000001437

    Examples
    --------
    A median that misses by 3 costs 3:

    >>> quantile_score([[10.0]], [0.5], 13.0).tolist()
    [3.0]
    """
    q, tau, y = _check_quantiles(quantiles, levels, observed)
    above = y[:, np.newaxis] < q
    loss = (above - tau) * (q - y[:, np.newaxis])
    scores: Floats = 2 * loss.mean(axis=1)
    return scores


def crps(quantiles: npt.ArrayLike, levels: npt.ArrayLike, observed: npt.ArrayLike) -> Floats:
    """Continuous ranked probability score of a quantile forecast, approximately.

    The CRPS is the integral over all levels of twice the pinball loss. This is its mean over
    the stated levels, the same number as ``quantile_score``: it approximates the CRPS where the
    levels are equally spaced, 1/(2J), 3/(2J), ... being the midpoint rule, and leans towards
    wherever they crowd together.

    Arguments, unit, range and errors are those of ``quantile_score``.

    References
    ----------
    Laio & Tamea (2007), "Verification tools for probabilistic forecasts of continuous
    hydrological variables", Hydrology and Earth System Sciences 11(4), 1267-1277.
    https://doi.org/10.5194/hess-11-1267-2007
    """
    return quantile_score(quantiles, levels, observed)


def interval_score(
    lower: npt.ArrayLike,
    upper: npt.ArrayLike,
    observed: npt.ArrayLike,
    *,
    alpha: float | npt.ArrayLike,
) -> Floats:
    r"""Width of a central (1 - alpha) interval, plus 2/alpha times the miss.

    .. math:: (u - l) + \frac{2}{\alpha} (l - y)^+ + \frac{2}{\alpha} (y - u)^+

    Parameters
    ----------
    lower, upper, observed : float or array-like of one shape
        Finite, ``lower <= upper``.
    alpha : float or array-like of that shape, in (0, 1)
        What the interval leaves outside: 0.1 for a 90 % interval.

    Returns
    -------
    float array of the common shape, >= 0, in the unit of ``observed``

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, lower > upper, or alpha is not in
        (0, 1).

    References
    ----------
    Gneiting & Raftery (2007), see ``quantile_score``, section 6.2.

    Examples
    --------
    >>> interval_score([0.0, 0.0], [10.0, 10.0], [5.0, 12.0], alpha=0.5).tolist()
    [10.0, 18.0]
    """
    low, high, y, a = np.broadcast_arrays(
        *(np.asarray(values, dtype=np.float64) for values in (lower, upper, observed, alpha))
    )
    for name, array in (("lower", low), ("upper", high), ("observed", y)):
        _check_finite(array, name)
    _refuse(low > high, low, name="lower", rule="above its upper end")
    _refuse(~((a > 0) & (a < 1)), a, name="alpha", rule="not in (0, 1)")
    missed = np.maximum(low - y, 0) + np.maximum(y - high, 0)
    scores: Floats = (high - low) + 2 / a * missed
    return scores


def weighted_interval_score(
    quantiles: npt.ArrayLike, levels: npt.ArrayLike, observed: npt.ArrayLike
) -> Floats:
    r"""Weighted interval score of a median and J symmetric pairs of quantiles.

    .. math:: \frac{1}{J + 1/2} \Bigl(\tfrac12 |y - m|
        + \sum_j \frac{\alpha_j}{2} \mathrm{IS}_{\alpha_j}\Bigr)

    It equals ``quantile_score`` over the same levels.

    Arguments, unit and range are those of ``quantile_score``.

    Raises
    ------
    ValueError
        As ``quantile_score``, or if 0.5 is not among the levels or a level has no mirror image.

    References
    ----------
    Bracher, Ray, Gneiting & Reich (2021), "Evaluating epidemic forecasts in an interval format",
    PLOS Computational Biology 17(2) e1008618. https://doi.org/10.1371/journal.pcbi.1008618
    """
    q, tau, y = _check_quantiles(quantiles, levels, observed)
    pairs, rest = divmod(tau.size, 2)
    if not rest or np.abs(tau + tau[::-1] - 1).max() > _LEVEL_TOLERANCE:
        raise ValueError(f"levels must be 0.5 and symmetric pairs, got {tau.tolist()}")
    total = np.abs(y - q[:, pairs]) / 2
    for j in range(pairs):
        alpha = 2 * tau[j]
        total = total + alpha / 2 * interval_score(q[:, j], q[:, -1 - j], y, alpha=alpha)
    scores: Floats = total / (pairs + 0.5)
    return scores


def _check_quantiles(
    quantiles: npt.ArrayLike, levels: npt.ArrayLike, observed: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    q = np.asarray(quantiles, dtype=np.float64)
    tau = np.asarray(levels, dtype=np.float64)
    y = np.asarray(observed, dtype=np.float64)
    if tau.ndim != 1 or not tau.size:
        raise ValueError(f"levels must be 1-d and not empty, got shape {tau.shape}")
    if q.ndim != 2 or q.shape[1] != tau.size:
        raise ValueError(f"quantiles must have shape (n, {tau.size}), got {q.shape}")
    if y.shape not in {(), (q.shape[0],)}:
        raise ValueError(f"observed has shape {y.shape}, not () or ({q.shape[0]},)")
    refuse_first(~((tau > 0) & (tau < 1)), tau, name="levels", rule="not in (0, 1)")
    backwards = np.diff(tau, prepend=-1.0) <= 0
    refuse_first(backwards, tau, name="levels", rule="not above the level before it")
    _check_finite(q, "quantiles")
    _check_finite(y, "observed")
    crossing = np.diff(q, axis=1, prepend=q[:, :1]) < 0
    refuse_first(crossing, q, name="quantiles", rule="below the quantile before it")
    return q, tau, np.broadcast_to(y, (q.shape[0],))


def _check_finite(values: Floats, name: str) -> None:
    _refuse(~np.isfinite(values), values, name=name, rule="not finite")


def _refuse(bad: npt.NDArray[np.bool_], values: Floats, *, name: str, rule: str) -> None:
    """As ``refuse_first``; a single number has no place to name."""
    if values.ndim:
        refuse_first(bad, values, name=name, rule=rule)
    elif bad:
        raise ValueError(f"{name} is {values}, {rule}")
