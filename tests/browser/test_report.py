"""A report taken from a question's page, as an analyst takes it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader


def test_a_questions_report_is_downloaded_and_opens_without_the_server(
    seeded_desk, page: Page, tmp_path: Path
) -> None:
    seeded_desk.clock.set(2026, 6, 1)
    opened = seeded_desk.open("question?id=17")
    title = opened.get_by_role("heading", level=1).inner_text()
    control = opened.get_by_role("button", name="Report")
    expect(control).to_be_visible(timeout=60_000)  # below what takes longest to draw
    control.click()
    for name in ("HTML", "PDF"):
        with opened.expect_download(timeout=60_000) as found:
            opened.get_by_role("button", name=name, exact=True).click()
        found.value.save_as(tmp_path / found.value.suggested_filename)
    text = " ".join(one.extract_text() for one in PdfReader(tmp_path / "question-17.pdf").pages)
    assert re.sub(r"\s", "", title) in re.sub(r"\s", "", text)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "question-17.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("img").first).to_be_visible()
    expect(page.get_by_text("report on a question · made 2026-06-01")).to_be_visible()
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert seeded_desk.problems == []
