"""A score on one question, day by day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

DailyRule = Literal["brier", "ordered_brier", "quantile_score"]


@dataclass(frozen=True, slots=True)
class NumberScore:
    """One forecaster's score on a question about a number.

    In the unit of the number: lower is better, 0 is perfect. It is never pooled with other
    questions.
    """

    forecaster_id: int
    forecaster: str
    forecaster_kind: Literal["person", "source", "model"]
    score: float
    coverage: float  # share of the days with a standing forecast, in (0, 1]
    days: int  # scored days


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row at whose ends the same forecast stood, or none did (all values None)."""

    first: date
    last: date
    days: int
    probabilities: tuple[float, ...]  # one an option; empty if none stood, or on a number
    quantiles: tuple[tuple[float, float], ...]  # (level, value); on a number only
    score: float | None  # of each of the days
    crowd: float | None  # mean over those of the days on which somebody else stood
    running: float | None  # mean over all scored days up to the last of these


@dataclass(frozen=True, slots=True)
class DailyScores:
    """One forecaster's score on each day of a settled question; lower is better.

    Brier at scale 1, or the number's own unit. ``score``, ``crowd`` and ``running`` have one
    entry a day; None where nothing stood.
    """

    forecaster_id: int
    forecaster: str
    rule: DailyRule
    unit: str | None
    uniform: float | None  # what equal probabilities earn; None on a number
    mean: float
    coverage: float
    days: tuple[date, ...]  # of the scoring window, in the question's zone
    score: tuple[float | None, ...]
    crowd: tuple[float | None, ...]  # of the median of everyone else who stood
    running: tuple[float | None, ...]  # mean of ``score`` so far
    beside: tuple[float, float] | None  # own and crowd's mean over the days that both have
    stretches: tuple[Stretch, ...]
