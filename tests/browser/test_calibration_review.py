"""Review calibration: narrow it, and go from a point on the chart to the questions behind it."""

import getpass
import re

import pytest
import worded_record
from analyst import choose
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def record(file_desk, served_empty):
    """Twelve questions that I forecast, and a word that a source used three times."""
    worded_record.use_words(file_desk, {("likely", "BISI"): (3, 2)})
    worded_record.forecast_much(file_desk, 12, by=getpass.getuser(), seed=4)


def click_middle(page: Page, mark: Locator) -> None:
    """Click a mark of a chart where a hand would: Plotly listens to the mouse, not to the mark."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    page.mouse.down()
    page.mouse.up()


def test_from_a_point_on_the_chart_to_the_questions_behind_it(record, empty_desk):
    desk = empty_desk
    page = desk.open("calibration")
    expect(page.get_by_text("12 resolved questions entered")).to_be_visible()
    chart = page.get_by_test_id("stPlotlyChart").first
    dots = chart.locator(".scatterlayer .point")
    expect(dots.first).to_be_visible()

    # A dot lists the questions at its level, and the address keeps it.
    click_middle(page, dots.last)
    expect(page.get_by_role("heading", name=re.compile("^Said exactly"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"said=exactly"))
    behind = page.locator(".st-key-fd-behind").get_by_role("link")
    expect(behind.first).to_be_visible()

    # A bar lists a whole tenth; narrowing changes what stands behind it.
    desk.settled()
    click_middle(page, chart.locator(".barlayer .point").first)
    heading = page.get_by_role("heading", name=re.compile(r"^Said \d+ to \d+ %"))
    expect(heading).to_be_visible()
    choose(page, "Tag", "asia")
    expect(page.get_by_text("4 resolved questions entered")).to_be_visible()
    expect(page).to_have_url(re.compile("tag=asia"))

    # The address alone brings it all back, on a phone too.
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{desk.address}/calibration?said=0+to+10+%25&word=likely")
    desk.settled()
    expect(page.get_by_role("heading", name="“Likely”, as used by BISI, happened")).to_be_visible()
    expect(page.get_by_text("2 of 3").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    # And from a statement behind a word to its question.
    page.get_by_role("link", name=re.compile("event 2 of BISI")).click()
    expect(page).to_have_url(re.compile(r"question\?id=\d+"))
    expect(page.get_by_role("heading", level=1, name=re.compile("event 2 of BISI"))).to_be_visible()
    assert desk.problems == []
