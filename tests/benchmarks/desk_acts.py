"""What an analyst does every day, as the benchmark of the desk does it in the browser.

Each act begins on a page that is drawn, and ends when what it asked for is seen there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from analyst import choose, open_list
from desk_server import DRAWN
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NotInTime

PATIENCE = 120_000  # milliseconds
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


def choosing(label: str, option: str) -> Step:
    return lambda page: choose(page, label, option)


def finding(label: str, option: str) -> Step:
    """Take one of so many options that the list has to be searched."""

    def step(page: Page) -> None:
        field = page.get_by_role("combobox", name=re.compile(label))
        open_list(field)
        page.keyboard.type(option)
        page.get_by_role("option", name=option, exact=True).click()

    return step


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


def open_form(page: Page) -> None:
    """Open the form of the first item that asks for a yes or no."""
    offered = page.get_by_role("button", name=re.compile(OFFERED))
    offered.first.wait_for(timeout=PATIENCE)
    for item in range(offered.count()):
        offered.nth(item).click()
        try:
            probability(page).wait_for(timeout=5_000)
            return
        except NotInTime:
            click("^Not now")(page)
            page.get_by_role("button", name="Not now").wait_for(state="detached", timeout=PATIENCE)
    raise LookupError("no item of Today asks for a yes or no")


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


OFFERED = "^Update|^Forecast"
UPDATE = (open_form, settled)
MINE = "questions?state=open&sort=my+probability"
OPEN = (open_first_line, form, settled)
SAVED = text(r"Saved as entry")

ACTS = {
    "today: open a form": Act("", click(OFFERED), probability),
    "today: type a probability": Act("", say, button("^Save 41"), UPDATE),
    "today: save an update": Act("", click("^Save 41"), SAVED, (*UPDATE, said, settled)),
    "today: confirm": Act("", click("^Confirm"), SAVED),
    "today: show more": Act("", click(r"^Show \d+ more"), button(OFFERED)),
    "today: open a question": Act("", click("^Open"), text("^Open · closes|^Closed ")),
    "questions: search": Act("questions", search, text(r"^\d{1,2} questions?\. Click")),
    "questions: sort": Act(
        "questions", choosing("Sorted by", "newest"), text(r"questions\. Click one")
    ),
    "questions: a tag": Act("questions", choosing("Tag", "asia"), text(r"questions\. Click one")),
    "questions: second page": Act(
        "questions", click("^(Page |Go to page )?2$"), text(r"questions\. Click one")
    ),
    "questions: open a line": Act(
        "questions", open_first_line, text("^Open · closes|^Closed |^Resolved ")
    ),
    "question: type a probability": Act(MINE, say, button("^Save 41"), OPEN),
    "question: save a forecast": Act(MINE, click("^Save 41"), SAVED, (*OPEN, said, settled)),
    "calibration: a tag": Act("calibration", choosing("Tag", "asia"), heading(".")),
    "calibration: a forecaster": Act(
        "calibration", finding("Forecaster", "Analyst 2 (person)"), text("Analyst 2")
    ),
    "calibration: all sources": Act(
        "calibration", choosing("Forecaster", "All sources"), heading("[Ss]ources")
    ),
    "calibration: by forecaster": Act(
        "calibration?who=Everyone",
        choosing("Over- and underconfidence by", "forecaster"),
        heading("confiden"),
    ),
    "scores: a rule": Act("scores", choosing("Rule", "Log"), text("[Ll]og")),
    "scores: a tag": Act("scores", choosing("Tag", "asia"), heading("Forecasters")),
    "scores: compare with another": Act(
        "scores", finding("The other", "Analyst 2"), heading("Analyst 2")
    ),
    "sources: one of them": Act(
        "sources", choosing("Source", "All of Publisher 1"), text("Words|words")
    ),
}
