"""Draw the pictures of the documents from the seeds, all of them or those that are named.

``.venv/bin/python tests/support/screenshots.py [inbox] [report] …``
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from desk_server import CHROMIUM_FLAGS, DRAWN, seeded_record, serving, system_chromium
from playwright.sync_api import Page, sync_playwright

from dashboard.widgets.tour import COOKIE
from forecasts import clock

DOCS = Path(__file__).parents[2] / "docs"
NOW = (2026, 6, 1)
"""The day of the pictures, so that drawing them anew changes nothing that did not change."""

QUESTION = 17
"""Of the seeds: one with a source's statement, resolved."""

LOADED = """
![...document.querySelectorAll('[data-testid=stSkeleton]')].some(one => one.offsetParent)
"""
"""Whether what Streamlit loads after the page is there."""


def screen(page: Page, address: str, path: str) -> None:
    """A page of the desk, once it and its charts are drawn."""
    page.goto(f"{address}/{path}")
    page.locator(DRAWN).wait_for()
    page.wait_for_function(LOADED)
    for chart in page.get_by_test_id("stPlotlyChart").all():
        if chart.is_visible():  # not one in a tab that is closed
            chart.locator(".main-svg").first.wait_for()
    page.wait_for_timeout(1_000)


def inbox(page: Page, address: str) -> None:
    """An article where its chosen statement stands, the panel beside it."""
    screen(page, address, "inbox")
    page.locator("mark.on").first.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(500)


def report(page: Page, address: str) -> None:
    """A question's report, taken from its page."""
    screen(page, address, f"question?id={QUESTION}")
    page.get_by_role("button", name="Report").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="HTML", exact=True).click()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "report.html"
        found.value.save_as(file)
        page.set_viewport_size({"width": 740, "height": 1260})
        page.goto(file.as_uri())
        page.wait_for_timeout(500)


PICTURES: dict[str, Callable[[Page, str], None]] = {
    "inbox": inbox,
    "question": partial(screen, path=f"question?id={QUESTION}"),
    "report": report,
}


def main(*names: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["LOGNAME"] = "analyst"  # who recorded the seeds stands in the pictures
        clock.now = lambda: datetime(*NOW, tzinfo=UTC)
        record = seeded_record(folder)
        with serving(record, folder) as (address, served), sync_playwright() as driver:
            served.set(*NOW)
            browser = driver.chromium.launch(executable_path=system_chromium(), args=CHROMIUM_FLAGS)
            context = browser.new_context(viewport={"width": 1280, "height": 860})
            context.add_cookies([{"name": COOKIE, "value": "ended", "url": address}])
            for picture in names or PICTURES:
                page = context.new_page()
                page.set_default_timeout(120_000)
                PICTURES[picture](page, address)
                page.screenshot(path=DOCS / f"{picture}.png")
                page.close()
            browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
