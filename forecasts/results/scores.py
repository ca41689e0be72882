"""Scores and what they depend on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from forecasts.results.terms import ForecastClass

SeriesRole = Literal["me", "source", "other"]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One forecaster's score on one question or over several.

    Brier at scale 1: lower is better, 0 is perfect, 1 is worst; always saying
    50 % on yes/no questions earns 0.25. ``at_low`` and ``at_high`` are the score if
    the source's words meant the low or the high end of their range.
    """

    forecaster_id: int
    forecaster: str
    forecaster_kind: Literal["person", "source", "model"]
    publisher: str | None
    questions: int
    score: float
    uniform: float  # what a know-nothing earns on the same questions
    at_low: float | None
    at_high: float | None
    coverage: float  # share of days with a standing forecast, in [0, 1]
    days: int  # scored days
    interval: tuple[float, float] | None  # 95 %, resampled by question; None under 10


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """What every shown score depends on; stands beside it."""

    rule: Literal["brier", "ordered_brier"] = "brier"
    scale: Literal[1, 2] = 1
    clock: Literal["daily"] = "daily"
    zone: str = "UTC"
    before_first: Literal["skip"] = "skip"
    classes: tuple[ForecastClass, ...] = ("live", "source")
    possibilities: bool = False


@dataclass(frozen=True, slots=True)
class ScoreSeries:
    """A forecaster's score over time: trailing mean over questions by their end."""

    name: str
    role: SeriesRole
    at: tuple[datetime, ...]
    value: tuple[float, ...]
    questions: tuple[int, ...]  # how many questions stand behind each value


@dataclass(frozen=True, slots=True)
class TagRow:
    """One forecaster's score on the questions of one tag."""

    tag: str
    forecaster: str
    questions: int
    score: float
    uniform: float


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Scores of everyone on the resolved questions chosen."""

    settings: ScoreSettings
    people: tuple[ScoreRow, ...]  # persons and models, best first
    sources: tuple[ScoreRow, ...]  # speakers, best first
    publishers: tuple[ScoreRow, ...]  # the same statements grouped by named publisher
    by_tag: tuple[TagRow, ...]
    series: tuple[ScoreSeries, ...]
    resolved: int  # resolved questions in the selection
    scored: int  # of these, with at least one scored forecast
    left_out: tuple[tuple[str, int], ...]  # (reason, forecasts or questions)
