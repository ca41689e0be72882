"""Why a question needs the reader: each under its most urgent reason, the worst first."""

from datetime import UTC, datetime, timedelta

import pytest

from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import resolve_question
from forecasts.views.questions import question_list
from forecasts.views.today import today

CLOSE = datetime(2025, 7, 12, tzinfo=UTC)


def asked(desk, draft, **changes):
    return desk.do(ask_question, draft=draft(**{"closes_at": CLOSE, **changes})).id


def say(desk, key, **shares):
    for name, share in shares.items():
        desk.do(record_forecast, by=name, question_id=key, probability=share)


def ids(items):
    return [item.row.id for item in items]


def test_far_from_the_crowd_asks_a_week_after_one_chose_to_be(desk, draft):
    near, far, farther = (asked(desk, draft) for _ in range(3))
    say(desk, near, ana=0.5, bob=0.6, cem=0.6)
    say(desk, far, ana=0.1, bob=0.4, cem=0.4)
    say(desk, farther, ana=0.9, bob=0.2, cem=0.3)
    assert desk.ask(today, me="ana", now=desk.now).far == ()
    view = desk.ask(today, me="ana", now=desk.now + timedelta(days=7))
    assert ids(view.far) == [farther, far]
    assert view.far[0].why == "You are 60 points above the crowd (3 forecasters)."
    assert view.far[1].why == "You are 30 points below the crowd (3 forecasters)."
    desk.later(days=7)
    say(desk, farther, ana=0.9)  # said again: a decision
    assert ids(desk.ask(today, me="ana", now=desk.now).far) == [far]


def test_two_people_are_no_crowd_to_be_far_from(desk, draft):
    key = asked(desk, draft)
    say(desk, key, ana=0.1, bob=0.9)
    assert desk.ask(today, me="ana", now=desk.now + timedelta(days=8)).far == ()


def test_the_crowd_moved_since_i_spoke(desk, draft):
    up, down, still = (asked(desk, draft) for _ in range(3))
    for key in (up, down, still):
        say(desk, key, ana=0.5, bob=0.5, cem=0.5)
    desk.later(days=10)
    say(desk, up, bob=0.62, cem=0.65)
    say(desk, down, bob=0.4, cem=0.4)
    say(desk, still, bob=0.55, cem=0.55)
    view = desk.ask(today, me="ana", now=desk.now)
    assert ids(view.moved) == [up, down]
    assert view.moved[0].why == "The crowd rose 12 points in 7 days; you last updated before that."
    assert "fell 10 points" in view.moved[1].why
    assert desk.ask(today, me="bob", now=desk.now).moved == ()
    say(desk, up, ana=0.62)
    assert ids(desk.ask(today, me="ana", now=desk.now).moved) == [down]


def test_joining_a_person_moves_no_crowd(desk, draft):
    key = asked(desk, draft)
    say(desk, key, ana=0.1)
    desk.later(days=10)
    say(desk, key, bob=0.9)
    (row,) = desk.ask(question_list, me="ana", now=desk.now)
    assert row.crowd == pytest.approx(0.5)
    assert row.crowd_change_7d is None


def test_the_crowds_change_is_of_the_medians(desk, draft):
    key = asked(desk, draft)
    say(desk, key, bob=0.2, cem=0.3, ana=0.9)
    desk.later(days=8)
    say(desk, key, bob=0.7)
    (row,) = desk.ask(question_list, me="ana", now=desk.now)
    assert row.crowd_change_7d == pytest.approx(0.7 - 0.3)
    desk.do(withdraw_forecast, by="cem", question_id=key)
    (row,) = desk.ask(question_list, me="ana", now=desk.now)
    assert row.crowd_change_7d == pytest.approx(0.8 - 0.3)


def test_what_was_confirmed_this_morning_asks_again_tomorrow(desk, draft):
    key = asked(desk, draft, closes_at=desk.now + timedelta(days=5))
    assert ids(desk.ask(today, me="ana", now=desk.now).closing) == [key]
    say(desk, key, ana=0.5)
    assert desk.ask(today, me="ana", now=desk.now).closing == ()
    tomorrow = desk.now + timedelta(days=1)
    assert ids(desk.ask(today, me="ana", now=tomorrow).closing) == [key]


def test_a_question_stands_under_its_most_urgent_reason_only(desk, draft):
    key = asked(desk, draft, closes_at=desk.now + timedelta(days=60))
    say(desk, key, ana=0.1, bob=0.6, cem=0.6)
    for days, section in ((7, "stale"), (54, "closing"), (61, "due")):
        view = desk.ask(today, me="ana", now=desk.now + timedelta(days=days))
        names = ("due", "closing", "stale", "far", "moved", "unforecast")
        held = {name: ids(getattr(view, name)) for name in names}
        assert held == {name: [key] if name == section else [] for name in names}


def test_stale_is_relative_to_the_questions_life_and_the_stalest_comes_first(desk, draft):
    long = asked(desk, draft, closes_at=desk.now + timedelta(days=400))
    short = asked(desk, draft, closes_at=desk.now + timedelta(days=100))
    middle = asked(desk, draft, closes_at=desk.now + timedelta(days=200))
    for key in (long, short, middle):
        say(desk, key, ana=0.5)
    view = desk.ask(today, me="ana", now=desk.now + timedelta(days=21))
    assert ids(view.stale) == [short, middle]
    assert view.stale[0].why == "No update for 21 days, 21\u00a0% of the question’s life."


def test_a_trend_is_the_headline_as_it_stood_every_thirty_days(desk, draft):
    for share, after in ((0.2, 20), (0.4, 50)):
        key = asked(desk, draft, closes_at=desk.now + timedelta(days=after))
        say(desk, key, ana=share)
    for key, day in ((1, 20), (2, 50)):
        desk.now = datetime(2024, 7, 12, 9, tzinfo=UTC) + timedelta(days=day)
        desk.do(
            resolve_question, question_id=key, outcome="no", known_at=desk.now, evidence="Seen."
        )
    now = desk.now + timedelta(days=5)  # the second ended 5 days ago, the first 35
    month, quarter = desk.ask(today, me="ana", now=now).headlines
    assert month.trend[-3:] == (None, pytest.approx(0.04), pytest.approx(0.16))
    assert quarter.trend[-3:] == (None, pytest.approx(0.04), pytest.approx(0.10))
    assert len(month.trend) == 12
    assert (month.score, month.before) == (month.trend[-1], month.trend[-2])
