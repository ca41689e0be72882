"""How good a score is beside others' on the same questions."""

import math
from typing import get_args

import numpy as np

from forecasts.maths.checks import Floats, check_options
from forecasts.maths.clipping import CLIP, clip_probabilities
from forecasts.maths.panel import Panel
from forecasts.maths.rules import HIGHER_IS_BETTER, RuleName
from forecasts.maths.scoring import Scale
from forecasts.maths.windows import tick_scores


def skill(score: float, reference: float, *, rule: RuleName = "brier") -> float | None:
    """Return the share of the reference's error that the score avoids.

    1 - S/S_ref, a ratio of means; (S - S_ref)/(1 - S_ref) for the spherical score. HIGHER is
    better, at most 1; 0 is as good as the reference, and a uniform forecast earns 0 against
    ``uniform``. Both scores must be means over the same questions and days.

    Returns None where it is not defined: a reference that is perfect, or both infinite.

    Raises ValueError if a score is NaN, or negative, or the rule is unknown.

    Examples
    --------
    >>> skill(0.125, 0.25)
    0.5
    """
    for name, value in (("score", score), ("reference", reference)):
        if not value >= 0:
            raise ValueError(f"{name} is {value}, not a score of 0 or more")
    if rule not in get_args(RuleName):
        raise ValueError(f"rule is {rule!r}, not one of {', '.join(get_args(RuleName))}")
    if rule in HIGHER_IS_BETTER:
        return None if reference == 1 else (score - reference) / (1 - reference)
    if reference == 0 or (math.isinf(score) and math.isinf(reference)):
        return None
    return 1 - score / reference


def relative_brier(
    panel: Panel, outcome: int, *, rule: RuleName = "brier", scale: Scale = 1
) -> Floats:
    """Good Judgment's accuracy score of each forecaster, shape (m,).

    Over the ticks on which the forecaster's own forecast stood, the mean of (own score - median
    of everyone's scores at that tick, own included), times coverage. LOWER is better: negative
    is better than the median, 0 the median itself; in [-1, 1] at scale 1. NaN for a forecaster
    of whom nothing stood.

    Raises ValueError if the outcome is no option or the rule is not a Brier score.
    """
    if rule not in {"brier", "ordered_brier"}:
        raise ValueError(f"rule is {rule!r}, not brier or ordered_brier")
    own = tick_scores(panel, outcome, rule=rule, scale=scale)
    ahead = np.nan_to_num(own - _median(own)) @ panel.weights
    # Mean over the own ticks times their share of the window: the own ticks cancel.
    relative: Floats = ahead / max(panel.weights.sum(), 1.0)
    return np.where(panel.standing.any(axis=1), relative, np.nan)


def peer_score(panel: Panel, outcome: int, *, clip: float = CLIP) -> Floats:
    """Metaculus's peer score of each forecaster, shape (m,).

    100 times the time average over the SCHEDULED window of N/(N - 1) ln(p/GM), where GM is the
    geometric mean of all N standing forecasts of the outcome, the own one included; 0 while
    alone and while nothing stands. HIGHER is better; the sum over all forecasters is 0, and
    everyone who says what the others say earns 0. Probabilities are clipped to
    [clip, 1 - clip].

    Raises
    ------
    ValueError
        If the outcome is no option, or clip is not in (0, 0.5).

    References
    ----------
    Metaculus, "Scores FAQ", https://www.metaculus.com/help/scores-faq/
    """
    logs = _log_of_outcome(panel, outcome, clip)
    count = panel.standing.sum(axis=0)
    mean = np.nansum(logs, axis=0) / np.maximum(count, 1)
    factor = np.where(count > 1, count / np.maximum(count - 1, 1), 0.0)
    return _time_average(panel, factor * (logs - mean))


def baseline_score(panel: Panel, outcome: int, *, clip: float = CLIP) -> Floats:
    """Metaculus's baseline score of each forecaster, shape (m,).

    100 ln(p K)/ln K of the outcome's clipped probability, averaged over the SCHEDULED window, 0
    while nothing stands. HIGHER is better, at most 100; a uniform forecast earns 0. Errors and
    source as for ``peer_score``.
    """
    k = panel.forecasts.shape[2]
    logs = _log_of_outcome(panel, outcome, clip)
    return _time_average(panel, (logs + math.log(k)) / math.log(k))


def _log_of_outcome(panel: Panel, outcome: int, clip: float) -> Floats:
    if clip <= 0:
        raise ValueError(f"clip must fulfil 0 < clip < 0.5, got {clip}")
    place = check_options(outcome, panel.forecasts.shape[2], 1)[0]
    logs: Floats = np.log(clip_probabilities(panel.forecasts[:, :, place], clip))
    return logs


def _time_average(panel: Panel, values: Floats) -> Floats:
    average: Floats = 100 * (np.nan_to_num(values) @ panel.weights) / max(panel.scheduled, 1.0)
    return average


def _median(scores: Floats) -> Floats:
    """Return the median score at each tick, (d,), of (m, d) with NaN; NaN where there is none."""
    count = (~np.isnan(scores)).sum(axis=0)
    # NaN sorts last, so the standing values come first. numpy's nanmedian would warn.
    ordered = np.sort(scores, axis=0)
    tick = np.arange(count.size)
    low = ordered[np.maximum(count - 1, 0) // 2, tick]
    middle: Floats = (low + ordered[count // 2, tick]) / 2
    return middle
