"""What views answer with and charts draw: plain frozen values, no rows, no sessions.

Probabilities are shares in [0, 1]; instants are aware datetimes in UTC. A binary
question's single probability is that of "yes".
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from forecasts.dates import Precision
from forecasts.maths.calibration import Band, Bin, Recalibration, ReliabilityCurve

Status = Literal["upcoming", "open", "closed", "resolved", "annulled"]
Kind = Literal["binary", "multiple_choice", "ordered", "numeric"]
Sort = Literal["state", "closes", "newest", "change", "distance", "mine", "crowd", "title"]
ForecastClass = Literal["live", "source", "retrospective"]
SeriesRole = Literal["me", "source", "other"]
LineRole = Literal["me", "crowd", "source", "other"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as well as it is known, and whether the document itself states it."""

    day: date
    precision: Precision
    stated: bool = True

    @property
    def exact(self) -> date | None:
        """The day, if it is known to the day; a month's or year's first day would be invented."""
        return self.day if self.precision == "day" else None

    @classmethod
    def of(
        cls, day: date | None, precision: Precision | None, stated: bool = True
    ) -> "PartialDate | None":
        """The date behind two columns that are empty together."""
        return None if day is None or precision is None else cls(day, precision, stated)


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article without its text."""

    id: int
    title: str
    publisher: str | None
    author: str | None
    url: str | None
    published: PartialDate | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class StatementView:
    """A forecast statement as it stands in its article, and what became of it."""

    id: int
    article_id: int
    start: int
    end: int
    quote: str
    hedge: str
    polarity: Literal["affirm", "negative"]
    probability: float  # of the affirmative event
    probability_low: float
    probability_high: float
    scale: str
    is_possibility: bool
    horizon: str | None
    horizon_start: date | None
    horizon_end: date | None
    speaker: str
    speaker_kind: Literal["author", "publisher", "named", "unnamed"]
    condition: str | None
    actors: tuple[str, ...]
    decision: Literal["waiting", "accepted", "dismissed"]
    reason: str | None
    question_id: int | None
    phrase: str | None = None  # the hedge as a scale lists it; None: unknown, or a stated number
    confidence: Literal["low", "moderate", "high"] | None = None  # analytic, apart from likelihood
    found_by: str = "reader"  # "reader", "analyst" or "assistant"


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its text and every statement found in it, by position."""

    head: ArticleHead
    text: str
    furniture: tuple[tuple[int, int], ...]
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An article in the inbox and how many of its statements wait."""

    head: ArticleHead
    waiting: int
    total: int


@dataclass(frozen=True, slots=True)
class SimilarQuestion:
    """A question that asks nearly what another title asks."""

    id: int
    title: str
    kind: Kind
    closes_at: datetime
    likeness: float  # of the titles, in [0, 1]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question in a list."""

    id: int
    title: str
    kind: Kind
    status: Status
    opens_at: datetime
    closes_at: datetime
    tags: tuple[str, ...]
    retrospective: bool
    publisher: str | None
    outcome: str | None
    mine: float | None  # my standing probability of yes; None if none or not binary
    mine_at: datetime | None
    crowd: float | None  # median of standing live forecasts of persons
    crowd_size: int
    source: float | None  # the source's point estimate; None if none
    source_low: float | None
    source_high: float | None
    change_7d: float | None  # of mine, in shares; None where there is nothing to compare
    crowd_change_7d: float | None = None  # of two people's median or more, then and now


@dataclass(frozen=True, slots=True)
class Restated:
    """A forecast's values, of the one kind that its question takes; the others are None."""

    probability: float | None = None
    probabilities: tuple[float, ...] | None = None
    quantiles: tuple[tuple[float, float], ...] | None = None


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


@dataclass(frozen=True, slots=True)
class Preview:
    """My score on a yes/no question if a forecast were saved now and stood to the close.

    Brier at scale 1. ``now_if_*`` is the score without it; None where I have no forecast yet.
    """

    if_yes: float
    if_no: float
    now_if_yes: float | None
    now_if_no: float | None


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


@dataclass(frozen=True, slots=True)
class FacetValues:
    """What can be chosen in filters."""

    tags: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    forecasters: tuple[tuple[int, str, str], ...] = field(default=())  # (id, kind, name)
    questions: int = 0  # in all


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of the record and the role that holds."""

    id: int
    name: str
    login: str  # the machine's user, or "issuer|subject" of whoever signed in
    entered_at: datetime
    role: Literal["viewer", "forecaster", "resolver", "admin"] | None  # None: none was given
    since: datetime | None
    given_by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class VerificationView:
    """The outcome of one verification."""

    made_at: datetime
    made_by: str | None  # None: somebody who never acted in the record
    size: int  # entries of the log it went over
    findings: int
    first: str | None  # what was found first


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How far the record can be trusted by what is known inside it."""

    entries: int
    verification: VerificationView | None  # the latest
    checkpoint_size: int | None  # of the latest signed checkpoint
    checkpoint_at: datetime | None
