"""The command line by hand: every command, every refusal one line and exit status 1."""

import json
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer

from forecasts import clock
from forecasts.cli import ROOMS, command_line, main

ARTICLE = """Harbour Notes

The port authority is unlikely to close the north quay before December. Traders may complain.
"""
CRITERIA = "Yes if the north quay is closed by 30 November 2026, 24:00 UTC. No otherwise."


@pytest.fixture
def at(monkeypatch):
    """Set the clock of every command that follows."""

    def set_clock(*parts: int) -> None:
        moment = datetime(*parts, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_clock(2026, 11, 1)
    return set_clock


@pytest.fixture
def run(capsys, monkeypatch):
    """Run one command; returns exit status, output and error lines."""

    def command(*words: object):
        monkeypatch.setattr(sys, "argv", ["forecasts", *map(str, words)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out, err

    return command


@pytest.mark.parametrize("room", ROOMS)
def test_a_command_is_found_without_the_files_of_the_others(room: str) -> None:
    alone = typer.main.get_command(command_line(min(ROOMS[room])))
    assert set(alone.commands) == ROOMS[room]


def ok(run, *words):
    status, out, err = run(*words)
    assert (status, err) == (0, ""), (words, out, err)
    return out


@pytest.fixture
def stored(empty_db, at, run, tmp_path):
    """An article in the record, with its statements waiting."""
    path = tmp_path / "notes.txt"
    path.write_text(ARTICLE)
    out = ok(run, "ingest", path, "--title", "Harbour Notes", "--published", "2026-10-30")
    assert out.startswith("Article 1, 2 statements waiting.")
    return path


def statements(run, *words):
    (view,) = json.loads(ok(run, "inbox", *words, "--json"))
    return view["statements"]


def test_the_main_job(stored, at, run):
    first, second = statements(run)
    assert first["quote"].startswith("The port authority is unlikely")
    assert (first["polarity"], first["decision"]) == ("negative", "waiting")
    ok(run, "dismiss", second["id"], "--because", "only a possibility")
    ok(run, "reopen", second["id"])
    ok(run, "accept", first["id"], "--title", "Will the north quay be closed by 30 November 2026?",
       "--criteria", CRITERIA, "--closes", "2026-11-30", "--probability", "30%",
       "--because", "First look.", "--tag", "ports")  # fmt: skip
    at(2026, 11, 11)
    ok(run, "record", 1, "10%", "--confidence", "moderate")
    (row,) = json.loads(ok(run, "list", "--json"))
    assert (row["status"], row["mine"], row["source"], row["tags"]) == (
        "open",
        0.1,
        0.22,
        ["ports"],
    )
    at(2026, 12, 2)
    assert "Will the north quay" in ok(run, "due")
    ok(run, "resolve", 1, "no", "--evidence", "It stayed open.", "--known", "2026-12-01")
    board = json.loads(ok(run, "scores", "--json"))
    # 1 to 10 November end with 30 %, 11 to 30 November with 10 %.
    assert board["people"][0]["score"] == pytest.approx((10 * 0.09 + 20 * 0.01) / 30)
    assert board["sources"][0]["score"] == pytest.approx(0.22**2)
    text = ok(run, "scores")
    assert "lower is better" in text
    assert "always saying 50 %" in text
    curve = json.loads(ok(run, "calibration", "--json"))["curve"]
    assert curve["stated"] == [0.1, 0.22, 0.3]
    assert "Brier" in ok(run, "calibration")
    shown = json.loads(ok(run, "show", 1, "--json"))
    assert [one["cls"] for one in shown["record"]] == ["source", "live", "live"]
    assert "resolved" in ok(run, "show", 1)


def test_questions_of_every_kind(empty_db, at, run):
    common = ("--criteria", "As the title says.", "--closes", "2026-12-31")
    ok(run, "ask", "Yes or no?", *common, "--base-rate", "10%", "--base-rate-class", "years")
    ok(run, "ask", "Which?", *common, "--kind", "multiple_choice", "--option", "a", "--option", "b")
    ok(run, "ask", "When?", *common, "--kind", "ordered", "--option", "2026", "--option", "later")
    ok(run, "ask", "How many?", *common, "--kind", "numeric", "--unit", "ships", "--lower", "0")
    ok(
        run,
        "ask",
        "If so?",
        *common,
        "--parent",
        1,
        "--parent-outcome",
        "yes",
        "--zone",
        "Asia/Seoul",
    )
    ok(run, "record", 1, "0.37", "--expires", "2026-12-01T12:00Z")
    ok(run, "record", 2, "60%", "40%")
    ok(run, "record", 3, "0.5", "0.5")
    ok(run, "record", 4, "0.1:5", "0.5:8", "0.9:20")
    ok(run, "record", 5, "0.2", "--made-at", "2026-11-01T00:00Z")
    ok(run, "withdraw", 1, "--because", "No idea.")
    ok(run, "clarify", 1, "Only this year counts.")
    ok(run, "comment", 1, "Hm.")
    ok(run, "attach", 1, "A fact.", "--url", "https://example.org", "--dated", "2026-10")
    ok(run, "tag", 1, "--add", "ships")
    assert ok(run, "list", "--tag", "ships").count("\n") == 1
    assert "retrospective" in ok(run, "show", 5)
    assert "10 %: 5" in ok(run, "show", 4)
    at(2027, 1, 2)
    ok(run, "resolve", 4, "7", "--evidence", "Counted.", "--known", "2027-01-01")
    ok(run, "resolve", 2, "a", "--evidence", "Seen.", "--known", "2027-01-01")
    ok(run, "correct", 2, "b", "--evidence", "Seen again.", "--because", "Misread.", "--version", 1,
       "--known", "2027-01-01")  # fmt: skip
    ok(run, "annul", 3, "--because", "Void.")
    assert "numeric questions" in ok(run, "scores")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("record", 1, "1.2"), "probability '1.2': a probability lies between 0 and 1"),
        (("record", 1, "half"), "probability 'half': write a number"),
        (("record", 1, "0.5", "0.5"), "a binary question takes probability"),
        (("record", 99, "0.5"), "There is no question 99."),
        (("record", 1, "x:y"), "quantile level 'x'"),
        (("withdraw", 1), "you have no standing forecast"),
        (("resolve", 1, "maybe", "--evidence", "e"), "outcome 'maybe'"),
        (("resolve", 1, "no", "--evidence", "e", "--known", "2020-01-01"), "before the opening"),
        (("resolve", 1, "no", "--evidence", "e", "--known", "soon"), "known 'soon'"),
        (("resolve", 1, "no", "--evidence", "e", "--known", "2026-11-01T10:00"), "no time zone"),
        (("annul", 99, "--because", "x"), "There is no question 99."),
        (("accept", 99), "There is no statement 99."),
        (("dismiss", 99, "--because", "x"), "There is no statement 99."),
        (("show", 99), "There is no question 99."),
        (("inbox", 99), "There is no article 99."),
        (("list", "--status", "odd"), "status 'odd'"),
        (("calibration", "--kind", "odd"), "kind 'odd'"),
        (("calibration", "--forecaster", 99), "There is no forecaster 99."),
        (("ask", "T?", "--criteria", "c", "--closes", "2020-01-01"), "close '2020-01-02"),
        (("ask", "T?", "--criteria", "c", "--closes", "03/04/2027"), "closes '03/04/2027'"),
        (("ask", "T?", "--criteria", "c", "--closes", "2027-02-30"), "closes '2027-02-30'"),
        (("ingest", "no-such-file.txt", "--title", "t"), "no-such-file.txt: No such file"),
        (("ingest", "http://127.0.0.1/", "--title", "t"), "http://127.0.0.1/: "),
        (("ingest", "ftp://x.org/a", "--title", "t"), "the address is not http or https"),
        (("extract", "no-such-file.txt"), "no-such-file.txt: No such file"),
        (("init", "--seeds", "--from", "nowhere"), "seeds 'nowhere'"),
        (("show", 10**20), "There is no question 100000000000000000000."),
        (("resolve", 1, "no", "--evidence", "e", "--known", "9999"), "known '9999'"),
        (("record", 1, "100.00000000000000000001%"), "a probability lies between 0 and 1"),
        (("comment", 1, "x", "--key", "a\nb"), "key "),
        (("comment", 1, "\u200b"), "comment "),
        (("ask", "T?", "--criteria", "c", "--closes", "2027-W53-5"), "closes '2027-W53-5'"),
        (("attach", 1, "x", "--dated", "2031"), "dated '2031-01-01'"),
        (("extract", "/dev/zero"), "zero: "),
        (("accept", 1, "--opens", "soon", "--closes", "2027-01-01"), "There is no statement 1."),
    ],
)  # fmt: skip
def test_a_refusal_is_one_line_and_status_1(empty_db, at, run, words, message):
    ok(run, "ask", "Will it?", "--criteria", "As said.", "--closes", "2026-12-31")
    before = ok(run, "show", 1, "--json")
    status, out, err = run(*words)
    assert (status, out) == (1, "")
    assert message in err
    assert err.count("\n") == 1
    assert ok(run, "show", 1, "--json") == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"  \n ", "nothing but blanks"),
        (b"MZ\x90\x00\x03\x00", "notes.txt: "),
        (b"\x89PNG\r\n\x1a\n\x00", "notes.txt: "),
        (b"%PDF-1.7\n", "notes.txt: "),
        (b"text\x00text", "notes.txt: "),
    ],
)
def test_what_is_no_article_is_refused(empty_db, at, run, tmp_path, content, message):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for words in (("ingest", path, "--title", "t"), ("extract", path)):
        status, out, err = run(*words)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert message in err
    assert "Nothing waits" in ok(run, "inbox")


