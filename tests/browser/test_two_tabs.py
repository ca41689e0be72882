"""Pages that are out of date when something is sent from them. Nothing typed is lost."""

import re
from typing import Any

import pytest
from analyst import choose, pick_day
from playwright.sync_api import Page, expect

from forecasts.views.question import question

OPEN = 27  # a yes/no question of the seeds that closes at the end of 2028


class Tab:
    """One tab on the same question, in the same browser."""

    def __init__(self, desk: Any, page: Page) -> None:
        self.desk, self.page = desk, page
        page.set_default_timeout(20_000)
        page.goto(f"{desk.address}/question?id={OPEN}")
        self.probability = page.get_by_label("Probability of yes")
        self.why = page.get_by_label("Why (optional)")
        expect(self.probability).to_be_visible()

    def write(self, probability: str, why: str) -> None:
        self.probability.fill(probability)
        self.why.fill(why)
        self.why.press("Tab")

    def save(self) -> None:
        self.page.get_by_role("button", name=re.compile("^Save")).click()

    def refused(self, message: str) -> None:
        """The one message, and everything as it was typed."""
        expect(self.page.get_by_test_id("stAlert").filter(has_text=message)).to_be_visible()
        expect(self.page.get_by_test_id("stException")).to_have_count(0)

    def still_has(self, probability: str, why: str) -> None:
        expect(self.probability).to_have_value(probability)
        expect(self.why).to_have_value(why)


@pytest.fixture
def tabs(seeded_desk: Any) -> tuple[Tab, Tab]:
    seeded_desk.clock.set(2026, 11, 22, 9)
    other = seeded_desk.page.context.new_page()
    return Tab(seeded_desk, seeded_desk.page), Tab(seeded_desk, other)


def mine(seeded: Any) -> list[float]:
    view = seeded.ask(question, OPEN, me=None, now=seeded.now)
    return [one.probabilities[0] for one in view.record if one.cls == "live"]


def test_nothing_typed_is_lost(seeded: Any, seeded_desk: Any, tabs: tuple[Tab, Tab]) -> None:
    first, second = tabs

    # Both tabs forecast: two entries, in the order in which they were sent.
    first.write("37%", "The first tab.")
    second.write("41%", "The second tab.")
    first.save()
    expect(first.page.get_by_text("Saved as entry")).to_be_visible()
    second.still_has("41%", "The second tab.")
    second.save()
    expect(second.page.get_by_text("Saved as entry")).to_be_visible()
    assert mine(seeded) == [0.37, 0.41]

    # A pasted megabyte is refused in one short line, and stays to be cut.
    pasted = "long " * 200_000
    first.write("50%", pasted)
    first.save()
    first.refused("100,000 are allowed")
    first.still_has("50%", pasted)

    # The question closes while the form stands open.
    second.write("60%", "Half a thought.")
    seeded_desk.clock.set(2029, 2, 1, 9)
    second.save()
    second.refused("takes no more forecasts")
    second.still_has("60%", "Half a thought.")

    # One tab resolves it; the other, which still shows it as waiting, comes too late.
    resolve(first, "no", "The record shows none.")
    second.page.get_by_label("Evidence", exact=True).first.fill("My own look at the record.")
    expect(first.page.get_by_text("Saved as entry")).to_be_visible()
    second.page.get_by_label("Evidence", exact=True).first.press("Tab")
    second.still_has("60%", "Half a thought.")
    expect(second.page.get_by_label("Evidence", exact=True).first).to_have_value(
        "My own look at the record."
    )
    expect(second.page.get_by_text("settled meanwhile")).to_be_visible()
    view = seeded.ask(question, OPEN, me=None, now=seeded.now)
    assert [one.evidence for one in view.resolutions] == ["The record shows none."]
    assert mine(seeded) == [0.37, 0.41]
    assert seeded_desk.problems == []


def resolve(tab: Tab, outcome: str, evidence: str) -> None:
    page = tab.page
    page.reload()
    choose(page, "Outcome", outcome)
    pick_day(page, "Known on", "2029-01-05")
    page.get_by_label("Evidence", exact=True).first.fill(evidence)
    page.get_by_label("Evidence", exact=True).first.press("Tab")
    page.get_by_role("button", name="Resolve", exact=True).click()
