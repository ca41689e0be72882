"""Which entry of the log recorded a row: what a receipt and a proof begin with."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from db.tables import Ledger, LedgerHead

UNREADABLE = (KeyError, TypeError, ValueError, RecursionError)
"""What a text that is no act may raise while it is read."""
AT_ONCE = 200  # entries worth reading together rather than halving once more


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log."""

    seq: int
    body: str
    leaf: bytes

    def ids(self, table: str) -> list[int]:
        """The ids of the rows of ``table`` that it recorded; none if its text is no act's."""
        try:
            rows = json.loads(self.body)["rows"]
            return sorted(row["id"] for name, row in rows if name == table)
        except UNREADABLE:  # somebody changed it: see verification
            return []


def entries_of(session: Session, table: str, ids: Iterable[int]) -> dict[int, Entry]:
    """The entries that recorded these rows of ``table``; ids that none recorded are left out.

    Ids are given under the lock of the log and so rise along it: the log is halved until it is
    small, and needs no index beside it.
    """
    head = session.exec(select(LedgerHead.size)).one_or_none()
    found: dict[int, Entry] = {}
    _search(session, table, sorted(set(ids)), 1, head or 0, found)
    return found


def _search(
    session: Session, table: str, ids: list[int], low: int, high: int, found: dict[int, Entry]
) -> None:
    if not ids or low > high:
        return
    if high - low < max(AT_ONCE, AT_ONCE * len(ids) // 10):
        wanted = frozenset(ids)
        for entry in _entries(session, table, low, high):
            found |= {key: entry for key in entry.ids(table) if key in wanted}
        return
    middle = (low + high) // 2
    for entry in _entries(session, table, middle, high, limit=1):
        here = entry.ids(table)
        if not here:  # not readable: it says nothing about which half to look in
            _search(session, table, ids, low, middle - 1, found)
            _search(session, table, ids, entry.seq + 1, high, found)
            return
        found |= dict.fromkeys(frozenset(here).intersection(ids), entry)
        before, after = bisect_left(ids, here[0]), bisect_right(ids, here[-1])
        _search(session, table, ids[:before], low, middle - 1, found)
        _search(session, table, ids[after:], entry.seq + 1, high, found)
        return
    _search(session, table, ids, low, middle - 1, found)


def _entries(
    session: Session, table: str, low: int, high: int, limit: int | None = None
) -> list[Entry]:
    """The entries from ``low`` to ``high`` that recorded a row of ``table``."""
    # In a body's JSON a quote inside somebody's words is escaped, so only a row looks like this.
    rows = session.exec(
        select(Ledger.seq, Ledger.body, Ledger.leaf)
        .where(col(Ledger.seq).between(low, high))
        .where(col(Ledger.body).contains(f'["{table}",{{', autoescape=True))
        .order_by(col(Ledger.seq))
        .limit(limit)
    )
    return [Entry(*row) for row in rows]


def entry_of_text(session: Session, commitment: str) -> Entry | None:
    """The entry that recorded a private text. Reads the whole log: for rare questions."""
    part = f'["private_text",{{"commitment":"{commitment}"}}]'
    row = session.exec(
        select(Ledger.seq, Ledger.body, Ledger.leaf)
        .where(col(Ledger.body).contains(part, autoescape=True))
        .limit(1)
    ).first()
    return None if row is None else Entry(*row)


def row_of(body: str, table: str, key: int) -> Mapping[str, Any] | None:
    """A row as an entry's body holds it; None if the entry did not record it."""
    rows = (row for name, row in json.loads(body)["rows"] if name == table)
    return next((row for row in rows if row.get("id") == key), None)
