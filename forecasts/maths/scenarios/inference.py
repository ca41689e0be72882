"""The probabilities of scenarios that resolved indicators and open forecasts imply.

A set of scenarios has a dated prior P0(s). An indicator is a question with P(o|s) for each of
its outcomes o. Its multiplier of P(s) is the sum over o of q(o)/P0(o) P(o|s), where q is the
current forecast (certainty once resolved) and P0(o) = sum over s of P0(s) P(o|s). One resolved
indicator gives Bayes' rule, one open indicator Jeffrey's rule of probability kinematics
(R. C. Jeffrey, The Logic of Decision, 1965, ch. 11); a product does not know its factors' order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Floats, check_distribution, refuse_first


@dataclass(frozen=True, slots=True)
class Indicator:
    """A question that tells scenarios apart.

    ``likelihoods`` has shape (K, S): the probability of each outcome (row) in each scenario
    (column); a column sums to 1. ``weight`` in [0, 1] is the exponent on the indicator's
    multiplier: 1 takes it as independent of the other indicators given the scenario, 0 leaves
    it out.

    Raises ValueError for likelihoods that are no distributions or a weight outside [0, 1].
    """

    likelihoods: Floats
    weight: float = 1.0

    def __post_init__(self) -> None:
        by_scenario = np.asarray(self.likelihoods, dtype=np.float64).T
        check_distribution(by_scenario, name="likelihoods by scenario")
        if not 0 <= self.weight <= 1:
            raise ValueError(f"weight is {self.weight}, not in [0, 1]")


def check_prior(prior: npt.ArrayLike) -> Floats:
    """Return a prior over scenarios as float64 of shape (S,), S >= 2, summing to 1."""
    row: Floats = check_distribution(np.asarray(prior)[np.newaxis], name="prior")[0]
    return row


def reference(prior: npt.ArrayLike, indicator: Indicator) -> Floats:
    """P0(o): how probable the prior makes each outcome of an indicator, shape (K,)."""
    p0 = check_prior(prior)
    likelihoods = np.asarray(indicator.likelihoods, dtype=np.float64)
    if likelihoods.shape[1] != p0.size:
        raise ValueError(
            f"likelihoods are for {likelihoods.shape[1]} scenarios, the prior is for {p0.size}"
        )
    expected: Floats = likelihoods @ p0
    return expected


def log_multipliers(prior: npt.ArrayLike, indicator: Indicator, current: npt.ArrayLike) -> Floats:
    """Return what an indicator adds to ln P(s) at each instant, shape (T, S), up to -inf.

    ``current`` has shape (T, K): the forecast of the outcomes at each instant, or a row of NaN
    where nothing is known, which adds 0. An outcome that no scenario allows counts as
    impossible: forecasting it with more than 0 is an error.

    Raises ValueError for other shapes, rows that are no distribution, or such a forecast.
    """
    expected = reference(prior, indicator)
    q = np.asarray(current, dtype=np.float64)
    if q.ndim != 2 or q.shape[1] != expected.size:
        raise ValueError(f"current must have shape (T, {expected.size}), got {q.shape}")
    added = np.zeros((len(q), indicator.likelihoods.shape[1]))
    known = ~np.isnan(q).all(axis=1)
    if not known.any() or indicator.weight == 0:
        return added
    stated = check_distribution(q[known], name="current")
    impossible = expected == 0
    refuse_first(
        (stated > 0) & impossible,
        stated,
        name="current",
        rule="more than 0 for an outcome that no scenario allows",
    )
    ratios = stated / np.where(impossible, 1.0, expected)
    with np.errstate(divide="ignore"):
        added[known] = indicator.weight * np.log(ratios @ indicator.likelihoods)
    return added


def implied(
    prior: npt.ArrayLike, indicators: Sequence[Indicator], current: Sequence[npt.ArrayLike]
) -> Floats:
    """Return the probabilities of the scenarios that the indicators imply, shape (T, S).

    ``current`` holds one (T, K) array an indicator, as for ``log_multipliers``; with no
    indicator, T is 1 and the prior comes back. Rows sum to 1.

    Raises ValueError where what is known rules out every scenario, or for bad arguments.

    Examples
    --------
    A test with sensitivity .9 and false alarms .2, prior .1, found positive:

    >>> test = Indicator(np.array([[0.9, 0.2], [0.1, 0.8]]))
    >>> [round(float(p), 4) for p in implied([0.1, 0.9], [test], [[[1, 0]]])[0]]
    [0.3333, 0.6667]
    """
    if len(indicators) != len(current):
        raise ValueError(f"{len(indicators)} indicators, but {len(current)} current forecasts")
    with np.errstate(divide="ignore"):
        logs = np.log(check_prior(prior))[np.newaxis, :]
    for indicator, q in zip(indicators, current, strict=True):
        logs = logs + log_multipliers(prior, indicator, q)
    return normalised(logs)


def normalised(logs: Floats) -> Floats:
    """Return exp(logs) with every row scaled to sum to 1; -inf becomes 0.

    Raises ValueError for a row of -inf: every scenario is ruled out.
    """
    highest = logs.max(axis=1, keepdims=True)
    if np.isneginf(highest).any():
        instant = int(np.argmax(np.isneginf(highest)))
        raise ValueError(f"instant {instant}: what is known rules out every scenario")
    shares = np.exp(logs - highest)
    probabilities: Floats = shares / shares.sum(axis=1, keepdims=True)
    return probabilities
