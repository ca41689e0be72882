"""A record made anew from its log: the entries word for word, and every row they wrote.

What the log does not hold comes beside it: the names of persons and their words.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Date, Integer, Table, func, select
from sqlalchemy.exc import StatementError

from db.entries import UNREADABLE
from db.ledger import HIDDEN
from db.merkle import add_leaf, leaf_hash, root_of
from db.tables import Forecaster, PrivateText, metadata
from db.types import Instant, from_us

T = TypeVar("T")
AT_ONCE = 2_000
PRIVATE = metadata.tables["private_text"]
NAMES = HIDDEN[Forecaster]


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs to a record and is not in its log."""

    names: Mapping[str, tuple[str, str]]  # person's handle -> (name, login)
    words: Iterable[tuple[str, bytes | None, str | None]]  # commitment, salt, text
    checkpoints: Iterable[tuple[int, str, int]]  # size, note, microseconds


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The log as it stands after rebuilding."""

    size: int
    root: bytes


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever recorded here."""
    tables = (metadata.tables["ledger"], metadata.tables["forecaster"])
    return all(not connection.scalar(select(func.count()).select_from(one)) for one in tables)


def rebuild(connection: Connection, bodies: Iterable[str], beside: Beside) -> Rebuilt:
    """Fill an empty database from the bodies of a log, in order, in the open transaction.

    Raises ValueError if the entries are no log, or if what stands beside it is not what it
    commits to; names the entry.
    """
    try:
        _insert_words(connection, beside.words)
        rebuilt = _insert_entries(connection, bodies, beside.names)
        for size, note, made in beside.checkpoints:
            row = {"size": size, "note": note, "made_at": from_us(made)}
            connection.execute(metadata.tables["checkpoint"].insert(), row)
    except StatementError as fault:
        told, _, _ = str(fault.orig).partition("\n")
        raise ValueError(f"the database refuses it: {told}") from fault
    except OverflowError as error:
        raise ValueError(f"a number is too large: {error}") from error
    _move_on_sequences(connection)
    return rebuilt


def _insert_words(
    connection: Connection, words: Iterable[tuple[str, bytes | None, str | None]]
) -> None:
    for some in _batches(words):
        for commitment, salt, words_ in some:
            if salt is None and words_ is None:
                continue
            digest = hashlib.sha256(b"\x02" + (salt or b"") + (words_ or "").encode()).hexdigest()
            if salt is None or words_ is None or digest != commitment:
                raise ValueError(f"private text {commitment[:12]}… is not the one committed to")
        rows = [dict(zip(PrivateText.model_fields, one, strict=True)) for one in some]
        connection.execute(PRIVATE.insert(), rows)


def _insert_entries(
    connection: Connection, bodies: Iterable[str], names: Mapping[str, tuple[str, str]]
) -> Rebuilt:
    frontier, size, last_us = b"", 0, 0
    for some in _batches(bodies):
        entries: list[dict[str, Any]] = []
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for body in some:
            leaf = leaf_hash(body)
            act = _act(body, size + 1)
            entries.append({"seq": size + 1, "event_id": act["id"], "body": body, "leaf": leaf})
            frontier = add_leaf(frontier, size, leaf)
            size, last_us = size + 1, act["recorded_us"]
            for name, row in act["rows"]:
                rows[name].append(_with_name(row, names) if name == "forecaster" else row)
        connection.execute(metadata.tables["ledger"].insert(), entries)
        _insert_rows(connection, rows, size)
    if size:
        head = {"id": 1, "size": size, "frontier": frontier, "root": root_of(frontier)}
        head_table = metadata.tables["ledger_head"]
        connection.execute(head_table.insert(), head | {"last_at": from_us(last_us)})
    return Rebuilt(size, root_of(frontier))


def _act(body: str, seq: int) -> dict[str, Any]:
    """An entry's content, if it can be the next one of a log."""
    try:
        act: dict[str, Any] = json.loads(body)
        newer = act["v"] != 1
        fits = newer or _fits(act, seq)
    except (*UNREADABLE, OverflowError) as error:
        raise ValueError(f"entry {seq} is no record of an act") from error
    if newer:
        raise ValueError(f"entry {seq} is of a newer version; upgrade Forecast Desk")
    if not fits:
        raise ValueError(f"entry {seq} is not the next one of the log")
    return act


def _fits(act: dict[str, Any], seq: int) -> bool:
    from_us(act["recorded_us"])
    rows = all(isinstance(row, dict) and isinstance(name, str) for name, row in act["rows"])
    return rows and act["seq"] == seq and isinstance(act["id"], str)


def _with_name(row: dict[str, Any], names: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    if row.get("kind") != "person":
        return row
    handle = str(row.get("handle"))
    if handle not in names:
        raise ValueError(f"the name of person {handle[:40]} is missing")
    return row | dict(zip(NAMES, names[handle], strict=True))


def _insert_rows(connection: Connection, rows: dict[str, list[dict[str, Any]]], seq: int) -> None:
    """The rows of some entries, parents first; those of private texts stand there already."""
    for name in rows:
        if name not in metadata.tables or not metadata.tables[name].info.get("logged", True):
            raise ValueError(f"an entry up to {seq} wrote to {name[:40]!r}, which is no table here")
    for table in metadata.sorted_tables:
        if table is not PRIVATE and table.name in rows:
            whole = [_row(table, row) for row in rows[table.name]]
            connection.execute(table.insert(), whole)


def _row(table: Table, logged: dict[str, Any]) -> dict[str, Any]:
    """A logged row as the table takes it. A column that came later is null."""
    if unknown := logged.keys() - table.columns.keys():
        raise ValueError(f"{table.name} has no column {min(unknown)[:40]!r}; upgrade Forecast Desk")
    return {column.name: _value(column, logged.get(column.name)) for column in table.columns}


def _value(column: Column[Any], held: Any) -> Any:
    try:
        if held is not None and isinstance(column.type, Instant):
            return from_us(held)
        if held is not None and isinstance(column.type, Date):
            return date.fromisoformat(held)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{column.table.name}.{column.name} cannot be {held!r:.40}") from error
    return held


def _move_on_sequences(connection: Connection) -> None:
    """PostgreSQL counts ids by itself; the next one must come after those that were given."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        key = table.autoincrement_column
        if key is not None and isinstance(key.type, Integer):
            sequence = func.pg_get_serial_sequence(table.name, key.name)
            last = func.max(key)
            connection.execute(select(func.setval(sequence, last)).having(last.is_not(None)))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    walked = iter(items)
    while some := list(islice(walked, AT_ONCE)):
        yield some
