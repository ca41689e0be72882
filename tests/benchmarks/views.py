"""How fast answers are worked out from a large synthetic record, screens and browser aside.

Run by ``./run bench views``. "first" is with nothing loaded, in an interpreter whose compiled
functions are on disk; "warm" with the record unchanged; "after an act" with one forecast more.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import synthetic
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import open_engine
from db.session import reading, transaction
from db.upgrade import upgrade
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.views import snapshot
from forecasts.views.calibration import calibration
from forecasts.views.question import question
from forecasts.views.questions import facets, question_list
from forecasts.views.scores import scoreboard
from forecasts.views.today import today

AIMS = {"first": 3.0, "warm": 1.0, "after an act": 1.0}
ME, NOW = synthetic.ANALYST, synthetic.END
VIEWS: dict[str, Callable[[Session], Any]] = {
    "today": lambda session: today(session, me=ME, now=NOW),
    "questions": lambda session: question_list(session, me=ME, now=NOW),
    "facets": facets,
    "question": lambda session: question(session, 17, me=ME, now=NOW),
    "scores": lambda session: scoreboard(session, now=NOW, me=ME),
    "scores of a tag": lambda session: scoreboard(session, now=NOW, me=ME, tag="asia"),
    "calibration": lambda session: calibration(session, now=NOW),
    "calibration, sources": lambda session: calibration(session, now=NOW, forecaster_kind="source"),
}


def seconds(engine: Engine, view: Callable[[Session], Any]) -> float:
    begin = time.perf_counter()
    with reading(engine) as session:
        view(session)
    return time.perf_counter() - begin


def act(engine: Engine, number: int) -> None:
    with reading(engine) as session:
        rows = question_list(session, me=ME, now=NOW, status="open")
    key = next(row.id for row in rows if row.kind == "binary")
    with transaction(engine) as session:
        record_forecast(session, Act(ME, NOW, f"bench {number}"), question_id=key, probability=0.5)


def measure(engine: Engine) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for number, (name, view) in enumerate(VIEWS.items()):
        snapshot.forget()
        first = seconds(engine, view)
        warm = statistics.median(seconds(engine, view) for _ in range(3))
        act(engine, number)
        found[name] = {"first": first, "warm": warm, "after an act": seconds(engine, view)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--forecasts", type=int, default=1_000_000)
    sizes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'desk.db'}")
        upgrade(engine)
        sys.stderr.write("Inventing a record ...\n")
        synthetic.fill(engine, questions=sizes.questions, forecasts=sizes.forecasts)
        seconds(engine, VIEWS["scores"])  # imports, and compiles what is not compiled
        found = measure(engine)
        engine.dispose()
    print(f"{sizes.questions:,} questions, {sizes.forecasts:,} forecasts, SQLite; seconds")
    print(f"{'':<22}" + "".join(f"{name:>15}" for name in AIMS))
    for view, times in found.items():
        told = (f"{value:>9.2f} {'' if value <= AIMS[name] else 'NOT'} met"
                for name, value in times.items())  # fmt: skip
        print(f"{view:<22}" + "".join(f"{text:>15}" for text in told))
    print("aims: " + ", ".join(f"{name} {aim:g}" for name, aim in AIMS.items()))


if __name__ == "__main__":
    main()
