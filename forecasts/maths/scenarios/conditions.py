"""Conditional forecasts beside unconditional ones: the worlds' weights nearest to both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.maths.checks import Bools, Floats
from forecasts.maths.scenarios.polytope import nearest

CONDITIONAL_LIMIT = 256
"""More worlds than this are refused: with conditions the problem is no polytope's."""
INWARD = 0.1  # starts lie this far inside: at the boundary a condition may be impossible
IMPOSSIBLE = 1e-12
STEPS = 200  # of one descent
SHORTEST = 1e-9  # of a step
PAYS = 1e-9  # share of what is left by which a step must lower it
EXACT = 1e-18  # a squared distance that rounding leaves


@dataclass(frozen=True, slots=True)
class Given:
    """A forecast of ``event`` on condition that ``parent`` turns out ``holds``."""

    event: int
    parent: int
    holds: bool
    probability: float


class Conditions:
    """The conditional forecasts ``given`` of events that are ``stated`` (n,), NaN if not.

    ``possible`` has shape (W, n): the worlds, as 0 and 1.

    Raises ValueError for an event outside 0..n-1, a probability outside [0, 1], or more than
    CONDITIONAL_LIMIT worlds.
    """

    def __init__(self, possible: Floats, stated: Floats, given: Sequence[Given]) -> None:
        _check(possible, given)
        known = ~np.isnan(stated)
        self.corners = possible[:, known]
        self.events = stated[known]
        self.stated = np.array([one.probability for one in given])
        columns = [possible[:, one.parent] == one.holds for one in given]
        self.holds = np.array(columns, dtype=np.float64).reshape(len(given), len(possible))
        self.both = self.holds * possible[:, [one.event for one in given]].T

    def probabilities(self, shares: Floats) -> Floats:
        """P(event | condition) under weights (W,); as stated where the condition cannot be."""
        chance = self.holds @ shares
        certain = chance > IMPOSSIBLE
        return np.where(certain, self.both @ shares / np.where(certain, chance, 1), self.stated)

    def misfit(self, shares: Floats) -> float:
        """Squared distance from all that was stated."""
        off = shares @ self.corners - self.events
        far = self.probabilities(shares) - self.stated
        return float(off @ off + far @ far)

    def nearest_worlds(self) -> Floats:
        """Weights (W,) of the worlds that come nearest to events and conditions together.

        The problem may have several local answers; the best of a few descents is returned. They
        start at the answer without the conditions, at equal weights, and for each condition at
        the answer that makes it impossible. There it costs nothing, and no descent gets there, so
        that one more goes on from it among the worlds that are left.
        """
        everywhere = np.ones(len(self.corners), dtype=bool)
        starts = [self._without(everywhere), np.full(everywhere.size, 1 / everywhere.size)]
        tried = [self._descend(shares, everywhere) for shares in starts]
        for holds in self.holds:
            if (elsewhere := holds == 0).any():
                excluded = self._without(elsewhere)
                tried += [excluded, self._descend(excluded, everywhere)]
                tried.append(self._descend(excluded, elsewhere))
        return min(tried, key=self.misfit)

    def _without(self, kept: Bools) -> Floats:
        shares = np.zeros(len(self.corners))
        shares[kept] = nearest(self.corners[kept], self.events)
        return shares

    def _descend(self, start: Floats, within: Bools) -> Floats:
        """Follow Gauss-Newton steps from inside, each shortened until it pays, to a local answer.

        Worlds outside ``within`` keep the weight 0.

        A ratio of two sums over the worlds is linear near the weights at hand, and the nearest
        point of the polytope that this makes is found exactly: no step slows with the number of
        worlds as one of a general solver does (J. Nocedal, S. J. Wright, Numerical Optimization,
        2006, ch. 10.3).
        """
        shares: Floats = (1 - INWARD) * start + INWARD * (within / np.count_nonzero(within))
        cost = self.misfit(shares)
        for _ in range(STEPS):
            shorter, ahead = 1.0, self._linearised(shares, within)
            while (found := self.misfit(tried := shares + shorter * (ahead - shares))) > cost:
                shorter /= 2
                if shorter < SHORTEST:
                    return shares
            shares, gain, cost = tried, cost - found, found
            if gain <= PAYS * cost + EXACT:
                break
        return shares

    def _linearised(self, shares: Floats, within: Bools) -> Floats:
        """The nearest weights (W,) if the ratios changed as they begin to at ``shares``."""
        certain = (chance := self.holds @ shares) > IMPOSSIBLE
        holds, both, chance = self.holds[certain], self.both[certain], chance[certain]
        ratio = both @ shares / chance
        slopes = (both - holds * ratio[:, np.newaxis]) / chance[:, np.newaxis]
        aims = np.append(self.events, self.stated[certain] - ratio)
        ahead = np.zeros(len(shares))
        ahead[within] = nearest(np.hstack([self.corners, slopes.T])[within], aims)
        return ahead


def _check(possible: Floats, given: Sequence[Given]) -> None:
    count, n = possible.shape
    for one in given:
        if one.event == one.parent or not {one.event, one.parent} <= set(range(n)):
            raise ValueError(f"{one} needs two different events among 0..{n - 1}")
        if not 0 <= one.probability <= 1:
            raise ValueError(f"probability of {one} is not in [0, 1]")
    if given and count > CONDITIONAL_LIMIT:
        raise ValueError(
            f"{n} events with conditional forecasts allow {count} worlds, "
            f"more than {CONDITIONAL_LIMIT}"
        )
