"""Relating questions on a question's page, and asking one that hangs on another."""

import getpass
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from forecasts import clock
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.services.scenarios import make_scenario_set
from forecasts.views.question import question
from forecasts.views.related import related

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
ME = getpass.getuser()
TITLES = ("By <b>June</b>?", "By December?", "Who wins?", "And if so, by December?")


@pytest.fixture
def linked(desk: Any, draft: Callable[..., Any]) -> Any:
    """Questions 1 and 2 (yes or no), 3 (of a and b), and 4, which hangs on 3 coming out as a."""
    desk.now = clock.now() - timedelta(days=3)
    far = {"closes_at": clock.now() + timedelta(days=40)}
    for title in TITLES[:2]:
        desk.do(ask_question, by=ME, draft=draft(title=title, **far))
    either = {"kind": "multiple_choice", "options": ("a", "b")}
    desk.do(ask_question, by=ME, draft=draft(title=TITLES[2], **either, **far))
    hung = {"parent_id": 3, "parent_outcome": "a"}
    desk.do(ask_question, by=ME, draft=draft(title=TITLES[3], **hung, **far))
    return desk


def named(found: Any, label: str, place: int = 0) -> Any:
    return [widget for widget in found if widget.label == label][place]


def said(tester: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in tester.error]


def press(tester: AppTest, label: str) -> AppTest:
    named(tester.button, label).click().run()
    assert not tester.exception, [raised.value for raised in tester.exception]
    return tester


def stated(desk: Any, question_id: int) -> list[tuple[Any, ...]]:
    return [
        (one.kind, one.first_id, one.first_outcome, one.second_id, one.second_outcome)
        for one in desk.ask(related, question_id)
    ]


def test_a_relation_is_stated_in_words_shows_on_today_and_is_ended(
    linked: Any, app: Open, page_text: Text
) -> None:
    for key, share in ((1, 0.6), (2, 0.4)):
        linked.do(record_forecast, by=ME, question_id=key, probability=share)
    tester = app("question", id="2")
    named(tester.text_input, "Words in the other question").set_value("june").run()
    other = named(tester.selectbox, "The other question")
    assert other.options == [TITLES[0]]
    other.select(TITLES[0]).run()
    way = named(tester.radio, "How they hang together")
    assert len(way.options) == 3  # the fourth is for questions asked on a condition
    way.set_value("wide").run()
    told = page_text(tester)
    june, december = "“By &lt;b&gt;June&lt;/b&gt;?”", "“By December?”"
    assert f"If {june} happens, {december} happens too." in told
    assert f"So {december} must be at least as probable as {june}." in told
    named(tester.text_input, "Why they hang together (optional)").set_value(
        "June comes first."
    ).run()
    press(tester, "Relate them")
    assert not tester.error
    assert stated(linked, 1) == stated(linked, 2) == [("implies", 1, "yes", 2, "yes")]
    assert "June comes first." in page_text(tester)
    today = page_text(app("today"))
    assert "Cannot all be right" in today
    assert f"If {june} happens, {december} happens too." in today
    tester = app("question", id="1")
    press(tester, "End it")
    assert stated(linked, 1) == []
    assert "No relation to another question is stated." in page_text(tester)
    assert "Cannot all be right" not in page_text(app("today"))


def test_outcomes_are_chosen_and_what_cannot_be_is_refused_with_everything_kept(
    linked: Any, app: Open, page_text: Text
) -> None:
    tester = app("question", id="1")
    named(tester.selectbox, "The other question").select(TITLES[2]).run()
    named(tester.radio, "How they hang together").set_value("one").run()
    press(tester, "Relate them")
    assert said(tester) == ["outcome '': say which outcome is meant"]
    named(tester.selectbox, "This one happens if it comes out").select("no").run()
    named(tester.selectbox, "The other happens if it comes out").select("b").run()
    assert "must add up to 100\u00a0%" in page_text(tester)
    press(tester, "Relate them")
    assert stated(linked, 3) == [("complement", 1, "no", 3, "b")]
    named(tester.selectbox, "The other question").select(TITLES[3]).run()
    named(tester.radio, "How they hang together").set_value("narrow").run()
    press(tester, "Relate them")
    assert "is asked on another condition than the first" in said(tester)[0]
    assert named(tester.selectbox, "The other question").value == 4
    assert named(tester.radio, "How they hang together").value == "narrow"


def test_a_conditional_question_is_asked_and_held_to_the_outright_one(
    linked: Any, app: Open, page_text: Text
) -> None:
    tester = app("question", id="4")
    named(tester.selectbox, "The other question").select(TITLES[1]).run()
    named(tester.radio, "How they hang together").set_value("outright").run()
    assert "on condition of “Who wins?” (a), what “By December?” asks outright" in page_text(tester)
    press(tester, "Relate them")
    assert stated(linked, 3) == [("same_event", 4, "yes", 2, "yes")]  # it rests on question 3
    tester = app("questions", ask="1", given="3")
    assert named(tester.selectbox, "The other question").value == 3
    named(tester.selectbox, "It must come out").select("b").run()
    named(tester.text_area, "Question").set_value("And if b wins?")
    named(tester.text_area, "Criteria").set_value("Yes if so.")
    named(tester.date_input, "Closes at the end of (UTC)").set_value(
        (clock.now() + timedelta(days=30)).date()
    )
    press(tester, "Ask")
    asked = linked.ask(question, 5, me=ME, now=clock.now())
    assert (asked.parent_id, asked.parent_outcome) == (3, "b")


def test_a_set_leads_to_its_board(linked: Any, draft: Callable[..., Any], app: Open) -> None:
    far = clock.now() + timedelta(days=40)
    made = linked.do(
        make_scenario_set, draft=draft(title="Where to?", options=("war", "peace"), closes_at=far)
    ).id
    links = [one.proto.label for one in app("question", id=str(made)).get("page_link")]
    assert links == ["Its scenario board"]
    assert app("question", id="1").get("page_link") == []
