"""What was erased of a person: which words, or the name, by whom, when and why."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.metadata import STRICT, filled
from db.tables.log import LEDGER_ITSELF
from db.types import Instant


class Redaction(SQLModel, table=True):
    """One erasure. The words or the name are gone; that they were erased stays."""

    __table_args__ = (
        CheckConstraint("(commitment IS NULL) <> (forecaster_id IS NULL)", name="words_or_name"),
        filled("reason"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    commitment: str | None = Field(default=None, foreign_key="private_text.commitment")
    forecaster_id: int | None = Field(default=None, foreign_key="forecaster.id")
    reason: str
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class Scrub(SQLModel, table=True):
    """The database's files were rewritten: no erased words up to this redaction stand in them.

    About this copy of the record, not an act: another copy of the same record has its own files.
    """

    __table_args__ = (LEDGER_ITSELF,)

    id: int | None = Field(default=None, primary_key=True)
    redaction_id: int = Field(foreign_key="redaction.id")
    made_at: datetime = Field(sa_type=Instant)
