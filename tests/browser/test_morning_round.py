"""The morning round: ten updates from Today, and what each of them takes."""

import getpass
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import func, select

from dashboard.widgets.today.items import SHOWN
from db.engine import open_engine
from db.session import reading, transaction
from db.tables.log import Ledger
from forecasts import clock
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import QuestionDraft, ask_question

UPDATES = 10
MOST = 3  # actions an update may take


def stale_questions(url: str) -> None:
    """Ten questions that I forecast a month ago and not since."""
    engine, me = open_engine(url), getpass.getuser()
    now = clock.now()
    for number in range(UPDATES):
        with transaction(engine) as session:
            act = Act(me, now - timedelta(days=30), f"morning {number}")
            draft = QuestionDraft(
                title=f"Will number {number} happen?",
                criteria="Yes if it does.",
                closes_at=now + timedelta(days=60),
            )
            key = ask_question(session, act, draft=draft).id
        with transaction(engine) as session:
            act = Act(me, now - timedelta(days=30), f"forecast {number}")
            record_forecast(session, act, question_id=key, probability=0.3)
    engine.dispose()


class Hands:
    """Does what an analyst does, and counts it: a click, a field typed into, a key."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def click(self, name: str) -> None:
        self.page.get_by_role("button", name=re.compile(name)).first.click()
        self.actions += 1

    def type(self, label: str, text: str) -> None:
        self.page.get_by_role("textbox", name=label).press_sequentially(text)
        self.actions += 1


def test_ten_updates_from_today(empty_db, empty_desk):
    stale_questions(empty_db)
    desk = empty_desk
    page = desk.open("")
    for number in range(UPDATES):
        needs = page.get_by_role("heading", level=1, name=re.compile("need.? you today"))
        expect(needs).to_be_visible()
        hands = Hands(page)
        hands.click("^Update")
        hands.type("Probability of yes", f"{40 + number}%")
        hands.click("^Save")
        expect(page.get_by_text(f"Saved as entry {2 * UPDATES + number + 1}.")).to_be_visible()
        assert hands.actions <= MOST
        desk.settled()
    expect(page.get_by_role("heading", level=1, name="Nothing needs you today")).to_be_visible()
    assert desk.problems == []


QUICKLY = """async () => {
    const confirm = () => [...document.querySelectorAll('button')]
        .filter(one => one.innerText.startsWith('Confirm'));
    const wait = time => new Promise(next => setTimeout(next, time));
"""


def test_quick_presses_lose_nothing(empty_db, empty_desk):
    """Presses that come before the page has answered the one before."""
    stale_questions(empty_db)
    page = empty_desk.open("")
    expect(page.get_by_role("button", name="Open")).to_have_count(SHOWN)
    page.evaluate(
        QUICKLY
        + """
            for (const place of [5, 4, 3, 2]) {  // what is above stays where it is
                while (!confirm()[place]) await wait(10);
                confirm()[place].click();
                await wait(90);
            }
        }"""
    )
    expect(page.get_by_role("heading", level=1, name="Six things need you today")).to_be_visible()
    assert empty_desk.problems == []


def test_a_press_whose_page_is_left_is_saved_or_told(empty_db, empty_desk):
    stale_questions(empty_db)
    page = empty_desk.open("")
    expect(page.get_by_role("button", name="Open")).to_have_count(SHOWN)
    page.evaluate(
        QUICKLY
        + """
            confirm().at(-1).click();
            await wait(40);
            [...document.querySelectorAll('a')].find(one => one.innerText === 'Questions').click();
        }"""
    )
    expect(page.get_by_role("heading", level=1, name="10 questions")).to_be_visible()
    empty_desk.settled()
    told = page.get_by_text("“Confirm 30\u00a0%” was not carried out: the page changed first.")
    engine = open_engine(empty_db)
    for _ in range(100):  # the page may be drawn before the press is heard of
        with reading(engine) as session:
            entries = session.exec(select(func.count()).select_from(Ledger)).one()
        if entries - 2 * UPDATES + told.count():
            break
        page.wait_for_timeout(100)
    engine.dispose()
    assert entries - 2 * UPDATES + told.count() == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_the_button_stays_under_the_pointer_while_somebody_types(width, empty_db, empty_desk):
    stale_questions(empty_db)
    page = empty_desk.open("question?id=1")
    page.set_viewport_size({"width": width, "height": 900})
    place = page.get_by_role("button", name=re.compile("^Save"))
    field = page.get_by_role("textbox", name="Probability of yes")
    field.fill("very unlike")
    expect(page.get_by_text("write a percentage (37%), odds")).to_be_visible()
    before = place.bounding_box()["y"] - field.bounding_box()["y"]
    for text in ("very unlikely", "48%", ""):
        field.fill(text)
        label = {"very unlikely": "Save ", "48%": "Save 48", "": "Save"}[text]
        expect(page.get_by_role("button", name=re.compile(f"^{label}"))).to_be_visible()
        empty_desk.settled()
        assert place.bounding_box()["y"] - field.bounding_box()["y"] == before
