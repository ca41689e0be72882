"""How far the area under a ROC curve may be from the truth by chance."""

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit, stdtrit

from forecasts.maths.checks import Floats
from forecasts.maths.pairs import Pairs, check_pairs, sums

Interval = tuple[float, float]


def area_interval(
    probabilities: npt.ArrayLike,
    happened: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    questions: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Interval | None:
    """Return an interval of the area under ``roc_curve``, clustered by question.

    Each row's placement among the rows of the other outcome is its part in the area; the parts
    of one question are added before they are squared, because updates are not independent. The
    interval is symmetric in the log-odds of the area, so that it stays inside (0, 1), with
    Student's t for G - 1 degrees of freedom and the factor G/(G - 1) for G questions.

    Arguments and errors are those of ``reliability_curve``; ValueError also if not
    0 < level < 1.

    Returns
    -------
    (low, high), or None where every outcome is the same, there are under three questions, or the
    area is exactly 0 or 1 and shows no variance to go by

    References
    ----------
    Obuchowski (1997), "Nonparametric analysis of clustered ROC curve data", Biometrics 53(2),
    567-578. https://doi.org/10.2307/2533958. DeLong, DeLong & Clarke-Pearson (1988), "Comparing
    the areas under two or more correlated receiver operating characteristic curves",
    Biometrics 44(3), 837-845. https://doi.org/10.2307/2531595
    """
    return area_interval_of(check_pairs(probabilities, happened, weights, questions), level=level)


def area_interval_of(rows: Pairs, *, level: float = 0.95) -> Interval | None:
    """Return the ``area_interval`` of checked rows."""
    if not 0 < level < 1:
        raise ValueError(f"level must fulfil 0 < level < 1, got {level}")
    clusters = int(rows.questions.max()) + 1
    event = rows.happened == 1
    if event.all() or not event.any() or clusters < 3:
        return None
    yes, no = (np.where(kind, rows.weights, 0.0) for kind in (event, ~event))
    yes, no = yes / yes.sum(), no / no.sum()
    below_event, below_non_event = _placements(rows.probabilities, yes, no)
    area = float(yes @ below_event)
    # Placements that are sums of shares may leave [0, 1] by rounding.
    if not 1e-12 < area < 1 - 1e-12:
        return None
    parts = yes * (below_event - area) + no * (below_non_event - area)
    variance = np.square(sums(rows.questions, parts, clusters)).sum() * clusters / (clusters - 1)
    half = stdtrit(clusters - 1, (1 + level) / 2) * np.sqrt(variance) / (area * (1 - area))
    low, high = expit(logit(area) + np.array([-half, half]))
    return float(low), float(high)


def _placements(p: Floats, yes: Floats, no: Floats) -> tuple[Floats, Floats]:
    """The share of non-events below each row, and of events above it; ties count one half."""
    stated, place = np.unique(p, return_inverse=True)
    of_no, of_yes = sums(place, no, stated.size), sums(place, yes, stated.size)
    below = np.cumsum(of_no) - of_no / 2
    above = np.cumsum(of_yes[::-1])[::-1] - of_yes / 2
    return below[place], above[place]
