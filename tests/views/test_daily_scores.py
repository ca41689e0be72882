"""A score day by day, and what a forecast would score: both against the score itself."""

from datetime import timedelta

import pytest

from forecasts.errors import InvalidInput, NotFound
from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import resolve_question
from forecasts.views.daily import daily_scores
from forecasts.views.preview import preview
from forecasts.views.question import question
from forecasts.views.questions import question_list
from forecasts.views.settlement import settlement_effect

TERCILES = ((0.25, 8.0), (0.5, 10.0), (0.75, 12.0))


def days_of(desk, key, who):
    view = desk.ask(question, key, me=None, now=desk.now)
    ids = {entry.forecaster: entry.forecaster_id for entry in view.record}
    return desk.ask(daily_scores, key, forecaster_id=ids[who])


def test_the_days_add_up_to_every_score_of_a_record_with_everything_in_it(rich):
    checked = set()
    for row in rich.ask(question_list, me=None, now=rich.now):
        view = rich.ask(question, row.id, me=None, now=rich.now)
        for scored in view.scores + view.number_scores:
            daily = rich.ask(daily_scores, row.id, forecaster_id=scored.forecaster_id)
            known = [value for value in daily.score if value is not None]
            assert sum(known) / len(known) == pytest.approx(scored.score, abs=1e-12)
            assert (daily.mean, daily.running[-1]) == pytest.approx((scored.score, scored.score))
            assert len(known) == scored.days
            assert daily.coverage == pytest.approx(scored.coverage)
            told = [one for one in daily.stretches if one.score is not None]
            assert sum(one.days for one in daily.stretches) == len(daily.days)
            total = sum(one.days * one.score for one in told)
            assert total / len(known) == pytest.approx(scored.score)
            assert all(bool(one.probabilities or one.quantiles) for one in told)
            checked.add((row.kind, scored.forecaster_kind))
    kinds = {"binary", "multiple_choice", "ordered", "numeric"}
    assert checked >= {(kind, "person") for kind in kinds} | {("binary", "source")}


def test_runs_of_days_the_crowd_beside_and_the_average_by_hand(file_desk, draft):
    desk = file_desk
    opens = desk.now.replace(hour=0)
    closes = opens + timedelta(days=6)
    key = desk.do(ask_question, draft=draft(opens_at=opens, closes_at=closes)).id
    desk.do(record_forecast, question_id=key, probability=0.6)
    desk.later(days=1).do(record_forecast, by="bob", question_id=key, probability=0.2)
    desk.later(days=1).do(record_forecast, question_id=key, probability=0.9)
    desk.later(days=2).do(withdraw_forecast, question_id=key)
    desk.now = closes + timedelta(hours=1)
    desk.do(resolve_question, question_id=key, outcome="yes", known_at=closes, evidence="E.")
    daily = days_of(desk, key, "ana")
    first = opens.date()
    assert daily.days == tuple(first + timedelta(days=day) for day in range(6))
    assert daily.score == pytest.approx((0.16, 0.16, 0.01, 0.01, None, None))
    assert daily.crowd == pytest.approx((None, 0.64, 0.64, 0.64, 0.64, 0.64))
    assert daily.running == pytest.approx((0.16, 0.16, 0.11, 0.085, 0.085, 0.085))
    assert daily.beside == pytest.approx((0.06, 0.64))
    assert (daily.coverage, daily.uniform) == pytest.approx((4 / 6, 0.25))
    assert [(one.first.day - first.day, one.days) for one in daily.stretches] == [
        (0, 2), (2, 2), (4, 2),
    ]  # fmt: skip
    said = [one.probabilities for one in daily.stretches]
    assert said == [(0.6, 0.4), (0.9, pytest.approx(0.1)), ()]
    assert daily.stretches[0].crowd == pytest.approx(0.64)


def test_a_number_with_levels_that_change_and_a_crowd_at_those_all_state(desk, draft):
    opens = desk.now.replace(hour=0)
    closes = opens + timedelta(days=2)
    numeric = draft(kind="numeric", unit="GW", opens_at=opens, closes_at=closes)
    key = desk.do(ask_question, draft=numeric).id
    desk.do(record_forecast, question_id=key, quantiles=[(0.5, 10.0)])
    desk.do(record_forecast, by="bob", question_id=key, quantiles=list(TERCILES))
    desk.do(record_forecast, by="eve", question_id=key, quantiles=[(0.5, 14.0), (0.9, 30.0)])
    desk.later(days=1).do(record_forecast, question_id=key, quantiles=[(0.25, 11.0), (0.75, 15.0)])
    desk.now = closes + timedelta(hours=1)
    desk.do(resolve_question, question_id=key, outcome="13", known_at=closes, evidence="E.")
    daily = days_of(desk, key, "ana")
    # A median 3 off; then 2 * ((.25 * 2 + .25 * 2) / 2). The others share the median: 12, 1 off.
    assert daily.score == pytest.approx((3.0, 1.0))
    assert daily.crowd == pytest.approx((1.0, 1.0))
    assert (daily.rule, daily.unit, daily.uniform) == ("quantile_score", "GW", None)
    scores = desk.ask(question, key, me=None, now=desk.now).number_scores
    assert {row.forecaster: row.score for row in scores}["ana"] == pytest.approx(2.0)


