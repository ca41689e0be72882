"""The log held against itself: numbers, hashes, times and, at chosen sizes, the root."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection

from db.entries import UNREADABLE
from db.facts import Values, rows_of
from db.findings import Findings, brief
from db.merkle import add_leaves, root_of
from db.replay import LoggedRow

BEFORE_ALL = -(2**62)  # a number that no entry has, below any that could be forged

_SHA256 = hashlib.sha256


class Chain:
    """Walks the log from its first entry to its last."""

    def __init__(self, findings: Findings, sizes: Collection[int] = ()) -> None:
        self.findings = findings
        self.sizes = frozenset(sizes)
        self.roots: dict[int, bytes] = {}  # at the sizes asked for
        self.size = 0
        self.first_leaf = b""
        self.last_us = BEFORE_ALL  # time of the last entry
        self.backwards: list[int] = []  # entries that say the clock ran backwards
        self.redactions: list[tuple[int, list[tuple[str, dict[str, Any]]]]] = []
        self.frontier = b""  # the roots of the perfect subtrees over all entries walked so far
        self._after, self._next = BEFORE_ALL, 1

    @property
    def root(self) -> bytes:
        """The root over all entries walked so far."""
        return root_of(self.frontier)

    def walk(self, entries: Sequence[Values]) -> dict[str, list[LoggedRow]]:
        """Walk the entries that come next: the rows that they say were written, by table."""
        leaves = [_SHA256(b"\x00" + body.encode()).digest() for _, _, body, _ in entries]
        rows: dict[str, list[LoggedRow]] = defaultdict(list)
        for (seq, event_id, body, stored), leaf in zip(entries, leaves, strict=True):
            if seq != self._next:
                self.findings.add("sequence", f"entry {seq}", self._out_of_order())
            self._after, self._next = seq, seq + 1
            if leaf != stored:
                self.findings.add("hash", f"entry {seq}", "its text is not the one that was hashed")
            try:
                self._read(seq, event_id, body, rows)
            except UNREADABLE:
                self.findings.add("hash", f"entry {seq}", f"is no record of an act: {brief(body)}")
        self._extend(leaves)
        return rows

    def _extend(self, leaves: list[bytes]) -> None:
        """Some leaves more, with a stop at every size whose root is asked for."""
        if not self.size and leaves:
            self.first_leaf = leaves[0]
        begin, end = self.size, self.size + len(leaves)
        for stop in sorted({size for size in self.sizes if begin < size < end} | {end}):
            more = leaves[self.size - begin : stop - begin]
            self.frontier = add_leaves(self.frontier, self.size, more)
            self.size = stop
            if stop in self.sizes:
                self.roots[stop] = self.root

    def _read(self, seq: int, event_id: str, body: str, rows: dict[str, list[LoggedRow]]) -> None:
        act = from_json(body, allow_inf_nan=False, cache_strings="keys")
        if act["seq"] != seq or act["id"] != event_id:
            said = f"says it is entry {brief(act['seq'])}, key {brief(act['id'])}"
            self.findings.add("sequence", f"entry {seq}", said)
        kind, recorded = act["kind"], act["recorded_us"]
        if kind == "clock":
            self.backwards.append(seq)
        elif recorded < self.last_us:
            said = "is earlier than the one before, and no entry says why"
            self.findings.add("clock", f"entry {seq}", said)
        self.last_us = recorded
        for table, row in act["rows"]:
            rows[table].append((seq, row))
            if isinstance(row, dict) and row.get("recorded_at", recorded) != recorded:
                said = f"its row of {table} says it was recorded at another time"
                self.findings.add("clock", f"entry {seq}", said)
        if kind == "redact":
            self.redactions.append((seq, act["rows"]))

    def _out_of_order(self) -> str:
        return "is the first" if self._after == BEFORE_ALL else f"comes after entry {self._after}"

    def check_head(self, connection: Connection) -> None:
        """The head must be that of the entries walked."""
        found = rows_of(connection, "SELECT size, frontier, root, last_at FROM ledger_head")
        if not found:
            if self.size:
                self.findings.add("head", "the log's head", "is missing")
            return
        size, frontier, root, last_at = found[0]
        if size != self.size:
            self.findings.add(
                "head", "the log's head", f"says {size} entries; the log holds {self.size}"
            )
        elif (frontier, root) != (self.frontier, self.root):
            self.findings.add("head", "the log's head", f"has another root than its {size} entries")
        elif self.size and last_at != self.last_us:
            self.findings.add("head", "the log's head", "has another time than its last entry")
