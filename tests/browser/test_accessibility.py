"""Every page with the seeds, light and dark, at a desk and on a phone: operable and readable."""

from typing import Any

from app_pages import pages
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

MORE = (
    "inbox?article=5&statement=27", "inbox?add=1", "question?id=1", "question?id=14",
    "question?id=17", "question?id=27", "question?id=36", "scenarios?id=40",
)  # fmt: skip
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LOOKS = (("light", DESK), ("dark", DESK), ("dark", PHONE), ("light", PHONE))
TROUBLE = "[data-testid=stException], [data-testid=stAlert]"
TABLES = "[class*=st-key-fd-chart] button:text-is('Table')"
AXE = Axe()


def test_no_page_shuts_anybody_out(seeded_desk: Any) -> None:
    asked: list[str] = []
    missing: list[str] = []
    seeded_desk.page.on("request", lambda request: asked.append(request.url))
    seeded_desk.page.on(
        "response",
        # Streamlit itself looks for its health address below the page's first.
        lambda answer: (
            missing.append(answer.url)
            if answer.status >= 400 and "/_stcore/" not in answer.url
            else None
        ),
    )
    found: list[str] = []
    for path in (*pages(), *MORE):
        page = seeded_desk.open(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(TROUBLE)).to_have_count(0)
        unfold(page)
        for scheme, size in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            seeded_desk.settled()
            page.wait_for_timeout(400)  # the theme's change starts a run a moment later
            seeded_desk.settled()
            found += [f"{path} {scheme} {size['width']}: {one}" for one in trouble(page)]
    assert found == []
    outside = {url for url in asked if not url.startswith((seeded_desk.address, "data:", "blob:"))}
    assert (outside, missing, seeded_desk.problems) == (set(), [], [])


def unfold(page: Page) -> None:
    """Open what is folded, and the tables of the charts."""
    page.evaluate(
        "document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())"
    )
    for button in page.locator(TABLES).all():
        button.click()


def trouble(page: Page) -> list[str]:
    """Sideways scrolling, and what axe calls serious or critical, with the first place of each."""
    found = AXE.run(page).response["violations"]
    bad = [
        f"{one['id']} at {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*bad, f"scrolls sideways by {width} px"] if width > 0 else bad


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.set_content("<html><body><img src='data:,'><button></button></body></html>")
    assert {one.split(" at ")[0] for one in trouble(page)} >= {"image-alt", "button-name"}
