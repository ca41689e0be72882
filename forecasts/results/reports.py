"""What printed reports say of a forecaster and of a period, and what they were made from."""

from dataclasses import dataclass
from datetime import date, datetime

from forecasts.results.calibration import CalibrationView
from forecasts.results.questions import QuestionRow
from forecasts.results.scores import ScoreRow, ScoreSeries, ScoreSettings


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which record a report was made from, and when: the same root is the same record."""

    made_at: datetime
    entries: int  # of the log
    root: str  # hex, the hash of all of them; "" before the first
    checkpoint_size: int | None  # of the latest signed checkpoint
    checkpoint_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """A forecaster's score on one settled question, by the rule of the report's settings."""

    question_id: int
    title: str
    outcome: str
    ended_at: datetime  # the close, or when the outcome was known if earlier
    score: float
    uniform: float  # what a know-nothing earns
    coverage: float
    days: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A forecast in force on a question that has no outcome yet."""

    question_id: int
    title: str
    options: tuple[str, ...]  # empty for a number
    closes_at: datetime
    made_at: datetime
    probabilities: tuple[float, ...]
    quantiles: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class ForecasterReport:
    """One forecaster's record: what was said, how it scored, how it is calibrated."""

    id: int
    name: str
    kind: str
    publisher: str | None
    said: tuple[tuple[str, int], ...]  # what was recorded, with counts
    questions: int  # with a forecast of theirs
    row: ScoreRow | None  # None while nothing is scored
    rank: (
        tuple[int, int] | None
    )  # place among those scored on ten questions or more, and of how many
    series: ScoreSeries | None
    calibration: CalibrationView
    scored: tuple[QuestionScore, ...]  # the latest first, at most as many as were asked for
    scored_in_all: int
    standing: tuple[Standing, ...]  # the first to close first, at most as many
    standing_in_all: int
    settings: ScoreSettings


@dataclass(frozen=True, slots=True)
class Settled:
    """A question whose outcome became known, with what had been said of it at its end."""

    row: QuestionRow
    state: str  # "resolved", "annulled" or "ambiguous"
    known_at: datetime
    known_precision: str


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """What happened between two days, both included, in UTC.

    Scores and calibration are of settled questions whose *scheduled* close lies in the period:
    by the actual end, questions that resolved yes early would be picked for having done so.
    """

    first: date
    last: date
    counts: tuple[tuple[str, int], ...]
    people: tuple[ScoreRow, ...]  # persons and models, best first
    sources: tuple[ScoreRow, ...]
    scored: int  # questions behind these rows
    calibration: CalibrationView  # of persons
    settled: tuple[Settled, ...]  # outcome known in the period, the latest first
    settled_in_all: int
    waiting: tuple[QuestionRow, ...]  # closed in the period and without an outcome at its end
    settings: ScoreSettings
    left_out: tuple[tuple[str, int], ...]
