"""Whether the record still is what was recorded: database, schema, log, tables, checkpoints.

The log is walked in batches, each in a look of its own, so that writers go on meanwhile: entries
and facts are never changed once recorded. Only the counts at the end need the same look as the
last batch.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db.chain import BEFORE_ALL, Chain
from db.checkpoints import Verifier, origin_of
from db.facts import FactTable, fact_tables, rows_of
from db.findings import Finding, Findings, Kind, brief
from db.holding import (
    Held,
    check_held,
    check_verifications,
    clean_verifications,
    recorded_keys,
    stored_notes,
)
from db.integrity import check_engine
from db.looking import entries_after, looks
from db.names import check_names
from db.replay import Replay
from db.schema import check_schema
from db.session import looking

OWN_KEYS = (
    "The checkpoints were checked with the keys that the record itself names. Only a public key "
    "kept elsewhere shows that a forger did not sign them."
)

Progress = Callable[[int, int], None]
"""Told how many entries were verified, of how many."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification looked at and what it found."""

    size: int  # entries of the log
    root: bytes
    rows: int  # rows of the tables that were compared
    findings: tuple[Finding, ...]  # the first of each class
    counts: tuple[tuple[Kind, int], ...]  # all, by class, in the order of the first of each
    notes: tuple[str, ...]  # what could not be checked, and what is worth knowing

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(count for _, count in self.counts)


def verify(
    engine: Engine,
    *,
    against: Sequence[Held] = (),
    trusted: Sequence[Verifier] = (),
    progress: Progress | None = None,
) -> Verified:
    """Check everything. ``against``: checkpoints held outside; ``trusted``: keys to believe.

    Raises nothing for what is found; a database that cannot be read is a finding.
    """
    findings, in_log = Findings(), Findings()
    notes: list[str] = []
    chain, rows = Chain(in_log), 0
    with ThreadPoolExecutor(max_workers=1) as beside:  # the engine's own check needs no Python
        checking = beside.submit(_check_engine, engine, findings)
        try:
            notes += check_schema(engine, in_log)
            with _uncollected():
                chain, rows = _check_log(looking(engine), in_log, notes, against, trusted, progress)
        except _faults(engine) as fault:
            _unreadable(in_log, fault)
        notes = checking.result() + notes
    findings.merge(in_log)
    counts = tuple(findings.counts.items())
    return Verified(chain.size, chain.root, rows, tuple(findings.kept), counts, tuple(notes))


@contextmanager
def _uncollected() -> Iterator[None]:
    """What lives already is set aside from the garbage collector.

    So many short-lived rows set it off again and again, and looking through everything else each
    time took a quarter of a verification.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _check_engine(engine: Engine, findings: Findings) -> list[str]:
    try:
        with looking(engine).connect() as connection:
            return check_engine(connection, findings)
    except _faults(engine) as fault:
        _unreadable(findings, fault)
        return []


def _faults(engine: Engine) -> tuple[type[Exception], ...]:
    return DBAPIError, engine.dialect.loaded_dbapi.Error


def _unreadable(findings: Findings, fault: Exception) -> None:
    reason = str(getattr(fault, "orig", None) or fault)
    findings.add("engine", "the database", f"cannot be read: {brief(reason, 200)}")


def _check_log(
    reader: Engine,
    findings: Findings,
    notes: list[str],
    against: Sequence[Held],
    trusted: Sequence[Verifier],
    progress: Progress | None,
) -> tuple[Chain, int]:
    with reader.connect() as connection:
        tables = fact_tables(connection)
        stored, clean = stored_notes(connection), clean_verifications(connection)
        expected = _size(connection)
    sizes = [one.size for one in (*against, *stored)] + [size for _, size, _ in clean]
    chain = Chain(findings, sizes)
    replay = Replay(tables, findings)
    with closing(looks(reader)) as each:
        for connection, entries, last in each:
            replay.compare(connection, chain.walk(entries))
            if last:
                _settle(connection, chain, replay)
                notes += check_names(connection, findings)
            if progress is not None:
                progress(chain.size, max(chain.size, expected))
    if chain.backwards:
        notes.append(_clock_note(chain.backwards))
    with reader.connect() as connection:
        own = recorded_keys(connection, origin_of(chain.first_leaf))
    if against and not trusted:
        notes.append(OWN_KEYS)
    check_held(chain, findings, against, trusted or own)
    check_held(chain, findings, stored, own)
    check_verifications(chain, findings, clean)
    return chain, sum(replay.found.values())


def _settle(connection: Connection, chain: Chain, replay: Replay) -> None:
    """What can be said once every entry was walked."""
    chain.check_head(connection)
    unlogged = replay.unlogged(connection)
    for table in unlogged:
        replay.name_unlogged(connection, table, _logged(connection, table))
    for seq, rows in chain.redactions:
        replay.redact(seq, rows)
    replay.settle_erasures(connection)


def _size(connection: Connection) -> int:
    found = rows_of(connection, "SELECT size FROM ledger_head")
    return int(found[0][0]) if found else 0


def _logged(connection: Connection, table: FactTable) -> Iterator[dict[str, Any]]:
    """The rows of one table that the log holds; a second walk, for a table that differs."""
    again, last = Chain(Findings()), BEFORE_ALL
    while entries := entries_after(connection, last):
        last = entries[-1][0]
        yield from (row for _, row in again.walk(entries).get(table.name, ()))


def _clock_note(entries: Sequence[int]) -> str:
    times = "once" if len(entries) == 1 else f"{len(entries)} times"
    return f"The server's clock ran backwards {times}, first at entry {entries[0]}."
