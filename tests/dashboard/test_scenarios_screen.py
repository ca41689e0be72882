"""Scenario boards as a reader meets them: what a form refuses stays typed, and why is said once."""

import getpass
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from forecasts import clock
from forecasts.services.forecasts import record_forecast
from forecasts.services.indicators import link_indicator
from forecasts.services.questions import ask_question
from forecasts.services.relations import relate_questions
from forecasts.services.resolutions import annul_question
from forecasts.services.scenarios import make_scenario_set, set_prior, tell_narrative
from forecasts.views.scenarios import scenario_board, scenario_sets

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
ME = getpass.getuser()
HOSTILE = "<b>war</b>"


@pytest.fixture
def futures(desk: Any, draft: Callable[..., Any]) -> Any:
    """Set 1 of war, peace and something else, open; questions 2 (binary) and 3 (of three)."""
    desk.now = clock.now() - timedelta(days=20)
    far = {"closes_at": clock.now() + timedelta(days=400)}
    desk.do(
        make_scenario_set, by=ME, draft=draft(title="Which?", options=(HOSTILE, "peace"), **far)
    )
    desk.do(ask_question, by=ME, draft=draft(title="Will it happen?", **far))
    three = {"kind": "multiple_choice", "options": ("a", "b", "c")}
    desk.do(ask_question, by=ME, draft=draft(title="Which of three?", **three, **far))
    return desk


def named(found: Any, label: str) -> Any:
    """The one widget with this label, or whose label begins with it."""
    (one,) = [widget for widget in found if widget.label.startswith(label)]
    return one


def press(tester: AppTest, label: str) -> AppTest:
    named(tester.button, label).click().run()
    assert not tester.exception, [raised.value for raised in tester.exception]
    return tester


def said(tester: AppTest) -> list[str]:
    """What was refused, without the marks that keep it from being read as Markdown."""
    return [one.value.replace("\\", "") for one in tester.error]


def board(desk: Any) -> Any:
    return desk.ask(scenario_board, 1, me=ME, now=clock.now())


def test_the_first_set_is_made_from_the_empty_page(
    empty_db: str, file_desk: Any, app: Open, page_text: Text
) -> None:
    tester = app("scenarios")
    assert "No scenario set yet" in page_text(tester)
    assert "Link questions whose answers" in page_text(tester)
    typed = {"Focal question": "Which?", "Scenarios, one": "war\npeace\nWAR ", "Criteria": "C"}
    for label, text in typed.items():
        named(tester.text_area, label).set_value(text)
    named(tester.date_input, "Horizon").set_value(clock.now().date() + timedelta(days=99))
    press(tester, "Make the set")
    assert said(tester) == ["option 'WAR': is the same as 'war'"]
    assert {label: named(tester.text_area, label).value for label in typed} == typed
    named(tester.text_area, "Scenarios, one").set_value("\n".join("abcdefgh"))
    press(tester, "Make the set")
    assert said(tester) == ["scenarios '9': there must be 2 to 8, 'something else' included"]
    named(tester.text_area, "Scenarios, one").set_value("war\npeace")
    settled = {"What settles it": "The gazette", "Tags": "east, war"}
    for label, text in settled.items():
        named(tester.text_input, label).set_value(text)
    press(tester, "Make the set")
    assert said(tester) == []
    (row,) = file_desk.ask(scenario_sets, now=clock.now())
    assert row.scenarios == ("war", "peace", "something else")
    assert "Saved as entry" in page_text(tester)
    assert "There is no prior yet." in page_text(tester)
    press(tester, "New set from this one")
    assert named(tester.text_area, "Scenarios, one").value == "war\npeace"
    assert {label: named(tester.text_input, label).value for label in settled} == settled
    assert "narratives, prior and indicators stay with it" in page_text(tester)
    for key in ({"id": "999"}, {"from": "999"}):
        assert said(app("scenarios", **key)) == ["There is no scenario set 999."]


