"""Publishers and quoted experts by their own statements."""

from dataclasses import dataclass

from forecasts.results.articles import ArticleHead, StatementView
from forecasts.results.scores import ScoreRow, ScoreSettings
from forecasts.results.terms import Status

BANDS = (0.2, 0.45, 0.55, 0.8)
"""Edges between estimates of little, less than even, even, more than even, and high probability."""


@dataclass(frozen=True, slots=True)
class SourceKey:
    """A speaker with the publisher it speaks through, or all speakers of a publisher."""

    speaker: str | None  # None: the whole publisher
    publisher: str  # "" where it is not named


@dataclass(frozen=True, slots=True)
class WordUse:
    """A wording of likelihood, how often it was used, and the numbers it was read as."""

    word: str  # as a scale lists it, else as written
    count: int
    low: float  # the least and the greatest end of the ranges, of the event as stated
    high: float
    possibility: bool  # a bare may or could


@dataclass(frozen=True, slots=True)
class Wording:
    """How a source words its forecasts."""

    words: tuple[WordUse, ...]  # the most used first
    numbers: int  # statements that give a number of their own
    possibilities: int  # bare may, might, could: shown and not scored
    bands: tuple[int, ...]  # estimates between the edges of ``BANDS``, from low to high


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: what it said, what became of that, and how right it was."""

    key: SourceKey
    statements: int
    waiting: int  # for a decision
    dismissed: int
    wording: Wording
    fitness: float | None  # mean resolvability of the statements judged, in [0, 1]
    judged: int
    questions: int  # that its statements became or were merged into
    settled: int  # of these
    score: ScoreRow | None  # None while nothing is scored
    base_rate: float | None  # of always saying the share that came true; from ten questions on
    came_true: int | None  # of the scored questions; None unless all are yes/no


@dataclass(frozen=True, slots=True)
class Sources:
    """Every source of the record, those with the most statements first."""

    settings: ScoreSettings
    speakers: tuple[SourceRow, ...]
    publishers: tuple[SourceRow, ...]
    statements: int
    possibilities: int


@dataclass(frozen=True, slots=True)
class BecameQuestion:
    """The question that a statement became or was merged into."""

    id: int
    title: str
    status: Status
    outcome: str | None


@dataclass(frozen=True, slots=True)
class SourceStatement:
    """One statement of a source, where it stands, and what became of it."""

    view: StatementView
    head: ArticleHead
    fitness: float
    reasons: tuple[str, ...]  # what it lacks for a question, the gravest first
    question: BecameQuestion | None
