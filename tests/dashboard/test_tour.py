"""The first-run tour: five steps on five pages, gone for good once it is ended."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app_pages import pages
from streamlit.testing.v1 import AppTest

from dashboard.widgets.tour import STEPS
from forecasts.services.forecasts import record_forecast
from forecasts.views.questions import question_list

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]


def test_each_step_is_on_a_page_of_the_app() -> None:
    names = [Path(step.page).stem for step in STEPS]
    assert len(STEPS) == 5
    assert set(names) - {"today"} < set(pages())
    assert [step.title.lower() for step in STEPS] == names  # by its title a page finds its step


def test_a_tour_that_was_ended_is_over_on_every_page(
    seeded: Any, app: Open, page_text: Text
) -> None:
    tester = app("today")
    assert "Tour, 1 of 5: Today." in page_text(tester)
    tester.button("tour on").click().run()
    assert "Tour, 2 of 5: Inbox." in page_text(tester)
    tester.button("tour end").click().run()
    for page in ("inbox", "questions"):
        tester.switch_page(f"screens/{page}.py").run()
        assert "Tour," not in page_text(tester)


def test_whoever_has_forecast_is_shown_no_tour(seeded: Any, app: Open, page_text: Text) -> None:
    key = next(
        row.id
        for row in seeded.ask(question_list, me=None, now=seeded.now)
        if row.status == "open" and row.kind == "binary"
    )
    assert "Tour," not in page_text(app("question", id=str(key)))
    seeded.do(record_forecast, by=getpass.getuser(), question_id=key, probability=0.4)
    assert "Tour," not in page_text(app("today"))
