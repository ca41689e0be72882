"""Hostile text in every field of the record and of every form, in a real browser."""

import contextlib
import re

import hostile
import pytest
from app_pages import pages
from desk_server import DRAWN, serving
from hostile import ALL, NOT_WRITTEN_BY_PEOPLE, STRINGS, holding, text_columns
from oidc_provider import provider
from playwright.sync_api import Error, Page
from sqlmodel import func, select

from db.session import reading
from db.tables import Question
from forecasts import clock
from forecasts.services.roles import provider_login

LIVE = """() => [...document.querySelectorAll(
    "script:not([src]), iframe, object, embed, base, " +
    "[onload], [onerror], [onfocus], [onmouseover], [onclick], " +
    "[src*='evil.test'], link[href*='evil.test'], [style*='evil.test'], " +
    "a[href^='javascript:' i], a[href^='data:' i], a[href*='evil.test']:not([rel~='nofollow'])"
)].map(node => node.outerHTML.slice(0, 200)).filter(html => /hit|evil|javascript:/i.test(html))"""
STYLED = "() => [...document.styleSheets].filter(s => (s.href || '').includes('evil')).length"
FIELDS = "input[type=text]:not([role=combobox]), textarea"


def test_every_text_column_is_filled_by_the_acts(desk):
    """So that a column to come is in the test below, or is said to be no text of people's."""
    hostile.fill(desk.engine, clock.now(), "op 2")
    with reading(desk.engine) as session:
        unfilled = {column for column in text_columns() if not holding(session, column)}
        asked = session.exec(select(func.count()).select_from(Question)).one()
    assert unfilled == set(NOT_WRITTEN_BY_PEOPLE)
    assert asked == len(STRINGS) + 6
    print(f"{len(STRINGS)} strings in {len(text_columns()) - len(unfilled)} text columns")


class Watch:
    """What a browser was made to do that it should not."""

    def __init__(self, page: Page, allowed: tuple[str, ...]) -> None:
        self.page, self.outside, self.dialogs = page, set[str](), list[str]()
        page.add_init_script("window.hits = []; Object.defineProperty(window, 'hit',"
                             "{set: value => window.hits.push(value)})")  # fmt: skip
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.context.route(
            lambda url: not url.startswith((*allowed, "data:", "blob:")),
            lambda route: (self.outside.add(route.request.url), route.abort()),
        )

    def found(self) -> dict[str, object]:
        ran = [frame.evaluate("window.hits") for frame in self.page.frames]
        trouble = {
            "ran": [hits for hits in ran if hits],
            "live": self.page.evaluate(LIVE),
            "styled": self.page.evaluate(STYLED),
            "outside": self.outside,
            "dialogs": self.dialogs,
        }
        return {name: what for name, what in trouble.items() if what}


def settled(page: Page) -> None:
    page.locator(DRAWN).wait_for(timeout=60_000)


def type_everywhere(page: Page) -> int:
    """Hostile text in every field, those in tabs, expanders and popovers too."""
    page.evaluate(
        "document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())"
    )
    settled(page)
    typed = type_here(page)
    for tab in page.get_by_role("tab").all():
        tab.click()
        typed += type_here(page)
    for popover in page.get_by_test_id("stPopover").locator("button").all():
        popover.click()
        typed += type_here(page)
        page.keyboard.press("Escape")
    return (
        typed
        + type_into(page, "Merge", "Words in another question")
        + type_into(page, "Dismiss", "Why")
    )


def type_into(page: Page, name: str, field: str) -> int:
    """Hostile text in the fields that a button opens; where there is such a button."""
    button = page.get_by_role("button", name=re.compile(f"^{name}( .)?$"))
    if not button.count():
        return 0
    button.click()
    page.get_by_label(field, exact=True).wait_for()
    settled(page)
    opened = type_here(page)
    assert opened, f"{name} opens no field"
    return opened


def type_here(page: Page) -> int:
    typed = 0
    for field in page.locator(FIELDS).all():
        # A rerun may take a field away between being found and being filled.
        with contextlib.suppress(Error):
            if field.is_visible() and field.is_enabled() and field.input_value() != ALL:
                field.fill(ALL, timeout=5_000)
                typed += 1
    page.keyboard.press("Tab")
    settled(page)
    return typed


def press_first(page: Page) -> None:
    """Send what was typed, so that the answer to it is seen too."""
    buttons = page.locator(
        "[data-testid=stBaseButton-primary], [data-testid=stBaseButton-primaryFormSubmit],"
        "button:has-text('Read the text')"
    )
    for button in buttons.all()[:1]:
        if button.is_visible():
            button.click()
            settled(page)


@pytest.fixture
def hostile_desk(desk, empty_db, tmp_path):
    """The dashboard on a hostile record, with sign-in; yields its address and what to visit."""
    with provider(tmp_path, {"17": ALL}) as (issuer, secrets):
        login = provider_login(issuer, "17")
        ids = hostile.fill(desk.engine, clock.now(), login)
        with serving(empty_db, tmp_path, secrets) as (address, _):
            yield address, issuer, ids


def test_nothing_runs_and_nothing_leaves(page, hostile_desk):
    address, issuer, ids = hostile_desk
    watch = Watch(page, (address, issuer))
    page.set_default_timeout(20_000)
    page.goto(address)
    settled(page)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="17").click()
    settled(page)
    watch.outside.clear()  # the provider's own page asks for a style sheet
    asked = [f"question?id={ids[name]}" for name in ("binary", "choice", "number", "child")]
    asked.append(f"scenarios?id={ids['futures']}")
    shown, typed = 0, 0
    for path in [*pages(), *asked, f"inbox?article={ids['article']}", "inbox?add=1"]:
        page.goto(f"{address}/{path}")
        settled(page)
        page.get_by_role("heading", level=1).wait_for()
        assert page.get_by_test_id("stException").count() == 0, path
        shown += sum(one in page.locator("body").inner_text() for one in STRINGS)
        assert watch.found() == {}, path
        typed += type_everywhere(page)
        press_first(page)
        assert watch.found() == {}, f"{path}, after typing"
        assert page.get_by_role("button", name="Download as CSV").count() == 0, path
        if path.startswith("inbox?article"):
            assert page.get_by_role("button", name=re.compile("^Merge")).count(), path
    print(f"{len(STRINGS)} strings: shown {shown} times, typed into {typed} fields")
    assert shown > 10 * len(STRINGS) / 2
    assert typed > 20
