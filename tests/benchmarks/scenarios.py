"""How fast a scenario board is worked out and drawn: 8 scenarios, 200 indicators, three years.

Run by ``./run bench scenarios``. Every indicator has daily forecasts by two people for three
years and a tenth have resolved. "first" is the first board after the record was loaded, which the
server does as it starts and which is timed apart; "warm" are those after it. Drawn are both
stacked charts, as the JSON that the browser is sent, and the matrix of all indicators; "page" is
a whole run of the board's page, with its forms, without the browser.
"""

import argparse
import getpass
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, insert
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import prepare
from dashboard.charts.scenarios import scenario_chart
from dashboard.theme import LIGHT
from dashboard.widgets.scenarios.matrix import matrix
from db.engine import URL_VARIABLE, open_engine
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
ME = getpass.getuser()
APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NAMES = [f"future {number}" for number in range(7)]
DAY, START = timedelta(days=1), datetime(2023, 1, 1, tzinfo=UTC)


class Filling:
    """Synthetic acts, one after another, on an empty record."""

    def __init__(self, engine: Engine, indicators: int, days: int) -> None:
        self.engine, self.indicators, self.days, self.count = engine, indicators, days, 0
        self.rng = np.random.default_rng(7)
        self.end = START + days * DAY

    def do(self, session: Session, service, now: datetime, *, by: str = ME, **request) -> int:
        self.count += 1
        return service(session, Act(by, now, f"bench {self.count}"), **request).id

    def fill(self) -> int:
        """The id of the set. Daily forecasts go straight into their table: the log is not read."""
        with transaction(self.engine) as session:
            draft = self.draft("Which future?", kind="multiple_choice", options=tuple(NAMES))
            futures = self.do(session, make_scenario_set, START, draft=draft)
            prior = self.rng.dirichlet(np.ones(8)).tolist()
            self.do(session, set_prior, START, set_id=futures, probabilities=prior)
            for who in (ME, "bob"):
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


def seconds(engine: Engine, futures: int, me: str | None, now: datetime) -> tuple[float, float]:
    """Seconds to work the board out, and to draw it besides."""
    begin = time.perf_counter()
    with reading(engine) as session:
        board = scenario_board(session, futures, me=me, now=now)
    worked_out = time.perf_counter()
    charts = [
        scenario_chart(board, whose, palette=LIGHT).to_json() for whose in ("mine", "implied")
    ]
    table = matrix([one.name for one in board.scenarios], board.indicators)
    drawn = time.perf_counter()
    check(board, charts, table)
    return worked_out - begin, drawn - worked_out


def check(board: ScenarioBoard, charts: list[str], table: str) -> None:
    """What was timed is a whole board."""
    assert board.series.implied.shape == (len(board.series.at), 8)
    assert np.allclose(board.series.implied.sum(axis=1), 1)
    assert board.watch
    assert len(board.sensitivity) == 3
    assert all(chart.count('"stackgroup"') >= 8 for chart in charts[1:])
    assert table.count("<tr>") == len(board.indicators) + 1


def page_seconds(futures: int, repeats: int) -> tuple[float, float]:
    """Seconds of the first run of the board's page, which loads its modules, and of later ones."""
    AppTest.from_string("").run()  # what Streamlit loads for itself, before any page is asked for
    page = AppTest.from_file(APP, default_timeout=120)
    page.switch_page("screens/scenarios.py")
    page.query_params["id"] = str(futures)
    spent = []
    for _ in range(repeats + 1):
        begin = time.perf_counter()
        page.run()
        spent.append(time.perf_counter() - begin)
        assert not page.exception, [raised.value for raised in page.exception]
        assert page.get("plotly_chart")
    return spent[0], statistics.median(spent[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", type=int, default=200)
    parser.add_argument("--days", type=int, default=1096)
    parser.add_argument("--repeats", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[URL_VARIABLE] = f"sqlite:///{Path(folder) / 'bench.db'}"
        engine = open_engine(os.environ[URL_VARIABLE])
        upgrade(engine)
        filling = Filling(engine, chosen.indicators, chosen.days)
        futures = filling.fill()
        late = 0
        for who, me in (("my own forecasts", ME), ("the crowd's median", None)):
            snapshot.forget()
            begin = time.perf_counter()
            prepare()
            loaded = time.perf_counter() - begin
            first = sum(seconds(engine, futures, me, filling.end))
            warm = [seconds(engine, futures, me, filling.end) for _ in range(chosen.repeats)]
            worked, drawn = (statistics.median(part) for part in zip(*warm, strict=True))
            late += max(first, worked + drawn) > AIM
            sys.stdout.write(
                f"{who}: first {first:.2f} s; warm {worked:.2f} s to work out and {drawn:.2f} s "
                f"to draw (aim {AIM} s together); loaded and scored at the start in "
                f"{loaded:.2f} s\n"
            )
        opened, page = page_seconds(futures, chosen.repeats)
        sys.stdout.write(f"page: first {opened:.2f} s; warm {page:.2f} s (aim {AIM} s)\n")
        late += max(opened, page) > AIM
        engine.dispose()
    sys.exit(1 if late else 0)


if __name__ == "__main__":
    main()
