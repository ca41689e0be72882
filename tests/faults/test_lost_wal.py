"""A record in WAL mode without its ``-wal`` file: what was committed there alone is gone.

No SQLite at hand need be one that the record would use WAL on: the version gate is held open.
"""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db import engine as engines
from db.engine import open_engine
from db.upgrade import upgrade
from forecasts import clock
from forecasts.cli import main
from forecasts.performing import perform
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def in_wal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engines, "wal_is_safe", lambda _: True)
    monkeypatch.setenv("FORECASTS_KEY", str(tmp_path / "keys" / "key.pem"))


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    def command(database: Path, *words: object) -> tuple[int, str, str]:
        monkeypatch.setenv("FORECASTS_DB", f"sqlite:///{database}")
        monkeypatch.setattr(sys, "argv", ["forecasts", *map(str, words)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        return status, *capsys.readouterr()

    return command


@pytest.fixture
def held(on_sqlite) -> Iterator[Engine]:
    """The record in use: while it is, nothing but a full log is moved into the file."""
    on_sqlite.engine.dispose()
    engine = open_engine(on_sqlite.url)
    with engine.connect():
        yield engine
    engine.dispose()


def forecasts(engine: Engine, question: int, count: int) -> None:
    for i in range(count):
        perform(
            engine,
            lambda _, i=i: Act("ana", clock.now(), f"f{i}"),
            record_forecast,
            question_id=question,
            probability=0.25,
        )


def file_of(record) -> Path:
    return Path(record.url.removeprefix("sqlite:///"))


def test_what_was_lost_is_named_beside_a_checkpoint(on_sqlite, held, say, tmp_path):
    """What is left is the record as it once was: only what was held outside tells that it is."""
    file, note, left = file_of(on_sqlite), tmp_path / "note.txt", tmp_path / "left.db"
    with sqlite3.connect(file) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    forecasts(held, on_sqlite.question, 5)
    assert say(file, "checkpoint", "--new-key", note)[0] == 0
    assert Path(f"{file}-wal").stat().st_size
    status, out, _ = say(file, "verify", "--against", note)
    assert (status, "\n" in out) == (0, True)
    shutil.copy(file, left)
    status, out, err = say(left, "verify", "--against", note)
    assert status == 1
    (named,) = [line for line in (out + err).splitlines() if "note.txt" in line]
    assert "entries" in named
    assert say(left, "verify")[0] == 0  # as docs/ledger.md says of the newest entries


def test_a_record_that_was_never_anywhere_else_is_no_record(say, tmp_path):
    file, left = tmp_path / "new.db", tmp_path / "left.db"
    engine = open_engine(f"sqlite:///{file}")
    with engine.connect():
        upgrade(engine)
        shutil.copy(file, left)
    engine.dispose()
    status, out, err = say(left, "verify")
    assert (status, out) == (1, "")
    assert err.endswith("cannot be used: run `forecasts init` first\n")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("moved", [1, 2, 3])
def test_lost_while_it_was_being_moved_into_the_file(on_sqlite, held, say, tmp_path, moved):
    """Some pages are of the later state, the others of the earlier one."""
    file, left = file_of(on_sqlite), tmp_path / "left.db"
    with sqlite3.connect(file) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = link.execute("PRAGMA page_size").fetchone()
    before = file.read_bytes()
    forecasts(held, on_sqlite.question, 60)
    with sqlite3.connect(file) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    after = file.read_bytes()
    pages = [i for i in range(0, len(after), size) if after[i : i + size] != before[i : i + size]]
    torn = bytearray(before.ljust(len(after), b"\0"))
    for page in pages[:: moved + 1]:
        torn[page : page + size] = after[page : page + size]
    left.write_bytes(torn)
    status, out, err = say(left, "verify")
    assert status == 1
    assert "NOT as it was recorded" in out
    assert "Traceback" not in out + err
