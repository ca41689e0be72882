"""Proper scoring rules for one forecast over K options. Each says which way is better."""

import math
from typing import Literal

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Floats, check_distribution, check_options
from forecasts.maths.clipping import clip_probabilities

Rule = Literal["brier", "ordered_brier"]
Scale = Literal[1, 2]


def brier(
    probabilities: npt.ArrayLike, outcome: int | npt.ArrayLike, *, scale: Scale = 1
) -> Floats:
    r"""Brier score of each forecast: :math:`\frac{s}{2} \sum_k (p_k - o_k)^2` at scale s.

    Lower is better, 0 is perfect.

    Parameters
    ----------
    probabilities : array-like of shape (n, K)
        One forecast per row, each summing to 1 within 1e-6.
    outcome : int or array-like of int, shape (n,)
        Index of the option that came true; for a yes/no question 0 is "yes".
    scale : 1 or 2
        2 is Brier's own sum, in [0, 2]. 1 is half of it, in [0, 1], so that a yes/no forecast
        costs (p - o)^2. A uniform forecast earns ``uniform_brier(K)``.

    Returns
    -------
    float array of shape (n,)

    Raises
    ------
    ValueError
        If a row is not a distribution, an outcome is no option, or the scale is not 1 or 2.

    References
    ----------
    Brier (1950), "Verification of forecasts expressed in terms of probability",
    Monthly Weather Review 78(1), 1-3.

    Examples
    --------
    70 % on an event that happened (Good Judgment Open, FAQ):

    >>> brier([[0.7, 0.3]], 0, scale=2).round(6).tolist()
    [0.18]
    """
    p = check_distribution(probabilities)
    n, k = p.shape
    happened = np.arange(k) == check_options(outcome, k, n)[:, np.newaxis]
    scores: Floats = _factor(scale) * np.square(p - happened).sum(axis=1)
    return scores


def ordered_brier(
    probabilities: npt.ArrayLike, outcome: int | npt.ArrayLike, *, scale: Scale = 1
) -> Floats:
    r"""Brier score for options that have an order, so that a near miss costs less.

    The mean, over the K - 1 places to cut the order in two, of the Brier score of the two
    halves: :math:`\frac{s}{K-1} \sum_{j<K} (P_j - O_j)^2` with cumulated probabilities
    :math:`P` and outcome :math:`O`; the ranked probability score times s/(K - 1).
    For K = 2 it is ``brier``.

    Parameters, range and errors are those of ``brier``; a uniform forecast earns
    ``uniform_ordered_brier(K)`` on average over the outcomes.

    References
    ----------
    Epstein (1969), "A scoring system for probability forecasts of ranked categories",
    Journal of Applied Meteorology 8(6), 985-987; Good Judgment Inc., "Ordered Categorical
    Scoring Rule".

    Examples
    --------
    >>> ordered_brier([[0.25, 0.25, 0.30, 0.20]], 1, scale=2).round(6).tolist()
    [0.235]
    """
    p = check_distribution(probabilities)
    n, k = p.shape
    reached = np.arange(k - 1) >= check_options(outcome, k, n)[:, np.newaxis]
    cumulated = np.cumsum(p, axis=1)[:, :-1]
    scores: Floats = _factor(scale) * 2 * np.square(cumulated - reached).mean(axis=1)
    return scores


def log_score(
    probabilities: npt.ArrayLike, outcome: int | npt.ArrayLike, *, clip: float = 0.0
) -> Floats:
    """Logarithmic score of each forecast: -ln p(outcome), in nats.

    Lower is better, in [0, inf]: 0 for certainty that came true, inf for certainty that failed
    unless it is clipped. A uniform forecast earns ln K. Only the probability of what happened
    counts.

    Parameters
    ----------
    probabilities, outcome
        See ``brier``.
    clip : float in [0, 0.5)
        p(outcome) is moved into [clip, 1 - clip] first; ``count_clipped`` says how often.

    Returns
    -------
    float array of shape (n,)

    Raises
    ------
    ValueError
        If a row is not a distribution, an outcome is no option, or clip is not in [0, 0.5).

    References
    ----------
    Good (1952), "Rational decisions", Journal of the Royal Statistical Society B 14(1),
    107-114. https://doi.org/10.1111/j.2517-6161.1952.tb00104.x

    Examples
    --------
    >>> log_score([[0.5, 0.5], [1.0, 0.0]], [0, 1]).round(6).tolist()
    [0.693147, inf]
    """
    p = clip_probabilities(_of_outcome(check_distribution(probabilities), outcome), clip)
    with np.errstate(divide="ignore"):
        scores: Floats = 0.0 - np.log(p)  # not -log(p), which turns certainty into -0.0
    return scores


def spherical_score(probabilities: npt.ArrayLike, outcome: int | npt.ArrayLike) -> Floats:
    r"""Spherical score of each forecast: :math:`p_o / \lVert p \rVert_2`.

    HIGHER is better, in [0, 1]: 1 for certainty that came true, 0 for no chance given to what
    happened. A uniform forecast earns 1/sqrt(K). Arguments as for ``brier``.

    Returns
    -------
    float array of shape (n,)

    Raises
    ------
    ValueError
        If a row is not a distribution or an outcome is no option.

    References
    ----------
    Gneiting & Raftery (2007), "Strictly proper scoring rules, prediction, and estimation",
    Journal of the American Statistical Association 102(477), 359-378.
    https://doi.org/10.1198/016214506000001437

    Examples
    --------
    >>> spherical_score([[0.8, 0.2]], 0).round(6).tolist()
    [0.970143]
    """
    p = check_distribution(probabilities)
    scores: Floats = _of_outcome(p, outcome) / np.sqrt(np.square(p).sum(axis=1))
    return scores


def uniform_brier(k: int, *, scale: Scale = 1) -> float:
    """Return what 1/K on each of ``k`` >= 2 options earns: (K - 1)/K at scale 2."""
    return _factor(scale) * (_check_count(k) - 1) / k


def uniform_ordered_brier(k: int, *, scale: Scale = 1) -> float:
    """Return what 1/K on each of ``k`` >= 2 ordered options earns: (K + 1)/(3K) at scale 2.

    The mean over the outcomes: a middle option costs the uniform forecast less than an end.
    """
    return _factor(scale) * (_check_count(k) + 1) / (3 * k)


def uniform_log_score(k: int) -> float:
    """Return what 1/K on each of ``k`` >= 2 options earns: ln K nats."""
    return math.log(_check_count(k))


def uniform_spherical_score(k: int) -> float:
    """Return what 1/K on each of ``k`` >= 2 options earns: 1/sqrt(K)."""
    return 1 / math.sqrt(_check_count(k))


def _of_outcome(p: Floats, outcome: int | npt.ArrayLike) -> Floats:
    """Return the probability that each row gave to what happened, shape (n,)."""
    n, k = p.shape
    given: Floats = p[np.arange(n), check_options(outcome, k, n)]
    return given


def _factor(scale: Scale) -> float:
    if scale not in (1, 2):
        raise ValueError(f"scale is {scale!r}, not 1 or 2")
    return scale / 2


def _check_count(k: int) -> int:
    if k < 2:
        raise ValueError(f"k is {k}, a question has at least 2 options")
    return k
