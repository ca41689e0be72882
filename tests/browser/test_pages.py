"""Every page with nothing and with the seeds: drawn whole, fit for a phone, asking no one else."""

import pytest
from playwright.sync_api import expect

PAGES = ("", "inbox", "questions", "question", "calibration", "scores")
SEEDED = (
    *PAGES, "inbox?article=5&statement=27", "inbox?add=1", "question?id=1", "question?id=14",
    "question?id=17", "question?id=27", "question?id=36",
)  # fmt: skip
TROUBLE = "[data-testid=stException], [data-testid=stAlert]"


@pytest.fixture(params=["empty", "seeded"])
def desk_and_pages(request):
    pages = PAGES if request.param == "empty" else SEEDED
    return request.getfixturevalue(f"{request.param}_desk"), pages


def test_every_page_is_drawn_on_a_desk_and_on_a_phone(desk_and_pages):
    desk, pages = desk_and_pages
    asked: list[str] = []
    missing: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.page.on(
        "response",
        # Streamlit itself looks for its health address below the page's first.
        lambda answer: (
            missing.append(answer.url)
            if answer.status >= 400 and "/_stcore/" not in answer.url
            else None
        ),
    )
    for path in pages:
        desk.page.set_viewport_size({"width": 1440, "height": 900})
        page = desk.open(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(TROUBLE)).to_have_count(0)
        page.set_viewport_size({"width": 390, "height": 844})
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    outside = {url for url in asked if not url.startswith((desk.address, "data:", "blob:"))}
    assert (outside, missing, desk.problems) == (set(), [], [])


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("question?id=999", "There is no question 999."),
        ("inbox?article=999", "There is no article 999."),
    ],
)
def test_an_unknown_address_says_so(seeded_desk, path, message):
    page = seeded_desk.open(path)
    expect(page.get_by_text(message)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
