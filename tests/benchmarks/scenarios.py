"""How fast a scenario board is worked out: 8 scenarios, 200 indicators, three years of days.

Run by ``./run bench scenarios``. Every indicator has daily forecasts by two people for three
years and a tenth have resolved. "first" loads the record, "warm" has it unchanged.
"""

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, insert
from sqlmodel import Session

from db.engine import open_engine
from db.session import reading, transaction
from db.tables import Forecast
from db.upgrade import upgrade
from forecasts.results.scenarios import ScenarioBoard
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.indicators import link_indicator
from forecasts.services.questions import QuestionDraft, ask_question
from forecasts.services.resolutions import resolve_question
from forecasts.services.scenarios import make_scenario_set, set_prior
from forecasts.views import snapshot
from forecasts.views.scenarios import scenario_board

AIM = 1.0
NAMES = [f"future {number}" for number in range(7)]
DAY, START = timedelta(days=1), datetime(2023, 1, 1, tzinfo=UTC)


class Filling:
    """Synthetic acts, one after another, on an empty record."""

    def __init__(self, engine: Engine, indicators: int, days: int) -> None:
        self.engine, self.indicators, self.days, self.count = engine, indicators, days, 0
        self.rng = np.random.default_rng(7)
        self.end = START + days * DAY

    def do(self, session: Session, service, now: datetime, *, by: str = "ana", **request) -> int:
        self.count += 1
        return service(session, Act(by, now, f"bench {self.count}"), **request).id

    def fill(self) -> int:
        """The id of the set. Daily forecasts go straight into their table: the log is not read."""
        with transaction(self.engine) as session:
            draft = self.draft("Which future?", kind="multiple_choice", options=tuple(NAMES))
            futures = self.do(session, make_scenario_set, START, draft=draft)
            prior = self.rng.dirichlet(np.ones(8)).tolist()
            self.do(session, set_prior, START, set_id=futures, probabilities=prior)
            for who in ("ana", "bob"):
                shares = self.rng.dirichlet(np.ones(8)).tolist()
                self.do(session, record_forecast, START + DAY, by=who, question_id=futures,
                        probabilities=shares)  # fmt: skip
            keys = [self.indicator(session, futures, n) for n in range(self.indicators)]
        self.history(keys)
        with transaction(self.engine) as session:
            for key in keys[::10]:
                self.do(session, resolve_question, self.end, question_id=key, outcome="yes",
                        known_at=self.end - 100 * DAY, evidence="E")  # fmt: skip
        return futures

    def draft(self, title: str, **changes) -> QuestionDraft:
        return QuestionDraft(title=title, criteria="C", closes_at=self.end + 365 * DAY, **changes)

    def indicator(self, session: Session, futures: int, number: int) -> int:
        key = self.do(session, ask_question, START, draft=self.draft(f"Indicator {number}?"))
        chances = self.rng.uniform(0.2, 0.8, 8).round(3)
        judged = {
            name: (float(p), None)
            for name, p in zip((*NAMES, "something else"), chances, strict=True)
        }
        self.do(session, link_indicator, START, set_id=futures, question_id=key,
                likelihoods=judged, weight=0.3)  # fmt: skip
        return key

    def history(self, keys: list[int]) -> None:
        for key in keys:
            rows = [
                {
                    "question_id": key, "forecaster_id": who, "forecast_class": "live",
                    "made_at": at, "recorded_at": at, "recorded_by": who,
                    "probability": float(self.rng.uniform(0.05, 0.95)), "withdrawn": False,
                    "is_possibility": False,
                }
                for day in range(self.days) for who in (1, 2)
                for at in (START + day * DAY + timedelta(hours=who),)
            ]  # fmt: skip
            with self.engine.begin() as connection:
                connection.execute(insert(Forecast), rows)


def seconds(engine: Engine, futures: int, me: str | None, now: datetime) -> float:
    begin = time.perf_counter()
    with reading(engine) as session:
        board = scenario_board(session, futures, me=me, now=now)
    spent = time.perf_counter() - begin
    check(board)
    return spent


def check(board: ScenarioBoard) -> None:
    """What was timed is a whole board."""
    assert board.series.implied.shape == (len(board.series.at), 8)
    assert np.allclose(board.series.implied.sum(axis=1), 1)
    assert board.watch
    assert len(board.sensitivity) == 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", type=int, default=200)
    parser.add_argument("--days", type=int, default=1096)
    parser.add_argument("--repeats", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        upgrade(engine)
        filling = Filling(engine, chosen.indicators, chosen.days)
        futures = filling.fill()
        late = 0
        for who, me in (("my own forecasts", "ana"), ("the crowd's median", None)):
            snapshot.forget()
            first = seconds(engine, futures, me, filling.end)
            warm = [seconds(engine, futures, me, filling.end) for _ in range(chosen.repeats)]
            middle = statistics.median(warm)
            late += middle > AIM
            sys.stdout.write(f"{who}: first {first:.2f} s, warm {middle:.2f} s (aim {AIM} s)\n")
        engine.dispose()
    sys.exit(1 if late else 0)


if __name__ == "__main__":
    main()
