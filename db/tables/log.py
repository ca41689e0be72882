"""The append-only log of every act, its head, and the texts that may be erased."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from db.metadata import STRICT
from db.types import Instant


class Ledger(SQLModel, table=True):
    """One act. ``body`` is the exact text that was hashed; ``leaf`` is its RFC 9162 leaf hash."""

    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq_positive"),
        CheckConstraint("length(leaf) = 32", name="leaf_length"),
        STRICT,
    )

    seq: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    event_id: str = Field(unique=True)  # the idempotency key of the act
    body: str
    leaf: bytes


class LedgerHead(SQLModel, table=True):
    """Size and root of the log; its one row is the lock that keeps ``seq`` without gaps."""

    __tablename__ = "ledger_head"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("size >= 0", name="size_positive"),
        STRICT,
    )

    id: int = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    frontier: bytes  # roots of the perfect subtrees, largest first, 32 bytes each
    root: bytes
    last_at: datetime = Field(sa_type=Instant)


class PrivateText(SQLModel, table=True):
    """A person's own words. The log holds only the commitment; erasing empties text and salt."""

    __tablename__ = "private_text"
    __table_args__ = (
        CheckConstraint("length(commitment) = 64", name="commitment_length"),
        STRICT,
    )

    commitment: str = Field(primary_key=True)  # hex SHA-256 of 0x02, salt, text
    salt: bytes | None
    text: str | None
