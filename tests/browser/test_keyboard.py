"""Ten statements decided about without touching the mouse."""

import re
from datetime import UTC, date, datetime
from itertools import pairwise

from desk_server import DRAWN
from playwright.sync_api import Page, expect

from forecasts.reading.statements import read_statements
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.services.questions import QuestionDraft, ask_question
from forecasts.views.inbox import article

COUNTRIES = (
    "China", "Japan", "Russia", "Germany", "France", "Italy", "Spain", "Turkey", "India", "Brazil",
)  # fmt: skip
TEXT = "\n\n".join(f"{one} is unlikely to leave the pact before 2030." for one in COUNTRIES)


def test_ten_statements_by_keyboard_alone(desk, empty_desk):
    published = PartialDate(date(2024, 7, 11), "day")
    found = read_statements(TEXT, published=published.day)
    assert len(found) == len(COUNTRIES)
    desk.do(add_article, text=TEXT, title="Pact", published=published, candidates=found)
    asked = QuestionDraft(
        title="Will Japan leave the pact before 2030?",
        criteria="Yes if it does.",
        opens_at=datetime(2024, 7, 1, tzinfo=UTC),
        closes_at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    desk.do(ask_question, draft=asked)
    empty_desk.clock.set(2024, 7, 20, 9)
    hands = Keys(empty_desk.open("inbox"))
    expect(hands.page.get_by_text("next K previous A accept")).to_be_visible()

    # Forward and back.
    hands.press("j", "Japan")
    hands.press("k", "China")

    # What the draft leaves open is selected; it is typed over and saved from inside the field.
    hands.begin("e", hands.page.get_by_label("Criteria", exact=True))
    hands.type("Yes if its government gives notice.")
    hands.press("Control+Enter", "Japan")
    expect(hands.page.get_by_text("Saved as entry 3.")).to_be_visible()

    # The question exists: the statement goes into it.
    hands.begin("m", hands.page.get_by_role("button", name="Merge into the question"))
    hands.press("Enter", "Russia")
    expect(hands.page.get_by_text("Saved as entry 4.")).to_be_visible()

    # A letter typed into a field is a letter; Escape gives the keys back.
    hands.begin("e", hands.page.get_by_label("Criteria", exact=True))
    hands.type("Yes if Moscow adjudicates and denounces it.")
    hands.page.keyboard.press("Escape")
    hands.press("a", "Germany")
    expect(hands.page.get_by_text("Saved as entry 5.")).to_be_visible()

    # A dismissal, taken back, and made again; then the rest.
    hands.dismiss("Germany", "France")
    hands.press("u", "Germany")
    for country, following in pairwise(COUNTRIES[3:]):
        hands.dismiss(country, following)
    hands.begin("d", hands.page.get_by_label("Why", exact=True))
    hands.type("Already asked.")
    hands.page.keyboard.press("Enter")
    expect(hands.page.get_by_text(re.compile("no waiting"))).to_be_visible()

    decided = [one.decision for one in desk.ask(article, 1).statements]
    assert decided == ["accepted"] * 3 + ["dismissed"] * 7
    assert empty_desk.problems == []


class Keys:
    """A reader with a keyboard and without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.quote = page.locator(".st-key-fd-candidate .fd-quote")

    def press(self, key: str, country: str) -> None:
        """Press a key that leads to the statement about ``country``."""
        self.page.keyboard.press(key)
        expect(self.quote).to_contain_text(country)
        self.page.locator(DRAWN).wait_for()  # the field that was left goes with the run's end

    def begin(self, key: str, element) -> None:
        """Press a key that puts the focus on ``element``."""
        self.page.keyboard.press(key)
        expect(element).to_be_focused()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def dismiss(self, country: str, following: str) -> None:
        expect(self.quote).to_contain_text(country)
        self.begin("d", self.page.get_by_label("Why", exact=True))
        self.type("Already asked.")
        self.press("Enter", following)
