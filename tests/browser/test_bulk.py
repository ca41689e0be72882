"""Acts on several ticked questions at once, at a desk and on a phone."""

import getpass
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from forecasts import clock
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.views.questions import question_list

ME = getpass.getuser()


def test_several_are_confirmed_and_tagged_at_once(
    desk: Any, draft: Callable[..., Any], empty_desk: Any
) -> None:
    desk.now = clock.now() - timedelta(days=9)
    closes = clock.now() + timedelta(days=9)
    keys = [
        desk.do(ask_question, draft=draft(title=f"Is {name} it?", closes_at=closes)).id
        for name in ("this", "that", "either")
    ]
    for key in keys[:2]:
        desk.do(record_forecast, by=ME, question_id=key, probability=0.3)

    page = empty_desk.open("questions")
    listed = page.locator(".fd-questions a.q")
    for head, order, address in (
        ("You", ["this", "that", "either"], "sort=my+probability"),
        ("Question", ["either", "that", "this"], "sort=title"),
        ("Question", ["this", "that", "either"], "sort=title%2C+Z+to+A"),
    ):
        page.get_by_role("columnheader", name=head).get_by_role("button").click()
        expect(listed).to_have_text([f"Is {name} it?" for name in order])
        page.wait_for_url(f"**{address}*")
    expect(page.get_by_role("columnheader", name="Question")).to_have_attribute(
        "aria-sort", "descending"
    )
    ticked = page.locator(".fd-questions input:checked")
    page.get_by_role("checkbox", name="Tick all on this page").check()
    expect(page.get_by_text("3 questions ticked.")).to_be_visible()
    page.get_by_role("button", name="Confirm 2 forecasts").click()
    expect(page.get_by_text("2 questions confirmed.")).to_be_visible()
    expect(ticked).to_have_count(0)
    rows = desk.ask(question_list, me=ME, now=clock.now())
    assert [row.mine for row in rows] == [0.3, 0.3, None]
    assert all(row.mine_at > clock.now() - timedelta(days=1) for row in rows[:2])

    page.set_viewport_size({"width": 390, "height": 844})
    for title in ("this", "either"):
        page.get_by_role("checkbox", name=f"Tick: Is {title} it?").check()
    expect(page.get_by_text("2 questions ticked.")).to_be_visible()
    page.get_by_role("button", name="Take tag off").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="tag")).to_be_visible()
    expect(ticked).to_have_count(2)  # what was refused stays ticked
    tag = page.get_by_label("Tag", exact=True).and_(page.get_by_placeholder("a tag"))
    tag.fill("Arms")
    tag.press("Tab")
    page.get_by_role("button", name="Add tag").click()
    expect(page.get_by_text("2 questions tagged.")).to_be_visible()
    expect(ticked).to_have_count(0)
    rows = desk.ask(question_list, me=ME, now=clock.now())
    assert [row.tags for row in rows] == [("arms",), (), ("arms",)]

    page.get_by_text("Is that it?").click()
    expect(page.get_by_role("heading", level=1, name="Is that it?")).to_be_visible()
    assert empty_desk.problems == []
