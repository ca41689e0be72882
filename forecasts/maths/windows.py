"""One score for one forecaster on one question, under a declared policy for the time before."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from forecasts.maths.checks import Bools, Floats
from forecasts.maths.panel import Panel
from forecasts.maths.pooling import Aggregate, pool
from forecasts.maths.rules import RuleName, score
from forecasts.maths.scoring import Scale

BeforeFirst = Literal["skip", "uniform", "crowd"]


@dataclass(frozen=True, slots=True)
class WindowScore:
    """A score averaged over the scored part of a question's window."""

    mean: float
    """Unit, direction and range of the rule."""

    coverage: float
    """Share of the window with a standing forecast, in (0, 1]; imputed time does not count."""

    stood: float
    """Days, or microseconds, on which a forecast stood."""

    imputed: float
    """Days, or microseconds, before the first forecast that were scored all the same."""


def tick_scores(
    panel: Panel, outcome: int, *, rule: RuleName = "brier", scale: Scale = 1, clip: float = 0.0
) -> Floats:
    """Return the score of every forecast at every tick, (m, d), NaN where none stands.

    ValueError if the outcome is no option or a setting is none of the rule's.
    """
    return _scores_of(panel.forecasts, outcome, rule, scale, clip)


def window_scores(
    panel: Panel,
    outcome: int,
    *,
    before_first: BeforeFirst = "skip",
    members: Bools | None = None,
    aggregate: Aggregate = "median",
    rule: RuleName = "brier",
    scale: Scale = 1,
    clip: float = 0.0,
) -> list[WindowScore | None]:
    """Average each forecaster's score over the window.

    Gaps after a withdrawal or an expiry are never filled. Time before the first forecast is
    left out (``skip``), scored as 1/K on every option (``uniform``), or scored as what the
    others' crowd said (``crowd``), which is uniform where no other forecast stands. Imputed time
    enters the mean and never the coverage.

    Parameters
    ----------
    panel : Panel
    outcome : int
        Index of the option that came true.
    before_first : "skip", "uniform" or "crowd"
    members : bool array of shape (m,), optional
        Whose forecasts the crowd is made of; everyone's if absent. The forecaster's own is left
        out in any case.
    aggregate : str
        How the crowd is made, see ``pool``.
    rule, scale, clip
        See ``rules.score``.

    Returns
    -------
    list of m entries; None for a forecaster of whom nothing stood in the window

    Raises
    ------
    ValueError
        If the outcome is no option, ``members`` has another shape, or a name is unknown.
    """
    if before_first not in get_args(BeforeFirst):
        raise ValueError(
            f"before_first is {before_first!r}, not one of {', '.join(get_args(BeforeFirst))}"
        )
    if aggregate not in get_args(Aggregate):
        raise ValueError(f"aggregate is {aggregate!r}, not one of {', '.join(get_args(Aggregate))}")
    own = tick_scores(panel, outcome, rule=rule, scale=scale, clip=clip)
    coverage, standing = panel.coverage, panel.standing
    result: list[WindowScore | None] = []
    for i in range(len(own)):
        if not standing[i].any():
            result.append(None)
            continue
        ticks, before = own[i], panel.before_first[i]
        filled = before if before_first != "skip" else np.zeros_like(before)
        if filled.any():
            others = members if before_first == "crowd" else np.zeros(len(own), dtype=np.bool_)
            said = reference(panel.at(filled), i, members=others, aggregate=aggregate)
            ticks[filled] = score(rule, said, outcome, scale=scale, clip=clip)
        scored = standing[i] | filled
        result.append(
            WindowScore(
                mean=float(np.average(ticks[scored], weights=panel.weights[scored])),
                coverage=float(coverage[i]),
                stood=float(panel.weights[standing[i]].sum()),
                imputed=float(panel.weights[filled].sum()),
            )
        )
    return result


def reference(
    panel: Panel,
    forecaster: int,
    *,
    members: Bools | None = None,
    aggregate: Aggregate = "median",
) -> Floats:
    """Return what the crowd without one forecaster says at every tick, shape (d, K).

    Uniform where no other member's forecast stands. ValueError if ``members`` is not of shape
    (m,) or the aggregate is unknown.
    """
    count, ticks, k = panel.forecasts.shape
    others = np.ones(count, dtype=np.bool_) if members is None else members.copy()
    if others.shape != (count,):
        raise ValueError(f"members has shape {others.shape}, not ({count},)")
    others[forecaster] = False
    if not others.any():
        return np.full((ticks, k), 1 / k)
    said = pool(panel.forecasts[others], panel.made[others], aggregate).forecasts
    return np.where(np.isnan(said), 1 / k, said)


def _scores_of(
    forecasts: Floats, outcome: int, rule: RuleName, scale: Scale, clip: float
) -> Floats:
    standing = ~np.isnan(forecasts[:, :, 0])
    scores = np.full(standing.shape, np.nan)
    scores[standing] = score(rule, forecasts[standing], outcome, scale=scale, clip=clip)
    return scores
