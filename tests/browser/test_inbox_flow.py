"""The inbox in a real browser: the scale, a question that exists, a quotation, the assistant."""

from datetime import UTC, date, datetime

import pytest
from analyst import choose
from assistant_server import endpoint
from playwright.sync_api import expect

from forecasts.reading.statements import read_statements
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.services.questions import QuestionDraft, ask_question

TEXT = (
    "China is unlikely to complain in public.\n\n<img src=x onerror=alert(1)> If talks fail, Seoul "
    "will probably protest. The mayor pledged that the quay will stay open."
)
PROPOSED = {
    "quote": "the quay will stay open", "hedge": "will", "polarity": "affirm",
    "speaker": "author", "condition": "",
}  # fmt: skip


@pytest.fixture
def model(monkeypatch):
    """The assistant that the server's environment names; asked for before the server starts."""
    with endpoint() as found:
        monkeypatch.setenv("FORECASTS_ASSISTANT_URL", found.url)
        monkeypatch.setenv("FORECASTS_ASSISTANT_MODEL", "small-one")
        hostile = PROPOSED | {"quote": "<img src=x onerror=alert(2)>"}
        found.content = {"statements": [PROPOSED, hostile], "drafts": []}
        yield found


@pytest.fixture
def stored(desk):
    """An article with two statements waiting, and a question that asks what one of them says."""
    published = PartialDate(date(2024, 7, 11), "day")
    found = read_statements(TEXT, published=published.day)
    desk.do(add_article, text=TEXT, title="Quay", published=published, candidates=found)
    question = QuestionDraft(
        title="Will China complain in public by 2030?",
        criteria="Yes if it does.",
        opens_at=datetime(2024, 7, 1, tzinfo=UTC),
        closes_at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    desk.do(ask_question, draft=question)
    return desk


def test_reading_on_a_desk_and_on_a_phone(model, stored, empty_desk):
    empty_desk.clock.set(2024, 7, 20, 9)
    page = empty_desk.open("inbox")
    panel = page.locator(".st-key-fd-candidate")
    expect(panel).to_contain_text("China is unlikely to complain")

    # The numbers follow the scale.
    expect(panel).to_contain_text("10–35")
    choose(page, "Scale for the words", "NATO AJP-2.1")
    expect(panel).to_contain_text("10–40")
    expect(page.locator(".fd-article mark").first).to_contain_text("10–40")

    # The question exists already: the statement goes into it.
    expect(panel).to_contain_text("Will China complain in public by 2030?")
    page.get_by_role("button", name="Merge").first.click()
    page.get_by_role("button", name="Merge into the question").click()
    expect(page.get_by_text("Saved as entry 3.")).to_be_visible()

    # The next one hangs on a condition, which is a question of its own.
    expect(panel).to_contain_text("If talks fail")
    expect(page.get_by_label("Question of the condition")).to_have_value("Will talks fail?")

    # What the reader left out is proposed; nothing is written before a click.
    page.get_by_role("button", name="Ask the assistant").click()
    expect(page.get_by_text("Proposed by the assistant")).to_be_visible()
    expect(page.get_by_text("Dropped: “<img src=x onerror=alert(2)>”")).to_be_visible()
    expect(page.locator("mark", has_text="the quay will stay open")).to_have_count(0)
    page.get_by_role("button", name="Add to the statements").click()
    expect(page.locator("mark", has_text="the quay will stay open")).to_have_count(1)

    # Or somebody quotes it; a quotation that is not there is refused, and stays to be mended.
    page.get_by_role("button", name="Mark a statement").click()
    words = page.get_by_label("Words of the article, exactly as they stand")
    words.fill("Seoul will surely protest")
    page.get_by_role("button", name="Mark it").click()
    expect(page.get_by_text("does not stand in the article word for word").first).to_be_visible()

    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("heading", level=1, name="Quay")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("img[src=x]").count() == 0
    assert empty_desk.problems == []
