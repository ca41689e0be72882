"""How fast answers are worked out from a large synthetic record, screens and browser aside.

Run by ``./run bench views``. "first" is with nothing loaded, in an interpreter whose compiled
functions are on disk; "warm" with the record unchanged; "after an act" with one forecast more;
"settled" with one question more settled.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import synthetic
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import open_engine
from db.session import reading, transaction
from db.upgrade import upgrade
from forecasts.results.calibration import Choice
from forecasts.results.scores import ScoreSettings
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.resolutions import resolve_question
from forecasts.views import snapshot
from forecasts.views.behind import behind
from forecasts.views.calibration import calibration, discrimination
from forecasts.views.comparison import comparison
from forecasts.views.question import question
from forecasts.views.questions import facets, question_list
from forecasts.views.scores import scoreboard
from forecasts.views.sources import sources
from forecasts.views.today import today
from forecasts.views.words import words

AIMS = {"first": 3.0, "warm": 1.0, "after an act": 1.0, "settled": 1.0}
ME, NOW = synthetic.ANALYST, synthetic.END
IMPUTED = ScoreSettings(before_first="crowd")
LEAD = timedelta(days=7), timedelta(days=28)
SOURCES = Choice(forecaster_kind="source")
VIEWS: dict[str, Callable[[Session], Any]] = {
    "today": lambda session: today(session, me=ME, now=NOW),
    "questions": lambda session: question_list(session, me=ME, now=NOW),
    "facets": facets,
    "question": lambda session: question(session, 17, me=ME, now=NOW),
    "scores": lambda session: scoreboard(session, now=NOW, me=ME),
    "scores of a tag": lambda session: scoreboard(session, now=NOW, me=ME, tag="asia"),
    "scores, by crowd": lambda session: scoreboard(session, now=NOW, me=ME, settings=IMPUTED),
    "me and the crowd": lambda session: comparison(
        session, 1, "crowd", settings=ScoreSettings(), me=ME
    ),
    "sources": lambda session: sources(session, now=NOW),
    "calibration": lambda session: calibration(session, now=NOW),
    "calibration, sources": lambda session: calibration(session, SOURCES, now=NOW),
    "calibration, by lead": lambda session: calibration(session, Choice(lead=LEAD), now=NOW),
    "discrimination": lambda session: discrimination(session, now=NOW),
    "behind a point": lambda session: behind(session, now=NOW, tenth=7),
    "words": lambda session: words(session, now=NOW),
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


def settle(engine: Engine, number: int) -> None:
    with reading(engine) as session:
        rows = question_list(session, me=ME, now=NOW, status="open")
    known = NOW - timedelta(days=1)
    key = next(row.id for row in rows if row.kind == "binary" and row.opens_at < known)
    request = {"outcome": "no", "known_at": known, "evidence": "E."}
    with transaction(engine) as session:
        act = Act(ME, NOW, f"bench settles {number}")
        resolve_question(session, act, question_id=key, **request)


def measure(engine: Engine) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for number, (name, view) in enumerate(VIEWS.items()):
        snapshot.forget()
        first = seconds(engine, view)
        warm = statistics.median(seconds(engine, view) for _ in range(3))
        act(engine, number)
        after = seconds(engine, view)
        settle(engine, number)
        times = (first, warm, after, seconds(engine, view))
        found[name] = dict(zip(AIMS, times, strict=True))
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
