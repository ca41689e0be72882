"""Questions: the list in the address, in pages, as a file, and acts on several at once."""

import csv
import getpass
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from streamlit.testing.v1 import AppTest

from dashboard.widgets.questions.lines import question_lines
from dashboard.widgets.questions.table import PAGE
from forecasts import clock
from forecasts.exchange.listed import COLUMNS, questions_csv
from forecasts.results.questions import QuestionRow
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.views.questions import _sorted, question_list, sparks

Open = Callable[..., AppTest]
Make = Callable[..., QuestionRow]
ME = getpass.getuser()
on_sqlite = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)


@on_sqlite
def test_the_list_is_kept_in_the_address_and_cut_into_pages(
    desk: Any, draft: Callable[..., Any], app: Open, page_text: Callable[[AppTest], str]
) -> None:
    assert "No question yet" in page_text(app("questions"))
    assert [one.label for one in app("question").button] == ["Ask a question"]
    desk.now = clock.now()
    for number in range(PAGE + 3):
        tags = ("odd",) if number % 2 else ()
        closes = desk.now + timedelta(days=1 + number)
        desk.do(ask_question, draft=draft(title=f"Is {number} it?", closes_at=closes, tags=tags))

    def titles(tester: AppTest) -> list[str]:
        return re.findall(r"<bdi>(Is \d+ it\?)</bdi></a>", page_text(tester))

    assert titles(app("questions")) == [f"Is {number} it?" for number in range(PAGE)]
    second = app("questions", sheet="2")
    assert titles(second) == [f"Is {PAGE + n} it?" for n in range(3)]
    linked = re.findall(r'href="question\?id=(\d+)">', page_text(second))
    assert linked == [str(PAGE + n) for n in (1, 2, 3)]
    odd = titles(app("questions", tag="odd", closing="within 7 days", sort="title"))
    assert odd == ["Is 1 it?", "Is 3 it?", "Is 5 it?"]
    assert titles(app("questions", words="is 21")) == ["Is 21 it?"]
    assert len(titles(app("questions", tag="no such tag", sheet="99"))) in (3, PAGE)


@on_sqlite
def test_words_are_sought_in_all_that_a_question_says(desk: Any, draft: Callable[..., Any]) -> None:
    desk.now = clock.now()
    closes = desk.now + timedelta(days=9)
    desk.do(
        ask_question,
        draft=draft(
            title="Will it pass?",
            criteria="The Bundestag votes.",
            background="Asked in Łódź.",
            closes_at=closes,
            tags=("law",),
        ),
    )
    desk.do(ask_question, draft=draft(title="Will it fail?", closes_at=closes))

    def found(text: str) -> list[str]:
        return [row.title for row in desk.ask(question_list, me=ME, now=desk.now, text=text)]

    for text in ("pass", "bundestag LAW", "łódź will", "votes"):
        assert found(text) == ["Will it pass?"], text
    assert found("bundestag fail") == []
    assert len(found("it will")) == 2
    desk.do(ask_question, draft=draft(title="Again?", criteria="Bundestag.", closes_at=closes))
    assert found("bundestag") == ["Will it pass?", "Again?"]


def test_weeks_are_everyones_median(desk: Any, draft: Callable[..., Any]) -> None:
    closes = desk.now + timedelta(days=300)
    key = desk.do(ask_question, draft=draft(closes_at=closes)).id
    other = desk.do(ask_question, draft=draft(kind="numeric", closes_at=closes)).id
    desk.do(record_forecast, question_id=key, probability=0.2)
    desk.later(days=7).do(record_forecast, by="bob", question_id=key, probability=0.6)
    desk.later(days=14)
    found = desk.ask(sparks, [key, other], now=desk.now)
    assert list(found) == [key]
    assert found[key] == (*[None] * 9, 0.2, *[pytest.approx(0.4)] * 3)