def test_an_article_is_stored_once(stored, run):
    status, _, err = run("ingest", stored, "--title", "Again")
    assert status == 1
    assert "already stored as article 1" in err


def test_a_draft_that_asks_the_analyst_is_not_accepted(stored, run):
    first, _ = statements(run)
    status, _, err = run("accept", first["id"], "--closes", "2026-11-30")
    assert status == 1
    assert "still has to be decided" in err


def test_the_same_key_acts_once(stored, run):
    ask = ("ask", "Will it?", "--criteria", "As said.", "--closes", "2026-12-31", "--key", "k1")
    assert ok(run, *ask) == ok(run, *ask)
    assert len(json.loads(ok(run, "list", "--json"))) == 1
    status, _, err = run(*ask[:-1], "k1", "--unit", "x")
    assert (status, "different request" in err) == (1, True)


def test_extract_needs_no_database_and_counts_characters_of_the_file(tmp_path, run, monkeypatch):
    monkeypatch.setenv("FORECASTS_DB", "sqlite:////nowhere/at/all.db")
    path = Path(__file__).parents[1] / "seeds/articles/2024-07-11-bisi-pyongyang-parlays.txt"
    text = path.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in ok(run, "extract", path, "--format", "jsonl").splitlines()]
    assert len(rows) > 10
    for row in rows:
        assert list(row) == [
            "file", "start", "end", "quote", "hedge", "polarity", "probability", "probability_low",
            "probability_high", "scale", "horizon", "speaker", "condition", "actors", "confidence",
        ]  # fmt: skip
        assert row["file"] == path.name
        assert text[row["start"] : row["end"]] == row["quote"]


