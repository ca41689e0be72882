"""Databases for the tests: empty ones and ones with the seeds, each test with its own."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import desk_server
import postgres_server
import psycopg
import pytest
import rich_record
from hypothesis import settings
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import URL_VARIABLE, open_engine
from db.session import transaction
from db.upgrade import upgrade
from forecasts import clock
from forecasts.services.acts import Act
from forecasts.services.questions import QuestionDraft

# A busy machine is no fault of the code: no example fails for taking long.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")

START = datetime(2024, 7, 12, 9, 0, tzinfo=UTC)


class Desk:
    """A record with a clock of its own and one analyst after another acting on it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.now = START
        self.count = 0

    def later(self, **span: float) -> "Desk":
        """Move the clock on."""
        self.now += timedelta(**span)
        return self

    def do(
        self, service: Callable[..., object], *, by: str = "ana", key: str = "", **request: Any
    ) -> Any:
        """One act in a transaction of its own; returns its receipt."""
        self.count += 1
        with transaction(self.engine) as session:
            return service(session, Act(by, self.now, key or f"key-{self.count}"), **request)

    def ask(self, view: Callable[..., object], *args: Any, **request: Any) -> Any:
        """One answer from a session of its own."""
        with Session(self.engine) as session:
            return view(session, *args, **request)


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for every test that starts with nothing."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def seeded_template(tmp_path_factory: pytest.TempPathFactory, empty_template: Path) -> Path:
    """A SQLite file with the seeds, loaded once as ``forecasts init --seeds`` does."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    desk_server.seeded_record(path.parent)
    return path


@pytest.fixture(scope="session")
def rich_template(tmp_path_factory: pytest.TempPathFactory, empty_template: Path) -> Path:
    """A SQLite file with something of every kind in it (``rich_record``)."""
    path = tmp_path_factory.mktemp("template") / "rich.db"
    shutil.copy(empty_template, path)
    engine = open_engine(f"sqlite:///{path}")
    rich_record.fill(Desk(engine))
    engine.dispose()
    return path


def _own_copy(template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = folder / "desk.db"
    shutil.copy(template, path)
    url = f"sqlite:///{path}"
    monkeypatch.setenv(URL_VARIABLE, url)
    return url


@pytest.fixture
def empty_db(empty_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """URL of a database without a single fact; ``FORECASTS_DB`` points at it."""
    return _own_copy(empty_template, tmp_path, monkeypatch)


@pytest.fixture
def seeded_db(seeded_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """URL of a database with the seeds; ``FORECASTS_DB`` points at it."""
    return _own_copy(seeded_template, tmp_path, monkeypatch)


@pytest.fixture
def rich_db(rich_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """URL of a database with something of every kind in it; ``FORECASTS_DB`` points at it."""
    folder = tmp_path / "rich"
    folder.mkdir()
    return _own_copy(rich_template, folder, monkeypatch)


@pytest.fixture
def rich(rich_db: str) -> Iterator[Desk]:
    """A record with something of every kind in it, after all its questions closed."""
    engine = open_engine(rich_db)
    found = Desk(engine)
    found.now, found.count = rich_record.CLOSE + timedelta(days=1), 1_000
    yield found
    engine.dispose()


@pytest.fixture
def file_desk(empty_db: str) -> Iterator[Desk]:
    """An empty record in a file, and the means to act on it."""
    engine = open_engine(empty_db)
    yield Desk(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """An empty record on each kind of database, and the means to act on it."""
    name = "empty_db" if request.param == "sqlite" else "postgres_db"
    engine = open_engine(request.getfixturevalue(name))
    yield Desk(engine)
    engine.dispose()


@pytest.fixture
def seeded(seeded_db: str) -> Iterator[Desk]:
    """A record with the seeds, at the present."""
    engine = open_engine(seeded_db)
    found = Desk(engine)
    found.now = clock.now()
    yield found
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """A private server with one migrated database, the template of every test's own."""
    with postgres_server.server() as folder:
        _postgres_command(folder, "CREATE DATABASE template_desk")
        engine = open_engine(postgres_server.url(folder, "template_desk"))
        upgrade(engine)
        engine.dispose()
        yield folder


@pytest.fixture
def postgres_db(postgres_template: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """URL of an empty migrated PostgreSQL database; ``FORECASTS_DB`` points at it."""
    name = f"desk_{uuid.uuid4().hex}"
    _postgres_command(postgres_template, f"CREATE DATABASE {name} TEMPLATE template_desk")
    url = postgres_server.url(postgres_template, name)
    monkeypatch.setenv(URL_VARIABLE, url)
    yield url
    _postgres_command(postgres_template, f"DROP DATABASE {name} WITH (FORCE)")


def _postgres_command(folder: str, command: str) -> None:
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as link:
        link.execute(command)


@pytest.fixture
def draft() -> Callable[..., QuestionDraft]:
    """A question's draft with nothing special about it, changed as a test needs."""

    def make(**changes: Any) -> QuestionDraft:
        values: dict[str, Any] = {
            "title": "Will it happen by 31 July 2024?",
            "criteria": "Yes if it happens by 31 July 2024, 24:00 UTC. No otherwise.",
            "closes_at": datetime(2024, 8, 1, tzinfo=UTC),
        }
        return QuestionDraft(**(values | changes))

    return make
