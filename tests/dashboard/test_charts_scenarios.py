"""The stacked chart of scenarios, the matrix and their headings show what they are given."""

import dataclasses
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.scenario_gap import gap_chart, gap_finding, gap_numbers
from dashboard.charts.scenario_numbers import scenario_numbers
from dashboard.charts.scenarios import (
    POINTS,
    known_runs,
    scenario_chart,
    scenario_finding,
)
from dashboard.theme import LIGHT
from dashboard.widgets.scenarios.matrix import level, matrix, matrix_finding, ratio_words
from dashboard.widgets.scenarios.parts import share_rows
from dashboard.widgets.scenarios.story import quoted
from dashboard.widgets.scenarios.watch import effect, sensitivity_finding, watch_finding
from forecasts.results.scenarios import (
    IndicatorView,
    Likelihood,
    PriorView,
    ScenarioBoard,
    ScenarioSeries,
    ScenarioView,
    SensitivityRow,
    WatchRow,
)

START = datetime(2024, 8, 1, tzinfo=UTC)
HOSTILE = "<b>war</b>"
NAMES = (HOSTILE, "peace", "something else")
NBSP = "\u00a0"
Make = Callable[..., ScenarioBoard]


@pytest.fixture
def board() -> Make:
    """A set of three scenarios with these series, (T, 3) each, changed as a test needs."""

    def make(mine: Any, implied: Any = None, **changes: Any) -> ScenarioBoard:
        judged = np.array(mine, dtype=float)
        inferred = np.full_like(judged, np.nan) if implied is None else np.array(implied, float)
        at = tuple(START + timedelta(days=day + 1) for day in range(len(judged)))
        plain = ScenarioBoard(
            question_id=1,
            title="Which?",
            background="",
            criteria="C",
            status="open",
            opens_at=START,
            closes_at=START + timedelta(days=900),
            outcome=None,
            scenarios=tuple(scenario(place, name) for place, name in enumerate(NAMES)),
            prior=None,
            indicators=(),
            watch=(),
            sensitivity=(),
            series=ScenarioSeries(at, judged, np.full_like(judged, np.nan), inferred),
            gap="",
            notices=(),
        )
        return dataclasses.replace(plain, **changes)

    return make


def scenario(position: int, name: str, **shares: float | None) -> ScenarioView:
    known = {"mine": None, "crowd": None, "prior": None, "implied": None} | shares
    return ScenarioView(position, name, None, 0, None, None, **known)


def indicator(ratio: float | None, **changes: Any) -> IndicatorView:
    cell = Likelihood(0.68, "likely", "recommended")
    plain = IndicatorView(
        question_id=2,
        title="Will <i>it</i> happen?",
        kind="binary",
        status="open",
        closes_at=START,
        outcomes=("yes", "no"),
        outcome=None,
        state="open",
        why="counts by the forecast that stands",
        weight=0.5,
        note="N",
        version=1,
        likelihoods=((cell, Likelihood(0.2, None, None), None), (None, None, None)),
        current=(0.9, 0.1),
        current_from="me",
        diagnosticity=0.25,
        ratios=((ratio, ratio, None), (None, None, None)),
        tells_apart=True,
    )
    return dataclasses.replace(plain, **changes)


def test_every_day_is_stacked_from_the_last_scenario_up_and_gaps_stay_empty(board: Make) -> None:
    gap = [np.nan] * 3
    drawn = board([gap, [0.2, 0.3, 0.5], [0.6, 0.3, 0.1], gap, [0.1, 0.1, 0.8]])
    figure = scenario_chart(drawn, "mine", palette=LIGHT)
    groups = dict.fromkeys(layer.stackgroup for layer in figure.data)
    assert list(groups) == ["run 0", "run 1"]
    first = [layer for layer in figure.data if layer.stackgroup == "run 0"]
    assert [layer.name for layer in first] == ["something else", "peace", "&lt;b&gt;war&lt;/b&gt;"]
    assert [str(at) for at in first[0].x] == [  # the first day is drawn from its beginning
        "2024-08-02T00:00:00.000", "2024-08-02T23:59:59.999", "2024-08-03T23:59:59.999",
    ]  # fmt: skip
    assert [list(layer.y) for layer in reversed(first)] == [
        [0.2, 0.2, 0.6], [0.3, 0.3, 0.3], [0.5, 0.5, 0.1],
    ]  # fmt: skip
    labels = [note.text for note in figure.layout.annotations]
    assert labels == [
        f"&lt;b&gt;war&lt;/b&gt; 10{NBSP}%", f"peace 10{NBSP}%", f"<b>something else 80{NBSP}%</b>",
    ]  # fmt: skip
    heights = [note.y for note in figure.layout.annotations]
    assert heights == pytest.approx([0.95, 0.85, 0.4])


