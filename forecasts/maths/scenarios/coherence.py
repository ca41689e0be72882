"""Whether probabilities that hang together could all be right, and the least change if not.

Forecasts of linked events are coherent if some distribution over the possible worlds gives them
(B. de Finetti, Theory of Probability, 1974); otherwise the coherent forecasts nearest in the
Euclidean distance score better in every world (Predd et al., IEEE Trans. Inf. Theory 55(10),
2009), which makes that distance a measure of incoherence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Floats, refuse_first
from forecasts.maths.scenarios.conditions import Conditions, Given
from forecasts.maths.scenarios.polytope import nearest
from forecasts.maths.scenarios.worlds import Relation, worlds


@dataclass(frozen=True, slots=True)
class Projection:
    """The coherent probabilities nearest to those stated.

    ``events`` (n,) and ``given`` (c,) hold them in the order of the arguments, NaN for an
    event without a forecast. ``distance`` is Euclidean over what was stated: 0 is coherent,
    LOWER is better, at most the root of how many were stated.
    """

    events: Floats
    given: Floats
    distance: float


def project(
    probabilities: npt.ArrayLike,
    relations: Sequence[Relation],
    given: Sequence[Given] = (),
) -> Projection:
    """Return the coherent probabilities nearest to the stated ones.

    ``probabilities`` has shape (n,), in [0, 1], NaN where an event has no forecast of its own.
    Without conditional forecasts the answer is the one nearest point of a polytope, exact to
    rounding; with them the law P(A and B) = P(A|B) P(B) makes it a smooth problem with possibly
    several local answers, and the best of a fixed set of starts is returned.

    Raises ValueError for a value outside [0, 1], or as ``worlds`` does.
    """
    stated = np.asarray(probabilities, dtype=np.float64)
    if stated.ndim != 1 or stated.size == 0:
        raise ValueError(f"probabilities must be 1-d and not empty, got shape {stated.shape}")
    refuse_first((stated < 0) | (stated > 1), stated, name="probabilities", rule="not in [0, 1]")
    possible = worlds(stated.size, relations).astype(np.float64)
    known = ~np.isnan(stated)
    conditions = Conditions(possible, stated, given)
    shares = conditions.nearest_worlds() if given else nearest(possible[:, known], stated[known])
    events = np.where(known, possible.T @ shares, np.nan)
    conditional = conditions.probabilities(shares)
    apart = np.concatenate([(events - stated)[known], conditional - conditions.stated])
    return Projection(events, conditional, float(np.linalg.norm(apart)))
