"""The append-only log of every act, its head, and the texts that may be erased.

``LEDGER_ITSELF`` marks the tables that the log does not record, because they are about the log.
"""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from db.metadata import STRICT
from db.types import Instant

LEDGER_ITSELF = STRICT | {"info": {"logged": False}}


class Ledger(SQLModel, table=True):
    """One act. ``body`` is the exact text that was hashed; ``leaf`` is its RFC 9162 leaf hash."""

    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq_positive"),
        CheckConstraint("length(leaf) = 32", name="leaf_length"),
        LEDGER_ITSELF,
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
        LEDGER_ITSELF,
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


class SigningKey(SQLModel, table=True):
    """A public key that checkpoints are signed with from this entry on: raw Ed25519, hex."""

    __tablename__ = "signing_key"
    __table_args__ = (CheckConstraint("length(public_key) = 64", name="length"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    public_key: str = Field(unique=True)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")


class Checkpoint(SQLModel, table=True):
    """A signed note over the first ``size`` entries, as it was given out."""

    __table_args__ = (CheckConstraint("size >= 1", name="size_positive"), LEDGER_ITSELF)

    size: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    note: str
    made_at: datetime = Field(sa_type=Instant)


class Verification(SQLModel, table=True):
    """The outcome of one verification. Not an act: looking at the log must not lengthen it."""

    __table_args__ = (
        CheckConstraint("size >= 0", name="size_positive"),
        CheckConstraint("findings >= 0", name="findings_positive"),
        CheckConstraint("(findings > 0) = (first IS NOT NULL)", name="first_if_any"),
        LEDGER_ITSELF,
    )

    id: int | None = Field(default=None, primary_key=True)
    made_at: datetime = Field(sa_type=Instant)
    made_by: int | None = Field(default=None, foreign_key="forecaster.id")
    size: int = Field(sa_type=BigInteger)  # of the log that was verified
    root: bytes
    findings: int
    first: str | None = None  # what was found first, in one line
