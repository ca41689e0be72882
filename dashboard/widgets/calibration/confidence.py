"""Where the over- or underconfidence is: by tag, forecaster, publisher, period, horizon, lead."""

from dataclasses import replace

import streamlit as st

from dashboard.charts.confidence import confidence_chart, confidence_finding, confidence_numbers
from dashboard.context import database
from dashboard.widgets.calibration.filters import SPANS, Filtered
from dashboard.widgets.calibration.parts import entered_lines
from dashboard.widgets.chart import draw
from dashboard.widgets.parts import note
from dashboard.widgets.safe import visible
from dashboard.widgets.style import palette
from forecasts import clock
from forecasts.results.calibration import CalibrationView, ConfidenceView, Part
from forecasts.views.confidence import confidence

PARTS: dict[str, Part] = {
    "tag": "tag",
    "forecaster": "forecaster",
    "publisher": "publisher",
    "year of the scheduled close": "year",
    "length of the question": "length",
    "time before the close": "lead",
}


@st.fragment
def confidence_part(whole: CalibrationView, asked: Filtered) -> None:
    """A field that says by what to part the forecasts, and the slope of each part."""
    by = st.selectbox("Over- and underconfidence by", list(PARTS), key="by", bind="query-params")
    with st.spinner("Fitting …", show_time=True), database() as session:
        found = confidence(
            session, asked.choice, PARTS[by], now=clock.now(), spans=tuple(SPANS.values())
        )
    view = _named(found)
    more = f" {view.left_out} more with fewer questions not shown." if view.left_out else ""
    draw(
        confidence_chart(view, palette=palette(), role=asked.role),
        confidence_numbers(view),
        title=visible(confidence_finding(view, by)),
        under="Slope of what happened on what was said, in log-odds; 1 is calibrated, below it "
        f"overconfident. Line: 95\u00a0% interval by question; beside it the questions.{more}",
        name=f"confidence by {by}",
        key="confidence",
        foot=" ".join(entered_lines(whole, asked)),
    )
    note(
        "Hollow: under 10 questions. Always saying the same, as a know-nothing does, has no slope. "
        "Each interval stands for itself: of twenty, one misses 1 by chance."
    )


def _named(view: ConfidenceView) -> ConfidenceView:
    """With the names that spans have in the filters."""
    names = {span: name for name, span in SPANS.items()}
    return replace(
        view,
        rows=tuple(
            replace(row, name=names[row.key]) if isinstance(row.key, tuple) else row
            for row in view.rows
        ),
    )
