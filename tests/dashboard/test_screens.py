"""Every screen, with nothing in the record and with the seeds; and what may be typed into it."""

import getpass
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.widgets.questions.table import PAGE
from dashboard.widgets.today.parts import GUIDANCE
from forecasts import clock
from forecasts.services.forecasts import record_forecast
from forecasts.services.notes import comment
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import correct_resolution, resolve_question
from forecasts.views.question import question
from forecasts.views.questions import question_list

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
SCREENS = ("today", "inbox", "questions", "question", "calibration", "scores")


def field(elements: Any, label: str) -> Any:
    """The one input with this label."""
    (found,) = [element for element in elements if element.label == label]
    return found


def press(tester: AppTest, label: str) -> AppTest:
    tester = field(tester.button, label).click().run()
    assert not tester.exception, [raised.value for raised in tester.exception]
    return tester


def rows(desk: Any) -> Any:
    return desk.ask(question_list, me=None, now=desk.now)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_renders_with_an_empty_record(empty_db: str, app: Open, screen: str) -> None:
    tester = app(screen)
    assert not tester.error
    assert not tester.warning


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_renders_with_the_seeds(seeded_db: str, app: Open, screen: str) -> None:
    tester = app(screen)
    assert not tester.error
    assert not tester.warning


def test_every_question_of_the_seeds_has_a_page(seeded: Any, app: Open, page_text: Text) -> None:
    tester = app("question", id="1")
    for row in rows(seeded):
        tester.query_params["id"] = str(row.id)
        tester.run()
        assert not tester.exception, row.title
        assert "<h1>" in page_text(tester)


@pytest.mark.parametrize("asked", ["999", "0", "-1", "x", "1;2", "٣", "9" * 30])
def test_an_address_that_names_no_question_is_answered(
    seeded_db: str, app: Open, asked: str, page_text: Text
) -> None:
    tester = app("question", id=asked)
    assert len(tester.error) == 1
    assert "Which question?" in page_text(tester)
    assert field(tester.selectbox, "Question").options
    assert not app("question", id="").error


def test_guidance_is_three_sentences_and_goes_with_the_first_forecast(
    seeded: Any, app: Open, page_text: Text
) -> None:
    assert len([part for part in GUIDANCE.split(". ") if part]) == 3
    assert "finds out who was right" in page_text(app("today"))
    still_open = next(r for r in rows(seeded) if r.status == "open" and r.kind == "binary")
    tester = app("question", id=str(still_open.id))
    field(tester.text_input, "Probability of yes").set_value("37%").run()
    press(tester, "Save 37\u00a0%")
    assert "finds out who was right" not in page_text(app("today"))


def test_today_starts_with_the_sources_record(seeded_db: str, app: Open, page_text: Text) -> None:
    assert "Brier 0.082 over 6 resolved questions" in page_text(app("today"))


