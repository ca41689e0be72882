"""Every page with nothing in the record."""

from app_pages import pages
from playwright.sync_api import expect

TROUBLE = "[data-testid=stException], [data-testid=stAlert]"


def test_every_page_is_drawn_with_nothing_in_the_record(empty_desk):
    for path in pages():
        empty_desk.page.set_viewport_size({"width": 1440, "height": 900})
        page = empty_desk.open(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(TROUBLE)).to_have_count(0)
        page.set_viewport_size({"width": 390, "height": 844})
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    assert empty_desk.problems == []
