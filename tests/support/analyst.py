"""What an analyst's hands do to a page in the browser."""

import re

from desk_server import DRAWN
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NotInTime

STANDS_STILL = """
field => new Promise(done => {
    let place = '', frames = 0;
    window.addEventListener('scroll', () => { frames = 0; }, true);
    const look = () => {
        const {x, y} = field.getBoundingClientRect();
        frames = place === `${x} ${y}` ? frames + 1 : 0;
        place = `${x} ${y}`;
        if (frames < 20) requestAnimationFrame(look);
        else done();
    };
    field.scrollIntoView({block: 'center'});
    look();
})
"""


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it, as a person does."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")


def choose(page: Page, label: str, option: str) -> None:
    """Open a list and take one of its options; open it again if the page moved and closed it."""
    field = page.get_by_role("combobox", name=re.compile(label))
    wanted = page.get_by_role("option", name=option, exact=True)
    for last in (False, False, False, True):
        open_list(field)
        try:
            wanted.click(timeout=4_000)
            return
        except NotInTime:
            if last:
                raise


def open_list(field: Locator) -> None:
    """Click a list's field once the page is drawn and stands still.

    A list closes when the page scrolls, as a folded part does while it unfolds. Playwright scrolls
    to what it clicks and clicks in the same moment, so that the list hears of that scrolling after
    it has opened; a person looks first. On a busy machine a chart above may still come late.
    """
    field.page.locator(DRAWN).wait_for()
    field.evaluate(STANDS_STILL)
    field.click()


def pick_day(page: Page, label: str, day: str) -> None:
    """Type a date, as year-month-day, into a date field, part by part."""
    field = page.get_by_test_id("stDateInput").filter(has_text=label)
    for part, value in zip(("year", "month", "day"), day.split("-"), strict=True):
        field.get_by_role("spinbutton", name=re.compile(part)).click()
        page.keyboard.type(value)
    page.keyboard.press("Tab")
