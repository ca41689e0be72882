"""What is said about a question besides forecasts and resolutions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from db.metadata import APART, STRICT, apart, filled, one_of
from db.tables.article import PRECISIONS, Precision
from db.types import Instant


class Clarification(SQLModel, table=True):
    """An addition to a question's criteria. The criteria themselves are never edited."""

    __table_args__ = (filled("text"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    text: str
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class Comment(SQLModel, table=True):
    """A person's remark; its text is erasable, so it stands in ``PrivateText``."""

    __table_args__ = (STRICT,)

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    text: str = Field(foreign_key="private_text.commitment")
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class Evidence(SQLModel, table=True):
    """A quote or a link that bears on a question, with its own date.

    The text is a person's, so it is ``own_words``; rows of earlier versions hold it in ``text``.
    """

    __table_args__ = (
        filled("text"),
        apart("text"),
        one_of("dated_precision", PRECISIONS),
        CheckConstraint("(dated IS NULL) = (dated_precision IS NULL)", name="dated_whole"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    text: str = APART
    own_words: str | None = Field(default=None, foreign_key="private_text.commitment")
    url: str | None = None
    dated: date | None = None
    dated_precision: Precision | None = Field(default=None, sa_type=String)
    article_id: int | None = Field(default=None, foreign_key="article.id")
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")
