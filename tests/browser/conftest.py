"""A real Chromium against the real dashboard."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_server import CHROMIUM_FLAGS, DRAWN, Clock, seeded_record, serving, system_chromium
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium where there is one, else Playwright's own."""
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=system_chromium(), args=CHROMIUM_FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visit: no cookies, desktop width, light."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


class Desk:
    """The dashboard in a browser, as an analyst has it before them."""

    def __init__(self, page: Page, address: str, clock: Clock) -> None:
        self.page, self.address, self.clock = page, address, clock
        self.problems: list[str] = []
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def open(self, path: str = "") -> Page:
        """Open a page by its address and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}")
        return self.settled()

    def settled(self) -> Page:
        """Wait until the server has run the page and the browser shows it."""
        self.page.locator(DRAWN).wait_for(timeout=60_000)
        return self.page


@pytest.fixture
def served_empty(empty_db: str, tmp_path: Path) -> Iterator[tuple[str, Clock]]:
    """The dashboard on an empty record."""
    with serving(empty_db, tmp_path) as found:
        yield found


@pytest.fixture
def served_seeded(seeded_db: str, tmp_path: Path) -> Iterator[tuple[str, Clock]]:
    """The dashboard on the seeds."""
    with serving(seeded_db, tmp_path) as found:
        yield found


@pytest.fixture
def empty_desk(page: Page, served_empty: tuple[str, Clock]) -> Desk:
    return Desk(page, *served_empty)


@pytest.fixture
def seeded_desk(page: Page, served_seeded: tuple[str, Clock]) -> Desk:
    return Desk(page, *served_seeded)


@pytest.fixture(scope="module")
def served_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Clock]]:
    """One desk with the seeds for all tests of a module; none of them may change the record."""
    folder = tmp_path_factory.mktemp("desk")
    with serving(seeded_record(folder), folder) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, served_to_all: tuple[str, Clock]) -> Iterator[Callable[..., Desk]]:
    """Opens that desk in a browser of its own kind: its zone, its theme, its width."""
    contexts = []

    def open_desk(**kind: Any) -> Desk:
        contexts.append(browser.new_context(**kind))
        return Desk(contexts[-1].new_page(), *served_to_all)

    yield open_desk
    for context in contexts:
        context.close()


@pytest.fixture
def desk(file_desk: Any) -> Any:
    """One kind of database is enough here: pages and browser never see which it is."""
    return file_desk
