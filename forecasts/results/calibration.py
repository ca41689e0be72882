"""Reliability and discrimination of a choice of forecasts, and what words turned out to mean."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from forecasts.maths.calibration import Band, Bin, Recalibration, ReliabilityCurve
from forecasts.maths.discrimination import RocCurve
from forecasts.maths.entering import Entering
from forecasts.results.scores import ScoreSettings

Interval = tuple[float, float]
Span = tuple[timedelta, timedelta | None]
"""From the first (with it) up to the second (without it); None has no end."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose forecasts on which questions; whatever is None narrows nothing.

    The period, the length and the time before the close go by a question's *scheduled* close: by
    its actual end, questions that resolved yes early would be picked for having done so.
    """

    forecaster_id: int | None = None
    forecaster_kind: str | None = None  # "person", "source" or "model"
    publisher: str | None = None  # of the article behind a question
    tag: str | None = None
    closed_from: datetime | None = None
    closed_before: datetime | None = None
    length: Span | None = None  # from a question's opening to its scheduled close
    lead: Span | None = None  # from the day a forecast stood to the scheduled close
    retrospective: bool = False
    possibilities: bool = False
    all_questions: bool = False  # also those whose scheduled close lies ahead
    which: Entering = "daily"  # of each forecaster's forecasts on a question


EVERYTHING = Choice()


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """Reliability of a choice of forecasts.

    ``curve`` is None when no resolved forecast is in the choice.
    """

    who: str
    entering: str  # which forecasts enter, in words
    curve: ReliabilityCurve | None
    band: Band | None
    bins: tuple[Bin, ...]
    recalibration: Recalibration | None
    forecasts: int  # stated forecasts behind it
    questions: int
    left_out: tuple[tuple[str, int], ...]
    settings: ScoreSettings


Part = Literal["forecaster", "publisher", "tag", "year", "length", "lead"]
"""What a choice is parted by; year, length and lead go by the scheduled close."""
PartKey = str | int | Span
"""A part: a tag or publisher, a year or a forecaster's id, or a span of time."""


@dataclass(frozen=True, slots=True)
class ConfidenceRow:
    """Over- or underconfidence of one part of a choice."""

    key: PartKey
    name: str  # of the tag, publisher, forecaster or year; empty of a span
    forecasts: int  # stated forecasts behind it
    questions: int
    said: float  # weighted mean of what was stated, in [0, 1]
    happened: float  # weighted share of it that happened
    recalibration: Recalibration


@dataclass(frozen=True, slots=True)
class ConfidenceView:
    """Over- and underconfidence of a choice, part by part."""

    who: str
    by: Part
    rows: tuple[ConfidenceRow, ...]
    left_out: int  # parts with fewer questions than those given


@dataclass(frozen=True, slots=True)
class DiscriminationView:
    """Whether higher probabilities went to what happened, whatever the numbers mean otherwise.

    The shares are of the weight of events, and of non-events, that was stated in each tenth;
    both are empty, and the means None, where one kind of outcome did not occur.
    """

    events: tuple[float, ...]  # ten shares that sum to 1
    non_events: tuple[float, ...]
    mean_of_events: float | None  # mean forecast before events, in [0, 1]
    mean_of_non_events: float | None
    roc: RocCurve | None  # None where nothing enters
    interval: Interval | None  # 95 % of the area under it, by question; None where none exists
    questions: int


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One outcome that forecasts in some range of probability were about."""

    question_id: int
    title: str
    option: str | None  # the option that was judged; None on yes/no questions, where it is "yes"
    said: float  # weighted mean of what was stated in the range, in [0, 1]
    happened: bool
    forecasters: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The questions behind a range of stated probabilities, the most surprising first."""

    rows: tuple[BehindRow, ...]  # at most as many as were asked for
    outcomes: int  # in all: questions, or options of questions
    questions: int
    happened: float | None  # weighted share that happened; None without rows


@dataclass(frozen=True, slots=True)
class WordRange:
    """What a scale says that a word stands for, as shares in [0, 1]."""

    scale: str
    low: float
    point: float
    high: float


@dataclass(frozen=True, slots=True)
class WordRow:
    """How often what a word was said of came true."""

    word: str
    publisher: str | None  # None: of all publishers
    statements: int
    questions: int
    happened: int  # statements whose event came true
    interval: Interval  # 95 % Wilson of the share, for that many questions
    ranges: tuple[WordRange, ...]  # of the scales that list the word or a synonym of it
    is_possibility: bool  # a bare may or could

    @property
    def share(self) -> float:
        """The share of statements that came true."""
        return self.happened / self.statements


@dataclass(frozen=True, slots=True)
class WordStatement:
    """One statement behind a word."""

    question_id: int
    title: str
    quote: str
    speaker: str
    publisher: str | None
    happened: bool  # the event as the word spoke of it


@dataclass(frozen=True, slots=True)
class WordsView:
    """What words turned out to mean; rows from the strongest word to the weakest.

    With a word chosen, one row for each publisher that used it, and the statements behind them.
    """

    word: str | None
    rows: tuple[WordRow, ...]
    statements: tuple[WordStatement, ...]  # empty unless a word is chosen
    counted: int  # statements in the rows
    left_out: tuple[tuple[str, int], ...]
