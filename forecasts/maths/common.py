"""Two forecasts of one question scored on the very same days."""

import numpy as np

from forecasts.maths.checks import Floats
from forecasts.maths.panel import Panel
from forecasts.maths.rules import RuleName, score
from forecasts.maths.scoring import Scale


def common_scores(
    panel: Panel,
    outcome: int,
    first: Floats,
    second: Floats,
    *,
    rule: RuleName = "brier",
    scale: Scale = 1,
    clip: float = 0.0,
) -> tuple[float, float] | None:
    """Return both time-averaged scores over the ticks on which both forecasts stand.

    These are what ``skill`` and ``compare`` ask for.

    Parameters
    ----------
    panel : Panel
    outcome : int
        Index of the option that came true.
    first, second : float arrays of shape (d, K)
        A forecaster's row of ``panel.forecasts``, what ``reference`` returns, or a constant
        such as the base rates, broadcast to that shape; NaN where nothing stands.
    rule, scale, clip
        See ``rules.score``.

    Returns
    -------
    tuple of two floats, or None if there is no such tick

    Raises
    ------
    ValueError
        If a shape differs, a row is no distribution, or a setting is none of the rule's.
    """
    shape = panel.forecasts.shape[1:]
    for name, forecasts in (("first", first), ("second", second)):
        if forecasts.shape != shape:
            raise ValueError(f"{name} has shape {forecasts.shape}, not {shape}")
    both = ~(np.isnan(first[:, 0]) | np.isnan(second[:, 0]))
    if not both.any():
        return None
    weights = panel.weights[both]
    one, other = (
        float(np.average(score(rule, p[both], outcome, scale=scale, clip=clip), weights=weights))
        for p in (first, second)
    )
    return one, other
