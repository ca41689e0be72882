"""What an analyst's hands and eyes do in the benchmark of the desk."""

import re
from collections.abc import Callable

from analyst import open_list
from desk_server import DRAWN
from playwright.sync_api import Locator, Page

PATIENCE = 30_000  # milliseconds
Step = Callable[[Page], None]


def click(name: str) -> Step:
    return lambda page: page.get_by_role("button", name=re.compile(name)).first.click()


def unfold(words: str) -> Step:
    return lambda page: page.get_by_text(re.compile(words)).first.click()


def opening(label: str) -> Step:
    """Open a list; its options are the browser's own, and the server is not asked."""
    return lambda page: open_list(page.get_by_role("combobox", name=re.compile(label)))


def typing(words: str) -> Step:
    """Narrow an open list whose options are too many to see."""
    return lambda page: page.keyboard.type(words)


def picking(option: str, *, exact: bool = True) -> Step:
    return lambda page: page.get_by_role("option", name=option, exact=exact).click()


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


def seen(locator: Callable[[Page], Locator]) -> Step:
    return lambda page: locator(page).wait_for(timeout=PATIENCE)


def press(key: str) -> Step:
    return lambda page: page.keyboard.press(key)


def undone(page: Page) -> Locator:
    """The button of the last dismissal, once there is none to take back."""
    return page.get_by_role("button", name="Undo", disabled=True).first


def dismissal(page: Page) -> Locator:
    return page.get_by_label("Why", exact=True)


def give_reason(page: Page) -> None:
    dismissal(page).fill("Invented.")


def decide_criteria(page: Page) -> None:
    """Say what the draft leaves open."""
    page.get_by_label("Criteria", exact=True).fill("Yes if its government gives notice.")


def later_statement(page: Page) -> None:
    """One that is further down in the list of those that wait."""
    page.get_by_role("button", name=re.compile(r"^\d+\s%\s·\s")).nth(7).click()
