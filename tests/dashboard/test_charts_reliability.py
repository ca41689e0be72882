"""The reliability diagram: the curve's and the bins' own numbers, and a hedged verdict."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dashboard.charts.calibration_finding import (
    bias,
    error_finding,
    reliability_finding,
    telling_level,
    verdict,
    verdict_sentence,
)
from dashboard.charts.reliability import reliability_chart
from dashboard.theme import LIGHT
from dashboard.widgets.calibration.decomposition import decomposition
from forecasts.maths.calibration import Recalibration
from forecasts.results.calibration import CalibrationView

Make = Callable[..., CalibrationView]
TEN = [0.8] * 10
SEVEN_OF_TEN = [True] * 7 + [False] * 3


def trace(figure: Any, name: str) -> Any:
    return next(data for data in figure.data if data.name == name)


def slope(value: float, low: float, high: float) -> Recalibration:
    return Recalibration(value, 0.0, (low, high), (-1.0, 1.0))


def test_curve_band_and_counts_are_the_views_own(calibration_view: Make) -> None:
    view = calibration_view([*TEN, 0.1, 0.3], [*SEVEN_OF_TEN, False, True])
    assert view.curve is not None
    assert view.band is not None
    figure = reliability_chart(view, palette=LIGHT)
    observed = trace(figure, "observed")
    np.testing.assert_allclose(observed.x, view.curve.stated)
    np.testing.assert_allclose(observed.y, view.curve.observed)
    band = trace(figure, "band")
    np.testing.assert_allclose(band.y, [*view.band.high, *view.band.low[::-1]])
    bars = trace(figure, "questions")
    assert list(bars.y) == [1, 1, 10]
    assert list(bars.x) == pytest.approx([0.15, 0.35, 0.85])


def test_without_anything_resolved_the_diagonal_stands_alone(calibration_view: Make) -> None:
    view = calibration_view([], [])
    figure = reliability_chart(view, palette=LIGHT)
    assert [data.name for data in figure.data] == ["perfect calibration", "questions"]
    assert verdict(view) == "You: nothing has resolved yet"
    assert "first resolved question" in verdict_sentence(view)
    assert error_finding(view) == "No error to take apart yet"


def test_the_callout_stands_at_the_level_the_heading_names(calibration_view: Make) -> None:
    view = calibration_view(TEN, SEVEN_OF_TEN)
    assert telling_level(view) == (0.8, pytest.approx(0.7))
    notes = {note.text: note for note in reliability_chart(view, palette=LIGHT).layout.annotations}
    told = notes["<b>said 80, happened 70</b>"]
    # A rising curve cannot pass to the left and above of its point.
    assert (told.xanchor, told.ax < 0, told.ay < 0) == ("right", True, True)
    heading = reliability_finding(view).replace("\u00a0", " ")
    assert heading == "What was called 80 % came true less often than that"


def test_few_questions_claim_nothing(calibration_view: Make) -> None:
    view = calibration_view([0.8] * 4, [True] * 4, recalibration=slope(0.3, 0.2, 0.4))
    assert verdict(view) == "Cannot tell yet: 6 more resolved questions needed"
    assert reliability_finding(view) == "A curve needs 10 resolved questions; there are 4"
    texts = [note.text for note in reliability_chart(view, palette=LIGHT).layout.annotations]
    assert not any("said" in text for text in texts)
    assert "happened" not in verdict_sentence(view)
    drawn = [data.name for data in reliability_chart(view, palette=LIGHT).data]
    assert drawn == ["perfect calibration", "questions"]


@pytest.mark.parametrize(
    ("fit", "claim"),
    [
        (slope(0.8, 0.7, 0.9), "a little overconfident"),
        (slope(0.7, 0.6, 0.9), "clearly overconfident"),
        (slope(0.73, 0.48, 1.2), "perhaps overconfident"),
        (slope(1.05, 0.8, 1.3), "well calibrated, as far as 10 questions can tell"),
        (slope(1.2, 1.1, 1.3), "a little underconfident"),
        (slope(1.6, 1.1, 2.3), "clearly underconfident"),
        (slope(1.3, 0.9, 2.3), "perhaps underconfident"),
    ],
)
def test_the_claim_is_as_strong_as_the_interval_allows(
    calibration_view: Make, fit: Recalibration, claim: str
) -> None:
    view = calibration_view(TEN, SEVEN_OF_TEN, recalibration=fit)
    assert bias(view) == claim
    mine = f"You are {claim}".replace("You are perhaps", "Perhaps you are")
    assert verdict(view) == mine
    assert verdict(replace(view, who="All sources")) == f"All sources: {claim}"


def test_no_slope_gives_its_reason(calibration_view: Make) -> None:
    fit = Recalibration(None, None, None, None, "all events happened")
    view = calibration_view(TEN, [True] * 10, recalibration=fit)
    assert verdict(view).startswith("Cannot tell")
    assert "No slope: all events happened." in verdict_sentence(view)


def test_the_decomposition_shows_numbers_that_add_up(calibration_view: Make) -> None:
    view = calibration_view([*TEN, 0.1, 0.3], [*SEVEN_OF_TEN, False, True])
    assert view.curve is not None
    rows = decomposition(view.curve)
    assert f"{view.curve.uncertainty:.3f}" in rows[0]
    assert f"+ {view.curve.miscalibration:.3f}" in rows[1]
    assert f"− {view.curve.discrimination:.3f}" in rows[2]
    assert f"{view.curve.brier:.3f}" in rows[3]
