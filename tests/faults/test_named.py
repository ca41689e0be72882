"""Faults of disk, file and clock: one line that says what it means, and a record still whole."""

import errno
import resource
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hardship import obey_file_modes, refuse
from sqlalchemy import Engine
from writers import answer_of

from db import faults
from db.engine import opened
from db.ledger import Receipt
from db.verification import verify
from forecasts import clock
from forecasts.errors import DatabaseUnavailable
from forecasts.opening import naming_faults
from forecasts.performing import perform
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast


def disk_full() -> None:
    """Every write to a file finds no space."""
    refuse(("pwrite64",), errno.ENOSPC)


def sync_fails() -> None:
    """What was written cannot be made durable."""
    refuse(("fsync", "fdatasync"), errno.EIO)


def file_size_limit() -> None:
    """No file may grow, as under a quota."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))


HARDSHIPS = {one.__name__: one for one in (disk_full, sync_fails, file_size_limit, obey_file_modes)}


def send(engine: Engine, question: int) -> Receipt:
    """Always the same act: a forecast under one key."""
    return perform(
        engine,
        lambda _: Act("ana", clock.now(), "the act"),
        record_forecast,
        question_id=question,
        probability=0.25,
    )


def attempt(url: str, question: int, hardship: str, answers: Any) -> None:
    """Send the act under a hardship and answer what was said."""
    with opened(url) as engine:
        HARDSHIPS[hardship]()
        try:
            with naming_faults():
                send(engine, question)
            answers.send("saved")
        except DatabaseUnavailable as refused:
            answers.send(str(refused))


@pytest.mark.parametrize(
    ("hardship", "reason"),
    [
        ("disk_full", faults.FULL),
        ("sync_fails", faults.UNKNOWN),
        ("file_size_limit", faults.UNKNOWN),
        ("obey_file_modes", faults.READ_ONLY),
    ],
)
def test_a_failing_disk_is_named_and_the_act_can_be_sent_again(on_sqlite, hardship, reason):
    file = Path(on_sqlite.url.removeprefix("sqlite:///"))
    if hardship == "obey_file_modes":
        file.chmod(0o444)
    on_sqlite.engine.dispose()
    said = answer_of(attempt, on_sqlite.url, on_sqlite.question, hardship)
    assert reason in said
    assert "\n" not in said
    file.chmod(0o644)
    before = on_sqlite.holds({})
    receipt = send(on_sqlite.engine, on_sqlite.question)
    assert on_sqlite.holds({"the act": receipt.seq}) == 1
    if reason in (faults.FULL, faults.READ_ONLY):
        assert before == 0


def smashed(content: bytes) -> bytes:
    """A page's header overwritten."""
    return content[:8192] + b"\xff" * 64 + content[8256:]


def cut(content: bytes) -> bytes:
    """The second half lost."""
    return content[: len(content) // 2]


def foreign(_: bytes) -> bytes:
    """Something else under the same name."""
    return b"not a database at all " * 1000


@pytest.mark.parametrize("damage", [smashed, cut, foreign])
def test_a_damaged_file_is_named_by_verification(on_sqlite, damage: Callable[[bytes], bytes]):
    on_sqlite.engine.dispose()
    file = Path(on_sqlite.url.removeprefix("sqlite:///"))
    file.write_bytes(damage(file.read_bytes()))
    with opened(on_sqlite.url) as engine:
        found = verify(engine)
    assert found.findings
    assert all("\n" not in str(finding) for finding in found.findings)


def test_a_clock_that_runs_backwards_is_told_and_breaks_nothing(record):
    now = clock.now()
    for step, back in enumerate([0, 3600, 86_400, -31_536_000, 0]):
        perform(
            record.engine,
            lambda _, step=step, back=back: Act("ana", now - timedelta(seconds=back), f"t{step}"),
            record_forecast,
            question_id=record.question,
            probability=0.5,
        )
    assert record.holds({}) == 5
    assert any("ran backwards 3 times" in note for note in verify(record.engine).notes)
