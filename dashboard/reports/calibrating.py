"""A calibration on paper: the diagram, its numbers, and where the error comes from."""

from dashboard import formats
from dashboard.charts.calibration_finding import (
    error_finding,
    reliability_finding,
    verdict_sentence,
)
from dashboard.charts.calibration_numbers import reliability_numbers
from dashboard.charts.reliability import reliability_chart
from dashboard.reports.sheet import chart, note, section, table
from dashboard.theme import LIGHT
from dashboard.widgets.calibration.decomposition import HEAD, decomposition
from dashboard.widgets.safe import Html
from forecasts.results.calibration import CalibrationView


def calibration_sections(view: CalibrationView, *, role: str) -> list[Html]:
    """The reliability diagram with its table, and the decomposition; one line without outcomes."""
    if view.curve is None:
        return [section("Calibration", "", note("Nothing has resolved that it could be told by."))]
    drawn = chart(
        reliability_chart(view, palette=LIGHT, role=role),
        reliability_numbers(view),
        title=reliability_finding(view),
        under="How often it happened, %, against what was said, %. On the diagonal is perfect. "
        f"{verdict_sentence(view)}",
        name="reliability",
    )
    entered = (
        f"{formats.count(view.forecasts, 'forecast')} on "
        f"{formats.count(view.questions, 'resolved question')} entered: {view.entering}."
    )
    parts = section(
        error_finding(view),
        "The Brier score taken apart, 0 to 1; lower is better. A question with more than two "
        "options enters once for each of them.",
        table(HEAD, decomposition(view.curve)),
        note(entered),
    )
    return [drawn, parts]
