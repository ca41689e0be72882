"""Who is better, I or a colleague? Under one rule, then under another, and from the address."""

import getpass
import re
from datetime import timedelta

from analyst import choose
from playwright.sync_api import expect

from db.engine import open_engine
from db.session import transaction
from forecasts import clock
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import QuestionDraft, ask_question
from forecasts.services.resolutions import resolve_question

QUESTIONS = 12


def settled_questions(url: str) -> None:
    """Twelve that did not happen: I said little, Bo said more each time, a third came late."""
    engine, me = open_engine(url), getpass.getuser()
    close = clock.now() - timedelta(days=1)
    for number in range(QUESTIONS):

        def act(who, days, what, number=number):
            return Act(who, close - timedelta(days=days), f"{what} {number} {who}", who)

        draft = QuestionDraft(
            title=f"Will number {number} happen?", criteria="Yes if so.", closes_at=close
        )
        with transaction(engine) as session:
            key = ask_question(session, act(me, 20, "ask"), draft=draft).id
        for who, share in ((me, 0.1), ("Bo", 0.4 + number / 50)):
            with transaction(engine) as session:
                record_forecast(session, act(who, 19, "say"), question_id=key, probability=share)
        with transaction(engine) as session:
            request = {"outcome": "no", "known_at": close, "evidence": "E."}
            resolve_question(session, act(me, -0.5, "settle"), question_id=key, **request)
    engine.dispose()


def test_compare_two_and_switch_the_rule(empty_db, empty_desk):
    settled_questions(empty_db)
    desk = empty_desk
    page = desk.open("scores")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("You score 0.010, 0.240 better than a know-nothing")
    verdict = page.get_by_role("heading", name="You are better than the crowd")
    expect(verdict).to_be_visible()
    desk.settled()
    choose(page, "The other", "Bo")
    expect(page.get_by_role("heading", name="You are better than Bo")).to_be_visible()
    expect(page.get_by_text(re.compile("On 12 common questions you scored 0.010"))).to_be_visible()

    desk.settled()
    choose(page, "Rule", "Spherical")
    expect(heading).to_have_text("You score 0.994, 0.287 better than a know-nothing")
    expect(page.get_by_role("heading", name="You are better than Bo")).to_be_visible()
    expect(page.get_by_text(re.compile("Spherical score, 0 to 1, higher")).first).to_be_visible()
    tables = page.get_by_test_id("stMain").locator("h2 + p")
    expect(tables.filter(has_text="Brier")).to_have_count(0)
    expect(page).to_have_url(re.compile("rule=Spherical"))
    expect(page).to_have_url(re.compile("other=Bo"))

    page.goto(page.url)
    desk.settled()
    expect(heading).to_have_text("You score 0.994, 0.287 better than a know-nothing")
    expect(page.get_by_role("heading", name="You are better than Bo")).to_be_visible()
    page.get_by_role("button", name="Table").last.click()
    expect(page.get_by_role("cell", name="Will number 11 happen?")).to_be_visible()
    assert desk.problems == []
