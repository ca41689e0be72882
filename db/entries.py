"""Which entry of the log recorded a row: what a receipt and a proof begin with."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from db.tables import Ledger, LedgerHead

UNREADABLE = (KeyError, TypeError, ValueError, RecursionError)
"""What a text that is no act may raise while it is read."""
AT_ONCE = 8  # entries of a part of the log that is read rather than halved once more
BESIDE = 2  # entries looked at in the middle of a part: most entries record a forecast
BATCH = 1_000  # entries asked for in one query


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

    Ids are given under the lock of the log and so rise along it: the log is halved until its parts
    are small, all of them at once, and needs no index beside it.
    """
    head = session.exec(select(LedgerHead.size)).one_or_none()
    found: dict[int, Entry] = {}
    parts = [_Part(sorted(set(ids)), 1, head or 0)]
    while parts := [part for part in parts if part.ids and part.low <= part.high]:
        seen = _entries(session, table, {seq for part in parts for seq in part.looked_at})
        parts = [rest for part in parts for rest in _searched(session, table, part, seen, found)]
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the log, from ``low`` to ``high``, and the ids that can only be there, sorted."""

    ids: list[int]
    low: int
    high: int

    @property
    def looked_at(self) -> range:
        """All of it if it is small, else its middle."""
        if self.high - self.low < AT_ONCE:
            return range(self.low, self.high + 1)
        middle = (self.low + self.high) // 2
        return range(middle, middle + BESIDE)

    def around(self, first: int, entry: Entry, here: list[int]) -> list["_Part"]:
        """What is left of it: before ``first``, and after an entry with the ids ``here``."""
        before, after = bisect_left(self.ids, here[0]), bisect_right(self.ids, here[-1])
        return [
            _Part(self.ids[:before], self.low, first - 1),
            _Part(self.ids[after:], entry.seq + 1, self.high),
        ]


def _searched(
    session: Session, table: str, part: _Part, seen: Mapping[int, Entry], found: dict[int, Entry]
) -> list[_Part]:
    """Put what was seen of a part into ``found``; returns what is left to search."""
    places, wanted = part.looked_at, frozenset(part.ids)
    small = len(places) == part.high - part.low + 1
    for entry in (seen[seq] for seq in places if seq in seen):
        here = entry.ids(table)
        found |= dict.fromkeys(wanted.intersection(here), entry)
        if here and not small:
            return part.around(places.start, entry, here)
    if small:
        return []
    following = _following(session, table, places.stop, part.high)
    if following is None:
        return [_Part(part.ids, part.low, places.start - 1)]
    here = following.ids(table)
    found |= dict.fromkeys(wanted.intersection(here), following)
    if here:
        return part.around(places.start, following, here)
    # Not readable: it says nothing about which half to look in.
    return [
        _Part(part.ids, part.low, places.start - 1),
        _Part(part.ids, following.seq + 1, part.high),
    ]


def _entries(session: Session, table: str, places: Iterable[int]) -> dict[int, Entry]:
    """The entries at these places that recorded a row of ``table``, by place."""
    seqs = sorted(places)
    return {
        row[0]: Entry(*row)
        for begin in range(0, len(seqs), BATCH)
        for row in session.exec(
            _recording(table).where(col(Ledger.seq).in_(seqs[begin : begin + BATCH]))
        )
    }


def _following(session: Session, table: str, low: int, high: int) -> Entry | None:
    """The first entry from ``low`` to ``high`` that recorded a row of ``table``."""
    between = _recording(table).where(col(Ledger.seq).between(low, high))
    row = session.exec(between.order_by(col(Ledger.seq)).limit(1)).first()
    return None if row is None else Entry(*row)


def _recording(table: str) -> Select[int, str, bytes]:
    # In a body's JSON a quote inside somebody's words is escaped, so only a row looks like this.
    return select(Ledger.seq, Ledger.body, Ledger.leaf).where(
        col(Ledger.body).contains(f'["{table}",{{', autoescape=True)
    )


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
