"""A disk that is full when erased words are to leave the files: the same command does it later."""

import errno
import io
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import pytest
from hardship import refuse
from sqlalchemy.exc import DBAPIError
from writers import answer_of

from db.engine import URL_VARIABLE, opened
from db.erasing import is_scrubbed, scrub
from db.session import reading
from forecasts import clock, performing
from forecasts.cli import main
from forecasts.errors import WordsRemain
from forecasts.services.acts import Act
from forecasts.services.erasure import erase
from forecasts.services.notes import comment
from forecasts.views.people import person_id

BECAUSE = ("--because", "She asked for it.")


def run(url: str, words: tuple[str, ...], full: bool, answers: Any) -> None:
    """Run the command; with ``full``, the disk is full once the erasure is committed."""
    os.environ[URL_VARIABLE] = url
    committed: Callable[..., Any] = performing.perform

    def perform_and_fill(*args: Any, **request: Any) -> Any:
        receipt = committed(*args, **request)
        refuse(("pwrite64",), errno.ENOSPC)
        return receipt

    if full:
        performing.perform = perform_and_fill
    sys.argv = ["forecasts", "erase", *words, *BECAUSE]
    said, status = io.StringIO(), 0
    with redirect_stderr(said), redirect_stdout(said):
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
    answers.send((status, said.getvalue()))


def answer(record: Any, *words: str, full: bool) -> tuple[int, str]:
    record.engine.dispose()
    found: tuple[int, str] = answer_of(run, record.url, words, full)
    return found


def scrubbed(record: Any) -> bool:
    with reading(record.engine) as session:
        return is_scrubbed(session)


def test_an_erasure_whose_files_could_not_be_rewritten_is_finished_by_the_same_command(on_sqlite):
    said = {"question_id": on_sqlite.question, "text": "xylophone"}
    performing.perform(on_sqlite.engine, lambda _: Act("zoe", clock.now(), "said"), comment, **said)
    status, lines = answer(on_sqlite, "--person", "zoe", full=True)
    assert (status, lines.count("\n")) == (1, 1)
    key = lines.rpartition(" --key ")[2].removesuffix(".\n")
    assert lines == f"{WordsRemain('database or disk is full', key)}\n"
    assert not scrubbed(on_sqlite)
    on_sqlite.holds({})
    status, lines = answer(on_sqlite, "--person", "zoe", "--key", key, full=False)
    assert status == 0
    assert lines.startswith("Erased before, under this key, from the database and its files.")
    assert scrubbed(on_sqlite)
    on_sqlite.holds({})


def test_a_name_that_is_not_there_is_said_to_be_none_whatever_else_is_finished(on_sqlite):
    assert answer(on_sqlite, "--person", "ana", full=True)[0] == 1
    status, lines = answer(on_sqlite, "--person", "typo", full=False)
    finished, missing = lines.splitlines()
    assert finished == "What was erased before is gone from the database's files now."
    assert (status, missing) == (1, "There is no person typo.")
    assert scrubbed(on_sqlite)


def test_a_role_that_may_not_rewrite_the_tables_is_told(on_postgres):
    """PostgreSQL itself only warns, and goes on as if it had rewritten them."""
    with reading(on_postgres.engine) as session:
        ana = person_id(session, "ana")
    act = Act("ana", clock.now(), "gone")
    performing.perform(on_postgres.engine, lambda _: act, erase, people=[ana], reason="asked")
    with on_postgres.engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE no_owner LOGIN")
        connection.exec_driver_sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO no_owner")
    other = on_postgres.engine.url.set(username="no_owner")
    with opened(other) as engine, pytest.raises(DBAPIError, match="only the owner"):
        scrub(engine, now=clock.now())
    assert not scrubbed(on_postgres)
    with on_postgres.engine.begin() as connection:  # roles belong to the server, not the database
        connection.exec_driver_sql("DROP OWNED BY no_owner")
        connection.exec_driver_sql("DROP ROLE no_owner")
