"""The morning round: ten updates from Today, and what each of them takes."""

import getpass
import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from db.engine import open_engine
from db.session import transaction
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
