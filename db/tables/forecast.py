"""What someone believed, and when. Rows are added, never changed."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, Index, String
from sqlmodel import Field, SQLModel

from db.metadata import STRICT, one_of, share
from db.types import Instant

ForecastClass = Literal["live", "source", "retrospective"]
Confidence = Literal["low", "moderate", "high"]
CLASSES: tuple[ForecastClass, ...] = get_args(ForecastClass)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


class Forecast(SQLModel, table=True):
    """One stated belief. A change of mind is a new row, and so is a withdrawal.

    ``made_at`` is when it was believed, ``recorded_at`` when the server entered it; only a live
    forecast has both equal by rule. ``probability`` is that of "yes" on a binary question;
    other kinds keep theirs in ``ForecastOption`` or ``ForecastQuantile``.
    """

    __table_args__ = (
        one_of("forecast_class", CLASSES),
        one_of("confidence", CONFIDENCES),
        share("probability"),
        share("probability_low"),
        share("probability_high"),
        CheckConstraint(
            "probability_low <= probability AND probability <= probability_high",
            name="probability_order",
        ),
        CheckConstraint(
            "(probability_low IS NULL) = (probability_high IS NULL) "
            "AND (probability_low IS NULL OR probability IS NOT NULL)",
            name="range_with_point",
        ),
        CheckConstraint("NOT withdrawn OR probability IS NULL", name="withdrawn_empty"),
        CheckConstraint("forecast_class <> 'live' OR made_at = recorded_at", name="live_is_now"),
        CheckConstraint("made_at <= recorded_at", name="made_before_recorded"),
        CheckConstraint("expires_at > made_at", name="expires_later"),
        Index("ix_forecast_history", "question_id", "forecaster_id", "made_at"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id")
    forecaster_id: int = Field(foreign_key="forecaster.id", index=True)
    forecast_class: ForecastClass = Field(sa_type=String)
    made_at: datetime = Field(sa_type=Instant)
    withdrawn: bool = False
    probability: float | None = None
    probability_low: float | None = None  # the range a source's words stand for
    probability_high: float | None = None
    scale: str | None = None  # what turned a source's words into its numbers
    is_possibility: bool = False
    statement_id: int | None = Field(default=None, foreign_key="statement.id")
    confidence: Confidence | None = Field(
        default=None, sa_type=String
    )  # analytic confidence, not likelihood
    expires_at: datetime | None = Field(default=None, sa_type=Instant)
    rationale: str | None = Field(default=None, foreign_key="private_text.commitment")
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class ForecastOption(SQLModel, table=True):
    """The probability of one option of a multiple-choice or ordered question."""

    __tablename__ = "forecast_option"
    __table_args__ = (share("probability"), STRICT)

    forecast_id: int = Field(foreign_key="forecast.id", primary_key=True)
    position: int = Field(primary_key=True)
    probability: float


class ForecastQuantile(SQLModel, table=True):
    """One quantile of a forecast on a numeric question, in the question's unit."""

    __tablename__ = "forecast_quantile"
    __table_args__ = (
        CheckConstraint("level > 0 AND level < 1", name="level_range"),
        STRICT,
    )

    forecast_id: int = Field(foreign_key="forecast.id", primary_key=True)
    level: float = Field(primary_key=True)
    value: float
