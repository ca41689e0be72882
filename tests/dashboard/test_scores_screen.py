"""The Scores page: every switch relabels everything, and stands in the address."""

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]


def pick(tester: AppTest, label: str, option: str) -> AppTest:
    (found,) = [one for one in tester.selectbox if one.label == label]
    tester = found.select(option).run()
    assert not tester.exception, [raised.value for raised in tester.exception]
    return tester


def below_the_heading(told: str) -> str:
    """The page without what every page shows above its heading."""
    return told[told.index("<h1>") :]


def test_the_switches_relabel_the_whole_page(seeded: Any, app: Open, page_text: Text) -> None:
    tester = app("scores")
    plain = page_text(tester)
    assert "Brier score, 0 to 1, lower is better" in plain
    assert "earns 0.250" in plain
    assert "shown, not ranked" in plain
    assert "Cannot tell yet" in plain
    twice = page_text(pick(tester, "Scale", "0 to 2"))
    assert "Brier score, 0 to 2, lower is better" in twice
    assert "0 to 1," not in twice
    assert "earns 0.500" in twice
    spherical = page_text(pick(tester, "Rule", "Spherical"))
    assert "Spherical score, 0 to 1, higher is better" in spherical
    assert "earns 0.707" in spherical
    assert "Brier" not in below_the_heading(spherical)
    assert "lower is better" not in below_the_heading(spherical)
    pick(tester, "Averaged", "exactly")
    told = page_text(pick(tester, "Before the first", "equal odds"))
    assert "exactly as long as it stood" in told
    assert "scored as equal odds" in told


def test_an_address_opens_the_page_as_it_was(seeded: Any, app: Open, page_text: Text) -> None:
    tester = app("scores", rule="Log", before="the crowd", other="A know-nothing")
    told = page_text(tester)
    assert "Log score, in nats, from 0, lower is better" in told
    assert "median of the others" in told
    assert "and a know-nothing" in told
    assert "Brier" not in below_the_heading(told)


def test_an_empty_record_says_what_brings_scores(empty_db: str, app: Open, page_text: Text) -> None:
    assert "Scores appear with the first resolved question" in page_text(app("scores"))
    assert "Statements come from articles" in page_text(app("sources"))


def test_reports_are_offered_where_somebody_looks(seeded: Any, app: Open, page_text: Text) -> None:
    """With the forecaster, the period and the doubtful cases that the page is about."""
    tester = app("calibration", closed=f"in {seeded.now.year}", claimed="true")
    days = [one.value.isoformat() for one in tester.date_input]
    assert days == [f"{seeded.now.year}-01-01", f"{seeded.now.year}-12-31"]
    assert "Retrospective forecasts, claimed" in page_text(tester)
    for page in ("people", "scores"):
        (whom,) = [one for one in app(page).selectbox if one.label == "Report on"]
        assert whom.value is not None
