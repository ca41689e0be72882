"""Scenario sets and coherence from the command line, from making to verifying."""

import json
import sys
from datetime import UTC, datetime

import pytest

from forecasts import clock
from forecasts.cli import main

FAR = ("--criteria", "The first that fits.", "--closes", "2199-12-31")


@pytest.fixture
def run(empty_db, capsys, monkeypatch):
    """Run one command on an empty record; returns exit status, output and error lines."""

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["forecasts", *map(str, words)])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out, err

    assert command("init")[0] == 0
    return command


def ok(run, *words):
    status, out, err = run(*words)
    assert (status, err) == (0, ""), (words, out, err)
    return out


@pytest.fixture
def futures(run):
    """Set 1 of war, peace and something else; questions 2 and 3."""
    assert "no scenario set yet" in ok(run, "scenarios")
    made = ok(run, "make-scenarios", "Which?", "--scenario", "war", "--scenario", "peace", *FAR)
    assert made.startswith("Scenario set 1 made.")
    for title in ("By June?", "By December?"):
        ok(run, "ask", title, *FAR)
    return run


def test_a_set_is_made_told_judged_and_shown(futures):
    ok(futures, "narrate", 1, "war", "It grows.")
    ok(futures, "prior", 1, "50%", "0.3", "0.2", "--dated", "2020-01-01", "--note", "A guess.")
    given = ("--given", "war=0.8", "--given", "peace=unlikely")
    ok(futures, "link", 1, 2, *given, "--weight", "0.5")
    ok(futures, "relink", 1, 2, "--given", "something else=0.5,-", "--weight", "1")
    ok(futures, "record", 2, "90%")
    shown = ok(futures, "scenarios", 1)
    for words in ("war", "bits", "What to watch", "the indicators imply", "weights times"):
        assert words in shown
    board = json.loads(ok(futures, "scenarios", 1, "--json"))
    yes, prior = [0.8, 0.22, 0.5], [0.5, 0.3, 0.2]
    total = sum(p * q for p, q in zip(prior, yes, strict=True))
    expected = [
        p * (0.9 * q / total + 0.1 * (1 - q) / (1 - total)) for p, q in zip(prior, yes, strict=True)
    ]
    assert [one["implied"] for one in board["scenarios"]] == pytest.approx(expected)
    assert board["series"]["implied"][-1] == pytest.approx(expected)
    assert board["series"]["mine"][0] == [None, None, None]
    assert json.loads(ok(futures, "scenarios", "--json"))[0]["indicators"] == 1
    ok(futures, "unlink", 1, 2)
    assert json.loads(ok(futures, "scenarios", 1, "--json"))["indicators"] == []
    assert "as it was recorded" in ok(futures, "verify")


def test_a_day_counts_from_its_end_and_likelihoods_are_reopened(futures, monkeypatch):
    noon = datetime(2100, 11, 5, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)
    for dated, believed in (
        ("2100-11-04", "2100-11-04T23:59:59.999999+00:00"),
        ("2100-11-05", noon.isoformat()),
        ("2100-11-04T08:00Z", "2100-11-04T08:00:00+00:00"),
    ):
        ok(futures, "prior", 1, "0.5", "0.3", "0.2", "--dated", dated)
        board = json.loads(ok(futures, "scenarios", 1, "--json"))
        assert board["prior"]["dated_at"] == believed
    assert (
        "lies in the future" in futures("prior", 1, "0.5", "0.3", "0.2", "--dated", "2100-11-06")[2]
    )
    given = ("--given", "war=0.8", "--given", "peace=0.1", "--given", "something else=0.5")
    ok(futures, "link", 1, 2, *given)
    ok(futures, "record", 2, "50%")
    (watched,) = (line for line in ok(futures, "scenarios", 1).splitlines() if " points " in line)
    assert watched.endswith("points  2  By June?")
    ok(futures, "relink", 1, 2, "--given", "peace= ")
    (one,) = json.loads(ok(futures, "scenarios", 1, "--json"))["indicators"]
    assert one["state"] == "unjudged"
    assert [cell is None for cell in one["likelihoods"][0]] == [False, True, False]


def test_certainty_is_asked_and_infinite_ratios_have_a_json_form(futures):
    given = ("--given", "war=1", "--given", "peace=0.5", "--given", "something else=0.5")
    status, out, err = futures("link", 1, 2, *given)
    assert (status, out) == (1, "")
    assert "confirm that you mean certainty" in err
    ok(futures, "link", 1, 2, *given, "--certain")
    ok(futures, "prior", 1, "0.4", "0.3", "0.3")
    board = json.loads(ok(futures, "scenarios", 1, "--json"))
    assert board["indicators"][0]["ratios"][1][0] == "-Infinity"
    for words in ("war", "=0.5"):
        status, _, err = futures("relink", 1, 2, "--given", words)
        assert (status, err) == (1, f"given {words!r}: write SCENARIO=0.7 or SCENARIO=likely\n")


def test_incoherent_forecasts_are_found_and_left_as_they_are(futures):
    ok(futures, "relate", "implies", 2, 3, "--note", "June comes before December.")
    assert "no two forecasts" in ok(futures, "coherence")
    ok(futures, "record", 2, "60%")
    ok(futures, "record", 3, "40%")
    shown = ok(futures, "coherence")
    assert "60.0 % → 50.0 %" in shown
    assert "1 of 1 groups" in shown
    found = json.loads(ok(futures, "coherence", "--json"))
    assert found["findings"][0]["distance"] == pytest.approx(0.1414, abs=1e-4)
    assert found["findings"][0]["events"][0]["stated"] in (0.6, 0.4)
    ok(futures, "unrelate", "implies", 2, 3)
    assert json.loads(ok(futures, "coherence", "--json"))["findings"] == []
