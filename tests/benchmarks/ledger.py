"""What the ledger costs: verification, hashing as a share of a durable write, a write, an import.

The record is invented and large; the writes are the services' own, each committed to disk. Beside
each stands a plain insert of the same bytes, made as durable: a slow disk is seen as such.
"""

import argparse
import contextlib
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import lived_in
import postgres_server
import synthetic
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db.engine import open_engine
from db.ledger import locked_head
from db.merkle import add_leaf, leaf_hash, root_of
from db.tables import Ledger
from db.upgrade import upgrade
from db.verification import Verified, verify
from forecasts.exchange.claims import Claim, Claims, Place
from forecasts.performing import perform
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.importing import import_claims
from forecasts.services.questions import QuestionDraft, ask_question

GOALS = {"entries": 50_000, "share": 0.05, "write": 0.020}


def filled(url: str, forecasts: int) -> Engine:
    """A migrated record with about ``forecasts`` entries."""
    engine = open_engine(url)
    upgrade(engine)
    synthetic.fill(engine, questions=max(forecasts // 100, 1), forecasts=forecasts)
    return engine


def verification(name: str, engine: Engine, runs: int) -> None:
    """Entries verified a second: the best of some runs, the first being a warm-up."""
    checked(engine)
    taken = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        found = checked(engine)
        taken.append((time.perf_counter() - wall, time.process_time() - cpu))
    seconds, busy = (min(column) for column in zip(*taken, strict=True))
    print(
        f"verify, {name}: {found.size:,} entries with {found.rows:,} rows in {seconds:.2f} s: "
        f"{found.size / seconds:,.0f} entries a second (goal {GOALS['entries']:,}); "
        f"{busy:.2f} s of processor time"
    )


def checked(engine: Engine) -> Verified:
    """Verify; raises ValueError if anything is found."""
    found = verify(engine)
    if found.total:
        raise ValueError(f"the invented record does not verify: {found.findings[:3]}")
    return found


def writes(name: str, engine: Engine, folder: Path, count: int) -> None:
    """One forecast after another, each its own commit, and each beside a plain insert."""
    life = lived_in.Life(engine, synthetic.END + timedelta(days=1))
    closes = life.now + timedelta(days=99)
    draft = QuestionDraft(title="Will it be fast?", criteria="Yes if so.", closes_at=closes)
    question = life.act(ask_question, draft=draft)
    ours, plain, busy = [], [], []

    def write(number: int) -> None:
        act = Act("ana", life.now + timedelta(seconds=number), f"write {number}")
        perform(engine, lambda _: act, record_forecast, question_id=question, probability=0.5)

    with contextlib.closing(plain_database(folder / "plain.db")) as beside:
        for number in range(count):
            cpu = time.process_time()
            ours.append(timed(lambda number=number: write(number)))
            busy.append(time.process_time() - cpu)
            plain.append(timed(lambda: beside.execute("INSERT INTO plain VALUES (?)", ["x" * 600])))
    middle, usual = statistics.median(ours), statistics.median(plain)
    hashing = hashed(engine, count)
    print(
        f"one write, {name}: median {middle * 1e3:.1f} ms, 95 % {late(ours) * 1e3:.1f} ms "
        f"(goal {GOALS['write'] * 1e3:.0f}); {statistics.median(busy) * 1e3:.1f} ms of processor "
        f"time; a plain durable insert beside it {usual * 1e3:.1f} ms, "
        f"95 % {late(plain) * 1e3:.1f} ms\n"
        f"hashing, {name}: {hashing * 1e6:.1f} µs, {hashing / middle:.2%} of a write "
        f"(goal {GOALS['share']:.0%}), {hashing / usual:.2%} of a plain durable insert"
    )


def entering(name: str, engine: Engine, rows: int) -> None:
    """One import of many rows, during which others wait: a forecast each, on one question."""
    life = lived_in.Life(engine, synthetic.END + timedelta(days=2))
    draft = QuestionDraft(title="Many?", criteria="So.", closes_at=life.now + timedelta(days=9))
    question = str(life.act(ask_question, draft=draft))
    claims = [
        Claim(question, f"p{row % 30}", "person", "", life.now - timedelta(seconds=row), None,
              f"because {row}", [Place("f", row)], probability=0.5)
        for row in range(rows)
    ]  # fmt: skip
    act = Act("ana", life.now, f"import of {rows}")
    taken = timed(
        lambda: perform(
            engine, lambda _: act, import_claims, found=Claims(claims=claims, rows=rows)
        )
    )
    print(f"one import, {name}: {rows:,} rows with words in {taken:.1f} s")


def plain_database(path: Path) -> sqlite3.Connection:
    """One table, each insert a transaction as durable as ours."""
    link = sqlite3.connect(path, isolation_level=None)
    link.execute("PRAGMA synchronous = FULL")
    link.execute("CREATE TABLE plain (word TEXT)")
    return link


def hashed(engine: Engine, count: int) -> float:
    """Seconds that the hashing of one entry takes: its leaf, the frontier and the root."""
    with Session(engine) as session:
        head = locked_head(session)
        frontier, size = head.frontier, head.size
        bodies = list(session.exec(select(Ledger.body).where(col(Ledger.seq) > size - count)))
        session.rollback()

    def hash_all() -> None:
        for body in bodies:
            root_of(add_leaf(frontier, size, leaf_hash(body)))

    return min(timed(hash_all) for _ in range(5)) / count


def timed(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def late(taken: list[float]) -> float:
    """The time that 19 of 20 keep."""
    return sorted(taken)[len(taken) * 19 // 20]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--writes", type=int, default=200)
    parser.add_argument("--rows", type=int, default=10_000, help="Of one import.")
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = filled(f"sqlite:///{Path(folder) / 'desk.db'}", chosen.entries)
        verification("SQLite", engine, chosen.runs)
        writes("SQLite", engine, Path(folder), chosen.writes)
        entering("SQLite", engine, chosen.rows)
        engine.dispose()
    with postgres_server.server() as server:
        engine = filled(postgres_server.url(server, "postgres"), chosen.entries)
        verification("PostgreSQL", engine, chosen.runs)
        entering("PostgreSQL", engine, chosen.rows)
        engine.dispose()


if __name__ == "__main__":
    main()
