"""One question: its record, its lines, its scores."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from forecasts.results.articles import ArticleHead, StatementView
from forecasts.results.daily import DailyRule, NumberScore
from forecasts.results.questions import QuestionRow
from forecasts.results.scores import ScoreRow
from forecasts.results.terms import ForecastClass, PartialDate, Status

LineRole = Literal["me", "crowd", "source", "other"]


@dataclass(frozen=True, slots=True)
class Restated:
    """A forecast's values, of the one kind that its question takes; the others are None."""

    probability: float | None = None
    probabilities: tuple[float, ...] | None = None
    quantiles: tuple[tuple[float, float], ...] | None = None


@dataclass(frozen=True, slots=True)
class MyWords:
    """What I say of a question."""

    said: Restated
    options: tuple[str, ...]  # none where a number is asked for
    unit: str | None  # of that number


@dataclass(frozen=True, slots=True)
class ForecastView:
    """One entry in a question's record."""

    id: int
    forecaster_id: int
    forecaster: str
    forecaster_kind: Literal["person", "source", "model"]
    cls: ForecastClass
    made_at: datetime
    recorded_at: datetime
    withdrawn: bool
    probabilities: tuple[float, ...]  # one an option, "yes" first; empty if withdrawn or numeric
    quantiles: tuple[tuple[float, float], ...]  # (level, value); numeric questions only
    probability_low: float | None
    probability_high: float | None
    is_possibility: bool
    hedge: str | None
    confidence: str | None
    expires_at: datetime | None
    rationale: str | None
    entry: int | None = None  # its number in the log; None if no act recorded it
    leaf: str | None = None  # hex, the hash of that entry
    scale: str | None = None  # what turned a source's words into its numbers


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """One version of a question's resolution; the last one holds."""

    version: int
    state: Literal["resolved", "annulled", "ambiguous"]
    outcome: str | None
    known_at: datetime
    known_precision: Literal["instant", "day", "month", "year"]
    evidence: str
    source_url: str | None
    reason: str | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A comment, a clarification of the criteria, or a piece of evidence."""

    id: int
    text: str
    url: str | None
    dated: PartialDate | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Line:
    """A step function of time: each value stands from its instant to the next."""

    name: str
    role: LineRole
    at: tuple[datetime, ...]
    value: tuple[float | None, ...]  # None where nothing stands
    low: float | None = None  # the range a source's words stand for
    high: float | None = None
    words: str | None = None  # the source's hedge


@dataclass(frozen=True, slots=True)
class Fan:
    """What someone says about a number, as steps of time: a middle and an interval.

    Each value stands from its instant to the next, in the question's unit; None where nothing
    stands, or where the forecast has no such quantile.
    """

    name: str
    role: LineRole
    at: tuple[datetime, ...]
    median: tuple[float | None, ...]
    low: tuple[float | None, ...]  # the outermost quantiles stated, equally far from the middle
    high: tuple[float | None, ...]
    share: tuple[float | None, ...]  # the chance of lying between them, in (0, 1)


@dataclass(frozen=True, slots=True)
class ConditionalView:
    """A question that is asked on condition of another one's outcome."""

    id: int
    title: str
    outcome: str  # of the parent, on which it is asked
    status: Status


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Everything a question's page shows."""

    row: QuestionRow
    options: tuple[str, ...]  # ("yes", "no") for binary; empty for numeric
    background: str
    criteria: str
    resolution_source: str
    base_rate: float | None
    base_rate_class: str | None
    zone: str
    unit: str | None
    statement: StatementView | None
    article: ArticleHead | None
    parent_id: int | None
    parent_title: str | None
    parent_outcome: str | None
    parent_failed: bool  # the parent turned out otherwise: this question is not scored
    lines: tuple[Line, ...]
    record: tuple[ForecastView, ...]
    resolutions: tuple[ResolutionView, ...]
    clarifications: tuple[NoteView, ...]
    comments: tuple[NoteView, ...]
    evidence: tuple[NoteView, ...]
    scores: tuple[ScoreRow, ...]  # once resolved
    ends_at: datetime  # close, or when the outcome became known if earlier
    fans: tuple[Fan, ...] = ()  # numeric questions only
    conditional: tuple[ConditionalView, ...] = ()  # asked on condition of this one
    number_scores: tuple[NumberScore, ...] = ()  # once resolved, numeric questions only
    is_scenario_set: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeScore:
    """What I would score if the question came out so; ``now`` without the forecast, if any stands.

    ``score`` is None as long as there is no forecast to preview.
    Brier at scale 1, or the number's own unit; lower is better.
    """

    outcome: str
    score: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class Preview:
    """My score in each outcome if a forecast were saved now and stood to the scheduled close.

    A number's outcomes are endless: those told are the values that the forecast states.
    """

    rule: DailyRule
    unit: str | None
    outcomes: tuple[OutcomeScore, ...]