def test_a_prior_is_refused_until_it_adds_up_and_certainty_is_confirmed(
    futures: Any, app: Open, page_text: Text
) -> None:
    tester = app("scenarios", id="1")
    press(tester, "State the prior")
    assert said(tester) == [f"prior of {HOSTILE} '': say how probable it was; 0 is a statement too"]
    for shares, refusal in (
        ((50.0, 30.0, 10.0), "they sum to 0.9, not to 1"),
        ((100.0, 0.0, 0.0), "confirm that you mean certainty"),
    ):
        for field, share in zip(priors(tester), shares, strict=True):
            field.set_value(share)
        press(tester, "State the prior")
        assert refusal in said(tester)[0]
        assert [field.value for field in priors(tester)] == list(shares)
    assert board(futures).prior is None
    named(tester.checkbox, "A 0 or 100 is meant: no").check()
    dated = clock.now().date() - timedelta(days=5)
    named(tester.date_input, "As believed").set_value(dated)
    press(tester, "State the prior")
    held = board(futures).prior
    assert held.probabilities == (1.0, 0.0, 0.0)
    assert held.dated_at.date() == dated
    assert "Prior as of" in page_text(tester)


def test_an_indicator_is_linked_by_word_and_by_number_changed_and_taken_off(
    futures: Any, app: Open, page_text: Text
) -> None:
    futures.do(set_prior, by=ME, set_id=1, probabilities=[0.5, 0.3, 0.2])
    tester = app("scenarios", id="1")
    named(tester.selectbox, "Question that would").select(2).run()
    typed = ("likely", "2:1 against", "1")
    for field, text in zip(likelihoods(tester), typed, strict=True):
        field.set_value(text)
    press(tester, "Link it")
    assert "could make a scenario impossible; confirm that you mean certainty" in said(tester)[0]
    assert [field.value for field in likelihoods(tester)] == list(typed)
    named(tester.checkbox, "A 0 or 100 is meant: an").check()
    press(tester, "Link it")
    assert said(tester) == []
    (one,) = board(futures).indicators
    assert [cell.probability for cell in one.likelihoods[0]] == pytest.approx([0.68, 1 / 3, 1.0])
    assert one.likelihoods[0][0].words == "likely"
    assert "tells most" in page_text(tester)
    assert "only this scenario allows it" not in page_text(tester)  # the no is not drawn

    named(tester.selectbox, "Linked indicator").select(2).run()
    assert [field.value for field in likelihoods(tester)] == ["likely", "33.33333333%", "100%"]
    likelihoods(tester)[2].set_value("could")
    press(tester, "Change it")
    assert said(tester) == [
        "likelihood of yes in something else 'could': says that it can happen, not how likely it is"
    ]
    likelihoods(tester)[2].set_value("40%")
    press(tester, "Change it")
    (one,) = board(futures).indicators
    assert [cell.probability for cell in one.likelihoods[0]] == [0.68, 1 / 3, 0.4]
    press(tester, "Change it")
    assert said(tester) == ["indicator '2': name a likelihood, the weight or the note"]
    press(tester, "Take it off the set")
    assert board(futures).indicators == ()


