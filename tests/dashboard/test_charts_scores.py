"""Scores over time and the leaderboard: the view's own numbers, in their places."""

import dataclasses
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.labels import shortened, spread
from dashboard.charts.score_intervals import intervals_finding
from dashboard.charts.score_time import (
    POINTS,
    score_time_chart,
    score_time_finding,
    score_time_numbers,
    shown_series,
)
from dashboard.theme import LIGHT
from dashboard.widgets.scores.leaderboard import leaderboard, scale_of
from dashboard.widgets.scores.parts import board_heading, board_line
from forecasts.results.scores import (
    HeatMap,
    Scoreboard,
    ScoreRow,
    ScoreSeries,
    ScoreSettings,
)

Make = Callable[..., ScoreRow]


def board(*series: ScoreSeries) -> Scoreboard:
    return Scoreboard(
        settings=ScoreSettings(),
        people=(),
        sources=(),
        publishers=(),
        heat=HeatMap(),
        clipped=0,
        series=series,
        resolved=0,
        scored=0,
        left_out=(),
    )


def line(name: str, role: Any, *values: float) -> ScoreSeries:
    first = datetime(2024, 8, 1, tzinfo=UTC)
    days = tuple(first + timedelta(days=day) for day in range(len(values)))
    return ScoreSeries(name, role, days, values, tuple(range(1, len(values) + 1)))


def test_lines_are_the_series(score_row: Make) -> None:
    mine = line("You", "me", 0.3, 0.2)
    figure = score_time_chart(board(mine, line("All sources", "source", 0.1)), palette=LIGHT)
    drawn = next(data for data in figure.data if data.name == "You")
    assert list(drawn.x) == [*mine.at, mine.at[-1]]
    assert list(drawn.y) == [0.3, 0.2, 0.2]
    assert drawn.line.color == LIGHT.me
    texts = " ".join(note.text for note in figure.layout.annotations)
    sources = next(data for data in figure.data if data.name == "All sources")
    assert list(sources.x) == [mine.at[0], mine.at[-1]]  # its value stands to the end
    assert list(sources.y) == [0.1, 0.1]
    assert "You 0.200" in texts
    assert "All sources 0.100" in texts


def test_the_line_of_a_know_nothing_is_marked() -> None:
    figure = score_time_chart(board(line("You", "me", 0.3)), palette=LIGHT)
    assert figure.layout.shapes[0].y0 == 0.25
    assert [note.text for note in figure.layout.annotations] == [
        "<b>You 0.300</b>",
        "always 50\u00a0%",
    ]


def test_lines_of_others_and_long_lines_have_no_dots() -> None:
    drawn = board(line("You", "me", 0.3, 0.2), line("Bo", "other", 0.2, 0.1))
    modes = {data.name: data.mode for data in score_time_chart(drawn, palette=LIGHT).data}
    assert modes == {"You": "lines+markers", "Bo": "lines"}
    (long,) = score_time_chart(board(line("You", "me", *[0.2] * 61)), palette=LIGHT).data
    assert long.mode == "lines"


def test_a_lead_that_chance_could_have_given_is_hedged(score_row: Make) -> None:
    plain = dataclasses.replace(board(), resolved=12, scored=12)
    sure = dataclasses.replace(plain, people=(score_row(),))
    assert board_heading(sure, 1) == "You score 0.142, 0.108 better than a know-nothing"
    assert board_line(sure, 1) == "12 resolved questions of 12 had a forecast to score."
    unsure = dataclasses.replace(plain, people=(score_row(interval=(0.1, 0.3)),))
    assert board_heading(unsure, 1) == "You score 0.142, perhaps 0.108 better than a know-nothing"
    assert "0.100 – 0.300, takes in what a know-nothing earns" in board_line(unsure, 1)
    assert board_line(unsure, 2) == board_line(sure, 2)  # it is about the reader alone


def test_a_lead_is_told_with_whether_it_can_be_told(score_row: Make) -> None:
    mine = score_row(score=0.1, interval=(0.05, 0.12))
    near = score_row(forecaster_id=2, forecaster="bob", score=0.11, interval=(0.1, 0.2))
    far = score_row(forecaster_id=3, forecaster="cyn", score=0.3, interval=(0.2, 0.4))
    settings = ScoreSettings()
    assert intervals_finding([mine, far], settings, 1) == "The lowest error is yours, 0.100"
    assert intervals_finding([mine, near], settings, 3) == (
        "The lowest error is ana’s, 0.100, but the intervals overlap"
    )


def test_an_empty_board_says_so() -> None:
    assert score_time_finding(board()) == "Not enough resolved questions for a line"
    assert list(score_time_chart(board(), palette=LIGHT).data) == []


def test_a_long_line_is_thinned_and_keeps_its_ends() -> None:
    values = [number / 5000 for number in range(5000)]
    found = board(line("All sources", "source", *values))
    drawn = score_time_chart(found, palette=LIGHT).data[-1]
    assert len(drawn.x) == len(drawn.y) == POINTS + 1
    assert len(drawn.customdata) == POINTS
    assert (drawn.y[0], drawn.y[-1]) == (values[0], values[-1])
    assert drawn.x[0] == found.series[0].at[0]
    counts = [count for count, _ in drawn.customdata]
    assert [values[count - 1] for count in counts] == list(drawn.y[:-1])
    assert len(score_time_numbers(found).rows) == 5000