def test_what_closes_soon_stands_on_today_once(
    desk: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    desk.now = clock.now()
    soon = desk.now + timedelta(days=3)
    desk.do(ask_question, draft=draft(title="Will it end soon?", closes_at=soon))
    assert page_text(app("today")).count("Will it end soon?") == 1


def test_with_the_seeds_alone_scores_and_calibration_say_whose_record_it_is(
    seeded_db: str, app: Open, page_text: Text
) -> None:
    assert "the record of the sources alone" in page_text(app("scores"))
    assert "this is the record of the sources" in page_text(app("calibration"))
    assert "always saying 50\u00a0% on yes/no questions earns 0.250" in page_text(app("scores"))


def test_a_forecast_is_saved_from_its_receipt(seeded: Any, app: Open, page_text: Text) -> None:
    row = next(r for r in rows(seeded) if r.status == "open" and r.kind == "binary")
    tester = app("question", id=str(row.id))
    field(tester.text_input, "Probability of yes").set_value("0.62").run()
    assert "If it resolves <bdi>yes</bdi>" in page_text(tester)
    field(tester.text_area, "Why (optional)").set_value("<b>because</b>").run()
    field(tester.selectbox, "Analytic confidence").select("moderate").run()
    press(tester, "Save 62\u00a0%")
    assert "Saved as entry" in page_text(tester)
    view = seeded.ask(question, row.id, me=None, now=seeded.now)
    (entry,) = [entry for entry in view.record if entry.cls == "live"]
    assert (entry.probabilities[0], entry.rationale) == (0.62, "<b>because</b>")
    assert entry.confidence == "moderate"
    assert "&lt;b&gt;because&lt;/b&gt;" in page_text(tester)
    assert not field(tester.text_input, "Probability of yes").value


def test_a_percentage_odds_and_a_word_each_show_the_others(
    seeded: Any, app: Open, page_text: Text
) -> None:
    row = next(r for r in rows(seeded) if r.status == "open" and r.kind == "binary")
    tester = app("question", id=str(row.id))

    def shown(typed: str) -> str:
        field(tester.text_input, "Probability of yes").set_value(typed).run()
        return page_text(tester).replace("\u00a0", " ")

    assert "75 % · 3 : 1 on · “likely” (55–80 %), this desk&#x27;s scale" in shown("75%")
    assert "25 % · 3 : 1 against · “unlikely” (10–35 %)" in shown("3:1 against")
    assert "68 % · 2.1 : 1 on · the word stands for 55–80 %" in shown("likely")
    press(tester, "Save 68\u00a0%")
    view = seeded.ask(question, row.id, me=None, now=seeded.now)
    assert [entry.probabilities[0] for entry in view.record if entry.cls == "live"] == [0.68]


@pytest.mark.parametrize("typed", ["", "37", "1.2", "-0.1", "nan", "٠٫٣٧", "<script>", "120%"])
def test_what_is_no_probability_is_refused_and_kept(seeded: Any, app: Open, typed: str) -> None:
    row = next(r for r in rows(seeded) if r.status == "open" and r.kind == "binary")
    tester = app("question", id=str(row.id))
    field(tester.text_input, "Probability of yes").set_value(typed).run()
    press(tester, "Save")
    assert len(tester.error) == 1
    assert "probability" in tester.error[0].value
    assert field(tester.text_input, "Probability of yes").value == typed
    view = seeded.ask(question, row.id, me=None, now=seeded.now)
    assert not [entry for entry in view.record if entry.cls == "live"]


def test_the_crowd_can_stay_hidden_until_ones_own_forecast_is_in(
    seeded: Any, app: Open, page_text: Text
) -> None:
    row = next(r for r in rows(seeded) if r.status == "open" and r.kind == "binary")
    for name, share in (("bob", 0.81), ("eve", 0.83)):
        seeded.do(
            record_forecast, by=name, question_id=row.id, probability=share, rationale=f"{name}?"
        )
    seeded.do(comment, by="eve", question_id=row.id, text="Why so low, all of you?")
    tester = app("question", id=str(row.id))
    assert "bob?" in page_text(tester)
    assert "Why so low" in page_text(tester)
    field(tester.toggle, "Hide the crowd until my forecast is in").set_value(True).run()
    hidden = page_text(tester)
    assert "The crowd is hidden until your forecast is in" in hidden
    assert "2 entries of others are hidden" in hidden
    assert "Comments are hidden until your forecast is in" in hidden
    for given_away in ("bob", "eve?", "81\u00a0%", "82\u00a0%", "83\u00a0%", "Why so low"):
        assert given_away not in hidden
    assert "bob" not in str(tester.get("plotly_chart")[0].proto)
    tester.switch_page("screens/questions.py").run()
    (line,) = [one for one in lines(page_text(tester)) if row.title in one]
    assert "82\u00a0%" not in line
    tester.switch_page("screens/question.py")
    tester.query_params["id"] = str(row.id)
    tester.run()
    field(tester.text_input, "Probability of yes").set_value("20%").run()
    press(tester, "Save 20\u00a0%")
    assert "bob?" in page_text(tester)
    assert not tester.toggle


def test_a_form_keeps_its_key_until_it_has_saved(seeded: Any, app: Open) -> None:
    row = next(r for r in rows(seeded) if r.status == "open" and r.kind == "binary")
    tester = app("question", id=str(row.id))
    first = field(tester.button, "Save").key
    press(tester, "Save")  # refused: nothing was typed
    assert field(tester.button, "Save").key == first
    field(tester.text_input, "Probability of yes").set_value("20%").run()
    press(tester, "Save 20\u00a0%")
    # The second click of a double click belongs to a button that is gone.
    assert field(tester.button, "Save").key != first


def test_options_are_saved_when_they_sum_to_one(seeded: Any, app: Open, page_text: Text) -> None:
    row = next(r for r in rows(seeded) if r.status == "open" and r.kind != "binary")
    tester = app("question", id=str(row.id))
    shares = [element for element in tester.number_input if element.label.endswith(", %")]
    shares[0].set_value(60.0).run()
    assert "40 left to give" in page_text(tester)
    press(tester, "Save")
    assert "they sum to 0.6" in tester.error[0].value.replace("\\", "")
    shares = [element for element in tester.number_input if element.label.endswith(", %")]
    shares[1].set_value(40.0).run()
    press(tester, "Save")
    assert "Saved as entry" in page_text(tester)
    view = seeded.ask(question, row.id, me=None, now=seeded.now)
    (entry,) = [entry for entry in view.record if entry.cls == "live"]
    assert entry.probabilities[:2] == (0.6, 0.4)


def test_a_question_is_resolved_corrected_and_annulled(
    seeded: Any, app: Open, page_text: Text
) -> None:
    row = next(r for r in rows(seeded) if r.status == "closed" and r.kind == "binary")
    tester = app("question", id=str(row.id))
    press(tester, "Resolve")
    assert "outcome" in tester.error[0].value
    field(tester.selectbox, "Outcome").select("yes")
    field(tester.date_input, "Known on").set_value(row.closes_at.date())
    field(tester.text_area, "Evidence").set_value("A communiqué says so.")
    press(tester, "Resolve")
    assert "Resolved yes" in page_text(tester)
    field(tester.selectbox, "Outcome").select("no")
    field(tester.date_input, "Known on").set_value(row.closes_at.date())
    field(tester.text_area, "Evidence").set_value("The communiqué was a forgery.")
    field(tester.text_area, "Why it is corrected").set_value("The first source was wrong.")
    press(tester, "Correct")
    assert "Resolved no" in page_text(tester)
    field(tester.text_area, "Why it is annulled").set_value("The criteria cannot be applied.")
    press(tester, "Annul")
    assert "Annulled" in page_text(tester)
    view = seeded.ask(question, row.id, me=None, now=seeded.now)
    assert [version.state for version in view.resolutions] == ["resolved", "resolved", "annulled"]


def test_comments_evidence_and_clarifications_are_kept_as_typed(
    seeded: Any, app: Open, page_text: Text
) -> None:
    row = next(r for r in rows(seeded) if r.status == "open")
    tester = app("question", id=str(row.id))
    field(tester.text_area, "Comment").set_value("**not bold** <img src=x>")
    press(tester, "Comment")
    field(tester.text_area, "Clarification").set_value("Days are UTC days.")
    press(tester, "Clarify")
    field(tester.text_area, "Evidence: a quote or what it shows").set_value("A quote.")
    field(tester.text_input, "Web address (optional)").set_value("javascript:alert(1)")
    press(tester, "Attach")
    assert "http" in tester.error[0].value
    field(tester.text_input, "Web address (optional)").set_value("https://example.com/a")
    press(tester, "Attach")
    shown = page_text(tester)
    assert "**not bold** &lt;img src=x&gt;" in shown
    assert "Days are UTC days." in shown
    assert 'href="https://example.com/a"' in shown


def test_a_question_can_be_asked_without_an_article(empty_db: str, app: Open) -> None:
    tester = app("questions")
    press(tester, "Ask")
    assert "close" in tester.error[0].value
    field(tester.text_area, "Question").set_value("Will *it* rain?")
    field(tester.text_area, "Criteria").set_value("Yes if the station reports rain.")
    field(tester.date_input, "Closes at the end of (UTC)").set_value("2099-12-31")
    press(tester, "Ask")
    assert any("Will *it* rain?" in element.proto.body for element in tester.get("html"))


def lines(page: str) -> list[str]:
    """The lines of the list of questions, as HTML."""
    return re.findall(r"<tr data-id=.*?</tr>", page)


def test_filters_narrow_the_table(seeded: Any, app: Open, page_text: Text) -> None:
    tester = app("questions")
    everything = len(lines(page_text(tester)))
    assert everything == min(PAGE, len(rows(seeded)))
    field(tester.selectbox, "State").select("resolved").run()
    resolved = lines(page_text(tester))
    assert 0 < len(resolved) < everything
    assert all("Resolved" in line for line in resolved)
    field(tester.text_input, "Words in the question").set_value("no such words").run()
    assert not lines(page_text(tester))


def test_a_correction_of_what_someone_else_changed_is_refused(
    seeded: Any, app: Open, page_text: Text
) -> None:
    row = next(r for r in rows(seeded) if r.status == "resolved" and r.kind == "binary")
    tester = app("question", id=str(row.id))
    known = seeded.ask(question, row.id, me=None, now=seeded.now).resolutions[-1].known_at
    other = "no" if row.outcome == "yes" else "yes"
    seeded.do(
        correct_resolution,
        by="someone else",
        question_id=row.id,
        version=1,
        outcome=other,
        known_at=known,
        evidence="A second look.",
        reason="The first was wrong.",
    )
    field(tester.selectbox, "Outcome").select(other)
    field(tester.date_input, "Known on").set_value(known.date())
    field(tester.text_area, "Evidence").set_value("My own second look.")
    field(tester.text_area, "Why it is corrected").set_value("I saw it too.")
    press(tester, "Correct")
    assert "someone else changed it" in tester.error[0].value
    view = seeded.ask(question, row.id, me=None, now=seeded.now)
    assert [version.version for version in view.resolutions] == [1, 2]


def test_what_was_typed_outlives_somebody_elses_resolution(
    seeded: Any, app: Open, page_text: Text
) -> None:
    row = next(r for r in rows(seeded) if r.status == "open" and r.kind == "binary")
    tester = app("question", id=str(row.id))
    field(tester.text_input, "Probability of yes").set_value("37%").run()
    field(tester.text_area, "Why (optional)").set_value("A long thought.")
    field(tester.text_area, "Evidence").set_value("My own proof.")
    seeded.do(
        resolve_question,
        by="someone else",
        question_id=row.id,
        outcome="no",
        known_at=seeded.now,
        evidence="It did not.",
    )
    press(tester, "Save 37\u00a0%")
    assert "is resolved and takes no more forecasts" in tester.error[0].value
    assert field(tester.text_input, "Probability of yes").value == "37%"
    assert field(tester.text_area, "Why (optional)").value == "A long thought."
    assert "My own proof." in [element.value for element in tester.text_area]
    assert "What you typed is kept below" in page_text(tester)
    press(tester, "Resolve")
    assert len(tester.error) == 1
    view = seeded.ask(question, row.id, me=None, now=seeded.now)
    assert [entry for entry in view.record if entry.cls == "live"] == []
    assert [version.evidence for version in view.resolutions] == ["It did not."]


def test_a_pasted_megabyte_is_refused_and_kept(seeded: Any, app: Open) -> None:
    row = next(r for r in rows(seeded) if r.status == "open" and r.kind == "binary")
    tester = app("question", id=str(row.id))
    pasted = "long " * 200_000
    field(tester.text_input, "Probability of yes").set_value("37%").run()
    field(tester.text_area, "Why (optional)").set_value(pasted)
    press(tester, "Save 37\u00a0%")
    (refused,) = tester.error
    assert "100,000 are allowed" in refused.value
    assert len(refused.value) < 1_000
    assert field(tester.text_area, "Why (optional)").value == pasted


def test_an_address_of_the_own_machine_is_not_fetched(empty_db: str, app: Open) -> None:
    tester = app("inbox")
    tester.button_group[0].set_value("Web address").run()
    field(tester.text_input, "Web address of the article").set_value("http://127.0.0.1/").run()
    press(tester, "Fetch the page")
    assert "not a public address" in tester.error[0].value
    assert field(tester.text_input, "Web address of the article").value == "http://127.0.0.1/"


def test_a_number_is_drawn_while_typed_and_over_time(
    seeded: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    closes = seeded.now + timedelta(days=30)
    asked = draft(title="How many?", kind="numeric", closes_at=closes, unit="km")
    key = seeded.do(ask_question, draft=asked).id
    tester = app("question", id=str(key))
    for chance, value in (("5", 2.0), ("50", 7.0), ("95", 30.0)):
        field(tester.number_input, f"{chance} % chance that it is below, km").set_value(value)
    tester.run()
    assert "90\u00a0% between 2 and 30, the middle at 7" in page_text(tester)
    assert len(tester.get("plotly_chart")) == 2
    press(tester, "Save")
    assert "You expect 7\u00a0km, 2 to 30 (90\u00a0%)" in page_text(tester)


def test_ordered_options_are_bars_while_typed(
    seeded: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    closes = seeded.now + timedelta(days=30)
    asked = draft(kind="ordered", closes_at=closes, options=("few", "some", "many"))
    key = seeded.do(ask_question, draft=asked).id
    tester = app("question", id=str(key))
    for name, share in (("few", 20.0), ("some", 50.0), ("many", 30.0)):
        field(tester.number_input, f"{name}, %").set_value(share)
    tester.run()
    assert "The middle lies in “some”" in page_text(tester)
    assert "Sum 100\u00a0%." in page_text(tester)


def test_options_are_drawn_each_with_its_line(seeded: Any, app: Open, page_text: Text) -> None:
    key = next(row.id for row in rows(seeded) if row.kind == "multiple_choice")
    seeded.do(record_forecast, by=getpass.getuser(), question_id=key, probabilities=[0.1, 0.3, 0.6])
    tester = app("question", id=str(key))
    assert "You find “neither” likeliest: 60\u00a0%" in page_text(tester)
    assert len(tester.get("plotly_chart")) == 1


def test_parent_and_conditional_question_lead_to_each_other(seeded: Any, app: Open) -> None:
    child = next(row for row in rows(seeded) if row.title.startswith("If North Korea conducts"))
    parent = seeded.ask(question, child.id, me=None, now=seeded.now).parent_id
    links = {
        element.proto.query_string: element.proto.label
        for element in app("question", id=str(parent)).get("page_link")
    }
    assert links[f"id={child.id}"].startswith("If yes: If North Korea conducts")
    back = [
        element.proto.query_string for element in app("question", id=str(child.id)).get("page_link")
    ]
    assert f"id={parent}" in back


def test_a_question_whose_condition_failed_says_so(seeded: Any, app: Open, page_text: Text) -> None:
    child = next(row for row in rows(seeded) if row.title.startswith("If North Korea conducts"))
    parent = seeded.ask(question, child.id, me=None, now=seeded.now).parent_id
    seeded.do(
        resolve_question, question_id=parent, outcome="no", known_at=seeded.now, evidence="None."
    )
    tester = app("question", id=str(child.id))
    assert "Annulled: its condition was not met" in page_text(tester)
    assert not [button for button in tester.button if button.label == "Save"]
