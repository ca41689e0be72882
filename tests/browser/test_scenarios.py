"""A scenario set from the first page to the answer that moves it, with the numbers by hand."""

import getpass
import re
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from analyst import choose, fill, pick_day
from axe_playwright_python.sync_playwright import Axe
from desk_server import DRAWN
from playwright.sync_api import Page, expect

from dashboard.widgets.scenarios.matrix import matrix
from db.engine import open_engine
from db.session import transaction
from forecasts.results.scenarios import IndicatorView, Likelihood
from forecasts.services.acts import Act
from forecasts.services.questions import QuestionDraft, ask_question

PRIOR = np.array([0.5, 0.3, 0.2])
SHELLS = np.array([0.68, 0.22, 0.5])  # likely, unlikely and even odds on the desk's own scale
TROOPS = np.array([0.8, 0.2, 0.5])
NAMES = ("war", "peace", "something else")


@pytest.fixture
def questions(empty_db, empty_desk):
    """Two questions asked on the morning of 12 July 2024, and the desk on that morning."""
    empty_desk.clock.set(2024, 7, 12, 9)
    engine = open_engine(empty_db)
    for number, title in enumerate(("Will shells be sent?", "Will troops be sent?")):
        draft = QuestionDraft(
            title=title,
            criteria="Yes if they are.",
            closes_at=empty_desk.clock.now().replace(month=12),
        )
        with transaction(engine) as session:
            act = Act(getpass.getuser(), empty_desk.clock.now(), f"question {number}")
            ask_question(session, act, draft=draft)
    engine.dispose()
    return empty_desk


def press(page: Page, label: str, entry: int | None = None) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    if entry is not None:
        expect(page.get_by_text(f"Saved as entry {entry}.")).to_be_visible()
        page.locator(DRAWN).wait_for()


def link(page: Page, title: str, likelihoods: tuple[str, ...], entry: int) -> None:
    if not page.get_by_label("Words in the question").is_visible():
        page.get_by_text("Link a question", exact=True).click()
    choose(page, "Question that would tell", title)
    for name, text in zip(NAMES, likelihoods, strict=True):
        fill(page, f"yes, if {name}", text)
    press(page, "Link it", entry)


def implied(page: Page) -> list[str]:
    """The implied probability of each scenario, as its row has it."""
    rows = [page.get_by_role("row", name=re.compile(f"^{name}")).first for name in NAMES]
    return [row.get_by_role("cell").nth(3).inner_text().replace("\u00a0", " ") for row in rows]


def percents(shares: np.ndarray) -> list[str]:
    return [f"{100 * share / shares.sum():.0f} %" for share in shares]


