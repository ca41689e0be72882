"""The whole job as an analyst does it, in a real browser, with the numbers checked by hand."""

import re
from pathlib import Path

from analyst import choose, fill, pick_day
from playwright.sync_api import expect

ARTICLE = Path(__file__).parents[2] / "seeds/articles/2024-07-11-bisi-pyongyang-parlays.txt"
TITLE = "Will China publicly complain about the pact by 31 July 2024?"
CRITERIA = "Yes if China's foreign ministry criticises the pact by 31 July 2024, 24:00 UTC."
COMPLAINT = "The ministry regretted the pact on 31 July 2024, in Chinese only."
EVIDENCE = "No complaint is on record up to the end of July 2024."


def test_from_an_article_to_a_changed_score(empty_desk):
    desk = empty_desk
    desk.clock.set(2024, 7, 12, 9)
    page = desk.open("")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    # An article, with what it says of itself.
    page = desk.open("inbox")
    fill(page, "Text of the article", ARTICLE.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Read the text").click()
    fill(page, "Title", "Pyongyang Parlays")
    fill(page, "Author (if named)", "Lily Donahue")
    fill(page, "Publisher (if named)", "BISI")
    pick_day(page, "Published", "2024-07-11")
    choose(page, "Where it comes from", "the text states it")
    page.get_by_role("button", name="Add the article").click()
    expect(page.get_by_role("heading", level=1, name="Pyongyang Parlays")).to_be_visible()

    # The statement is found, marked in the text, and accepted as a question.
    panel = page.locator(".st-key-fd-candidate")
    quote = "China is unlikely to publicly voice complaints regarding the pact"
    expect(page.locator("mark", has_text=quote)).to_be_visible()
    while not panel.locator("bdi", has_text=quote).is_visible():
        page.get_by_role("button", name=re.compile("^Next")).click()
        desk.settled()
        page.wait_for_timeout(300)
    expect(panel).to_contain_text("10–35")
    expect(panel).to_contain_text("Lily Donahue")
    fill(page, "Question", TITLE)
    fill(page, "Criteria", CRITERIA)
    pick_day(page, "Closes at the end of", "2024-07-31")
    fill(page, "Your first forecast (optional)", "30%")
    page.get_by_role("button", name=re.compile("^Accept")).click()
    expect(page.get_by_text("Saved as entry 2.")).to_be_visible()

    # A few days later the analyst changes their mind.
    desk.clock.set(2024, 7, 17, 9)
    page = desk.open("question?id=1")
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    page.get_by_role("textbox", name="Probability of yes").fill("1.5")
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text("a probability lies between 0 and 1").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Probability of yes")).to_have_value("1.5")
    fill(page, "Probability of yes", "10%")
    expect(page.get_by_text("0.030")).to_be_visible()  # preview: if no, (5 x .09 + 15 x .01) / 20
    page.get_by_role("button", name=re.compile("^Save 10")).click()
    expect(page.get_by_text("Saved as entry 3.")).to_be_visible()

    # Until it is resolved there is no score.
    page = desk.open("scores")
    expect(page.get_by_text("0.030")).to_have_count(0)

    # After the close it is due, and resolved No with evidence.
    desk.clock.set(2024, 8, 1, 9)
    page = desk.open("")
    expect(page.get_by_role("heading", name=re.compile("Due for resolution"))).to_be_visible()
    page.get_by_role("button", name="Resolve").first.click()
    expect(page.get_by_text(CRITERIA)).to_be_visible()
    choose(page, "Outcome", "no")
    pick_day(page, "Known on", "2024-08-01")
    fill(page, "Evidence", EVIDENCE)
    expect(page.get_by_text("forecasters’ scores would change")).to_be_visible()
    page.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.get_by_text("Saved as entry 4.")).to_be_visible()
    page = desk.open("question?id=1")

    # Days end at midnight UTC: 12 to 16 July with 30 %, 17 to 31 July with 10 %.
    mine = (5 * 0.09 + 15 * 0.01) / 20
    source = 0.22**2
    expect(page.get_by_text(f"{mine:.3f}").first).to_be_visible()

    page = desk.open("scores")
    table = page.get_by_role("table").first
    expect(table.get_by_role("row", name=re.compile("You"))).to_contain_text(f"{mine:.3f}")
    expect(page.get_by_role("row", name=re.compile("Lily Donahue"))).to_contain_text(
        f"{source:.3f}"
    )
    expect(page.get_by_text("lower is better").first).to_be_visible()

    page = desk.open("calibration")
    expect(page.get_by_text(f"{mine:.3f}").first).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()

    # Two days later a complaint comes to light: the outcome is corrected, and the scores follow.
    desk.clock.set(2024, 8, 3, 9)
    page = desk.open("question?id=1")
    page.get_by_role("button", name="Correct the outcome").click()
    choose(page, "Outcome", "yes")
    pick_day(page, "Known on", "2024-08-02")
    fill(page, "Evidence", COMPLAINT)
    expect(page.get_by_text("forecasters’ scores would change")).to_be_visible()
    fill(page, "Why it is corrected", "A spokesman's words of 31 July were overlooked.")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.get_by_text("Saved as entry 5.")).to_be_visible()
    corrected = (5 * 0.49 + 15 * 0.81) / 20
    expect(page.get_by_text(f"{corrected:.3f}").first).to_be_visible()
    expect(page.get_by_text("Resolved yes").first).to_be_visible()
    page.get_by_role("tab", name="Evidence").click()
    for told in (EVIDENCE, COMPLAINT):  # nothing is overwritten
        expect(page.get_by_text(told).last).to_be_visible()
    assert desk.problems == []
