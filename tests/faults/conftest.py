"""A question to write about, on either database, and what must hold whatever happened."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import postgres_server
import psycopg
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select
from writers import Writer

from db.engine import open_engine
from db.session import reading
from db.tables import Forecast, Ledger
from db.upgrade import upgrade
from db.verification import verify
from forecasts import clock
from forecasts.performing import perform
from forecasts.services.acts import Act
from forecasts.services.questions import QuestionDraft, ask_question

FAR = datetime(2099, 1, 1, tzinfo=UTC)


@dataclass
class Record:
    """A record with one question that stays open."""

    url: str
    engine: Engine
    folder: Path
    question: int = 0
    server: str = ""  # folder of a server of its own, which may be crashed

    def writer(self, name: str, count: int) -> Writer:
        """Start a process that records ``count`` forecasts."""
        return Writer(self.url, self.question, name, count, self.folder)

    def holds(self, acknowledged: Mapping[str, int]) -> int:
        """Check that each acknowledged act is there once and the record whole; how many are."""
        self.engine.dispose()
        with reading(self.engine) as session:
            found = _forecast_entries(session)
            rows = session.exec(select(func.count()).select_from(Forecast)).one()
        assert acknowledged.items() <= found.items(), "an acknowledged forecast is lost"
        assert rows == len(found), "the log and the table count differently"
        verified = verify(self.engine)
        assert verified.findings == ()
        return len(found)


def _forecast_entries(session: Session) -> dict[str, int]:
    entries = session.exec(select(Ledger).order_by(col(Ledger.seq))).all()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    bodies = [json.loads(entry.body) for entry in entries]
    return {body["id"]: body["seq"] for body in bodies if body["kind"] == "forecast"}


def _asked(url: str, folder: Path, draft: Callable[..., QuestionDraft]) -> Record:
    found = Record(url, open_engine(url), folder)
    chosen = draft(closes_at=FAR)
    found.question = perform(
        found.engine, lambda _: Act("ana", clock.now(), "asked"), ask_question, draft=chosen
    ).id
    return found


@pytest.fixture
def on_sqlite(
    empty_db: str, tmp_path: Path, draft: Callable[..., QuestionDraft]
) -> Iterator[Record]:
    """The record in a file."""
    found = _asked(empty_db, tmp_path, draft)
    yield found
    found.engine.dispose()


@pytest.fixture
def on_postgres(
    postgres_db: str, tmp_path: Path, draft: Callable[..., QuestionDraft]
) -> Iterator[Record]:
    """The record on the tests' server."""
    found = _asked(postgres_db, tmp_path, draft)
    yield found
    found.engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def record(request: pytest.FixtureRequest) -> Record:
    """The record on each database in turn."""
    found: Record = request.getfixturevalue(f"on_{request.param}")
    return found


@pytest.fixture
def on_own_server(tmp_path: Path, draft: Callable[..., QuestionDraft]) -> Iterator[Record]:
    """The record on a durable server of its own."""
    with postgres_server.server(durable=True) as folder:
        with psycopg.connect(f"user=postgres host={folder}", autocommit=True) as connection:
            connection.execute("CREATE DATABASE desk")
        url = postgres_server.url(folder, "desk")
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        found = _asked(url, tmp_path, draft)
        found.server = folder
        yield found
        found.engine.dispose()
