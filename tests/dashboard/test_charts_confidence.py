"""Over- and underconfidence by part: the view's own slopes, and what they allow to say."""

from typing import Any

import pytest

from dashboard.charts.confidence import confidence_chart, confidence_finding, confidence_numbers
from dashboard.theme import LIGHT
from forecasts.maths.calibration import Recalibration
from forecasts.results.calibration import ConfidenceRow, ConfidenceView

UNTOLD = "Too few questions to tell over- from underconfidence by tag"


def row(name: str, slope: float | None, reach: float = 0.1, questions: int = 30) -> ConfidenceRow:
    fit = Recalibration(None, None, None, None, "every outcome is the same")
    if slope is not None:
        fit = Recalibration(slope, 0.0, (slope - reach, slope + reach), (-1.0, 1.0))
    return ConfidenceRow(name, name, 90, questions, 0.6, 0.5, fit)


def shown(*rows: ConfidenceRow) -> ConfidenceView:
    return ConfidenceView("You", "tag", rows, 0)


def traces(figure: Any, name: str) -> list[Any]:
    return [data for data in figure.data if data.name == name]


def test_slopes_and_intervals_are_the_views_own() -> None:
    view = shown(row("asia", 0.5), row("<i>", 1.2, questions=9), row("war", 2.4), row("sun", None))
    figure = confidence_chart(view, palette=LIGHT)
    dots, lines = traces(figure, "slope"), traces(figure, "interval")
    assert [dot.x[0] for dot in dots] == [0.5, 1.2, 2.0]  # beyond the axis it stands at its end
    assert [dot.y[0] for dot in dots] == [0, 1, 2]
    assert [dot.marker.color == LIGHT.me for dot in dots] == [True, False, True]  # hollow under ten
    assert tuple(lines[0].x) == pytest.approx((0.4, 0.6))
    assert list(figure.layout.yaxis.ticktext) == ["asia", "&lt;i&gt;", "war", "sun"]
    beside = [note.text for note in figure.layout.annotations][2:]
    assert beside == ["<b>0.50</b> · 30", "<b>1.20</b> · 9", "<b>2.40</b> · 30", "— · 30"]
    assert confidence_numbers(view).rows[0] == ("asia", 0.5, 0.4, 0.6, 0.6, 0.5, 90, 30)
    assert confidence_numbers(view).rows[3] == ("sun", None, None, None, 0.6, 0.5, 90, 30)


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        ([], "Nothing to tell apart by tag"),
        ([row("asia", 0.5, questions=9)], UNTOLD),
        ([row("asia", None)], UNTOLD),
        ([row("asia", 0.95)], "By tag, neither over- nor underconfidence is plain"),
        ([row("asia", 0.8)], "Plainly overconfident: asia"),
        ([row("asia", 0.8), row("war", 0.5)], "Overconfident throughout, by tag"),
        ([row("asia", 1.8), row("war", 1.5)], "Underconfident throughout, by tag"),
        (
            [row("asia", 0.8), row("war", 1.5), row("sun", 1.0)],
            "Plainly overconfident: asia; underconfident: war",
        ),
        (
            [row("sun", 1.0), *(row(name, 0.5) for name in "abcd")],
            "Plainly overconfident: a, b and 2 more",
        ),
    ],
)  # fmt: skip
def test_the_heading_claims_what_intervals_allow(rows: list[ConfidenceRow], heading: str) -> None:
    assert confidence_finding(shown(*rows), "tag") == heading
