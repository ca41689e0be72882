"""What an analyst does every day, as the benchmark of the desk does it in the browser.

Each act begins on a page that is drawn, and ends when what it asked for is seen there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyst import open_list
from desk_server import DRAWN
from playwright.sync_api import Locator, Page

PATIENCE = 30_000  # milliseconds
Step = Callable[[Page], None]


@dataclass(frozen=True)
class Act:
    """One thing done on a page. What comes ``before`` it is not timed."""

    path: str
    do: Step
    shows: Callable[[Page], Locator]
    before: tuple[Step, ...] = ()


def click(name: str) -> Step:
    return lambda page: page.get_by_role("button", name=re.compile(name)).first.click()


def opening(label: str) -> Step:
    """Open a list; its options are the browser's own, and the server is not asked."""
    return lambda page: open_list(page.get_by_role("combobox", name=re.compile(label)))


def typing(words: str) -> Step:
    """Narrow an open list whose options are too many to see."""
    return lambda page: page.keyboard.type(words)


def picking(option: str) -> Step:
    return lambda page: page.get_by_role("option", name=option, exact=True).click()


def button(name: str) -> Callable[[Page], Locator]:
    return lambda page: page.get_by_role("button", name=re.compile(name)).first


def text(pattern: str) -> Callable[[Page], Locator]:
    return lambda page: page.get_by_text(re.compile(pattern)).first


def heading(pattern: str) -> Callable[[Page], Locator]:
    return lambda page: page.get_by_role("heading", name=re.compile(pattern)).first


def probability(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Probability of yes").first


def form(page: Page) -> None:
    probability(page).wait_for(timeout=PATIENCE)


def offered(page: Page) -> Locator:
    """The button that opens the form of the first item that asks for a yes or no."""
    items = page.get_by_test_id("stHorizontalBlock").filter(has=page.locator(".fd-track"))
    return items.get_by_role("button", name=re.compile("^Update|^Forecast")).first


def open_form(page: Page) -> None:
    offered(page).click()


def say(page: Page) -> None:
    probability(page).fill("41%")


def said(page: Page) -> None:
    """Type, and wait until the button names what it saves."""
    say(page)
    button("^Save 41")(page).wait_for(timeout=PATIENCE)


def settled(page: Page) -> None:
    page.locator(DRAWN).wait_for(timeout=PATIENCE)


def search(page: Page) -> None:
    page.get_by_role("textbox", name="Words in the question").fill("question 777:")


def open_first_line(page: Page) -> None:
    page.locator(".fd-questions a.q").first.click()


UPDATE = (open_form, form)
MINE = "questions?state=open&sort=my+probability"
OPEN = (open_first_line, form, settled)
SAVED = text(r"Saved as entry")
LISTED = text(r"questions\. Click one")

ACTS = {
    "today: open a form": Act("", open_form, probability),
    "today: type a probability": Act("", say, button("^Save 41"), UPDATE),
    "today: save an update": Act("", click("^Save 41"), SAVED, (*UPDATE, said, settled)),
    "today: confirm": Act("", click("^Confirm"), SAVED),
    "today: show more": Act("", click(r"^Show \d+ more"), offered),
    "today: open a question": Act("", click("^Open"), text("^Open · closes|^Closed ")),
    "questions: search": Act("questions", search, text(r"^\d{1,2} questions?\. Click")),
    "questions: sort": Act("questions", picking("newest"), LISTED, (opening("Sorted by"),)),
    "questions: a tag": Act("questions", picking("asia"), LISTED, (opening("Tag"),)),
    "questions: second page": Act("questions", click("^(Page |Go to page )?2$"), LISTED),
    "questions: open a line": Act(
        "questions", open_first_line, text("^Open · closes|^Closed |^Resolved ")
    ),
    "question: type a probability": Act(MINE, say, button("^Save 41"), OPEN),
    "question: save a forecast": Act(MINE, click("^Save 41"), SAVED, (*OPEN, said, settled)),
    "calibration: a tag": Act("calibration", picking("asia"), heading("."), (opening("Tag"),)),
    "calibration: a forecaster": Act(
        "calibration",
        picking("Analyst 2 (person)"),
        text("Analyst 2"),
        (opening("Forecaster"), typing("Analyst 2 (person)")),
    ),
    "calibration: all sources": Act(
        "calibration", picking("All sources"), heading("[Ss]ources"), (opening("Forecaster"),)
    ),
    "calibration: by forecaster": Act(
        "calibration?who=Everyone",
        picking("forecaster"),
        heading("confiden"),
        (opening("Over- and underconfidence by"),),
    ),
    "scores: a rule": Act("scores", picking("Log"), text("[Ll]og"), (opening("Rule"),)),
    "scores: a tag": Act("scores", picking("asia"), heading("Forecasters"), (opening("Tag"),)),
    "scores: compare with another": Act(
        "scores",
        picking("Analyst 2"),
        heading("Analyst 2"),
        (opening("The other"), typing("Analyst 2")),
    ),
    "sources: one of them": Act(
        "sources", picking("All of Publisher 1"), text("Words|words"), (opening("Source"),)
    ),
}
