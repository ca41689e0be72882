"""What the page says an outcome would do is what the outcome then does."""

from datetime import UTC, datetime, timedelta

import pytest

from forecasts.errors import NotFound
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import annul_question, correct_resolution, resolve_question
from forecasts.views.question import question
from forecasts.views.scores import scoreboard
from forecasts.views.settlement import settlement_effect

CLOSE = datetime(2024, 8, 1, tzinfo=UTC)
SHARES = {"ana": (0.3, 0.6, 0.8), "bob": (0.9, 0.2, 0.5)}


@pytest.fixture
def asked(desk, draft):
    """A parent, a question on its condition, and one apart; two people forecast on all."""
    parent = desk.do(ask_question, draft=draft(title="Will it start?")).id
    child = desk.do(
        ask_question,
        draft=draft(title="If it starts, will it last?", parent_id=parent, parent_outcome="yes"),
    ).id
    apart = desk.do(ask_question, draft=draft(title="Will it rain?")).id
    for who, shares in SHARES.items():
        for key, share in zip((parent, child, apart), shares, strict=True):
            desk.later(hours=7).do(record_forecast, by=who, question_id=key, probability=share)
    desk.now = CLOSE + timedelta(days=1)
    desk.do(resolve_question, question_id=apart, outcome="yes", known_at=CLOSE, evidence="E.")
    return parent, child


def told(desk, key, outcome, known_at):
    found = desk.ask(settlement_effect, key, outcome=outcome, known_at=known_at)
    return {one.forecaster: one for one in found.changes}, found.conditional


def scores(desk, key):
    """Everybody's score on one question and mean over all, as the pages show them."""
    here = desk.ask(question, key, me=None, now=desk.now).scores
    board = desk.ask(scoreboard, now=desk.now).people
    return (
        {row.forecaster: row.score for row in here},
        {row.forecaster: row.score for row in board},
    )


def check(desk, key, act, **request):
    before = scores(desk, key)
    known_at = request.get("known_at", desk.now)
    changes, conditional = told(desk, key, request.get("outcome"), known_at)
    desk.do(act, question_id=key, **request)
    after = scores(desk, key)
    changed = {
        name
        for name in SHARES
        if any(one.get(name) != other.get(name) for one, other in zip(before, after, strict=True))
    }
    assert set(changes) == changed
    for name, one in changes.items():
        found = (one.before, one.mean_before, one.after, one.mean_after)
        wanted = [part.get(name) for part in (*before, *after)]
        assert found == tuple(None if w is None else pytest.approx(w, abs=1e-12) for w in wanted)
    return conditional


def test_resolving_correcting_and_annulling_do_what_was_told(desk, asked):
    parent, child = asked
    early = CLOSE - timedelta(days=5)
    resolved = {"outcome": "yes", "known_at": early, "evidence": "E."}
    assert check(desk, parent, resolve_question, **resolved) == ()
    known = {"outcome": "no", "known_at": CLOSE, "evidence": "E."}
    check(desk, child, resolve_question, **known)
    # The condition turns out not to have been met: the child is scored for nobody any longer.
    corrected = {**known, "version": 1, "reason": "It had not."}
    conditional = check(desk, parent, correct_resolution, **corrected)
    assert conditional == ((child, "If it starts, will it last?", False),)
    assert check(desk, parent, annul_question, reason="Vague.") == ()


def test_the_first_score_by_hand(desk, asked):
    """0.3 and it is no, every scored day: 0.09; with 0.04 on the other, a mean of 0.065."""
    changes, _ = told(desk, asked[0], "no", CLOSE)
    ana = changes["ana"]
    assert (ana.before, ana.mean_before) == (None, pytest.approx(0.04, abs=1e-12))
    assert ana.after == pytest.approx(0.09, abs=1e-12)
    assert ana.mean_after == pytest.approx(0.065, abs=1e-12)


def test_the_same_again_changes_nobody(desk, asked):
    desk.do(resolve_question, question_id=asked[0], outcome="no", known_at=CLOSE, evidence="E.")
    assert told(desk, asked[0], "no", CLOSE) == ({}, ())


def test_there_must_be_such_a_question(desk):
    with pytest.raises(NotFound):
        desk.ask(settlement_effect, 99, outcome="yes", known_at=CLOSE)
