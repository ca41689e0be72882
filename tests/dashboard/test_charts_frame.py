"""What every chart offers beside its drawing: its numbers as a table and as a file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard import formats
from dashboard.charts.history import history_chart
from dashboard.charts.history_numbers import history_numbers
from dashboard.charts.numbers import Numbers
from dashboard.theme import DARK, LIGHT, recoloured
from dashboard.widgets.chart import file_name
from dashboard.widgets.number_rows import number_rows
from forecasts.exchange.cells import unguarded
from forecasts.results.question import Line, QuestionView

START = datetime(2024, 7, 11, tzinfo=UTC)
texts = st.text(st.characters(codec="utf-8"), min_size=1)
shares = st.none() | st.floats(0, 1)


@given(st.lists(st.tuples(texts, shares)))
def test_a_file_holds_every_row_and_runs_no_formula(rows: list[tuple[str, float | None]]) -> None:
    file = Numbers({"Who": str, "Share": formats.percent}, rows).csv()
    head, *lines = list(csv.reader(io.StringIO(file, newline=""), strict=True))
    assert head == ["Who", "Share"]
    assert [(unguarded(who), float(share) if share else None) for who, share in lines] == rows
    assert not [who for who, _ in lines if who[0] in "=+-@\t\r"]


def test_the_table_escapes_texts_and_dashes_what_is_missing() -> None:
    numbers = Numbers(
        {"Who": str, "At": formats.iso, "Share": formats.percent},
        [("<img src=x>", START, 0.25), ("b", START + timedelta(days=1), None)],
    )
    head, rows = number_rows(numbers, 9)
    assert head.count("<th scope=") == 3
    assert "&lt;img src=x&gt;" in rows[0]
    assert "25\u00a0%" in rows[0]
    assert '<td class=""><bdi>2024-07-11 00:00 UTC</bdi>' in rows[0]
    assert '<td class="n"><bdi>—</bdi>' in rows[1]
    assert len(number_rows(numbers, 1)[1]) == 1


def test_the_history_and_its_numbers_are_the_same(
    question_view: Callable[..., QuestionView],
) -> None:
    at = tuple(START + timedelta(days=n) for n in (0, 3, 9))
    mine = Line("You", "me", at, (0.2, 0.4, 0.35))
    source = Line("Jane Roe", "source", at[:1], (0.22,), 0.1, 0.35, "unlikely")
    view = question_view((mine, source))
    figure: Any = history_chart(view, now=at[2], palette=LIGHT)
    drawn = {trace.name: trace for trace in figure.data}
    rows = history_numbers(view).rows
    steps = [(when, value) for when, whose, value, *_ in rows if whose == "You"]
    assert steps == list(zip(drawn["You, stated"].x, drawn["You, stated"].y, strict=True))
    assert rows[-1] == (START, "Jane Roe: “unlikely”", 0.22, 0.1, 0.35)


def test_a_picture_is_in_the_light_themes_colours() -> None:
    table = recoloured(DARK, LIGHT)
    assert table["rgb(108, 178, 245)"] == "rgb(11, 92, 173)"
    assert table["rgb(240, 163, 94)"] == "rgb(180, 84, 10)"  # of two roles, the first
    assert all(old == new for old, new in recoloured(LIGHT, LIGHT).items())


def test_a_files_name_is_plain() -> None:
    assert file_name("Calibration of “All sources”") == "calibration-of-all-sources"
    assert file_name("../../é") == "chart"
