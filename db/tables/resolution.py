"""How a question turned out, with the evidence."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.metadata import STRICT, filled, one_of
from db.types import Instant

State = Literal["resolved", "annulled", "ambiguous"]
KnownPrecision = Literal["instant", "day", "month", "year"]
STATES: tuple[State, ...] = get_args(State)
KNOWN_PRECISIONS: tuple[KnownPrecision, ...] = get_args(KnownPrecision)


class Resolution(SQLModel, table=True):
    """The highest version holds; a correction supersedes and keeps what it corrects.

    ``outcome`` is an option's name, "yes"/"no", or a number in the question's unit as text.
    ``known_at`` is the last instant that ``known_precision`` allows for when it became known.
    """

    __table_args__ = (
        one_of("state", STATES),
        one_of("known_precision", KNOWN_PRECISIONS),
        filled("evidence"),
        CheckConstraint("(state = 'resolved') = (outcome IS NOT NULL)", name="outcome_if_resolved"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint(
            "version = 1 OR (reason IS NOT NULL AND trim(reason) <> '')",
            name="correction_with_reason",
        ),
        UniqueConstraint("question_id", "version"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id")
    version: int
    state: State = Field(sa_type=String)
    outcome: str | None = None
    known_at: datetime = Field(sa_type=Instant)
    known_precision: KnownPrecision = Field(default="instant", sa_type=String)
    evidence: str
    source_url: str | None = None
    reason: str | None = None  # why a correction supersedes the version before
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")
