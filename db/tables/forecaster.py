"""Whoever states probabilities: a person, a source (author, publisher, expert), a model."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, Index, String, text
from sqlmodel import Field, SQLModel

from db.metadata import STRICT, filled, one_of
from db.types import Instant

ForecasterKind = Literal["person", "source", "model"]
FORECASTER_KINDS: tuple[ForecasterKind, ...] = get_args(ForecasterKind)


class Forecaster(SQLModel, table=True):
    """One row a speaker. A publisher is a grouping of its speakers, so nothing counts twice."""

    __table_args__ = (
        one_of("kind", FORECASTER_KINDS),
        filled("name"),
        CheckConstraint("(kind = 'person') = (login IS NOT NULL)", name="login_of_person"),
        Index(
            "uq_forecaster_source",
            "kind",
            "name",
            "publisher",
            unique=True,
            sqlite_where=text("kind <> 'person'"),
            postgresql_where=text("kind <> 'person'"),
        ),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    handle: str = Field(unique=True)  # random; stands for a person in the log
    kind: ForecasterKind = Field(sa_type=String)
    name: str
    publisher: str = ""  # of a source; "" where the publisher is not named
    login: str | None = Field(default=None, unique=True)
    recorded_at: datetime = Field(sa_type=Instant)

    @property
    def erased(self) -> bool:
        """Whether this person's name and login were erased: the handle stands in their place."""
        return self.login == self.handle
