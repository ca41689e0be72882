"""Today: what asks for the reader is acted on where it stands."""

import getpass
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.widgets.today.trend import trend
from forecasts import clock
from forecasts.results.today import Headline
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.views.question import question
from forecasts.views.restated import restated

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
ME = getpass.getuser()


on_sqlite = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)


@pytest.fixture
def lived(desk: Any) -> Any:
    """A record that begins a month ago."""
    desk.now = clock.now() - timedelta(days=30)
    return desk


def ask(desk: Any, draft: Callable[..., Any], title: str, **changes: Any) -> int:
    changes = {"opens_at": desk.now, "closes_at": clock.now() + timedelta(days=30), **changes}
    key: int = desk.do(ask_question, by=ME, draft=draft(title=title, **changes)).id
    return key


def button(tester: AppTest, label: str) -> Any:
    (found,) = [one for one in tester.button if one.label == label]
    return found


def press(tester: AppTest, label: str) -> AppTest:
    tester = button(tester, label).click().run()
    assert not tester.exception, [raised.value for raised in tester.exception]
    assert not tester.error, [raised.value for raised in tester.error]
    return tester


@on_sqlite
def test_every_kind_is_confirmed_in_place(
    lived: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    kinds = {
        "binary": {"probability": 0.37},
        "ordered": {"probabilities": [0.2, 0.3, 0.5]},
        "numeric": {"quantiles": [(0.25, 3.0), (0.75, 8.5)]},
    }
    for kind, values in kinds.items():
        options = ("a", "b", "c") if kind == "ordered" else ()
        key = ask(lived, draft, f"A {kind} one?", kind=kind, options=options)
        lived.do(record_forecast, by=ME, question_id=key, **values)
        tester = app("today")
        assert "One thing needs you today" in page_text(tester)
        before = lived.ask(restated, key, me=ME, now=clock.now())
        tester = press(tester, "Confirm 37\u00a0%" if kind == "binary" else "Confirm")
        assert "Nothing needs you today" in page_text(tester)
        assert lived.ask(restated, key, me=ME, now=clock.now()) == before
        record = lived.ask(question, key, me=ME, now=clock.now()).record
        assert len([entry for entry in record if entry.cls == "live"]) == 2


@on_sqlite
def test_an_update_opens_below_its_row_and_closes_once_saved(
    lived: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    keys = [ask(lived, draft, f"Number {number}?") for number in range(2)]
    for key in keys:
        lived.do(record_forecast, by=ME, question_id=key, probability=0.3)
    tester = app("today")
    first, second = [one.key for one in tester.button if one.label == "Update"]
    tester = tester.button(key=first).click().run()
    tester.text_input[0].set_value("60%")
    tester = tester.button(key=second).click().run()
    other, field = tester.text_input
    field.set_value("45%")
    tester.run()
    tester = press(tester, "Save 45\u00a0%")
    (other,) = tester.text_input
    assert other.value == "60%"  # what was being typed elsewhere is kept
    assert "One thing needs you today" in page_text(tester)
    assert lived.ask(restated, keys[1], me=ME, now=clock.now()).probability == 0.45


@on_sqlite
def test_options_are_updated_in_place(lived: Any, draft: Callable[..., Any], app: Open) -> None:
    key = ask(lived, draft, "Which?", kind="ordered", options=("a", "b", "c"))
    tester = press(app("today"), "Forecast")
    for field, share in zip(tester.number_input, (20.0, 30.0, 50.0), strict=True):
        field.set_value(share)
    press(tester.run(), "Save")
    assert lived.ask(restated, key, me=ME, now=clock.now()).probabilities == (0.2, 0.3, 0.5)


@on_sqlite
def test_what_is_due_is_resolved_in_place(
    lived: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    key = ask(lived, draft, "Due?", closes_at=clock.now() - timedelta(days=2))
    tester = press(app("today"), "Resolve")
    (outcome,) = [one for one in tester.selectbox if one.label == "Outcome"]
    outcome.select("no")
    (known,) = [one for one in tester.date_input if one.label == "Known on"]
    known.set_value((clock.now() - timedelta(days=2)).date())
    (evidence,) = [one for one in tester.text_area if one.label == "Evidence"]
    evidence.set_value("Nothing happened.")
    submits = [one for one in tester.button if one.label == "Resolve"]
    tester = submits[-1].click().run()
    assert not tester.exception
    assert "0 open questions, 1 resolved" in page_text(tester)
    assert lived.ask(question, key, me=ME, now=clock.now()).row.outcome == "no"


@on_sqlite
def test_more_of_a_section_is_shown_on_request(
    lived: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    for number in range(9):
        ask(lived, draft, f"Number {number}?")
    tester = app("today")
    assert page_text(tester).count('class="fd-row"') == 6
    tester = press(tester, "Show 3 more")
    assert page_text(tester).count('class="fd-row"') == 9
    assert not [one for one in tester.button if one.label.startswith("Show")]


def test_bars_are_the_values_on_one_scale() -> None:
    drawn = trend(Headline("30 days", 0.125, None, 3, None, (None, 0.5, 0.25, 0.0)))
    assert drawn.count("<i ") == 4
    assert [f"height:{n}%" in drawn for n in (100, 50, 0)] == [True] * 3
    assert "—, 0.500, 0.250, 0.000. Lower is better." in drawn
    low = trend(Headline("30 days", 0.1, None, 3, None, (0.05, 0.1)))
    assert "height:20%" in low  # a know-nothing's 0.250 is the whole height
    assert "height:40%" in low
    assert trend(Headline("30 days", 0.1, None, 3, None, (None, 0.1))) == ""


def test_an_empty_desk_loads_the_examples_by_a_click(
    empty_db: str, app: Open, page_text: Text
) -> None:
    tester = press(app(), "Load the examples")
    shown = page_text(tester)
    assert "Loaded: 5 articles, 39 questions." in shown
    assert "Due for resolution" in shown
    assert "Load the examples" not in [one.label for one in tester.button]
