"""How far the record can be trusted."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VerificationView:
    """The outcome of one verification."""

    made_at: datetime
    made_by: str | None  # None: somebody who never acted in the record
    size: int  # entries of the log it went over
    findings: int
    first: str | None  # what was found first


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How far the record can be trusted by what is known inside it."""

    entries: int
    verification: VerificationView | None  # the latest
    checkpoint_size: int | None  # of the latest signed checkpoint
    checkpoint_at: datetime | None
