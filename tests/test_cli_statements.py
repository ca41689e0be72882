"""Deciding about statements on the command line: scales, conditions, merging, marking."""

import json
import sys
from datetime import UTC, datetime

import pytest
from assistant_server import endpoint

from forecasts import clock
from forecasts.cli import main

ARTICLE = (
    "Harbour Notes\n\nThe port authority is unlikely to close the north quay before December. "
    "If talks fail, dockers will probably strike in November. Traders are glum. The mayor pledged "
    "that the south quay will stay open.\n"
)
PLEDGE = "the south quay will stay open"  # no forecast to the reader, and to a model perhaps one
CRITERIA = ("--criteria", "Yes if the authority says so.")


@pytest.fixture
def run(capsys, monkeypatch, empty_db):
    """Run one command on 1 November 2026; returns exit status, output and error lines."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 1, tzinfo=UTC))

    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["forecasts", *map(str, words)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out, err

    return command


@pytest.fixture
def ok(run, tmp_path):
    """The record with one article, and the means to run commands that succeed."""
    path = tmp_path / "notes.txt"
    path.write_text(ARTICLE)

    def command(*words: object) -> str:
        status, out, err = run(*words)
        assert (status, err) == (0, ""), (words, out, err)
        return out

    command("ingest", path, "--title", "Harbour Notes", "--published", "2026-10-30")
    return command


def statements(ok, *words):
    (view,) = json.loads(ok("inbox", 1, *words, "--json"))
    return {one["id"]: one for one in view["statements"]}


def refused(run, *words) -> str:
    status, out, err = run(*words)
    assert (status, out, err.count("\n")) == (1, "", 1), (words, out, err)
    return err


def test_the_inbox_shows_the_most_resolvable_first_with_what_it_lacks(ok):
    found = statements(ok)
    assert list(found.values()) == sorted(found.values(), key=lambda one: -one["resolvable"])
    assert found[2]["lacks"] == ["a condition to check first: “If talks fail”"]
    assert "a condition to check first" in ok("inbox")


def test_numbers_follow_the_scale_and_are_recorded_under_it(ok):
    assert "10–35 %, recommended" in ok("inbox")
    assert "20–45 %, icd203" in ok("inbox", "--scale", "icd203")
    ok("accept", 1, *CRITERIA, "--scale", "icd203")
    (said,) = json.loads(ok("show", 1, "--json"))["record"]
    assert (said["probabilities"][0], said["probability_low"]) == (0.325, 0.2)


def test_a_condition_is_asked_first_or_left_out(run, ok):
    message = refused(run, "accept", 2, *CRITERIA)
    assert message.startswith("condition 'Will talks fail?': ask this first")
    assert refused(run, "accept", 2, "--parent", 9, *CRITERIA) == "There is no parent question 9.\n"
    ok("ask", "Will talks fail?", *CRITERIA, "--closes", "2026-11-30")
    ok("accept", 2, "--parent", 1, *CRITERIA)
    shown = json.loads(ok("show", 2, "--json"))
    assert (shown["parent_id"], shown["parent_outcome"]) == (1, "yes")


def test_a_condition_is_no_condition_if_one_says_so(ok):
    ok("accept", 2, "--unconditional", *CRITERIA)
    assert json.loads(ok("show", 1, "--json"))["parent_id"] is None


def test_a_statement_is_merged_into_a_question(run, ok):
    ok("ask", "Will the quay stay open?", *CRITERIA, "--closes", "2026-11-30")
    assert "no question 7" in refused(run, "merge", 1, 7)
    assert "merged into question 1" in ok("merge", 1, 1, "--opposite")
    (said,) = json.loads(ok("show", 1, "--json"))["record"]
    assert said["probabilities"][0] == pytest.approx(0.78)
    assert "already accepted" in refused(run, "merge", 1, 1)


def test_a_statement_is_marked_by_its_words(run, ok):
    assert "does not stand in the article" in refused(run, "mark", 1, "Traders are happy")
    assert "no words of likelihood" in refused(run, "mark", 1, "Traders are glum")
    glum = ("Traders are glum", "--hedge", "glum", "--stands-for", "unlikely")
    ok("mark", 1, *glum, "--speaker", "Anna Schmidt")
    ok("mark", 1, PLEDGE)
    first, second = [one for one in statements(ok).values() if one["found_by"] == "analyst"]
    assert {first["quote"], second["quote"]} == {"Traders are glum", PLEDGE}
    marked = first if first["hedge"] == "glum" else second
    assert (marked["polarity"], marked["probability"]) == ("negative", 0.22)
    assert (marked["speaker"], marked["speaker_kind"]) == ("Anna Schmidt", "named")
    assert "is statement 3 already" in refused(run, "mark", 1, *glum)


@pytest.mark.parametrize("words", [("inbox",), ("accept", 1), ("merge", 1, 1), ("mark", 1, "x")])
def test_an_unknown_scale_is_refused(run, ok, words):
    assert refused(run, *words, "--scale", "guess").startswith("scale 'guess': must be one of")


@pytest.fixture
def model(monkeypatch):
    """An assistant that proposes one statement of the article and one that is none of it."""
    proposed = {
        "quote": PLEDGE, "hedge": "will", "polarity": "affirm", "speaker": "author",
        "condition": "",
    }  # fmt: skip
    with endpoint() as found:
        monkeypatch.setenv("FORECASTS_ASSISTANT_URL", found.url)
        monkeypatch.setenv("FORECASTS_ASSISTANT_MODEL", "small-one")
        hostile = proposed | {"quote": "Ships will sink\x1b[2J"}
        found.content = {"statements": [proposed, hostile], "drafts": []}
        yield found


def test_the_assistant_is_refused_where_none_is_configured(run, ok, tmp_path):
    assert "is not configured" in refused(run, "propose", 1)
    assert "is not configured" in refused(run, "extract", "--assistant", tmp_path / "notes.txt")


def test_proposals_are_printed_and_nothing_is_written(ok, model):
    out = ok("propose", 1)
    assert "1 statements proposed, 1 proposals dropped." in out
    assert "Dropped: “Ships will sink" in out
    assert "\x1b" not in out
    assert len(statements(ok)) == 2


def test_extract_marks_what_the_assistant_proposed(ok, model, tmp_path):
    out = ok("extract", tmp_path / "notes.txt", "--format", "jsonl", "--assistant")
    records = [json.loads(line) for line in out.splitlines()]
    assert [one["found_by"] for one in records] == ["reader", "reader", "assistant"]
    assert all(ARTICLE[one["start"] : one["end"]] == one["quote"] for one in records)


def test_ingest_asks_the_assistant_once_the_article_is_stored(ok, model, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(f"{ARTICLE} And more of it.")
    out = ok("ingest", other, "--title", "Other", "--assistant")
    assert "Article 2, 2 statements waiting." in out
    assert "1 statements proposed" in out
