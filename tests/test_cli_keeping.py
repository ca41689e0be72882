"""Exports, imports, backups and erasure from the command line; scores from an export."""

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import rich_record
from sqlmodel import col, func, select

from db.engine import URL_VARIABLE, open_engine, opened
from db.session import reading
from db.tables import Forecast, PrivateText
from db.verification import verify
from forecasts import keeping
from forecasts.cli import doors, importing, main
from forecasts.exchange.claim_files import read_claims
from forecasts.exchange.record_files import FORECASTS, QUESTIONS, UNSCORED
from forecasts.services.forecasts import record_forecast
from forecasts.services.importing import import_claims
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
    rich_record.share(rich)
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


def test_the_same_files_are_entered_once_however_they_come(desk, tmp_path):
    """One after the other, all at once, and again under the key that an earlier version gave."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / QUESTIONS).write_text(
        "question_id,kind,opened_at,closes_at,outcome\n"
        "q,binary,2024-01-01T00:00Z,2024-02-01T00:00Z,no\n"
    )
    said = "question_id,forecaster,made_at,probability\nq,ana,2024-01-05T00:00Z,0.3\n"
    (folder / FORECASTS).write_text(said)
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(importing._enter_rows, desk.engine, folder, None, skip_refused=False)
                for _ in range(4)]  # fmt: skip
        assert [one.result() for one in sent] == [None] * 4
    importing._enter_rows(desk.engine, folder, None, skip_refused=True)
    assert desk.ask(counted, Forecast) == 1
    (folder / FORECASTS).write_text(said + "q,bob,2024-01-05T00:00Z,0.3\n")
    files = importing._digest([folder / QUESTIONS, folder / FORECASTS])
    claims = read_claims(folder / QUESTIONS, [folder / FORECASTS])
    desk.now = desk.now.replace(year=2040)
    desk.do(import_claims, key=f"import/{files}", found=claims)
    importing._enter_rows(desk.engine, folder, None, skip_refused=False)
    assert desk.ask(counted, Forecast) == 3
    assert verify(desk.engine).total == 0


@pytest.fixture
def sent(tmp_path, monkeypatch):
    """A folder with one question and these probabilities by Ana, and who sends it."""

    def folder(name, *shares, by="alice"):
        monkeypatch.setattr(doors.getpass, "getuser", lambda: by)
        path = tmp_path / name
        path.mkdir(exist_ok=True)
        (path / QUESTIONS).write_text(
            "question_id,kind,opened_at,closes_at,outcome\n"
            "q,binary,2024-01-01T00:00Z,2024-02-01T00:00Z,no\n"
        )
        rows = [f"q,ana,2024-01-{day:02}T00:00Z,{one}\n" for day, one in enumerate(shares, 1)]
        (path / FORECASTS).write_text(
            "question_id,forecaster,made_at,probability\n" + "".join(rows)
        )
        return path

    return folder


def entered(url):
    with opened(url) as engine, reading(engine) as session:
        return counted(session, Forecast)


def test_a_key_stands_for_the_files_it_came_with(run, empty_db, sent):
    """Also where some of their rows were refused: other files are refused, and not swallowed."""
    first, other = sent("first", 0.3, 1.3), sent("other", 0.6)
    skipping = ("--skip-refused", "--key", "k")
    saved = run("import", first, *skipping)
    assert (saved[0], saved[1]) == (
        0,
        "3 rows read: 2 entered, 1 refused. Entry 1 of the record.\n",
    )
    for words in (("--key", "k"), skipping):
        assert run("import", other, *words) == (
            1, "", "Key 'k' was already used for a different request.\n",
        )  # fmt: skip
        assert "were entered before" in run("import", first, *words)[1]
    assert run("import", other)[0] == 0
    assert run("import", first, "--key", "k2")[1].endswith("Entry 1 of the record.\n")
    assert run("import", other, "--key", "k")[0] == 1
    assert entered(empty_db) == 2


@pytest.mark.parametrize("keys", [(None, None), (None, "k"), ("k", None), ("k", "k"), ("k", "l")])
def test_the_same_files_are_entered_once_whoever_sends_them(run, empty_db, sent, keys):
    said = []
    for by, key in zip(("alice", "bob"), keys, strict=True):
        words = () if key is None else ("--key", key)
        said.append(run("import", sent("in", 0.3, by=by), *words))
    assert [(status, err) for status, _, err in said] == [(0, "")] * 2
    assert said[1][1].startswith("These files were entered before")
    assert said[1][1].endswith("Entry 1 of the record.\n")
    assert entered(empty_db) == 1


def test_an_erasure_under_a_key_is_made_once(run, rich):
    """The login is gone by then; the key still finds the receipt, and only of the same request."""
    erase = ("erase", "--person", "ana", "--because", "asked")
    status, out, _ = run(*erase, "--key", "k1")
    entry = out.splitlines()[0].partition("Entry ")[2]
    assert (status, bool(entry)) == (0, True)
    status, out, err = run(*erase, "--key", "k1")
    assert (status, err) == (0, "")
    assert out.splitlines()[0].endswith(
        f"before, under this key, from the database and its files. Entry {entry}"
    )
    for other in (
        ("--person", "bob", "--because", "asked", "--key", "k1"),
        ("--person", "ana", "--because", "for fun", "--key", "k1"),
    ):
        assert run("erase", *other)[::2] == (
            1, "Key 'k1' was already used for a different request.\n",
        )  # fmt: skip
    assert run(*erase)[::2] == (1, "There is no person ana.\n")
    commitment = rich.ask(words_left)
    text = ("erase", "--text", commitment, "--because", "a slip")
    assert run(*text, "--key", "k2")[0] == 0
    assert run(*text, "--key", "k2")[0] == 0
    assert run(*text, "--person", "typo", "--key", "k2")[::2] == (1, "There is no person typo.\n")
    assert run(*text)[::2] == (1, f"text '{commitment}': is erased already\n")


def words_left(session):
    held = select(PrivateText.commitment).where(col(PrivateText.text).is_not(None))
    return session.exec(held.limit(1)).one()


def counted(session, table):
    return session.exec(select(func.count()).select_from(table)).one()


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
