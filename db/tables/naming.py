"""Which name and login a person was entered under, committed to so that neither can be changed."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from db.metadata import STRICT
from db.types import Instant


class Naming(SQLModel, table=True):
    """The private text ``["login", "name"]`` of a person; it goes when the person is erased.

    A fact of its own: persons of records begun before there was this table have one too, from the
    first act after the upgrade.
    """

    __table_args__ = (STRICT,)

    id: int | None = Field(default=None, primary_key=True)
    forecaster_id: int = Field(foreign_key="forecaster.id", unique=True)
    commitment: str = Field(foreign_key="private_text.commitment")
    recorded_at: datetime = Field(sa_type=Instant)
