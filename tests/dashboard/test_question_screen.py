"""A question's page: scores before saving, scores by day, whose lines are drawn, its report."""

import getpass
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.widgets.question.record import SHOWN
from forecasts import clock
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import resolve_question

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]


def labelled(tester: AppTest, label: str) -> Any:
    return [element for element in tester.number_input if label in element.label]


def test_scores_in_each_outcome_are_told_before_saving(
    desk: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    desk.now = clock.now()
    closes = desk.now + timedelta(days=30)
    names = ("low", "middle", "high")
    ordered = draft(kind="ordered", options=names, closes_at=closes)
    key = desk.do(ask_question, draft=ordered).id
    number = desk.do(ask_question, draft=draft(kind="numeric", unit="GW", closes_at=closes)).id
    tester = app("question", id=str(key))
    for element, share in zip(labelled(tester, ", %"), (50.0, 30.0, 20.0), strict=True):
        assert "<td><bdi>low</bdi></td><td class='n'><b>—</b></td>" in page_text(tester)
        element.set_value(share).run()
    told = page_text(tester)
    # ((1 - 0.5)^2 + (1 - 0.8)^2) / 2, and so on: half a step away costs less.
    for name, score in zip(names, ("0.145", "0.145", "0.445"), strict=True):
        assert f"<td><bdi>{name}</bdi></td><td class='n'><b>{score}</b></td>" in told
    assert "Brier score for ordered options" in told
    tester.query_params["id"] = str(number)
    tester.run()
    (median,) = labelled(tester, "50 %")
    median.set_value(10.0).run()
    (upper,) = labelled(tester, "95 %")
    upper.set_value(14.0).run()
    told = page_text(tester)
    # At 10: (2 * 0.05 * 4) / 2. At 14: (2 * 0.5 * 4) / 2.
    assert "<td><bdi>10</bdi></td><td class='n'><b>0.200</b></td>" in told
    assert "<td><bdi>14</bdi></td><td class='n'><b>2.000</b></td>" in told
    assert not tester.error


def test_lines_of_options_are_mine_or_the_crowds_and_the_record_is_unfolded(
    desk: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    desk.now = clock.now() - timedelta(days=9)
    closes = clock.now() + timedelta(days=9)
    asked = draft(kind="multiple_choice", options=("red", "green"), closes_at=closes)
    key = desk.do(ask_question, draft=asked).id
    for who, share in ((getpass.getuser(), 0.8), ("bob", 0.1), ("eve", 0.3)):
        desk.later(minutes=1).do(
            record_forecast, by=who, question_id=key, probabilities=[share, 1 - share],
            rationale=f"{who} said so",
        )  # fmt: skip
    tester = app("question", id=str(key))
    assert "You find “red” likeliest: 80\u00a0%" in page_text(tester)
    (lines,) = tester.button_group
    lines.set_value("The crowd’s").run()
    assert "The crowd finds “green” likeliest: 70\u00a0%" in page_text(tester)
    for turn in range(SHOWN):
        desk.later(minutes=1).do(
            record_forecast, by="eve", question_id=key, probabilities=[turn / 100, 1 - turn / 100]
        )
    tester.run()
    assert "bob said so" not in page_text(tester)
    (more,) = [one for one in tester.button if one.label == f"Show all {SHOWN + 3} entries"]
    more.click().run()
    assert "bob said so" in page_text(tester)
    assert not tester.exception


def test_days_lines_and_report_of_a_resolved_question(
    desk: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    desk.now = clock.now() - timedelta(days=20)
    closes = desk.now + timedelta(days=10)
    key = desk.do(ask_question, draft=draft(closes_at=closes)).id
    me = getpass.getuser()
    for who, share in ((me, 0.7), ("bob", 0.4), ("eve", 0.2)):
        desk.do(record_forecast, by=who, question_id=key, probability=share)
    desk.later(days=5).do(record_forecast, by=me, question_id=key, probability=0.9)
    desk.now = closes + timedelta(days=1)
    desk.do(resolve_question, question_id=key, outcome="yes", known_at=closes, evidence="E.")
    tester = app("question", id=str(key))
    assert "You scored" not in page_text(tester)  # nothing is drawn in a tab that is shut
    tester.session_state["question tabs"] = "Score by day"
    told = page_text(tester.run())
    # Five days at 0.3^2, five at 0.1^2; the others' median is 0.3.
    assert "You scored 0.050, 0.440 better than the crowd on the same days" in told
    assert "<td class='n'>5</td><td class='n'><bdi>70\u00a0%</bdi></td>" in told
    (whose,) = [one for one in tester.selectbox if one.label == "Whose score"]
    (bob,) = [option for option in whose.options if option == "bob"]
    whose.select(bob).run()
    assert "bob scored 0.360" in page_text(tester)
    drawn = str(tester.get("plotly_chart")[0].proto)
    assert "eve" in drawn
    (lines,) = tester.button_group
    lines.set_value("Me and the crowd").run()
    assert "eve" not in str(tester.get("plotly_chart")[0].proto)
    assert not tester.error
    assert {"HTML"} <= {one.label for one in tester.get("download_button")}
