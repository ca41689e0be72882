"""The Sources page: who said what, in which words, and what became of it."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from forecasts.reading.candidate import Candidate
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
HOSTILE = "<img src=x onerror=alert(1)> will [win](javascript:alert(1))\u202e"


def test_a_source_is_found_and_read_sheet_by_sheet(seeded: Any, app: Open, page_text: Text) -> None:
    tester = app("sources")
    told = page_text(tester)
    assert "nobody can be judged" in told
    assert "Lily Donahue" in told
    assert "bare may, might or could" in told
    (choice,) = [one for one in tester.selectbox if one.label == "Source"]
    (lily,) = [option for option in choice.options if option.startswith("Lily Donahue")]
    tester = choice.select(lily).run()
    assert not tester.exception
    first = page_text(tester)
    assert "Lily Donahue most often says “may”" in first
    assert first.count('class="fd-quote"') == 10
    assert "Waits for a decision" in first
    assert "Became a question, resolved: yes" in first
    assert re.search(r"<th scope=.col. class=.n.>Came true</th>.*>1 of 1</td>", first, re.DOTALL)
    (said,) = re.findall(r"<h2>(\d+) statements, \d+ questions</h2>", first)
    second = page_text(app("sources", source=lily, sheet="2"))
    assert second.count('class="fd-quote"') == int(said) - 10 > 0


def test_what_a_hostile_source_says_is_shown_as_typed(
    desk: Any, app: Open, page_text: Text
) -> None:
    one = Candidate(
        0, len(HOSTILE), HOSTILE, "will", "affirm", 0.95, 0.9, 0.99, "recommended", False,
        None, None, None, HOSTILE, "named", None, (), "will",
    )  # fmt: skip
    desk.do(
        add_article,
        text=HOSTILE,
        title=HOSTILE,
        publisher="<b>P</b>",
        published=PartialDate(date(2024, 7, 11), "day"),
        candidates=[one],
    )
    tester = app("sources")
    (choice,) = [one for one in tester.selectbox if one.label == "Source"]
    told = page_text(choice.select(choice.options[-1]).run())
    assert told.count("&lt;img src=x onerror=alert(1)&gt;") >= 3
    assert "<img" not in told
    assert "\u202e" not in told
    assert "<b>P</b>" not in told
