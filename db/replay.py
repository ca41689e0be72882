"""The tables held against the log: every row an act wrote, in every column, both ways."""

import contextlib
import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator
from operator import lt
from typing import Any

from sqlalchemy import Connection

from db.facts import FactTable, Values, rows_of
from db.findings import Findings, brief

LoggedRow = tuple[int, dict[str, Any]]  # (seq, columns)
LARGEST = 2**63 - 1


class Replay:
    """Compares what entries say was written with what stands in the tables."""

    def __init__(self, tables: dict[str, FactTable], findings: Findings) -> None:
        self.tables = tables
        self.findings = findings
        self.found = dict.fromkeys(tables, 0)  # rows of the log that stand in their table
        self.hashes: dict[str, array[int]] = {name: array("q") for name in tables}  # of their keys
        self.unordered: set[str] = set()  # tables whose rows may be in the log more than once
        self.last: dict[str, Any] = {}  # key of the row that the log recorded last, by table
        self.erased: set[str] = set()  # commitments whose words are gone
        self.redacted: dict[str, int] = {}  # commitment -> the entry that erased it

    def compare(self, connection: Connection, logged: dict[str, list[LoggedRow]]) -> None:
        """Hold the rows of some entries, by table, against the tables."""
        for name, rows in logged.items():
            table = self.tables.get(name)
            if table is None:
                self.findings.add("row", f"entry {rows[0][0]}", f"there is no table {brief(name)}")
                continue
            self._compare_table(connection, table, rows)

    def _compare_table(
        self, connection: Connection, table: FactTable, rows: list[LoggedRow]
    ) -> None:
        stored = _stored(connection, table, rows)
        private = table.name == "private_text"
        columns, key_of = table.columns, table.key_of
        keys: list[Any] = []  # of the rows that stand in the table
        for seq, row in rows:
            try:
                key = key_of(row)
                held = stored.get(key)
            except (KeyError, TypeError):  # no such column, or a list where a key should be
                held = None
            if held is None:
                self.findings.add("row", f"entry {seq}", f"{_named(table, row)} is missing")
                continue
            keys.append(key)
            if private:
                self._compare_words(seq, held)
            elif tuple(row.values()) != held or tuple(row) != columns:
                difference = _difference(table, row, held)
                if difference:
                    self.findings.add("row", table.shown(held), f"{difference} (entry {seq})")
        self.found[table.name] += len(keys)
        if not private:  # their keys are hashes, and a text that no row points at is not shown
            self._note_order(table.name, keys)

    def _note_order(self, name: str, keys: list[Any]) -> None:
        """Keys rise along the log. Where they do not, a row may be there twice, to hide another."""
        if not keys:
            return
        self.hashes[name].extend(map(hash, keys))
        follows = name not in self.last or self.last[name] < keys[0]
        if not follows or not all(map(lt, keys, keys[1:])):
            self.unordered.add(name)
        self.last[name] = keys[-1]

    def _may_repeat(self, name: str) -> bool:
        """Whether the log may hold a row of a table twice: two keys can have one hash."""
        hashes = self.hashes[name]
        return name in self.unordered and len(set(hashes)) < len(hashes)

    def _compare_words(self, seq: int, held: Values) -> None:
        commitment, salt, text = held
        if text is None and salt is None:
            self.erased.add(commitment)
        elif (
            text is None
            or salt is None
            or hashlib.sha256(b"\x02" + salt + text.encode(errors="replace")).hexdigest()
            != commitment
        ):
            self.findings.add(
                "private text",
                f"private text {brief(commitment, 12)}",
                f"is not the one committed to in entry {seq}",
            )

    def redact(self, seq: int, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Note which words an entry of kind "redact" erased."""
        for table, row in rows:
            erased = isinstance(row, dict) and table == "redaction"
            if erased and isinstance(row.get("commitment"), str):
                self.redacted[row["commitment"]] = seq

    def unlogged(self, connection: Connection) -> list[FactTable]:
        """The tables that hold another number of rows than the log accounts for, or may do so."""
        counts = {
            name: rows_of(connection, f'SELECT count(*) FROM "{name}"')[0][0]  # noqa: S608
            for name in self.tables
        }
        return [
            table
            for name, table in self.tables.items()
            if counts[name] != self.found[name] or self._may_repeat(name)
        ]

    def name_unlogged(
        self, connection: Connection, table: FactTable, logged: Iterator[dict[str, Any]]
    ) -> None:
        """Name the rows of a table that no act recorded; ``logged`` are those acts did.

        A row that the log records twice would make up for one that it does not.
        """
        keys = set()
        for row in logged:
            with contextlib.suppress(KeyError, TypeError):  # a row that names none
                key = table.key_of(row)
                if key in keys and table.name != "private_text":
                    self.findings.add("row", _named(table, row), "was recorded twice")
                keys.add(key)
        for held in rows_of(connection, table.selected):
            if table.key_held(held) not in keys:
                self.findings.add("row", table.shown(held), "stands there, but no act recorded it")

    def settle_erasures(self, connection: Connection) -> None:
        """Words that are gone must have been erased by an act, and the other way round."""
        for commitment in sorted(self.erased - self.redacted.keys()):
            self.findings.add(
                "private text",
                f"private text {brief(commitment, 12)}",
                "is missing, and no act erased it",
            )
        table = self.tables["private_text"]
        again = [(seq, {"commitment": c}) for c, seq in self.redacted.items()]
        for commitment, held in _stored(connection, table, again).items():
            if held[1:] != (None, None):
                self.findings.add(
                    "private text",
                    f"private text {brief(commitment, 12)}",
                    f"was erased by entry {self.redacted[commitment]} and is there",
                )


def _stored(
    connection: Connection, table: FactTable, rows: Iterable[LoggedRow]
) -> dict[Any, Values]:
    """The table's rows of the same first key, by key."""
    first = table.key[0]
    try:
        wanted = {row[first] for _, row in rows}
    except (KeyError, TypeError):
        wanted = {row[first] for _, row in rows if _has(row, first)}
    if not set(map(type, wanted)) <= {table.key_type}:
        wanted = {key for key in wanted if type(key) is table.key_type}
    if not wanted:
        return {}
    low, high = min(wanted), max(wanted)
    if table.key_type is int and not -LARGEST <= low <= high <= LARGEST:
        wanted = {key for key in wanted if -LARGEST <= key <= LARGEST}
    elif table.key_type is int and high - low < 2 * len(wanted):
        return _by_key(table, rows_of(connection, table.by_range, low, high))
    if connection.dialect.name == "postgresql":
        found = rows_of(connection, table.by_key, list(wanted))
    else:
        found = rows_of(connection, table.by_key, json.dumps(list(wanted)))
    return _by_key(table, found)


def _by_key(table: FactTable, found: list[Values]) -> dict[Any, Values]:
    return dict(zip(map(table.key_held, found), found, strict=True))


def _has(row: object, name: str) -> bool:
    return isinstance(row, dict) and isinstance(row.get(name), int | str)


def _named(table: FactTable, row: dict[str, Any]) -> str:
    if not isinstance(row, dict):
        return f"{table.name} {brief(row)}"
    return f"{table.name} {', '.join(brief(row.get(name)) for name in table.key)}"


def _difference(table: FactTable, row: dict[str, Any], held: Values) -> str | None:
    """The first column in which a stored row is not the logged one; None if there is none."""
    stored = dict(zip(table.columns, held, strict=True))
    unsaid = table.hidden if row.get("kind") == "person" else frozenset()
    for name in row:
        if name not in stored:
            return f"the table has no column {brief(name)}"
        if row[name] != stored[name]:
            return f"{name} is {brief(stored[name])}, and was recorded as {brief(row[name])}"
    for name in table.columns:
        # A column that came later is null in the rows recorded before it.
        if name not in row and name not in unsaid and stored[name] is not None:
            return f"{name} is {brief(stored[name])}, and nothing was recorded"
    return None
