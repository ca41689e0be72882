"""Articles, their statements, and the inbox."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from forecasts.results.terms import Kind, PartialDate


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
