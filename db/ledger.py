"""The append-only Merkle log of what was recorded (RFC 9162 hashing).

Every act appends one body in the transaction that writes its rows. A body holds the rows as
they were written, so the log can be compared with the tables column by column.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, SQLModel, select

from db.tables import Forecaster, Ledger, LedgerHead, PrivateText
from db.types import EPOCH, to_us

HASH_BYTES = 32
HIDDEN = {Forecaster: ("name", "login"), PrivateText: ("salt", "text")}
"""Columns that name or quote a person: erasable, so the log does not hold them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an act was recorded. ``id`` is that of the main row it made."""

    seq: int
    event_id: str
    id: int
    leaf: str  # hex
    size: int  # of the log just after this act
    root: str  # hex, of the log at that size; "" on a repeated request


def leaf_hash(body: str) -> bytes:
    """RFC 9162, section 2.1.1: SHA-256 of 0x00 and the entry."""
    return hashlib.sha256(b"\x00" + body.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162, section 2.1.1: SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def add_leaf(frontier: bytes, size: int, leaf: bytes) -> bytes:
    """The frontier of a log of ``size`` leaves after one more.

    The frontier holds the roots of the perfect subtrees, largest first; a carry in the binary
    count of leaves joins two of them.
    """
    node = leaf
    while size & 1:
        node = node_hash(frontier[-HASH_BYTES:], node)
        frontier = frontier[:-HASH_BYTES]
        size >>= 1
    return frontier + node


def root_of(frontier: bytes) -> bytes:
    """The Merkle tree head over the subtrees of ``frontier``; SHA-256 of nothing if empty."""
    if not frontier:
        return hashlib.sha256(b"").digest()
    peaks = [frontier[i : i + HASH_BYTES] for i in range(0, len(frontier), HASH_BYTES)]
    root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop(), root)
    return root


def locked_head(session: Session) -> LedgerHead:
    """The head, locked until the transaction ends, so that acts follow one another."""
    head = session.exec(select(LedgerHead).with_for_update()).one_or_none()
    if head is None:
        head = LedgerHead(id=1, size=0, frontier=b"", root=root_of(b""), last_at=EPOCH)
        session.add(head)
        session.flush()
    return head


def find(session: Session, event_id: str) -> tuple[Receipt, str] | None:
    """The receipt and request digest of an act already recorded under this key."""
    entry = session.exec(select(Ledger).where(Ledger.event_id == event_id)).one_or_none()
    if entry is None:
        return None
    body = json.loads(entry.body)
    receipt = Receipt(entry.seq, entry.event_id, body["subject"], entry.leaf.hex(), entry.seq, "")
    return receipt, body["request"]


def append(
    session: Session,
    *,
    kind: str,
    event_id: str,
    actor: str,
    now: datetime,
    request: str,
    subject: int,
    rows: Sequence[SQLModel],
) -> Receipt:
    """Record one act whose ``rows`` were flushed; ``subject`` is the id of the main one."""
    head = locked_head(session)
    seq = head.size + 1
    body = canonical(
        {
            "v": 1,
            "seq": seq,
            "id": event_id,
            "kind": kind,
            "actor": actor,
            "recorded_us": to_us(now),
            "request": request,
            "subject": subject,
            "rows": [[row.__tablename__, columns_of(row)] for row in rows],
        }
    )
    leaf = leaf_hash(body)
    session.add(Ledger(seq=seq, event_id=event_id, body=body, leaf=leaf))
    head.frontier = add_leaf(head.frontier, head.size, leaf)
    head.size, head.root, head.last_at = seq, root_of(head.frontier), now
    session.flush()
    return Receipt(seq, event_id, subject, leaf.hex(), seq, head.root.hex())


def columns_of(row: SQLModel) -> dict[str, Any]:
    """A row's columns as they stand in the log, hidden ones left out."""
    hidden = HIDDEN.get(type(row), ())
    if isinstance(row, Forecaster) and row.kind != "person":
        hidden = ()
    return {name: plain(value) for name, value in row.model_dump().items() if name not in hidden}


def plain(value: Any) -> Any:
    """A value as JSON holds it: instants as microseconds, days as ISO, -0.0 as 0.0."""
    if isinstance(value, datetime):
        return to_us(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value + 0.0
    return value


def canonical(value: Any) -> str:
    """JSON on one line, keys sorted; NaN and infinities are refused."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
