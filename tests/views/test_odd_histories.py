"""Expiry, withdrawal, hindsight and clocks set back: what is drawn and what counts as standing."""

from datetime import UTC, datetime, timedelta

import pytest

from forecasts.errors import InvalidInput, NotFound, QuestionSettled
from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import resolve_question
from forecasts.views.inbox import article
from forecasts.views.preview import preview
from forecasts.views.question import question
from forecasts.views.questions import question_list
from forecasts.views.scores import scoreboard
from forecasts.views.today import today

CLOSE = datetime(2024, 8, 1, tzinfo=UTC)


def line(desk, key):
    (found,) = desk.ask(question, key, me="ana", now=desk.now).lines
    return list(zip(found.at, found.value, strict=True))


def test_a_forecast_that_will_expire_stands_until_then(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    start, expiry = desk.now, desk.now + timedelta(days=3)
    desk.do(record_forecast, question_id=key, probability=0.2, expires_at=expiry)
    assert line(desk, key) == [(start, 0.2)]
    desk.later(days=5)
    assert line(desk, key) == [(start, 0.2), (expiry, 0.2), (expiry, None)]
    assert desk.ask(question_list, me="ana", now=desk.now)[0].mine_at is None
    with pytest.raises(InvalidInput, match="no standing forecast"):
        desk.do(withdraw_forecast, question_id=key)


def test_what_stood_before_a_withdrawal_is_drawn_up_to_it(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    times = [desk.now + timedelta(days=days) for days in (0, 1, 2)]
    desk.do(record_forecast, question_id=key, probability=0.3)
    desk.later(days=1).do(record_forecast, question_id=key, probability=0.1)
    desk.later(days=1).do(withdraw_forecast, question_id=key)
    assert line(desk, key) == [
        (times[0], 0.3), (times[1], 0.1), (times[2], 0.1), (times[2], None),
    ]  # fmt: skip


def test_hindsight_is_in_the_record_and_not_in_the_line(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    known = desk.now + timedelta(days=4)
    desk.do(record_forecast, question_id=key, probability=0.1)
    desk.later(days=6).do(record_forecast, question_id=key, probability=0.99)
    desk.later(days=1).do(
        resolve_question, question_id=key, outcome="yes", known_at=known, evidence="E."
    )
    assert [value for _, value in line(desk, key)] == [0.1]
    assert len(desk.ask(question, key, me="ana", now=desk.now).record) == 2


def test_a_clock_set_back_does_not_break_the_preview(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    desk.later(days=2).do(record_forecast, question_id=key, probability=0.3)
    shown = desk.ask(preview, key, me="ana", now=desk.now - timedelta(hours=1), probability=0.1)
    assert shown.outcomes[1].score == pytest.approx(0.01)


def test_conditions_of_conditions(desk, draft):
    a = desk.do(ask_question, draft=draft(title="A?")).id
    b = desk.do(ask_question, draft=draft(title="B?", parent_id=a, parent_outcome="yes")).id
    c = desk.do(ask_question, draft=draft(title="C?", parent_id=b, parent_outcome="yes")).id
    desk.do(record_forecast, question_id=c, probability=0.4)
    desk.do(resolve_question, question_id=a, outcome="no", known_at=desk.now, evidence="E.")
    for void in (b, c):
        assert desk.ask(question, void, me="ana", now=desk.now).row.status == "annulled"
        with pytest.raises(QuestionSettled, match="condition was not met"):
            desk.do(record_forecast, question_id=void, probability=0.4)
        with pytest.raises(InvalidInput, match="is void"):
            desk.do(
                resolve_question, question_id=void, outcome="yes", known_at=desk.now, evidence="E."
            )
    desk.now = CLOSE + timedelta(days=1)
    assert desk.ask(scoreboard, now=desk.now).people == ()


def test_the_crowd_beside_me_is_scored_on_my_days(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, by="bob", question_id=key, probability=0.9)
    desk.later(days=10).do(record_forecast, by="bob", question_id=key, probability=0.2)
    desk.do(record_forecast, by="ana", question_id=key, probability=0.2)
    desk.now = CLOSE + timedelta(days=1)
    desk.do(resolve_question, question_id=key, outcome="no", known_at=CLOSE, evidence="E.")
    month = desk.ask(today, me="ana", now=desk.now).headlines[0]
    assert (month.score, month.crowd) == pytest.approx((0.04, 0.04))


@pytest.mark.parametrize("key", [0, -1, 2**31, 10**20])
def test_an_id_that_no_row_can_have_is_not_found(desk, key):
    with pytest.raises(NotFound):
        desk.ask(question, key, me=None, now=desk.now)
    with pytest.raises(NotFound):
        desk.ask(article, key)
    with pytest.raises(NotFound):
        desk.do(record_forecast, question_id=key, probability=0.5)