def test_a_set_made_today_is_drawn_from_when_it_opened(board: Make) -> None:
    fresh = board([[0.2, 0.3, 0.5]])
    noon = START + timedelta(hours=12)
    fresh = dataclasses.replace(fresh, series=dataclasses.replace(fresh.series, at=(noon,)))
    (layer, *_) = scenario_chart(fresh, "mine", palette=LIGHT).data
    assert [str(at) for at in layer.x] == ["2024-08-01T00:00:00.000", "2024-08-01T11:59:59.999"]


def test_two_judgements_of_a_scenario_stand_side_by_side(board: Make) -> None:
    mine = [[0.7, 0.2, 0.1], [0.5, 0.2, 0.3], [np.nan] * 3, [0.1, 0.6, 0.3]]
    implied = [[0.2, 0.7, 0.1]] * 3 + [[0.4, 0.3, 0.3]]
    drawn = board(mine, implied)
    figure = gap_chart(drawn, 0, palette=LIGHT)
    assert [line.name for line in figure.data] == ["Implied", "You"]  # nobody else has forecast
    begin, *ends = map(str, figure.data[1].x)
    assert begin == "2024-08-01T00:00:00.000"
    assert ends == [f"2024-08-0{day}T23:59:59.999" for day in (1, 2, 3, 4)]
    np.testing.assert_array_equal(figure.data[1].y, [0.7, 0.7, 0.5, np.nan, 0.1])
    assert [note.text for note in figure.layout.annotations] == [
        f"Implied 40{NBSP}%", f"<b>You 10{NBSP}%</b>",
    ]  # fmt: skip
    assert gap_finding(drawn, 0) == (
        f"“{HOSTILE}”: you are 30 points below the indicators; at most it was 50 points, on "
        f"1{NBSP}Aug{NBSP}2024"
    )
    assert gap_finding(board(mine[:1], implied[:1]), 1) == (
        "“peace”: you are 50 points below the indicators, and never were further apart"
    )
    assert gap_finding(board(mine[:3], implied[:3]), 2).startswith(
        "“something else”: you and the indicators were at most 20 points apart"
    )
    assert gap_finding(board(mine), 0).endswith(
        "no day was there a forecast of yours and an implied one"
    )
    latest, *_, first = gap_numbers(drawn, 0).rows
    assert latest[1:] == pytest.approx((0.1, 0.4, -0.3, None))
    assert first[1:] == pytest.approx((0.7, 0.2, 0.5, None))


def test_the_prior_is_marked_where_it_is_dated(board: Make) -> None:
    dated = START + timedelta(days=2)
    prior = PriorView(1, dated, (0.2, 0.3, 0.5), "", dated, "ana")
    shares = [[0.2, 0.3, 0.5]] * 4
    figure = scenario_chart(board(shares, prior=prior), "mine", palette=LIGHT)
    assert [(mark.name, mark.x0) for mark in figure.layout.shapes] == [("prior", dated)]


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 400))
def test_runs_hold_only_known_days_keep_their_ends_and_are_not_too_many(
    known: list[bool], times: int
) -> None:
    pattern = np.repeat(known, times)
    shares = np.where(pattern[:, np.newaxis], 1 / 8, np.full((pattern.size, 8), np.nan))
    runs = known_runs(shares)
    for run in runs:
        assert pattern[run[0] : run[-1] + 1].all()
        assert run[0] == 0 or not pattern[run[0] - 1]
        assert run[-1] == pattern.size - 1 or not pattern[run[-1] + 1]
    assert sum(run[-1] - run[0] + 1 for run in runs) == pattern.sum()
    assert 8 * sum(run.size for run in runs) <= POINTS + 8 * 2 * len(runs)


