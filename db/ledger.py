"""The append-only Merkle log of what was recorded (RFC 9162 hashing).

Every act appends one body in the transaction that writes its rows. A body holds the rows as
they were written, so the log can be compared with the tables column by column.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from db.entries import UNREADABLE
from db.faults import DamagedEntry
from db.merkle import add_leaf, add_leaves, leaf_hash, root_of, shared_frontier
from db.tables import Forecaster, Ledger, LedgerHead, PrivateText
from db.types import EPOCH, to_us

FIRST_HEAD = """
INSERT INTO ledger_head (id, size, frontier, root, last_at)
VALUES (1, 0, :frontier, :root, :last_at) ON CONFLICT DO NOTHING
"""
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
    root: str  # hex, of the log at that size


def locked_head(session: Session) -> LedgerHead:
    """The head, locked until the transaction ends, so that acts follow one another.

    A door takes it before it reads the clock: then the times of entries rise as their numbers do.
    """
    locked = select(LedgerHead).with_for_update()
    head = session.exec(locked).one_or_none()
    if head is None:
        # Two first acts at once find nothing to lock: one of them makes the row, and both wait.
        first = {"frontier": b"", "root": root_of(b""), "last_at": to_us(EPOCH)}
        session.connection().execute(text(FIRST_HEAD), first)
        head = session.exec(locked).one()
    return head


def find(session: Session, event_id: str) -> tuple[Receipt, dict[str, Any]] | None:
    """The receipt of an act already recorded under this key, and what the log holds of it.

    Raises DamagedEntry if somebody altered the entry: nothing it says can be relied on.
    """
    entry = session.exec(select(Ledger).where(Ledger.event_id == event_id)).one_or_none()
    if entry is None:
        return None
    body = _act_of(entry)
    root = root_at(session, entry.seq).hex()
    receipt = Receipt(entry.seq, entry.event_id, body["subject"], entry.leaf.hex(), entry.seq, root)
    return receipt, body


def _act_of(entry: Ledger) -> dict[str, Any]:
    try:
        body: dict[str, Any] = json.loads(entry.body)
        whole = isinstance(body["subject"], int) and isinstance(body["request"], str)
        whole &= all(isinstance(row, dict) for _, row in body["rows"])
    except UNREADABLE:
        whole = False
    if not whole or leaf_hash(entry.body) != entry.leaf:
        raise DamagedEntry(entry.seq)
    return body


def root_at(session: Session, size: int) -> bytes:
    """The root of the log's first ``size`` entries, worked out from their hashes.

    Reads the leaves after the subtrees that are also the head's: few for an entry just made, at
    most all of them. No entry is asked for it: what one entry says of others proves nothing.
    """
    head = session.exec(select(LedgerHead)).one()
    frontier, known = shared_frontier(head.frontier, head.size, size)
    return root_of(add_leaves(frontier, known, leaves(session, size, after=known)))


def leaves(session: Session, size: int, *, after: int = 0) -> Sequence[bytes]:
    """The leaf hashes of the first ``size`` entries, in order, without the first ``after``."""
    query = select(Ledger.leaf).where(col(Ledger.seq).between(after + 1, size))
    # The session's own way takes twice as long.
    return session.connection().scalars(query.order_by(col(Ledger.seq))).all()


def append(
    session: Session,
    head: LedgerHead,
    *,
    kind: str,
    event_id: str,
    actor: str,
    now: datetime,
    request: str,
    subject: int,
    rows: Sequence[SQLModel],
) -> Receipt:
    """Record one act whose ``rows`` were flushed; ``subject`` is the id of the main one.

    ``head`` is the one that ``locked_head`` gave in this transaction.

    The order of entries is ``seq``; their time is the server's true one. Where it has run
    backwards, an entry of kind "clock" says so first.
    """
    act = {
        "kind": kind,
        "id": event_id,
        "actor": actor,
        "recorded_us": to_us(now),
        "request": request,
        "subject": subject,
        "rows": [[row.__tablename__, columns_of(row)] for row in rows],
    }
    last, head.last_at = head.last_at, now
    if now < last:
        warning = {"kind": "clock", "id": secrets.token_hex(16), "last_us": to_us(last)}
        _extend(session, head, act | warning | {"request": "", "subject": 0, "rows": []})
    entry = _extend(session, head, act)
    return Receipt(entry.seq, event_id, subject, entry.leaf.hex(), head.size, head.root.hex())


def _extend(session: Session, head: LedgerHead, act: dict[str, Any]) -> Ledger:
    """One entry more, in the log and in its head."""
    seq = head.size + 1
    body = canonical({"v": 1, "seq": seq, **act})
    leaf = leaf_hash(body)
    entry = Ledger(seq=seq, event_id=act["id"], body=body, leaf=leaf)
    session.add(entry)
    head.frontier = add_leaf(head.frontier, head.size, leaf)
    head.size, head.root = seq, root_of(head.frontier)
    session.flush()
    return entry


def private_text(words: str) -> PrivateText:
    """A text that can be erased, with a salt of its own and the commitment to both."""
    salt = secrets.token_bytes(32)
    commitment = hashlib.sha256(b"\x02" + salt + words.encode()).hexdigest()
    return PrivateText(commitment=commitment, salt=salt, text=words)


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
