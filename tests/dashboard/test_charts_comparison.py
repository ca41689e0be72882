"""Comparing two, and scores by tag: what is drawn and said is what was found, and no more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import measure
from dashboard.charts.comparison import comparison_chart, comparison_numbers
from dashboard.charts.comparison_finding import chance, evidence, verdict
from dashboard.charts.heat_map import heat_chart
from dashboard.theme import LIGHT, tint
from dashboard.widgets.scores.heat_map import heat_finding, heat_levels, heat_table, tint_level
from forecasts.maths.comparison import compare
from forecasts.results.comparison import ComparedQuestion, Party, ScoreComparison
from forecasts.results.scores import HeatCell, HeatMap, HeatRow, ScoreSettings

BRIER, SPHERICAL = ScoreSettings(), ScoreSettings(rule="spherical_score")
YOU, CROWD, BO = Party("You", "me"), Party("The crowd", "crowd"), Party("Bo <b>", "other")


def compared(first, second, *, settings=BRIER, parties=(YOU, CROWD), words=False):
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    return ScoreComparison(
        *parties,
        settings=settings,
        questions=tuple(
            ComparedQuestion(i, f"Question <i>{i}", begin + timedelta(days=i), one, other)
            for i, (one, other) in enumerate(zip(first, second, strict=True))
        ),
        means=(float(np.mean(first)), float(np.mean(second))) if len(first) else None,
        test=compare(first, second, rng=np.random.default_rng(1), replicates=500),
        depends_on_words=words,
    )


FAR = [0.04 + i / 1000 for i in range(12)], [0.25 + i / 500 for i in range(12)]
NEAR = [0.1, 0.3] * 6, [0.3, 0.1] * 6


def test_the_better_one_is_named_only_where_it_can_be_told():
    assert verdict(compared(*FAR)) == "You are better than the crowd"
    assert verdict(compared(*reversed(FAR))) == "The crowd is better than you"
    assert verdict(compared(*NEAR)) == "You and the crowd cannot be told apart yet"
    assert verdict(compared([0.1] * 9, [0.9] * 9)) == (
        "Cannot tell yet: 9 common questions, 10 are needed"
    )
    assert verdict(compared([], [])) == "Cannot tell yet: 0 common questions, 10 are needed"
    same = compared([0.1] * 12, [0.1] * 12)
    assert verdict(same) == "You and the crowd earned the same on every common question"


def test_where_higher_is_better_the_verdict_turns_round():
    assert verdict(compared(*FAR, settings=SPHERICAL)) == "The crowd is better than you"
    one, other = compared(*FAR), compared(*FAR, settings=SPHERICAL)
    assert (one.lead > 0, other.lead) == (True, pytest.approx(-one.lead))


def test_the_evidence_says_questions_difference_interval_and_chance():
    found = compared(*FAR)
    said = evidence(found)
    low, high = found.test.interval
    assert "On 12 common questions you scored 0.045 and the crowd 0.261: 0.215 better" in said
    assert f"from {-low:.3f} better to {-high:.3f} better" in said
    assert chance(found.test.p_value) in said
    assert (chance(0.0001), chance(0.04), chance(0.5)) == ("p < 0.001", "p = 0.04", "p = 0.5")
    assert (chance(1.0), chance(0.9998), chance(0.1)) == ("p = 1", "p = 1", "p = 0.1")
    mixed = evidence(compared(*NEAR))
    assert " better to " in mixed
    assert " worse; p = " in mixed


def test_a_dot_is_a_question_and_its_side_says_who_was_better():
    found = compared([0.1, 0.5, *FAR[0]], [0.2, 0.1, *FAR[1]], parties=(YOU, BO))
    figure = comparison_chart(found, palette=LIGHT)
    (dots,) = figure.data
    assert list(dots.y[:2]) == pytest.approx([0.1, -0.4])
    assert list(dots.marker.color[:2]) == [LIGHT.me, LIGHT.ground]
    assert "<i>" not in dots.customdata[0][0]
    band, mean = figure.layout.shapes[0], figure.layout.shapes[1]
    low, high = found.test.interval
    assert (band.y0, band.y1) == pytest.approx((-high, -low))
    assert mean.y0 == pytest.approx(found.lead)
    texts = " ".join(note.text for note in figure.layout.annotations)
    assert "Bo &lt;b&gt;" in texts
    rows = comparison_numbers(found).rows
    assert [row[2:] for row in rows] == [(one.first, one.second) for one in found.questions]
    assert comparison_chart(compared([], []), palette=LIGHT).layout.shapes[0].y0 == 0


HEAT = HeatMap(
    tags=(("asia", 30), ("<b>", 12)),
    rows=(
        HeatRow("You", "me", (HeatCell(20, 0.1, 0.25), HeatCell(12, 0.35, 0.25))),
        HeatRow("Bo", "other", (HeatCell(9, 0.4, 0.25), None)),
    ),
)


def test_a_cell_shows_its_number_and_says_worse_in_words():
    table = heat_table(HEAT, BRIER)
    assert 'class="c better4"' in table
    assert "<b>0.100</b><small>20</small>" in table
    assert "<b>0.350</b><small>12 worse</small>" in table
    assert "0.150 better than a know-nothing" in table
    assert 'class="c few"' in table  # nine questions carry no tint
    assert "<b></bdi>" not in table
    assert heat_finding(HEAT, BRIER) == "So far you do best on asia (20), worst on <b> (12)"
    turned = heat_finding(HEAT, SPHERICAL)
    assert turned == "So far you do best on <b> (12), worst on asia (20)"
    assert heat_finding(HeatMap(), BRIER) == "No tag has a scored question yet"


def test_the_picture_of_the_heat_map_has_the_tables_cells():
    levels = heat_levels(HEAT, BRIER)
    assert levels == ((4, -3), (0, 0))
    figure = heat_chart(HEAT, levels, BRIER, palette=LIGHT)
    (cells,) = figure.data
    texts = dict(zip(zip(cells.x, cells.y, strict=True), cells.text, strict=True))
    assert texts == {(0, 0): "0.100<br>20", (1, 0): "0.350<br>12 worse", (0, 1): "0.400<br>9 worse",
                     (1, 1): "—"}  # fmt: skip
    fills = [(shape.x0 + 0.49, shape.fillcolor) for shape in figure.layout.shapes]
    assert fills == [(0, tint(LIGHT.me, 0.36)), (1, tint(LIGHT.source, 0.27))]
    assert figure.layout.xaxis.ticktext == ("asia", "&lt;b&gt;")
    assert figure.layout.yaxis.ticktext == ("You", "Bo")


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_tint_grows_with_the_distance_from_a_know_nothing(one, other):
    near, far = sorted((one, other), key=lambda score: abs(score - 0.25))
    levels = [tint_level(HeatCell(20, score, 0.25), BRIER) for score in (near, far)]
    assert levels == sorted(levels)
    assert set(levels) <= {0, 1, 2, 3, 4}


def test_every_setting_is_named():
    log = replace(BRIER, rule="log_score", clock="continuous", before_first="crowd")
    assert measure.unit(log) == "Log score, in nats, from 0, lower is better"
    assert "earns 0.693" in measure.meaning(log)
    told = measure.conditions(log, clipped=3)
    assert "exactly as long as it stood" in told
    assert "median of the others" in told
    assert "0.1\u00a0% at least and 99.9\u00a0% at most, which moved 3 forecasts" in told
    assert measure.unit(SPHERICAL) == "Spherical score, 0 to 1, higher is better"
    assert measure.difference(0.8, 0.7, SPHERICAL) == "0.100 better"
    assert measure.difference(0.8, 0.7, BRIER) == "0.100 worse"
    twice = replace(BRIER, scale=2)
    assert measure.unit(twice) == "Brier score, 0 to 2, lower is better"
    assert "earns 0.500" in measure.meaning(twice)
