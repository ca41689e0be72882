"""Small things that only a real browser shows, on one desk with the seeds."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from dashboard.theme import DARK, LIGHT
from dashboard.widgets.tour import STEPS

READ = "text => new DOMParser().parseFromString(text, 'image/svg+xml').documentElement.textContent"
Visit = Callable[..., Any]
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def test_an_unknown_address_says_so(visit: Visit) -> None:
    desk = visit()
    for path, message in (
        ("question?id=999", "There is no question 999."),
        ("inbox?article=999", "There is no article 999."),
    ):
        page = desk.open(path)
        expect(page.get_by_text(message)).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_chart_is_taken_away_as_table_and_files(visit: Visit) -> None:
    desk = visit(color_scheme="dark")
    page = desk.open("question?id=17")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    finding = page.locator("[class*=st-key-fd-chart] h2").first.inner_text()
    page.get_by_role("button", name="Table", exact=True).first.click()
    expect(page.get_by_role("columnheader", name="Probability")).to_be_visible()
    expect(
        page.get_by_role("cell", name=re.compile("Lily Donahue: “is unlikely to”"))
    ).to_be_visible()

    drawing = taken(page, "SVG").decode()
    words = page.evaluate(READ, drawing)
    assert finding.replace("\u00a0", " ") in words.replace("\u00a0", " ")
    assert "Will China publicly voice complaints" in words
    assert written(LIGHT.text) in drawing
    assert written(DARK.text) not in drawing
    assert "http" not in drawing.replace("http://www.w3.org/", "")
    assert taken(page, "PNG").startswith(b"\x89PNG\r\n")
    head, row = taken(page, "CSV").decode().splitlines()
    assert head.split(",") == ["From", "Whose", "Probability", "Range from", "to"]
    assert row.endswith(",0.22,0.1,0.35")

    # The page shows a table in this chart's place; its picture is drawn when it is asked for.
    frame = desk.open("scores").locator(".st-key-fd-chart-tags")
    expect(frame.get_by_role("table")).to_be_visible()
    expect(frame.locator(".js-plotly-plot")).to_have_count(0)
    heading, tag = (frame.locator(place).first.inner_text() for place in ("h2", "th.c"))
    words = page.evaluate(READ, taken(frame, "SVG", "scores-by-tag").decode())
    assert heading.replace("\u00a0", " ") in words.replace("\u00a0", " ")
    assert tag in words
    assert taken(frame, "PNG", "scores-by-tag").startswith(b"\x89PNG\r\n")
    assert desk.problems == []


def taken(place: Page | Locator, kind: str, name: str = "question-17-history") -> bytes:
    page = place if isinstance(place, Page) else place.page
    with page.expect_download() as given:
        place.get_by_role("button", name=kind, exact=True).first.click()
    assert given.value.suggested_filename == f"{name}.{kind.lower()}"
    return given.value.path().read_bytes()


def written(colour: str) -> str:
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def test_the_tour_never_comes_back(visit: Visit) -> None:
    desk = visit()
    page = desk.open()
    for step in STEPS[:-1]:
        expect(page.get_by_text(f"of 5: {step.title}.")).to_be_visible()
        page.get_by_role("button", name=re.compile("^On to")).click()
    expect(page.get_by_text("Tour, 5 of 5: Scores.")).to_be_visible()
    page.get_by_role("button", name="End the tour").click()
    expect(page.get_by_text("Tour, 5 of 5")).to_have_count(0)
    desk.settled()
    for path in ("scores", ""):
        page = desk.open(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("Tour, ")).to_have_count(0)


def test_days_are_the_readers_own_with_utc_on_hover(visit: Visit) -> None:
    page = visit(timezone_id="Asia/Tokyo").open("question?id=27")
    closes = page.locator(".fd-chips time")
    expect(closes).to_have_text("1 Jan 2029, 09:00".replace(" ", "\u00a0"))
    expect(closes).to_have_attribute("title", "2029-01-01 00:00 UTC")


def test_the_panel_stays_beside_the_text_and_the_text_is_folded_on_a_phone(visit: Visit) -> None:
    page = visit(viewport=DESK).open("inbox?article=5")
    quote, text = page.locator(".st-key-fd-candidate .fd-quote"), page.locator(".fd-article")
    expect(quote).to_be_in_viewport()
    text.evaluate("text => text.lastElementChild.scrollIntoView()")
    expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()
    expect(quote).to_be_in_viewport()
    page.set_viewport_size(PHONE)
    assert text.evaluate("text => text.clientHeight < innerHeight && text.scrollHeight > 2000")


def test_questions_are_a_list_with_folded_filters_on_a_phone(visit: Visit) -> None:
    page = visit(viewport=PHONE).open("questions?tag=nuclear")
    tag = page.get_by_role("combobox", name=re.compile("Tag"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(tag).to_be_hidden()
    page.get_by_role("button", name="Filters (1)").click()
    expect(tag).to_be_visible()
    crowd = page.get_by_role("columnheader", name="Crowd")
    expect(crowd).to_be_hidden()
    page.set_viewport_size(DESK)
    expect(tag).to_be_visible()
    expect(page.get_by_role("button", name="Hide the filters")).to_be_hidden()
    expect(crowd).to_be_visible()
    page.set_viewport_size(PHONE)
    first = page.locator(".fd-questions a.q").first
    title = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    assert "question?id=" in page.url