@on_sqlite
def test_each_order_puts_what_it_names_first(desk: Any, draft: Callable[..., Any]) -> None:
    closes = desk.now + timedelta(days=300)
    a, b, c = (desk.do(ask_question, draft=draft(title=t, closes_at=closes)).id for t in "cab")
    for key, ana, bob in ((a, 0.5, 0.5), (b, 0.9, 0.2)):
        desk.do(record_forecast, question_id=key, probability=ana)
        desk.do(record_forecast, by="bob", question_id=key, probability=bob)
    desk.later(days=8).do(record_forecast, question_id=a, probability=0.7)
    orders = {
        "title": [b, c, a],
        "mine": [b, a, c],
        "crowd": [a, b, c],
        "change": [a, b, c],
        "distance": [b, a, c],
        "my_change": [a, b, c],
        "source": [a, b, c],
        "state": [a, b, c],
    }
    turned = {"title": [a, c, b], "mine": [a, b, c], "my_change": [b, a, c], "crowd": [b, a, c]}
    for reverse, wanted in ((False, orders), (True, turned)):
        for sort, expected in wanted.items():
            rows = desk.ask(question_list, me="ana", now=desk.now, sort=sort, reverse=reverse)
            assert [row.id for row in rows] == expected, (sort, reverse)


@given(st.lists(st.sampled_from([None, 0.0, 0.25, 0.5, 1.0]), max_size=8))
def test_an_order_turned_around_leaves_those_without_a_value_last(
    row: Make, shares: list[float | None]
) -> None:
    rows = [row(id=key, mine=share) for key, share in enumerate(shares)]
    down, up = (_sorted(rows[:], "mine", reverse) for reverse in (False, True))
    assert {one.id for one in down} == {one.id for one in up} == set(range(len(rows)))
    known = [share for share in shares if share is not None]
    assert [one.mine for one in down if one.mine is not None] == sorted(known, reverse=True)
    assert [one.mine for one in up if one.mine is not None] == sorted(known)
    nothing = [None] * (len(shares) - len(known))
    for found in (down, up):
        assert [one.mine for one in found][len(known) :] == nothing
        ids = [one.id for one in found if one.mine == 0.5]
        assert ids == sorted(ids)  # equal ones keep the usual order, both ways


def test_a_file_holds_what_is_shown_and_runs_nothing(row: Make) -> None:
    text = questions_csv(
        [row(title='=HYPERLINK("http://a")', mine=0.37, tags=("a", "b")), row(title="-1\n+2")]
    )
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(found[0]) == COLUMNS
    assert found[0]["question"] == '\'=HYPERLINK("http://a")'
    assert found[1]["question"] == "'-1\n+2"
    assert (found[0]["mine"], found[0]["tags"], found[1]["mine"]) == ("0.37", "a; b", "")
    assert found[0]["closes_at"] == "2024-12-01T00:00:00+00:00"


def cells(table: str) -> list[list[str]]:
    """What the lines say in the columns of a wide screen, after the question's own."""
    lines = html.fromstring(table).findall(".//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in line[2:]] for line in lines]


def test_lines_are_in_per_cent_and_points(row: Make) -> None:
    known = row(mine=0.4, crowd=0.5, crowd_size=2, change_7d=-0.1, crowd_change_7d=0.0)
    weeks = {7: (None, 0.2, 0.4), 8: (None, 0.3)}
    settled = row(id=9, kind="numeric", status="resolved", outcome="12345.6", crowd_size=1, crowd=1)
    table = question_lines([known, row(id=8), settled], weeks, {9: "18.8 <b>kg</b>"})
    first, second, third = cells(table)
    assert first == ["40 %", "−10", "50 %", "±0", "", "—", "30 Nov 2024", "Open"]
    assert second == [*["—"] * 4, "", "—", "30 Nov 2024", "Open"]
    assert third[0] == "18.8 <b>kg</b>"
    assert (third[2], third[-1]) == ("—", "Resolved 1.235e+04")
    assert table.count('style="height:5px"') == 1  # 26 px are 100 %
    assert table.count('style="height:10px"') == 1
    assert 'title="2024-12-01 00:00 UTC"' in table


def test_every_line_has_a_box_to_tick_and_a_link_with_the_title(row: Make) -> None:
    table = html.fromstring(question_lines([row(title='<i>"x"</i>')], {}, {}))
    (line,) = table.findall(".//tbody/tr")
    assert line.find(".//input").get("value") == line.get("data-id") == "7"
    assert line.find(".//input").get("aria-label") == 'Tick: <i>"x"</i>'
    assert line.find(".//a").text_content() == '<i>"x"</i>'
