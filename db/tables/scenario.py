"""Alternative futures: what tells them, what tells them apart, and how questions hang together.

Narratives and notes are a person's ``own_words``; rows of earlier versions hold them in a column
of their own.
"""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.metadata import APART, STRICT, apart, filled, one_of, share
from db.types import Instant

RelationKind = Literal["implies", "complement", "same_event"]
RELATION_KINDS: tuple[RelationKind, ...] = get_args(RelationKind)


class ScenarioSet(SQLModel, table=True):
    """A multiple-choice question whose options are alternative futures, the last "something else".

    Their probabilities, rationales, resolution and scores are those of the question.
    """

    __tablename__ = "scenario_set"
    __table_args__ = (STRICT,)

    question_id: int = Field(
        foreign_key="question.id", primary_key=True, sa_column_kwargs={"autoincrement": False}
    )
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class Narrative(SQLModel, table=True):
    """How one scenario would come about; the highest version holds."""

    __table_args__ = (
        filled("text"),
        apart("text"),
        UniqueConstraint("set_id", "position", "version"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint("position >= 0", name="position_positive"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    set_id: int = Field(foreign_key="scenario_set.question_id")
    position: int  # of the option
    version: int
    text: str = APART
    own_words: str | None = Field(default=None, foreign_key="private_text.commitment")
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class ScenarioPrior(SQLModel, table=True):
    """What was believed of a set at ``dated_at``, from which indicators are counted on.

    The highest version holds.
    """

    __tablename__ = "scenario_prior"
    __table_args__ = (
        UniqueConstraint("set_id", "version"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint("dated_at <= recorded_at", name="dated_before_recorded"),
        apart("note", ""),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    set_id: int = Field(foreign_key="scenario_set.question_id")
    version: int
    dated_at: datetime = Field(sa_type=Instant)
    note: str = ""
    own_words: str | None = Field(default=None, foreign_key="private_text.commitment")
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class ScenarioPriorShare(SQLModel, table=True):
    """The prior probability of one scenario."""

    __tablename__ = "scenario_prior_share"
    __table_args__ = (share("probability"), STRICT)

    prior_id: int = Field(foreign_key="scenario_prior.id", primary_key=True)
    position: int = Field(primary_key=True)
    probability: float


class IndicatorLink(SQLModel, table=True):
    """A question linked to a set that it would tell apart; the highest version holds.

    ``weight`` is the exponent on its multiplier: 1 takes it as independent of other indicators.
    """

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("set_id", "question_id", "version"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint("set_id <> question_id", name="other_question"),
        share("weight"),
        apart("note", ""),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    set_id: int = Field(foreign_key="scenario_set.question_id")
    question_id: int = Field(foreign_key="question.id", index=True)
    version: int
    active: bool = True
    weight: float = 1.0
    note: str = ""
    own_words: str | None = Field(default=None, foreign_key="private_text.commitment")
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class IndicatorLikelihood(SQLModel, table=True):
    """P(outcome | scenario) of an indicator; a scenario without any is left to the analyst."""

    __tablename__ = "indicator_likelihood"
    __table_args__ = (
        share("probability"),
        CheckConstraint("(words IS NULL) = (scale IS NULL)", name="words_with_scale"),
        STRICT,
    )

    indicator_id: int = Field(foreign_key="indicator.id", primary_key=True)
    scenario: int = Field(primary_key=True)
    outcome: int = Field(primary_key=True)
    probability: float
    words: str | None = None
    scale: str | None = None  # what turned the words into the number


class QuestionRelation(SQLModel, table=True):
    """How outcomes of two questions hang together; the highest version of the same four holds.

    ``implies``: the first cannot happen without the second. ``complement``: exactly one of them
    does. ``same_event``: the first asks, on its condition, about what the second asks outright.
    """

    __tablename__ = "relation"
    __table_args__ = (
        one_of("kind", RELATION_KINDS),
        filled("first_outcome"),
        filled("second_outcome"),
        # Named here: made of its columns, the name would be longer than PostgreSQL takes.
        UniqueConstraint(
            "kind",
            "first_id",
            "first_outcome",
            "second_id",
            "second_outcome",
            "version",
            name="uq_relation_version",
        ),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint("first_id <> second_id", name="two_questions"),
        apart("note", ""),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: RelationKind = Field(sa_type=String)
    first_id: int = Field(foreign_key="question.id")
    first_outcome: str
    second_id: int = Field(foreign_key="question.id", index=True)
    second_outcome: str
    version: int
    active: bool = True
    note: str = ""
    own_words: str | None = Field(default=None, foreign_key="private_text.commitment")
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")
