"""A forecast in an article's own words, and what the desk decided about it."""

from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.metadata import STRICT, apart, filled, one_of, share
from db.tables.forecast import CONFIDENCES, Confidence
from db.types import Instant

Polarity = Literal["affirm", "negative"]
SpeakerKind = Literal["author", "publisher", "named", "unnamed"]
Decision = Literal["accepted", "dismissed", "waiting"]
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
SPEAKER_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
DECISIONS: tuple[Decision, ...] = get_args(Decision)


class Statement(SQLModel, table=True):
    """``text[start:end]`` of the article is the quote.

    The probabilities are those of the affirmative event, also where the wording is negative,
    and ``scale`` names what turned the words into numbers.
    """

    __table_args__ = (
        CheckConstraint('start >= 0 AND "end" > start', name="span"),
        filled("quote"),
        one_of("polarity", POLARITIES),
        one_of("speaker_kind", SPEAKER_KINDS),
        one_of("confidence", CONFIDENCES),
        share("probability"),
        share("probability_low"),
        share("probability_high"),
        CheckConstraint(
            "probability_low <= probability AND probability <= probability_high",
            name="probability_order",
        ),
        UniqueConstraint("article_id", "start", "end"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id")
    start: int
    end: int
    quote: str
    hedge: str
    polarity: Polarity = Field(sa_type=String)
    probability: float
    probability_low: float
    probability_high: float
    scale: str
    is_possibility: bool = False  # may, might, could: shown, not scored
    horizon: str | None = None  # as worded
    horizon_start: date | None = None
    horizon_end: date | None = None
    speaker: str
    speaker_kind: SpeakerKind = Field(sa_type=String)
    condition: str | None = None
    actors: str = ""  # names joined by "; "
    found_by: str  # "reader", "analyst" or "assistant"
    phrase: str | None = None  # the hedge as a scale lists it; None: unknown, or a stated number
    confidence: Confidence | None = Field(default=None, sa_type=String)  # analytic, not likelihood
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class StatementDecision(SQLModel, table=True):
    """The highest version holds; a statement without a decision is waiting.

    A reason is a person's ``own_words``; rows of earlier versions hold it in ``reason``.
    """

    __tablename__ = "statement_decision"
    __table_args__ = (
        one_of("decision", DECISIONS),
        UniqueConstraint("statement_id", "version"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint(
            "(decision = 'accepted') = (question_id IS NOT NULL)", name="accepted_as_question"
        ),
        CheckConstraint(
            "decision <> 'dismissed' OR (reason IS NOT NULL AND trim(reason) <> '')",
            name="dismissed_with_reason",
        ),
        apart("reason"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id")
    version: int
    decision: Decision = Field(sa_type=String)
    reason: str | None = None
    own_words: str | None = Field(default=None, foreign_key="private_text.commitment")
    question_id: int | None = Field(default=None, foreign_key="question.id", index=True)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")
