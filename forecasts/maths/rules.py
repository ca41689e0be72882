"""The rules by name, for code that is told which one to use."""

from typing import Literal, get_args

import numpy.typing as npt

from forecasts.maths.checks import Floats
from forecasts.maths.scoring import (
    Scale,
    brier,
    log_score,
    ordered_brier,
    spherical_score,
    uniform_brier,
    uniform_log_score,
    uniform_ordered_brier,
    uniform_spherical_score,
)

RuleName = Literal["brier", "ordered_brier", "log_score", "spherical_score"]

HIGHER_IS_BETTER: frozenset[RuleName] = frozenset({"spherical_score"})


def score(
    rule: RuleName,
    probabilities: npt.ArrayLike,
    outcome: int | npt.ArrayLike,
    *,
    scale: Scale = 1,
    clip: float = 0.0,
) -> Floats:
    """Score each row of (n, K) by the rule of that name, returning shape (n,).

    ``scale`` matters to the two Brier rules only, ``clip`` to ``log_score`` only. Range,
    direction and errors are those of the rule; ValueError for another name.
    """
    match rule:
        case "brier":
            return brier(probabilities, outcome, scale=scale)
        case "ordered_brier":
            return ordered_brier(probabilities, outcome, scale=scale)
        case "log_score":
            return log_score(probabilities, outcome, clip=clip)
        case "spherical_score":
            return spherical_score(probabilities, outcome)
    raise ValueError(_unknown(rule))


def uniform_score(rule: RuleName, k: int, *, scale: Scale = 1) -> float:
    """Return what 1/K on each of ``k`` >= 2 options earns by the rule of that name.

    ValueError for another name, fewer than two options, or a scale that is not 1 or 2.
    """
    match rule:
        case "brier":
            return uniform_brier(k, scale=scale)
        case "ordered_brier":
            return uniform_ordered_brier(k, scale=scale)
        case "log_score":
            return uniform_log_score(k)
        case "spherical_score":
            return uniform_spherical_score(k)
    raise ValueError(_unknown(rule))


def _unknown(rule: str) -> str:
    return f"rule is {rule!r}, not one of {', '.join(get_args(RuleName))}"
