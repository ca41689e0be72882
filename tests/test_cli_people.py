"""Roles on the command line, and the mark of claimed forecasts."""

import getpass
import json
import sys

import pytest

from forecasts.cli import main

ME = getpass.getuser()


@pytest.fixture
def run(capsys, monkeypatch):
    """Run one command; returns exit status, output and error lines."""

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["forecasts", *map(str, words)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out, err

    return command


def test_the_operator_names_an_admin_and_shares_the_record(empty_db, run):
    assert run("people") == (0, "Nobody has acted yet.\n", "")
    ask = ("ask", "Will it?", "--criteria", "Yes if it does.", "--closes", "2199-01-01")
    assert run(*ask)[0] == 0
    assert run("people")[1] == f"—           {ME}\nNo roles are given: the record is not shared.\n"
    status, out, err = run("role", ME, "owner", "--because", "Why.")
    assert (status, out) == (1, "")
    assert err == "role 'owner': must be one of viewer, forecaster, resolver, admin\n"
    status, out, _ = run("role", ME, "admin", "--because", "Runs the desk.")
    assert (status, out) == (0, f"{ME} has the role admin. Entry 2 of the record.\n")
    assert run("role", "bob", "admin", "--because", "Stands in.")[0] == 0
    assert run("role", ME, "viewer", "--because", "Leaves.")[0] == 0
    status, out, err = run(*ask)
    assert (status, out) == (1, "")
    assert err == (
        f"{ME} has the role viewer; this (question) needs the role forecaster. "
        "An admin can give it.\n"
    )
    bob, me = sorted(json.loads(run("people", "--json")[1]), key=lambda one: one["login"] == ME)
    assert (bob["login"], bob["role"], bob["reason"]) == ("bob", "admin", "Stands in.")
    assert (me["role"], me["given_by"]) == ("viewer", ME)
    assert f"viewer      {ME}" in run("people")[1]


def test_scores_with_claims_say_so(seeded_db, run):
    for command in ("scores", "calibration"):
        assert "Retrospective forecasts, claimed" not in run(command)[1]
        assert "Retrospective forecasts, claimed" in run(command, "--retrospective")[1]