def test_what_is_typed_outlasts_a_look_at_something_else_until_it_is_saved(
    futures: Any, app: Open
) -> None:
    """Also where the choice comes before the page has been drawn with what was typed."""
    tester = app("scenarios", id="1")
    assert not stories(tester)
    for name, text in ((HOSTILE, "First shells."), ("peace", "First talks.")):
        choose(tester, "Scenario", name)
        stories(tester)[0].set_value(text)
    choose(tester, "Scenario", HOSTILE)
    assert stories(tester)[0].value == "First shells."
    press(tester, "Save the narrative")
    assert [one.narrative for one in board(futures).scenarios] == ["First shells.", None, None]
    assert stories(tester)[0].value == "First shells."
    choose(tester, "Scenario", "peace")
    assert stories(tester)[0].value == "First talks."
    futures.do(tell_narrative, by=ME, set_id=1, scenario=HOSTILE, text="Told elsewhere.")
    choose(tester, "Scenario", HOSTILE)
    assert stories(tester)[0].value == "Told elsewhere."  # a draft that was saved is none

    # Told anew in another tab meanwhile: read first, then replaced, and nothing typed is lost.
    stories(tester)[0].set_value("Told here.")
    futures.do(tell_narrative, by=ME, set_id=1, scenario=HOSTILE, text="Told in between.")
    press(tester, "Save the narrative")
    (refused,) = said(tester)
    assert "was told anew meanwhile, as version 3. Read that first" in refused
    assert any("Told in between." in one.proto.body for one in tester.get("html"))
    assert stories(tester)[0].value == "Told here."
    press(tester, "Save the narrative")
    assert board(futures).scenarios[0].narrative == "Told here."
    press(tester, "Save the narrative")
    assert said(tester) == []

    typed = ("likely", "2:1 against", "50%")
    choose(tester, "Question that would", 2)
    for field, text in zip(likelihoods(tester), typed, strict=True):
        field.set_value(text)
    named(tester.number_input, "Weight").set_value(0.5)
    choose(tester, "Question that would", 3)
    likelihoods(tester)[0].set_value("70%").run()
    choose(tester, "Question that would", 2)
    assert [field.value for field in likelihoods(tester)] == list(typed)
    press(tester, "Link it")
    assert board(futures).indicators[0].weight == 0.5
    choose(tester, "Question that would", 3)
    assert likelihoods(tester)[0].value == "70%"
    likelihoods(tester)[1].set_value("20%")  # the third outcome takes the rest
    press(tester, "Link it")
    assert said(tester) == []
    for key, text in ((2, "unlikely"), (3, "60%")):
        choose(tester, "Linked indicator", key)
        likelihoods(tester)[0].set_value(text)
    choose(tester, "Linked indicator", 2)
    assert likelihoods(tester)[0].value == "unlikely"
    press(tester, "Change it")
    found = {one.question_id: one.likelihoods[0][0] for one in board(futures).indicators}
    assert [found[key].probability for key in (2, 3)] == [pytest.approx(0.22), 0.7]


def choose(tester: AppTest, label: str, value: object) -> None:
    named(tester.selectbox, label).select(value).run()


def stories(tester: AppTest) -> list[Any]:
    return [field for field in tester.text_area if field.label == "How it comes about"]


def test_a_board_without_the_crowd_tells_none_of_its_figures(
    futures: Any, app: Open, page_text: Text
) -> None:
    futures.do(set_prior, by=ME, set_id=1, probabilities=[0.5, 0.3, 0.2])
    given = {HOSTILE: (0.8, None), "peace": (0.2, None), "something else": (0.5, None)}
    futures.do(link_indicator, by=ME, set_id=1, question_id=2, likelihoods=given)
    futures.do(record_forecast, question_id=2, probability=0.62)
    futures.do(record_forecast, question_id=1, probabilities=[0.31, 0.3, 0.39])
    tester = app("scenarios", id="1")
    assert ">31\u00a0%<" in page_text(tester)
    assert "now 62\u00a0%" in page_text(tester)
    implied = board(futures).scenarios[0].implied
    assert f"<b>{100 * implied:.0f}\u00a0%</b>" in page_text(tester)
    (hide,) = tester.toggle
    hide.set_value(True).run()
    shown = page_text(tester)
    for told in (">31\u00a0%<", "62\u00a0%", f"<b>{100 * implied:.0f}\u00a0%</b>"):
        assert told not in shown
    assert "there is no forecast to count" in shown
    assert "what is implied is not yet what others see" in shown
    futures.do(record_forecast, by=ME, question_id=2, probability=0.4)
    tester.run()
    assert "now 40\u00a0%" in page_text(tester)
    assert "there is no forecast to count" not in page_text(tester)


def priors(tester: AppTest) -> list[Any]:
    return [field for field in tester.number_input if str(field.key).startswith("prior ")]


def likelihoods(tester: AppTest) -> list[Any]:
    return [field for field in tester.text_input if str(field.key).startswith("likelihood ")]


