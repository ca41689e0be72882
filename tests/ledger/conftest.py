"""Records to tamper with: one lived-in record a server, copied for every attempt."""

import contextlib
import itertools
import shutil
from collections.abc import Callable, Iterator

import lived_in
import postgres_server
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.engine import open_engine
from db.upgrade import upgrade

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
Copies = Callable[[], contextlib.AbstractContextManager[str]]


def live_in(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    lived_in.live(engine, PUBLIC.hex())
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    folder = tmp_path_factory.mktemp("lived")
    live_in(f"sqlite:///{folder / 'desk.db'}")

    @contextlib.contextmanager
    def copy() -> Iterator[str]:
        path = folder / "copy.db"
        shutil.copy(folder / "desk.db", path)
        yield f"sqlite:///{path}"
        path.unlink()

    return copy


@pytest.fixture(scope="session")
def postgres_copies(postgres_template: str) -> Iterator[Copies]:
    where = {"host": postgres_template, "user": "postgres", "dbname": "postgres"}
    numbers = itertools.count()
    with psycopg.connect(**where, autocommit=True) as link:
        # Half the time of copying through the log, which version 15 made the default.
        by_files = "STRATEGY file_copy" if link.info.server_version >= 150_000 else ""
        link.execute("CREATE DATABASE lived TEMPLATE template_desk")
        live_in(postgres_server.url(postgres_template, "lived"))

        @contextlib.contextmanager
        def copy() -> Iterator[str]:
            name = f"lived_{next(numbers)}"
            link.execute(f"CREATE DATABASE {name} TEMPLATE lived {by_files}")
            yield postgres_server.url(postgres_template, name)
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")

        yield copy


@pytest.fixture(params=["sqlite", "postgresql"])
def copies(request: pytest.FixtureRequest) -> Copies:
    """Makes copies of a record in which every kind of act has happened, on each server."""
    name = "sqlite_copies" if request.param == "sqlite" else "postgres_copies"
    found: Copies = request.getfixturevalue(name)
    return found


@pytest.fixture
def lived(copies):
    """The URL of one copy of a lived-in record."""
    with copies() as url:
        yield url


@pytest.fixture
def engine(lived):
    found = open_engine(lived)
    yield found
    found.dispose()
