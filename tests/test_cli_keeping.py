"""Exports, imports, backups and erasure from the command line; scores from an export."""

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from db.engine import URL_VARIABLE, open_engine
from db.verification import verify
from forecasts import keeping
from forecasts.cli import main
from forecasts.exchange.record_files import FORECASTS, QUESTIONS, UNSCORED
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.views.snapshot import forget


@pytest.fixture
def run(capsys, monkeypatch):
    """Run one command, on the database of that address if one is given."""

    def command(*words: object, on: object = None):
        if on is not None:
            monkeypatch.setenv(URL_VARIABLE, str(on))
        monkeypatch.setattr(sys, "argv", ["forecasts", *map(str, words)])
        forget()
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out, err

    return command


def sqlite(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_record_goes_out_and_comes_back(run, rich, tmp_path):
    status, out, err = run("export", tmp_path / "out")
    assert (status, err) == (0, "")
    assert "The record is as it was recorded" in out
    for turn, command in enumerate(("import", "restore")):
        new = sqlite(tmp_path / f"{turn}.db")
        status, out, err = run(command, tmp_path / "out", on=new)
        assert (status, err) == (0, ""), err
        assert "entries were restored" in out
        assert run("export", tmp_path / f"again{turn}")[0] == 0
        for path in (tmp_path / "out").iterdir():
            assert path.read_bytes() == (tmp_path / f"again{turn}" / path.name).read_bytes()
        status, _, err = run("restore", tmp_path / "out")
        assert (status, err.count("\n")) == (1, 1)
        assert "is not empty" in err


def test_backups_under_load_restore(desk, draft, tmp_path):
    """Taken while four writers go on: each one restores, verifies, and begins the record."""
    question = desk.do(ask_question, draft=draft(closes_at=desk.now.replace(year=2030))).id
    done = Event()

    def write(who):
        copy = type(desk)(open_engine(desk.engine.url))
        copy.now, count = desk.now, 0
        while not done.is_set():
            count += 1
            copy.do(record_forecast, by=who, key=f"{who}-{count}", question_id=question,
                    probability=0.5, rationale="Words.")  # fmt: skip
        copy.engine.dispose()
        return count

    sizes = []
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, who) for who in ("a", "b", "c", "d")]
        try:
            for turn in range(3):
                outcome = keeping.back_up(desk.engine, tmp_path / str(turn))
                assert outcome.total == 0
                sizes.append((outcome.size, outcome.root))
        finally:
            done.set()
        written = sum(writer.result() for writer in writers)
    assert written > 4
    last = verify(desk.engine)
    assert (last.size, last.total) == (written + 1, 0)
    assert [size for size, _ in sizes] == sorted({size for size, _ in sizes})
    print(
        f"{len(sizes)} backups of {[size for size, _ in sizes]} entries, {written} acts meanwhile"
    )


def test_scores_from_an_export_are_those_of_the_record_on_both_databases(
    run, rich, postgres_db, tmp_path
):
    """Shuffled, restored, on the other server: the same bytes; and the record's own numbers."""
    run("export", tmp_path / "out", on=rich.engine.url)
    run("import", tmp_path / "out", on=postgres_db)
    run("export", tmp_path / "postgres")
    shuffled = tmp_path / "shuffled"
    shuffled.mkdir()
    for name in (QUESTIONS, FORECASTS):
        head, *rows = (tmp_path / "out" / name).read_bytes().splitlines(keepends=True)
        if name == FORECASTS:
            random.Random(7).shuffle(rows)
        (shuffled / name).write_bytes(head + b"".join(rows))
    cards = [
        run("score", folder / QUESTIONS, folder / FORECASTS, "--json")[1]
        for folder in (tmp_path / "out", tmp_path / "postgres", shuffled)
    ]
    assert cards[0] == cards[1] == cards[2]
    boards = [run("scores", "--json", on=url)[1] for url in (rich.engine.url, postgres_db)]
    assert boards[0] == boards[1]
    board = json.loads(boards[0])
    told = {row["forecaster"]: row for row in json.loads(cards[0])["leaderboard"]}
    for row in board["people"]:
        mine = told[row["forecaster"]]
        assert mine["score"] == pytest.approx(row["score"], abs=1e-12)
        assert mine["questions"] == row["questions"] > 5
    assert len(board["people"]) == 3
    lines = (tmp_path / "out" / UNSCORED).read_text().splitlines()
    assert {line.rsplit(",", 1)[1] for line in lines[1:]} == {"retrospective", "source"}


def test_rows_are_entered_or_named(run, empty_db, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / QUESTIONS).write_text(
        "question_id,kind,opened_at,closes_at,outcome\n"
        "q,binary,2024-01-01T00:00Z,2024-02-01T00:00Z,no\n"
    )
    (folder / FORECASTS).write_text(
        "question_id,forecaster,made_at,probability\n"
        "q,ana,2024-01-05T00:00Z,0.3\nq,ana,2024-01-06T00:00Z,1.3\nq,ana,2024-03-06T00:00Z,0.1\n"
    )
    status, out, err = run("import", folder)
    assert (status, out) == (1, "")
    first, second, last = err.splitlines()
    assert first == "forecasts.csv, line 3, probability '1.3': is not in [0, 1]"
    assert second.startswith("forecasts.csv, line 4, made_at '2024-03-06")
    assert last == "Nothing was entered: 2 of 4 rows are refused."
    status, out, err = run("import", folder, "--skip-refused")
    assert status == 0
    assert out.startswith("4 rows read: 2 entered, 2 refused.")
    assert err.count("\n") == 2
    for again in ((), ("--skip-refused",)):  # once, whichever way it is asked for
        assert "entered before" in run("import", folder, *again)[1]
    assert json.loads(run("list", "--json")[1])[0]["title"] == "q"
    (folder / FORECASTS).unlink()
    assert run("import", folder)[2].startswith("folder ")


def test_what_is_erased_is_gone_from_the_file(run, rich, tmp_path):
    path = Path(rich.engine.url.database)
    rich.engine.dispose()
    assert b"zebra" in path.read_bytes()
    assert run("backup", tmp_path / "early")[0] == 0
    for who in ("ana", "bob", "=cmd()"):
        status, out, err = run("erase", "--person", who, "--because", "asked")
        assert (status, err) == (0, "")
        assert "copies made earlier still hold the words" in out
        assert "The record is as it was recorded" in out
    assert b"zebra" not in path.read_bytes()
    assert run("backup", tmp_path / "late")[0] == 0
    for words in (["--person", "ana"], [], ["--text", "0" * 64]):
        status, _, err = run("erase", *words, "--because", "again")
        assert (status, err.count("\n")) == (1, 1)
    new = tmp_path / "new.db"
    late = ["--redactions-from", tmp_path / "late"]
    status, out, err = run("restore", tmp_path / "early", *late, on=sqlite(new))
    assert (status, err) == (0, "")
    assert "3 erasures made since the backup were made again." in out
    assert b"zebra" not in new.read_bytes()


def test_a_backup_of_a_record_that_was_tampered_with_is_refused(run, rich, tmp_path):
    rich.engine.dispose()
    command = (
        "import sqlite3, sys; link = sqlite3.connect(sys.argv[1]);"
        "link.execute('DROP TRIGGER private_text_bounded');"
        "link.execute(\"UPDATE private_text SET text = text || '!'\"); link.commit()"
    )
    subprocess.run([sys.executable, "-c", command, rich.engine.url.database], check=True)
    status, _, err = run("backup", tmp_path / "file")
    assert (status, err.count("\n")) == (1, 1)
    assert "is not the one committed to" in err
    assert not list(tmp_path.glob("*file*"))
