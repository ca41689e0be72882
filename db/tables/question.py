"""A claim with a date: what is asked, and by which criteria it will be settled."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.metadata import STRICT, filled, one_of, share
from db.types import Instant

QuestionKind = Literal["binary", "multiple_choice", "ordered", "numeric"]
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)


class Question(SQLModel, table=True):
    """Set once. What changes later is a clarification, a tagging or a resolution.

    A question is open from ``opens_at`` until just before ``closes_at``. ``zone`` (an IANA name)
    sets the days of the daily clock; None is UTC. A conditional question counts only if
    ``parent_id`` resolves to ``parent_outcome``.
    """

    __table_args__ = (
        one_of("kind", QUESTION_KINDS),
        filled("title"),
        filled("criteria"),
        share("base_rate"),
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint(
            "(parent_id IS NULL) = (parent_outcome IS NULL)", name="parent_with_outcome"
        ),
        CheckConstraint("parent_id <> id", name="parent_other"),
        CheckConstraint("base_rate IS NULL OR base_rate_class IS NOT NULL", name="base_rate_class"),
        CheckConstraint("lower_bound < upper_bound", name="bounds"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: QuestionKind = Field(sa_type=String)
    title: str
    background: str = ""
    criteria: str
    resolution_source: str = ""
    base_rate: float | None = None
    base_rate_class: str | None = None
    opens_at: datetime = Field(sa_type=Instant)
    closes_at: datetime = Field(sa_type=Instant, index=True)
    zone: str | None = None
    unit: str | None = None  # numeric questions
    lower_bound: float | None = None
    upper_bound: float | None = None
    retrospective: bool = False  # created after its close: takes no live forecasts
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="question.id", index=True)
    parent_outcome: str | None = None
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class QuestionOption(SQLModel, table=True):
    """An answer of a multiple-choice or ordered question; ordered ones from low to high."""

    __tablename__ = "question_option"
    __table_args__ = (
        CheckConstraint("position >= 0", name="position_positive"),
        filled("name"),
        UniqueConstraint("question_id", "name"),
        STRICT,
    )

    question_id: int = Field(foreign_key="question.id", primary_key=True)
    position: int = Field(primary_key=True)
    name: str


class Tagging(SQLModel, table=True):
    """A tag put on a question or taken off; the last row of a question and tag holds."""

    __table_args__ = (filled("tag"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    tag: str = Field(index=True)
    applied: bool = True
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")
