"""Words, outcomes and ROC: the numbers drawn are the view's, and headings claim no more."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.calibration_numbers import (
    outcomes_numbers,
    reliability_numbers,
    roc_numbers,
    words_numbers,
)
from dashboard.charts.discrimination import (
    can_tell,
    outcomes_chart,
    outcomes_finding,
    roc_chart,
    roc_finding,
)
from dashboard.charts.reliability import reliability_chart
from dashboard.charts.text_width import text_size
from dashboard.charts.thinning import MOST, thinned
from dashboard.charts.words import LANES, SHOWN, drawn_rows, shown_as, words_chart
from dashboard.charts.words_finding import miss, words_finding
from dashboard.theme import LIGHT
from forecasts.maths.bins import wilson_interval
from forecasts.maths.discrimination import roc_curve
from forecasts.results.calibration import DiscriminationView, WordRow, WordsView
from forecasts.views.words import ranges

SCALES = [shown_as(name) for name in LANES]


def traces(figure: Any, name: str) -> list[Any]:
    return [data for data in figure.data if data.name == name]


def row(word: str, happened: int, statements: int, publisher: str | None = None) -> WordRow:
    interval = wilson_interval(happened / statements, statements)
    return WordRow(word, publisher, statements, statements, happened, interval, ranges(word), False)


def shown(*rows: WordRow, word: str | None = None) -> WordsView:
    return WordsView(word, rows, (), sum(one.statements for one in rows), ())


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=5))
def test_no_count_of_a_word_is_cut(statements: list[int]) -> None:
    view = shown(*(row(f"word {i}", n // 3, n) for i, n in enumerate(statements)))
    figure = words_chart(view, palette=LIGHT)
    for note in figure.layout.annotations:
        room = figure.layout.margin.r - note.xshift
        assert text_size(note.text, note.font.size)[0] <= room


def test_words_are_drawn_with_their_counts_before_every_scales_range() -> None:
    view = shown(row("likely", 9, 12), row("may", 1, 4), row("surely perhaps", 1, 1))
    figure = words_chart(view, palette=LIGHT)
    (dots,) = traces(figure, "came true")
    assert list(dots.x) == [0.75, 0.25, 1.0]
    assert [about[0] for about in dots.customdata] == ["likely", "may", "surely perhaps"]
    filled = [colour == LIGHT.text for colour in dots.marker.color]
    assert filled == [True, False, False]  # hollow under ten
    (intervals,) = traces(figure, "interval")
    assert tuple(intervals.x[:3]) == (*wilson_interval(0.75, 12), None)
    (scales,) = traces(figure, "scales")
    ends = list(zip(scales.text[::3], scales.x[::3], scales.x[1::3], strict=True))
    drawn = {name: [end[1:] for end in ends if end[0].startswith(name)] for name in SCALES}
    assert drawn["ICD 203"] == [(0.55, 0.8)]
    assert drawn["NATO"] == [(0.6, 0.9)]
    assert len(drawn["a survey"]) == 2
    assert set(scales.x[2::3]) == {None}
    assert [(box.x0, box.x1) for box in figure.layout.shapes] == [(0.55, 0.8), (0.25, 0.5)]
    texts = [note.text for note in figure.layout.annotations]
    assert texts[0].replace("\u00a0", " ") == "<b>9 of 12</b> · 75 %"
    assert words_numbers(view).rows[0][:5] == ("likely", "all", 9, 12, 0.75)


def test_one_word_has_a_row_for_each_scale_and_each_publisher() -> None:
    view = shown(row("likely", 6, 8, "BISI"), row("likely", 3, 4, "<b>Ifri</b>"), word="likely")
    figure = words_chart(view, palette=LIGHT)
    assert list(figure.layout.yaxis.ticktext) == [
        "this desk", "ICD 203", "UK PHIA", "NATO", "Kent", "a survey", "BISI",
        "&lt;b&gt;Ifri&lt;/b&gt;",
    ]  # fmt: skip
    assert words_finding(view) == "“Likely” happened 9 times in 12"
    alone = shown(row("likely", 9, 12, "BISI"), word="likely")
    assert words_finding(alone) == "“Likely”, as used by BISI, happened 9 times in 12"
    many = shown(*(row("likely", 1, 2 + n) for n in range(SHOWN + 3)))
    assert [one.statements for one in drawn_rows(many)] == list(range(5, SHOWN + 5))


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        ([], "No resolved statement uses a word of likelihood"),
        (
            [row("will", 0, 9), row("likely", 1, 2)],
            "Too few statements to say what words mean: “will” leads with 9 resolved statements",
        ),
        ([row("likely", 9, 12)], "“Likely” held up"),
        ([row("will", 5, 11)], "“Will” came true less often than it says"),
        (
            [row("likely", 9, 12), row("unlikely", 10, 12)],
            "“Likely” held up; “unlikely” came true more often than it says",
        ),
        ([row("will", 24, 30)], "Cannot tell yet whether “will” holds up"),
        ([row("will", 24, 30), row("likely", 9, 12)], "“Likely” held up"),
    ],
)
def test_the_heading_of_the_words_claims_what_intervals_allow(
    rows: list[WordRow], heading: str
) -> None:
    assert words_finding(shown(*rows)) == heading


def test_a_bare_possibility_neither_holds_up_nor_misses() -> None:
    may = replace(row("may", 9, 27), is_possibility=True)
    assert words_finding(shown(may, row("likely", 9, 12))) == "“Likely” held up"
    assert words_finding(shown(may)).startswith("Too few statements to say what words mean")


def test_a_word_misses_by_how_far_its_interval_lies_outside_the_range() -> None:
    assert miss(row("likely", 9, 12)) == 0
    will = row("will", 5, 11)
    assert miss(will) == pytest.approx(will.interval[1] - 0.9)
    unlikely = row("unlikely", 10, 12)
    assert miss(unlikely) == pytest.approx(unlikely.interval[0] - 0.35)


P = [0.05, 0.15, 0.15, 0.45, 0.65, 0.95, 0.25, 0.75, 0.85, 0.35]
HAPPENED = [0, 0, 1, 0, 1, 1, 0, 1, 1, 0]


def told_apart(**changes: Any) -> DiscriminationView:
    events = np.zeros(10)
    others = np.zeros(10)
    for p, happened in zip(P, HAPPENED, strict=True):
        (events if happened else others)[int(10 * p)] += 0.2
    plain = DiscriminationView(
        tuple(events), tuple(others), 0.67, 0.25, roc_curve(P, HAPPENED), (0.6, 0.99), 10
    )
    return replace(plain, **changes)


def test_outcomes_and_roc_are_the_views_own() -> None:
    view = told_apart()
    figure = outcomes_chart(view, palette=LIGHT)
    (up,), (down,) = traces(figure, "happened"), traces(figure, "did not")
    assert tuple(up.y) == view.events
    assert tuple(down.y) == tuple(-share for share in view.non_events)
    texts = [note.text.replace("\u00a0", " ") for note in figure.layout.annotations]
    assert texts == ["before yes: mean 67 %", "before no: mean 25 %"]
    (curve,) = traces(roc_chart(view, palette=LIGHT), "threshold")
    assert view.roc is not None
    np.testing.assert_array_equal(curve.x, view.roc.false_alarms)
    np.testing.assert_array_equal(curve.y, view.roc.hits)
    assert curve.customdata[0] == "never"
    assert roc_numbers(view).rows[0] == (0.95, 0.2, 0.0)
    assert outcomes_numbers(view).rows[1] == pytest.approx((0.1, 0.2, 0.2, 0.2))
    assert outcomes_finding(view) == "What happened was put 42 points higher than what did not"


@pytest.mark.parametrize(
    ("interval", "heading"),
    [
        ((0.6, 0.99), "Yes is told from no in 86 % of pairs"),
        ((0.4, 0.99), "Telling yes from no: not distinguishable from chance yet"),
        ((0.1, 0.4), "Yes and no are told apart the wrong way round"),
        (None, "Yes and no told apart with an area of 0.86"),
    ],
)
def test_the_heading_of_the_roc_is_as_sure_as_its_interval(
    interval: tuple[float, float] | None, heading: str
) -> None:
    assert roc_finding(told_apart(interval=interval)).replace("\u00a0", " ") == heading


def test_what_cannot_be_told_is_said() -> None:
    few = told_apart(questions=9)
    assert not can_tell(few)
    assert outcomes_finding(few) == "This needs 10 resolved questions; there are 9"
    one_sided = DiscriminationView((), (), None, None, roc_curve([0.4], [1]), None, 12)
    assert not can_tell(one_sided)
    assert outcomes_finding(one_sided) == "Both yes and no must have happened to tell them apart"
    assert roc_numbers(one_sided).rows == []


def test_a_line_of_many_points_keeps_its_ends() -> None:
    assert thinned(5).tolist() == [0, 1, 2, 3, 4]
    assert thinned(9, 3).tolist() == [0, 4, 8]
    many = thinned(123_456)
    assert (many.size, many[0], many[-1]) == (MOST, 0, 123_455)
    p = np.linspace(0, 1, 3 * MOST)
    view = told_apart(roc=roc_curve(p, p > np.tile([0.3, 0.7], p.size // 2)))
    (curve,) = traces(roc_chart(view, palette=LIGHT), "threshold")
    assert (len(curve.x), curve.y[0], curve.y[-1]) == (MOST, 0, 1)


def test_every_point_says_what_it_stands_for(calibration_view: Any) -> None:
    view = calibration_view(P, [bool(one) for one in HAPPENED])
    figure = reliability_chart(view, palette=LIGHT, shown=(0.7, 0.8))
    assert {kind for kind, *_ in traces(figure, "observed")[0].customdata} == {"level"}
    assert traces(figure, "questions")[0].customdata[1][:3] == ["tenth", 0.1, 0.2]
    (mark,) = figure.layout.shapes
    assert (mark.x0, mark.x1) == (0.7, 0.8)
    assert reliability_numbers(view).rows[1][-2:] == (2, 2)