def test_from_a_set_to_an_answer_that_moves_it(questions):
    desk, page = questions, questions.open("scenarios")
    expect(page.get_by_role("heading", level=1, name="No scenario set yet")).to_be_visible()
    fill(page, "Focal question", "Which future comes?")
    fill(page, "Scenarios, one a line", "war\npeace")
    pick_day(page, "Horizon", "2025-12-31")
    fill(page, "Criteria: how a stranger would tell which one came about", "The first that fits.")
    press(page, "Make the set", 3)
    expect(page.get_by_role("heading", level=1, name="Which future comes?")).to_be_visible()
    expect(page.get_by_text("There is no prior yet.")).to_be_visible()

    # What was believed before: 50, 30 and 20 %.
    form = page.get_by_test_id("stExpander").filter(has_text="State the prior")
    for name, share in zip(NAMES, PRIOR, strict=True):
        form.get_by_label(f"{name}, %", exact=True).fill(f"{100 * share:.0f}")
        page.keyboard.press("Tab")
    expect(form.get_by_text("Sum 100")).to_be_visible()
    press(page, "State the prior", 4)

    # Two indicators: one by words, one by numbers; what is refused stays as it was typed.
    link(page, "Will shells be sent?", ("likely", "unlikely", "even odds"), 5)
    assert implied(page) == percents(PRIOR)  # open, and nobody has a forecast of it
    page.get_by_text("Link a question", exact=True).click()
    choose(page, "Question that would tell", "Will troops be sent?")
    for name, text in zip(NAMES, ("80%", "1:4", "0.5"), strict=True):
        fill(page, f"yes, if {name}", text)
    press(page, "Link it")
    expect(page.get_by_text("say which way")).to_be_visible()
    expect(page.get_by_label("yes, if peace", exact=True)).to_have_value("1:4")
    fill(page, "yes, if peace", "1:4 on")
    press(page, "Link it", 6)
    expect(page.get_by_text("tells most").first).to_be_visible()

    # The direct judgement, beside what the indicators imply.
    for name, share in zip(NAMES, (20, 70, 10), strict=True):
        fields = page.get_by_label(f"{name}, %", exact=True).filter(visible=True)
        fields.fill(f"{share}")  # the prior's fields are folded away
        page.keyboard.press("Tab")
    press(page, "Save", 7)
    expect(page.get_by_text("Your 70 % for “peace” is 40 points above the 30 %")).to_be_visible()
    expect(page.get_by_text("Next hour: “Will troops be sent?”")).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()

    # Two days later one of them is answered, and the implied probabilities are those of Bayes.
    desk.clock.set(2024, 7, 14, 9)
    page = desk.open("scenarios?id=3")
    press(page, "Work on “Will troops be sent?”")
    expect(page.get_by_role("heading", level=1, name="Will troops be sent?")).to_be_visible()
    page.get_by_text("Resolve", exact=True).first.click()
    choose(page, "Outcome", "yes")
    pick_day(page, "Known on", "2024-07-14")
    fill(page, "Evidence", "Seen at the border.")
    press(page, "Resolve", 8)
    page = desk.open("scenarios?id=3")
    expect(page.get_by_text("resolved yes").first).to_be_visible()
    assert implied(page) == percents(PRIOR * TROOPS)
    expect(page.get_by_text("Next hour: “Will shells be sent?”")).to_be_visible()
    check_fitness(page)
    assert desk.problems == []


def check_fitness(page: Page) -> None:
    """No serious accessibility violation, and nothing to scroll sideways on a phone."""
    serious = [
        (found["id"], found["nodes"][0]["html"][:200])
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]
    assert serious == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


STYLE = Path(__file__).parents[2] / "dashboard" / "style.css"
SPLIT_WORDS = """() => [...document.querySelectorAll("th")].flatMap(head => {
  const text = document.createTreeWalker(head, NodeFilter.SHOW_TEXT).nextNode(), found = [];
  for (const word of text.data.matchAll(/\\S+/g)) {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    if (range.getClientRects().length > 1) found.push(word[0]);
  }
  return found;
})"""


def test_a_matrix_on_a_phone_keeps_words_whole_and_shows_that_it_goes_on(page: Page) -> None:
    names = ("transactional compromise", "disengagement", "something else")
    page.set_viewport_size({"width": 390, "height": 844})
    drawn = matrix(names, [indicator(len(names))])
    page.set_content(f"<style>{STYLE.read_text()}</style><div>{drawn}</div>")
    assert page.evaluate(SPLIT_WORDS) == []
    box = page.get_by_role("region")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    assert "linear-gradient" in box.evaluate("one => getComputedStyle(one).backgroundImage")
    lines = page.locator(".fd-matrix tbody td").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell).borderBottomColor)"
    )
    assert set(lines) == {"rgb(232, 235, 238)"}  # the palette's grid


def indicator(scenarios: int) -> IndicatorView:
    """An open yes/no question that is as likely in each scenario."""
    row = (Likelihood(0.5, None, None),) * scenarios
    return IndicatorView(
        question_id=1,
        title="Will it happen?",
        kind="binary",
        status="open",
        closes_at=datetime(2024, 12, 12, tzinfo=UTC),
        outcomes=("yes", "no"),
        outcome=None,
        state="open",
        why="",
        weight=1.0,
        note="",
        version=1,
        likelihoods=(row, row),
        current=(0.5, 0.5),
        current_from="me",
        diagnosticity=0.0,
        ratios=((0.0,) * scenarios,) * 2,
        tells_apart=False,
    )