def test_what_rests_on_the_set_is_refused_and_several_outcomes_leave_one_to_the_rest(
    futures: Any, draft: Callable[..., Any], app: Open
) -> None:
    closes = clock.now() + timedelta(days=400)
    on_peace = draft(title="If so?", closes_at=closes, parent_id=1, parent_outcome="peace")
    child = futures.do(ask_question, by=ME, draft=on_peace).id
    tester = app("scenarios", id="1")
    named(tester.selectbox, "Question that would").select(child).run()
    likelihoods(tester)[0].set_value("likely")
    press(tester, "Link it")
    assert said(tester) == [
        f"indicator '{child}': rests on scenario set 1 itself, so they would go in a circle"
    ]
    assert likelihoods(tester)[0].value == "likely"
    named(tester.selectbox, "Question that would").select(3).run()
    for field, text in zip(
        likelihoods(tester), ("50%", "30%", "", "0.2", "0.9", "", "", "", ""), strict=True
    ):
        field.set_value(text)
    press(tester, "Link it")
    assert said(tester)[0].endswith("they sum to 1.1, more than 1")
    likelihoods(tester)[4].set_value("0.7")
    press(tester, "Link it")
    (one,) = board(futures).indicators
    assert [[cell and cell.probability for cell in row] for row in one.likelihoods] == [
        [0.5, 0.2, None], [0.3, 0.7, None], [0.2, 0.1, None],
    ]  # fmt: skip
    assert one.state == "unjudged"


def test_a_board_names_the_gap_and_what_is_left_out_and_shows_text_as_text(
    futures: Any, app: Open, page_text: Text
) -> None:
    judged = {HOSTILE: (0.8, None), "peace": (0.2, None), "something else": (0.5, None)}
    for key in (2, 3):
        given = judged if key == 2 else dict.fromkeys(judged, (0.2, 0.3, 0.5))
        futures.do(link_indicator, by=ME, set_id=1, question_id=key, likelihoods=given)
    futures.do(set_prior, by=ME, set_id=1, probabilities=[0.5, 0.3, 0.2])
    futures.do(tell_narrative, by=ME, set_id=1, scenario="peace", text="“<i>calm</i>” <script>")
    futures.do(record_forecast, by=ME, question_id=2, probability=0.9)
    futures.do(record_forecast, by=ME, question_id=1, probabilities=[0.3, 0.3, 0.4])
    futures.later(days=10)
    tester = app("scenarios", id="1")
    shown = page_text(tester)
    for words in (
        f"Your 30 % for “{html(HOSTILE)}” is",
        "Next hour: “Will it happen?”",
        "Not told yet.",
        "“&lt;i&gt;calm&lt;/i&gt;”",
        "cannot tell<br>the scenarios<br>apart",
        "× 0.25",
    ):
        assert words in shown, words
    for words in (HOSTILE, "<i>calm", "<script>"):
        assert words not in shown
    (chart,) = tester.get("plotly_chart")
    assert HOSTILE not in chart.proto.spec
    named(tester.button_group, "Whose probabilities").select("Side by side").run()
    assert not tester.exception
    assert f"“{html(HOSTILE)}”: you are" in page_text(tester)
    assert "and never were further apart" in page_text(tester)
    futures.do(annul_question, by=ME, question_id=2, reason="Void.")
    assert "Annulled, and left out: “Will it happen?”." in page_text(app("scenarios", id="1"))


def html(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def test_contradictions_stand_on_today_and_in_the_scores(
    futures: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    far = {"closes_at": clock.now() + timedelta(days=400)}
    later = futures.do(ask_question, by=ME, draft=draft(title="Ever?", **far)).id
    futures.do(relate_questions, by=ME, kind="implies", first_id=2, second_id=later)
    for key, share in ((2, 0.6), (later, 0.4)):
        futures.do(record_forecast, by=ME, question_id=key, probability=share)
    futures.now = clock.now() - timedelta(hours=1)
    tester = app("today")
    shown = page_text(tester).replace("\u00a0", " ")
    for words in ("Cannot all be right", "60.0 %", "50.0 %", "0.141 away", "happens too."):
        assert words in shown, words
    press(tester, "Open “Ever")
    assert "<h1><bdi>Ever?</bdi></h1>" in page_text(tester)
    scores = page_text(app("scores"))
    assert "1 forecaster of 1 gave linked probabilities that cannot all be right" in scores
    assert "<b>0.141</b>" in scores
    assert "Not checked" not in shown + scores
    third = futures.do(ask_question, by=ME, draft=draft(title="Or else?", **far)).id
    for pair in ((2, later), (later, third), (third, 2)):  # no two of three alone can hold
        futures.do(relate_questions, by=ME, kind="complement", first_id=pair[0], second_id=pair[1])
    for page in ("today", "scores"):
        assert "contradict each other: no world satisfies them all" in page_text(app(page)), page
