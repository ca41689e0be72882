"""A text someone published, exactly as it was read."""

from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from db.metadata import STRICT, filled, one_of
from db.types import Instant

Precision = Literal["day", "month", "year"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)


class Article(SQLModel, table=True):
    """The stored text is the source; statements point into it by character offsets.

    ``published`` is the first day its precision allows; ``published_stated`` is false where the
    article carries no date and an analyst estimated one.
    """

    __table_args__ = (
        filled("title"),
        filled("text"),
        one_of("published_precision", PRECISIONS),
        CheckConstraint(
            "(published IS NULL) = (published_precision IS NULL)", name="published_whole"
        ),
        CheckConstraint("length(content_sha256) = 64", name="content_sha256_length"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    title: str
    publisher: str | None = None  # None: not named in the text
    author: str | None = None
    url: str | None = None
    published: date | None = None
    published_precision: Precision | None = Field(default=None, sa_type=String)
    published_stated: bool = True
    text: str
    content_sha256: str = Field(unique=True)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")
