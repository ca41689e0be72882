"""Questions: the list in the address, in pages, as a file, and acts on several at once."""

import csv
import getpass
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.widgets.question_table import PAGE, question_columns
from forecasts import clock
from forecasts.exchange.listed import COLUMNS, questions_csv
from forecasts.results.questions import QuestionRow
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.views.questions import question_list, sparks

Open = Callable[..., AppTest]
Make = Callable[..., QuestionRow]
ME = getpass.getuser()
on_sqlite = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)


def titles(tester: AppTest) -> list[str]:
    return list(tester.dataframe[0].value["Question"])


def tick_and_press(tester: AppTest, label: str, **typed: str) -> None:
    """Tick three questions, fill in what is to be typed, and press a button."""
    table = tester.dataframe[0].proto.id.rpartition("-questions ")[2]
    ticks = {"selection": {"rows": [0, 1, 2], "columns": [], "cells": []}}
    tester.session_state[f"questions {table}"] = ticks
    tester.run()
    for name, text in typed.items():
        next(one for one in tester.text_input if one.label == name).set_value(text)
    (button,) = [one for one in tester.button if one.label == label]
    tester.session_state[f"questions {table}"] = ticks  # AppTest sends no ticks of its own
    assert not button.click().run().exception


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
    assert titles(app("questions")) == [f"Is {number} it?" for number in range(PAGE)]
    second = app("questions", sheet="2")
    assert titles(second) == [f"Is {PAGE + n} it?" for n in range(3)]
    linked = re.findall(r'<a href="question\?id=(\d+)">', page_text(second))
    assert linked == [str(PAGE + n) for n in (1, 2, 3)]  # the same ones, for a phone
    odd = titles(app("questions", tag="odd", closing="within 7 days", sort="title"))
    assert odd == ["Is 1 it?", "Is 3 it?", "Is 5 it?"]
    assert titles(app("questions", words="is 41")) == ["Is 41 it?"]
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


@on_sqlite
def test_several_are_confirmed_and_tagged_at_once(
    desk: Any, draft: Callable[..., Any], app: Open, page_text: Callable[[AppTest], str]
) -> None:
    desk.now = clock.now() - timedelta(days=9)
    closes = clock.now() + timedelta(days=9)
    keys = [desk.do(ask_question, draft=draft(closes_at=closes)).id for _ in range(3)]
    for key in keys[:2]:
        desk.do(record_forecast, by=ME, question_id=key, probability=0.3)
    tester = app("questions")
    tick_and_press(tester, "Confirm 2 forecasts")
    rows = desk.ask(question_list, me=ME, now=clock.now())
    assert [row.mine for row in rows] == [0.3, 0.3, None]
    assert all(row.mine_at > clock.now() - timedelta(days=1) for row in rows[:2])
    assert "2 questions confirmed." in page_text(tester)
    tick_and_press(tester, "Add tag", Tag="Arms")
    assert "3 questions tagged." in page_text(tester)
    assert {row.tags for row in desk.ask(question_list, me=ME, now=clock.now())} == {("arms",)}
    tick_and_press(tester, "Take tag off", Tag="")
    assert "tag" in tester.error[0].value


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
        "state": [a, b, c],
    }
    for sort, expected in orders.items():
        rows = desk.ask(question_list, me="ana", now=desk.now, sort=sort)
        assert [row.id for row in rows] == expected, sort


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


def test_columns_are_in_per_cent_and_points(row: Make) -> None:
    known = row(mine=0.4, crowd=0.5, crowd_size=2, change_7d=-0.1, crowd_change_7d=0.05)
    columns = question_columns([known, row(id=8)], {7: (None, 0.2, 0.4), 8: (None, 0.3)})
    assert columns["You"] == [40, None]
    assert columns["Crowd, 7 d"] == [5, None]
    assert columns["You, 7 d"] == [-10, None]
    assert columns["13 weeks"] == [[20, 40], None]
