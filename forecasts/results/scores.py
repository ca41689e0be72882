"""Scores and what they depend on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from forecasts.maths.clipping import CLIP
from forecasts.maths.panel import ClockName
from forecasts.maths.rules import HIGHER_IS_BETTER, uniform_score
from forecasts.maths.scoring import Scale
from forecasts.maths.windows import BeforeFirst
from forecasts.results.terms import ForecastClass

ScoreRule = Literal["brier", "log_score", "spherical_score"]
"""``brier`` is ``ordered_brier`` on questions whose options have an order."""

SeriesRole = Literal["me", "crowd", "source", "other"]


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """What every shown score depends on; stands beside it."""

    rule: ScoreRule = "brier"
    scale: Scale = 1  # of the Brier score only; 1 with other rules
    clock: ClockName = "daily"
    zone: str = "UTC"  # of daily scores, where a question has no zone of its own
    before_first: BeforeFirst = "skip"
    classes: tuple[ForecastClass, ...] = ("live", "source")
    possibilities: bool = False
    clip: float = CLIP  # of the log score only

    @property
    def higher_is_better(self) -> bool:
        """The direction of the rule."""
        return self.rule in HIGHER_IS_BETTER

    @property
    def know_nothing(self) -> float:
        """What always saying 50 % earns on yes/no questions."""
        return uniform_score(self.rule, 2, scale=self.scale)

    def lead(self, score: float, reference: float) -> float:
        """How much better ``score`` is, in the rule's unit; negative where it is worse."""
        return score - reference if self.higher_is_better else reference - score


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One forecaster's score on one question or over several, by some ``ScoreSettings``.

    ``at_low`` and ``at_high`` are the score if the source's words meant the low or the high end
    of their range. ``adjusted`` is the score to expect on the average question of those that the
    forecasters share, so that choosing easy ones does not pay.
    """

    forecaster_id: int  # 0 of the crowd
    forecaster: str
    forecaster_kind: Literal["person", "source", "model", "crowd"]
    publisher: str | None
    questions: int
    score: float
    uniform: float  # what a know-nothing earns on the same questions
    at_low: float | None
    at_high: float | None
    coverage: float  # share of the time with a standing forecast, in [0, 1]
    days: float  # scored on a forecast of their own; whole on the daily clock
    interval: tuple[float, float] | None  # 95 %, resampled by question; None under 10
    adjusted: float | None = None
    unadjusted: str | None = None  # why there is no adjusted score

    @property
    def may_be_chance(self) -> bool:
        """Whether what a know-nothing earns lies within the score's interval."""
        return self.interval is not None and self.interval[0] <= self.uniform <= self.interval[1]


@dataclass(frozen=True, slots=True)
class ScoreSeries:
    """A forecaster's score over time: trailing mean over questions by their end."""

    name: str
    role: SeriesRole
    at: tuple[datetime, ...]
    value: tuple[float, ...]
    questions: tuple[int, ...]  # how many questions stand behind each value


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One forecaster's score on the questions of one tag."""

    questions: int
    score: float
    uniform: float  # what a know-nothing earns on the same questions


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One forecaster, or all sources together, with a cell for each tag."""

    name: str
    role: SeriesRole
    cells: tuple[HeatCell | None, ...]  # None where there is nothing to score


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Scores by forecaster and tag: those with the most questions behind them."""

    tags: tuple[tuple[str, int], ...] = ()  # with how many scored questions
    rows: tuple[HeatRow, ...] = ()
    tags_left_out: int = 0
    rows_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Scores of everyone on the resolved questions chosen."""

    settings: ScoreSettings
    people: tuple[ScoreRow, ...]  # persons and models, best first
    sources: tuple[ScoreRow, ...]  # speakers, best first
    publishers: tuple[ScoreRow, ...]  # the same statements grouped by named publisher
    heat: HeatMap
    series: tuple[ScoreSeries, ...]
    resolved: int  # resolved questions in the selection
    scored: int  # of these, with at least one scored forecast
    clipped: int  # stated probabilities moved by the clip of the log score
    left_out: tuple[tuple[str, int], ...]  # (reason, forecasts or questions)
    crowd: ScoreRow | None = None  # persons' median, where two or more spoke; ranked with nobody