def test_the_reader_is_shown_even_among_many() -> None:
    many = [line(f"p{i}", "other", *[0.2] * (i + 2)) for i in range(9)]
    assert shown_series(board(*many, line("You", "me", 0.3)))[0].name == "You"
    assert score_time_finding(board(line("You", "me", 0.1), line("Bo", "other", 0.2))) == (
        "Lowest on its own questions of late: You, 0.100"
    )


@given(st.lists(st.floats(0, 1), max_size=8), st.floats(0.01, 0.14))
def test_labels_keep_their_order_and_distance_within_the_chart(
    heights: list[float], gap: float
) -> None:
    placed = spread(heights, gap=gap, within=(0, 1))
    assert all(-1e-9 <= height <= 1 + 1e-9 for height in placed)
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    ordered = [placed[i] for i in order]
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(ordered))


@given(st.lists(st.integers(0, 10), unique=True, max_size=8))
def test_labels_with_room_stay_where_they_are(places: list[int]) -> None:
    heights = [place / 10 for place in places]
    assert spread(heights, gap=0.1, within=(0, 1)) == pytest.approx(heights)


def test_a_pair_is_spread_around_its_middle() -> None:
    assert spread([0.62, 0.66], gap=0.08, within=(0, 1)) == pytest.approx([0.6, 0.68])


def test_labels_for_which_there_is_no_room_share_what_there_is() -> None:
    assert spread([0.0] * 5, gap=0.4, within=(0, 1)) == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_long_names_are_cut() -> None:
    assert shortened("a  b\nc") == "a b c"
    assert shortened("x" * 40, 10) == "x" * 9 + "…"


def test_the_scale_grows_in_tenths(score_row: Make) -> None:
    assert scale_of([score_row()]).top == 0.4
    assert scale_of([score_row(score=0.41)]).top == 0.5
    assert scale_of([score_row(interval=(0.1, 0.6))]).top == 0.6
    assert scale_of([]).top == 0.4


def test_rows_show_their_numbers_and_places(score_row: Make) -> None:
    _, rows = leaderboard([score_row(score=0.1, interval=(0.04, 0.2))], me=1)
    (row,) = rows
    assert "You" in row
    assert "<b>0.100</b>" in row
    assert "0.040 – 0.200" in row
    assert 'class="dot " style="left:25.0%"' in row
    assert 'class="line" style="left:10.0%;width:40.0%"' in row
    assert 'class="know" style="left:62.5%"' in row


def test_rows_with_few_questions_are_parted_off_and_hollow(score_row: Make) -> None:
    few = score_row(forecaster="Lily", forecaster_kind="source", questions=3, interval=None)
    _, rows = leaderboard([few, score_row()], me=1)
    assert "You" in rows[0]
    assert "shown, not ranked" in rows[1]
    assert "Lily" in rows[2]
    assert "dot few" in rows[2]
    assert "—" in rows[2]


def test_a_source_shows_its_score_at_both_ends_of_its_words(score_row: Make) -> None:
    source = score_row(forecaster_kind="source", at_low=0.49, at_high=0.16)
    assert "0.490 / 0.160" in leaderboard([source], me=None)[1][0]


def test_names_are_escaped(score_row: Make) -> None:
    _, rows = leaderboard([score_row(forecaster="<script>x</script>", publisher="<i>")], me=None)
    assert not re.search("<script>|<i>(?!$)", rows[0].replace("<i style", ""))


def test_the_crowd_is_a_line_that_is_never_named_the_best() -> None:
    """Its row stands apart from those of the persons."""
    busy = [line(f"Analyst {place}", "other", *([0.2] * 9)) for place in range(8)]
    drawn = board(*busy, line("The crowd", "crowd", 0.05))
    assert "The crowd" in [series.name for series in shown_series(drawn)]
    assert score_time_finding(drawn) == "Lowest on its own questions of late: Analyst 0, 0.200"
    (crowd,) = (d for d in score_time_chart(drawn, palette=LIGHT).data if d.name == "The crowd")
    assert crowd.line.color == LIGHT.crowd


def test_the_crowds_row_stands_below_those_that_are_ranked(score_row: Make) -> None:
    rows = [score_row(forecaster="ana"), score_row(forecaster_id=2, forecaster="bob", questions=3)]
    crowd = score_row(forecaster_id=0, forecaster="The crowd", forecaster_kind="crowd", score=0.01)
    _, pieces = leaderboard(rows, me=1, settings=ScoreSettings(), crowd=crowd)
    told = [re.sub(r"<[^>]+>", " ", piece) for piece in pieces]
    assert [words in text for words, text in zip(
        ("You", "shown, not ranked", "bob", "No forecaster, and not ranked", "The crowd"), told,
        strict=True,
    )] == [True] * 5  # fmt: skip
