"""What needs the reader today."""

from dataclasses import dataclass
from datetime import datetime

from forecasts.results.articles import InboxItem
from forecasts.results.calibration import CalibrationView
from forecasts.results.questions import QuestionRow


@dataclass(frozen=True, slots=True)
class DueItem:
    """A question that asks for something."""

    row: QuestionRow
    why: str  # one plain sentence


@dataclass(frozen=True, slots=True)
class Headline:
    """A number of the Today page, with how many questions stand behind it."""

    name: str
    score: float | None
    crowd: float | None
    questions: int
    before: float | None  # the same number over the period before
    trend: tuple[float | None, ...] = ()  # as it stood every 30 days, the last one now


@dataclass(frozen=True, slots=True)
class TodayView:
    """What needs the reader, most urgent first."""

    now: datetime
    due: tuple[DueItem, ...]
    closing: tuple[DueItem, ...]  # within 7 days
    stale: tuple[DueItem, ...]
    far: tuple[DueItem, ...]  # I stand far from the crowd
    moved: tuple[DueItem, ...]  # the crowd moved since I last spoke
    unforecast: tuple[DueItem, ...]  # open, and the reader has no forecast on them yet
    inbox: tuple[InboxItem, ...]
    headlines: tuple[Headline, ...]
    coverage: float | None
    open_questions: int
    resolved_questions: int
    my_forecasts: int
    calibration: CalibrationView  # mine, or the sources' before my first forecast