def test_headings_say_which_stands_highest_or_what_came_about(board: Make) -> None:
    shares = [[0.2, 0.5, 0.3]]
    assert scenario_finding(board(shares), "mine") == f"You find “peace” likeliest: 50{NBSP}%"
    assert scenario_finding(board(shares), "implied") == "The indicators imply nothing yet"
    settled = board(shares, shares, outcome="peace", status="resolved")
    assert scenario_finding(settled, "implied") == (
        f"“peace” came about: the indicators had given it 50{NBSP}%"
    )


def test_a_cell_holds_its_number_its_word_and_the_shade_of_its_ratio() -> None:
    shown = matrix(NAMES, [indicator(math.log(4.1)), indicator(-math.inf, tells_apart=False)])
    assert "<i>it" not in shown
    assert HOSTILE not in shown
    assert shown.count(f'<td class="c l3" title="yes in {"&lt;b&gt;war&lt;/b&gt;"}: 4.1 times') == 1
    assert f"68{NBSP}% ▲" in shown
    assert 'title="this desk&#x27;s scale"><bdi>likely</bdi>' in shown
    assert shown.count('title="not yet judged"') == 2
    assert "it rules this scenario out" in shown
    assert "cannot tell<br>the scenarios<br>apart" in shown
    assert "counts by your forecast; counts 0.5" in shown
    assert matrix_finding([indicator(0.0)]) == "“Will <i>it</i> happen?” tells most: 0.25 bits"


@given(st.floats(-30, 30))
def test_an_outcome_and_its_opposite_have_one_shade_and_opposite_words(ratio: float) -> None:
    assert level(ratio) == level(-ratio)
    assert (level(ratio) == 0) == (abs(ratio) < math.log(1.25))
    assert ("less likely" in ratio_words(ratio)) == (ratio <= -math.log(1.25))


def test_only_the_widest_gap_is_marked() -> None:
    rows = share_rows(
        [scenario(0, HOSTILE, mine=0.5, implied=0.2), scenario(1, "peace", mine=0.1, implied=0.2),
         scenario(2, "something else", implied=0.6)]
    )  # fmt: skip
    assert ['class="me"' in row for row in rows] == [True, False, False]
    assert HOSTILE not in rows[0]
    assert "+30" in rows[0]


def test_quotes_are_set_apart_and_stay_text() -> None:
    shown = quoted("He “could <b>extract</b>” it; “open")
    assert shown == (
        "<bdi>He </bdi>"
        '<q class="fd-said"><bdi>“could &lt;b&gt;extract&lt;/b&gt;”</bdi></q>'
        "<bdi> it; “open</bdi>"
    )


def test_what_to_watch_names_the_question_and_what_an_answer_moves_most() -> None:
    after = ((0.7, 0.3), None)
    row = WatchRow(2, "Q?", START, 0.31, 0.4, ("yes", "no"), (0.5, 0.5), after, None, 1.0)
    assert watch_finding([row]) == "Next hour: “Q?”, 0.31 bits expected"
    assert watch_finding([dataclasses.replace(row, information=0.0)]) == (
        "No open indicator would change much"
    )
    assert effect(("a", "b", "c"), (0.4, 0.3, 0.3), (0.5, 0.0, 0.5)) == (
        f"<bdi>b</bdi> to 0{NBSP}% (−30)"
    )
    assert effect(("a", "b"), (0.5, 0.5), None) == "cannot come out so"
    rows = [SensitivityRow(1.0, (0.5, 0.5)), SensitivityRow(0.25, (0.4, 0.6))]
    assert sensitivity_finding(("a", "b"), rows) == (
        f"If the indicators say much the same, “a” is nearer 40{NBSP}% than 50{NBSP}%"
    )


def test_the_table_holds_what_is_drawn_latest_first(board: Make) -> None:
    one = board([[0.2, 0.3, 0.5], [np.nan] * 3, [0.1, 0.4, 0.5]])
    numbers = scenario_numbers(one, "mine")
    assert list(numbers.columns) == ["At", *NAMES]
    assert numbers.rows == [(one.series.at[2], 0.1, 0.4, 0.5), (one.series.at[0], 0.2, 0.3, 0.5)]