def test_there_are_no_days_before_the_outcome_nor_of_a_stranger(file_desk, draft):
    desk = file_desk
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, question_id=key, probability=0.6)
    assert days_of(desk, key, "ana") is None
    with pytest.raises(NotFound, match="question 99"):
        desk.ask(daily_scores, 99, forecaster_id=1)
    desk.later(days=5).do(
        resolve_question, question_id=key, outcome="no", known_at=desk.now, evidence="E."
    )
    assert desk.ask(daily_scores, key, forecaster_id=99) is None


FORECASTS = {
    "binary": ({}, {"probability": 0.3}, {"probability": 0.8}),
    "multiple_choice": (
        {"options": ("a", "b", "c")},
        {"probabilities": (0.2, 0.5, 0.3)},
        {"probabilities": (0.7, 0.3, 0.0)},
    ),
    "ordered": (
        {"options": ("low", "middle", "high")},
        {"probabilities": (0.2, 0.5, 0.3)},
        {"probabilities": (0.7, 0.3, 0.0)},
    ),
    "numeric": ({"unit": "GW"}, {"quantiles": ((0.5, 7.0),)}, {"quantiles": TERCILES}),
}


@pytest.mark.parametrize("kind", FORECASTS)
@pytest.mark.parametrize("place", [0, -1])
def test_a_preview_is_the_score_that_comes_of_it(file_desk, draft, kind, place):
    desk, (fields, before, after) = file_desk, FORECASTS[kind]
    key = desk.do(ask_question, draft=draft(kind=kind, **fields)).id
    desk.do(record_forecast, question_id=key, **before)
    desk.later(days=4, hours=3)
    told = desk.ask(preview, key, me="ana", now=desk.now, **after)
    kept = desk.ask(preview, key, me="ana", now=desk.now, **before)
    outcome = told.outcomes[place]
    desk.do(record_forecast, question_id=key, **after)
    closes = draft().closes_at
    desk.now = closes + timedelta(days=1)
    desk.do(
        resolve_question, question_id=key, outcome=outcome.outcome, known_at=closes, evidence="E."
    )
    view = desk.ask(question, key, me="ana", now=desk.now)
    (scored,) = view.scores + view.number_scores
    assert outcome.score == pytest.approx(scored.score, abs=1e-12)
    # Saying the same again changes nothing.
    assert [one.score for one in kept.outcomes] == pytest.approx([one.now for one in kept.outcomes])
    assert len(told.outcomes) == (3 if kind != "binary" else 2)


def test_a_preview_of_what_is_no_forecast_is_refused(file_desk, draft):
    desk = file_desk
    choice = desk.do(ask_question, draft=draft(kind="multiple_choice", options=("a", "b"))).id
    number = desk.do(ask_question, draft=draft(kind="numeric")).id
    for key, stated, message in (
        (choice, {"probabilities": (0.5, 0.4)}, "they sum to 1"),
        (choice, {"probabilities": (1.0,)}, "one an option"),
        (number, {"quantiles": ((0.5, 2.0), (0.25, 1.0))}, "levels must rise"),
        (number, {"quantiles": ((0.25, 2.0), (0.5, 1.0))}, "values must not fall"),
    ):
        with pytest.raises(InvalidInput, match=message):
            desk.ask(preview, key, me="ana", now=desk.now, **stated)


def test_what_an_outcome_does_to_the_scores_on_a_number_is_told_before_it_is_recorded(
    file_desk, draft
):
    desk = file_desk
    key = desk.do(ask_question, draft=draft(kind="numeric")).id
    desk.do(record_forecast, question_id=key, quantiles=list(TERCILES))
    desk.do(record_forecast, by="bob", question_id=key, quantiles=[(0.5, 20.0)])
    closes = draft().closes_at
    told = desk.ask(settlement_effect, key, outcome="14", known_at=closes)
    for typed in ("many", "nan", "inf"):
        with pytest.raises(InvalidInput, match=f"outcome '{typed}': must be a number"):
            desk.ask(settlement_effect, key, outcome=typed, known_at=closes)
    desk.now = closes + timedelta(hours=1)
    settled = {"known_at": closes, "evidence": "E."}
    desk.do(resolve_question, question_id=key, outcome="14", **settled)
    scores = desk.ask(question, key, me=None, now=desk.now).number_scores
    assert {one.forecaster_id: one.after for one in told.changes} == pytest.approx(
        {row.forecaster_id: row.score for row in scores}
    )
    assert all(one.before is one.mean_before is one.mean_after is None for one in told.changes)
    gone = desk.ask(settlement_effect, key, outcome=None, known_at=closes)
    assert gone.number
    assert {one.forecaster: (one.before, one.after) for one in gone.changes} == {
        row.forecaster: (pytest.approx(row.score), None) for row in scores
    }
