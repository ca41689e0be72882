"""Do higher probabilities go to what happens? Whatever the numbers mean otherwise."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Floats
from forecasts.maths.pairs import check_pairs, sums


@dataclass(frozen=True, slots=True)
class RocCurve:
    """Share of events caught against share of false alarms, for every threshold.

    From (0, 0), above every stated value, to (1, 1), at the lowest; straight between entries.
    Where every outcome is the same, one of the shares has no meaning: the arrays are empty, the
    area is None and ``reason`` says why.
    """

    thresholds: Floats  # shape (k + 1,), decreasing from inf; an alarm is p >= threshold
    false_alarms: Floats  # shape (k + 1,), share of the non-events, non-decreasing in [0, 1]
    hits: Floats  # shape (k + 1,), share of the events, non-decreasing in [0, 1]
    area: float | None  # in [0, 1], higher is better; 0.5 is what chance, or a constant, earns
    reason: str | None = None


def roc_curve(
    probabilities: npt.ArrayLike, happened: npt.ArrayLike, *, weights: npt.ArrayLike | None = None
) -> RocCurve:
    """Return the ROC curve and the area under it.

    The area is the chance that an event drawn at random was given a higher probability than a
    non-event drawn at random; ties count one half. Arguments and errors are those of
    ``reliability_curve``.

    References
    ----------
    Mason & Graham (2002), "Areas beneath the relative operating characteristics (ROC) and
    relative operating levels (ROL) curves", Quarterly Journal of the Royal Meteorological
    Society 128(584), 2145-2166. https://doi.org/10.1256/003590002320603584
    """
    found = forecasts_by_outcome(probabilities, happened, weights=weights)
    if found.events is None or found.non_events is None:
        nothing = np.empty(0)
        return RocCurve(nothing, nothing, nothing, None, "every outcome is the same")
    # Sums from the top; their last entry would be 1 but for rounding.
    hits, false_alarms = (
        np.append(0.0, np.append(np.cumsum(share[::-1])[:-1], 1.0))
        for share in (found.events, found.non_events)
    )
    area = float(np.trapezoid(hits, false_alarms))
    thresholds = np.append(np.inf, found.stated[::-1])
    return RocCurve(thresholds, np.minimum(false_alarms, 1), np.minimum(hits, 1), area)


@dataclass(frozen=True, slots=True)
class ForecastsByOutcome:
    """What was said before events, and before non-events: the further apart, the better.

    The shares of a kind of outcome that did not occur are None, as is its mean.
    """

    stated: Floats  # shape (k,), distinct stated values, increasing
    events: Floats | None  # shape (k,), share of the events' weight at each value; sums to 1
    non_events: Floats | None  # shape (k,), the same of the non-events
    mean_of_events: float | None  # mean forecast before events, in [0, 1]
    mean_of_non_events: float | None


def forecasts_by_outcome(
    probabilities: npt.ArrayLike, happened: npt.ArrayLike, *, weights: npt.ArrayLike | None = None
) -> ForecastsByOutcome:
    """Return the distribution of stated values given what happened.

    Arguments and errors are those of ``reliability_curve``.

    References
    ----------
    Murphy & Winkler (1987), "A general framework for forecast verification", Monthly Weather
    Review 115(7), 1330-1338.
    https://doi.org/10.1175/1520-0493(1987)115<1330:AGFFFV>2.0.CO;2
    """
    rows = check_pairs(probabilities, happened, weights, None)
    stated, place = np.unique(rows.probabilities, return_inverse=True)

    def shares(of_kind: Floats) -> tuple[Floats | None, float | None]:
        if not of_kind.any():
            return None, None
        weight = rows.weights * of_kind
        share: Floats = sums(place, weight, stated.size) / weight.sum()
        return share, float(np.average(rows.probabilities, weights=weight))

    events, mean_of_events = shares(rows.happened)
    non_events, mean_of_non_events = shares(1 - rows.happened)
    return ForecastsByOutcome(stated, events, non_events, mean_of_events, mean_of_non_events)