def test_a_record_that_is_not_there_is_named(run, monkeypatch, tmp_path):
    monkeypatch.setenv("FORECASTS_DB", f"sqlite:///{tmp_path / 'new.db'}")
    status, _, err = run("list")
    assert (status, "run `forecasts init` first" in err) == (1, True)
    monkeypatch.setenv("FORECASTS_DB", "postgresql+psycopg://desk:secret@127.0.0.1:1/none")
    status, _, err = run("list")
    assert (status, err.count("\n"), "secret" in err) == (1, 1, False)


def test_an_article_that_was_hardly_changed_is_named(stored, run, tmp_path):
    other = tmp_path / "copy.txt"
    other.write_text(ARTICLE * 3 + "One more line.")
    longer = tmp_path / "longer.txt"
    longer.write_text(ARTICLE * 3)
    ok(run, "ingest", longer, "--title", "Longer")
    out = ok(run, "ingest", other, "--title", "Copy", "--published", "2026")
    assert "Nearly the same as article 2" in out
    assert all(one["horizon_end"] is None for one in statements_of(run, 3))


def statements_of(run, article):
    (view,) = json.loads(ok(run, "inbox", article, "--json"))
    return view["statements"]


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://a/b",
        "postgresql+psycopg://u:secret@h:abc/x",
        "postgresql+psycopg://u:sec@ret@127.0.0.1:1/x",
        "sqlite:////etc/passwd/y.db",
        "sqlite:////proc/x/y.db",
    ],
)
def test_a_record_that_cannot_be_opened_is_one_line(run, monkeypatch, url):
    monkeypatch.setenv("FORECASTS_DB", url)
    for words in (("list",), ("init",)):
        status, out, err = run(*words)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert err.startswith("The record at ")
        assert "sec" not in err


def test_init_leaves_somebody_elses_database_alone(run, monkeypatch, tmp_path):
    path = tmp_path / "notes.db"
    with sqlite3.connect(path) as link:
        link.execute("CREATE TABLE notes (text)")
    link.close()
    monkeypatch.setenv("FORECASTS_DB", f"sqlite:///{path}")
    status, _, err = run("init")
    assert (status, "tables of something else" in err) == (1, True)


def test_looking_does_not_wait_for_a_writer(empty_db, at, run):
    path = empty_db.removeprefix("sqlite:///")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert "No question fits." in ok(run, "list")
    writer.execute("ROLLBACK")
    writer.close()


def test_seeds_after_an_analysts_own_start(empty_db, at, run):
    """One of the five articles is there already, and a settled seed question was settled here."""
    at(2026, 11, 22)
    folder = Path(__file__).parents[1] / "seeds/articles"
    ok(run, "ingest", folder / "2024-07-11-bisi-pyongyang-parlays.txt", "--title", "Parlays")
    one = statements_of(run, 1)[0]
    ok(run, "dismiss", one["id"], "--because", "too vague")
    assert "new entries" in ok(run, "init", "--seeds")
    assert "all there already" in ok(run, "init", "--seeds")
    assert len(json.loads(ok(run, "list", "--json"))) == 40


def test_init_twice_changes_nothing(empty_db, at, run):
    at(2026, 11, 22)
    assert "73 new entries" in ok(run, "init", "--seeds")
    before = ok(run, "list", "--json")
    assert "all there already" in ok(run, "init", "--seeds")
    assert ok(run, "list", "--json") == before
