"""Which indicator deserves attention: how far it tells scenarios apart, how much it would move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Bools, Floats
from forecasts.maths.scenarios.inference import (
    Indicator,
    check_prior,
    log_multipliers,
    normalised,
    reference,
)

UNINFORMATIVE_BITS = 1e-9
"""Below this an indicator cannot tell the scenarios apart; rounding alone leaves less."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What an open indicator could still do to the implied probabilities.

    ``outcomes`` (K,) is how probable each outcome is by the scenarios and the current forecast
    together; ``after`` (K, S) the probabilities once it has come out so; a row is NaN where
    that outcome is impossible. ``information`` is the expected reduction of entropy in bits, at
    least 0. ``swing`` is the largest change of one scenario between two possible outcomes, in
    [0, 1].
    """

    outcomes: Floats
    after: Floats
    information: float
    swing: float


def entropy(probabilities: npt.ArrayLike) -> Floats:
    """Shannon entropy in bits of each distribution in the last axis; 0 ln 0 is 0."""
    p = np.asarray(probabilities, dtype=np.float64)
    bits: Floats = 0.0 - (p * np.log2(np.where(p > 0, p, 1.0))).sum(axis=-1)
    return bits


def log_likelihood_ratios(prior: npt.ArrayLike, indicator: Indicator) -> Floats:
    """Return ln P(o|s)/P(o|not s), shape (K, S): how far outcome o speaks for scenario s.

    "Not s" is the mixture of the other scenarios by their prior. 0: the outcome says nothing
    about s. +inf: only s allows it; -inf: s rules it out. NaN where it cannot be said: nobody
    allows the outcome, or s holds the whole prior.
    """
    p0 = check_prior(prior)
    joint = np.asarray(indicator.likelihoods, dtype=np.float64) * p0
    rest = 1 - p0
    # Summed over the others, not subtracted from the total: a difference leaves rounding.
    others = joint @ (1 - np.eye(p0.size))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios: Floats = np.log(indicator.likelihoods) - np.log(others / rest)
    return ratios


def diagnosticity(prior: npt.ArrayLike, indicator: Indicator) -> float:
    """Mutual information of indicator and scenario under the prior, in bits.

    0 means that it cannot tell the scenarios apart; at most the entropy of the prior.
    """
    p0 = check_prior(prior)
    expected = reference(p0, indicator)
    joint = np.asarray(indicator.likelihoods, dtype=np.float64) * p0
    apart = joint / np.where(expected > 0, expected, 1.0)[:, np.newaxis]
    bits = float(entropy(p0) - expected @ entropy(apart))
    return max(0.0, bits)


def watch(
    prior: npt.ArrayLike,
    indicators: Sequence[Indicator],
    current: Sequence[Sequence[float] | Floats],
    which: int,
) -> Watch:
    """Return what resolving indicator ``which`` would do, all others as they stand.

    ``current`` holds one (K,) forecast an indicator, NaN where nothing is known. The outcomes
    are weighted by how probable everything known together makes them. That is the current
    forecast where this is the only indicator, and with weight 1 it makes the implied
    probabilities of now the mean of those after: expected information is never negative.

    Raises ValueError as ``implied`` does.
    """
    return watch_each(prior, indicators, current, [which])[0]


def watch_each(
    prior: npt.ArrayLike,
    indicators: Sequence[Indicator],
    current: Sequence[Sequence[float] | Floats],
    which: Sequence[int],
) -> list[Watch]:
    """``watch`` for several indicators in turn, working out what they share once."""
    added = [
        log_multipliers(prior, indicator, np.array([q]))
        for indicator, q in zip(indicators, current, strict=True)
    ]
    with np.errstate(divide="ignore"):
        start = np.log(check_prior(prior))[np.newaxis, :]
    # Sums of all before and all after one: a total less one's own share leaves rounding, and
    # nothing at all where that share is -inf.
    before = [start, *added[:-1]]
    for place in range(1, len(before)):
        before[place] = before[place - 1] + before[place]
    after = [np.zeros_like(start), *reversed(added[1:])]
    for place in range(1, len(after)):
        after[place] = after[place - 1] + after[place]
    return [
        _settle(prior, indicators[one], current[one], before[one] + after[-1 - one], one)
        for one in which
    ]


def _settle(
    prior: npt.ArrayLike,
    chosen: Indicator,
    forecast: Sequence[float] | Floats,
    base: Floats,
    which: int,
) -> Watch:
    """Resolve ``chosen`` each way where all the others have made ln P(s) ``base`` (1, S)."""
    expected = reference(prior, chosen)
    stated = np.asarray(forecast, dtype=np.float64)
    stated = expected if np.isnan(stated).all() else stated
    possible = np.flatnonzero(expected > 0)
    logs = base + log_multipliers(prior, chosen, np.eye(len(expected))[possible])
    weights = np.zeros(len(expected))
    weights[possible] = stated[possible] * _relative_sums(logs, stated[possible] > 0)
    if weights.sum() == 0:
        raise ValueError(f"current[{which}]: with the others it rules out every scenario")
    weights /= weights.sum()
    outcomes = np.full((len(expected), base.shape[1]), np.nan)
    reachable = ~np.isneginf(logs).all(axis=1)
    outcomes[possible[reachable]] = normalised(logs[reachable])
    return Watch(weights, outcomes, _information(weights, outcomes), _swing(weights, outcomes))


def _relative_sums(logs: Floats, counted: Bools) -> Floats:
    """The sum of exp(logs) in each row (K, S), to the scale of the highest of those counted (K,).

    Of hundreds of indicators the sums themselves would be too small for a float.
    """
    highest = logs[counted].max(initial=-np.inf)
    if np.isneginf(highest):
        return np.zeros(len(logs))
    sums: Floats = np.exp(np.where(counted[:, np.newaxis], logs - highest, -np.inf)).sum(axis=1)
    return sums


def _information(weights: Floats, after: Floats) -> float:
    likely = weights > 0
    mixture = weights[likely] @ after[likely]
    return max(0.0, float(entropy(mixture) - weights[likely] @ entropy(after[likely])))


def _swing(weights: Floats, after: Floats) -> float:
    likely = after[weights > 0]
    return float((likely.max(axis=0) - likely.min(axis=0)).max())
