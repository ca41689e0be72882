"""The parts of the calibration page: reliability, error taken apart, discrimination."""

from dataclasses import replace

import streamlit as st

from dashboard import formats
from dashboard.charts.calibration_finding import (
    error_finding,
    error_sentence,
    reliability_finding,
    verdict,
)
from dashboard.charts.calibration_numbers import (
    outcomes_numbers,
    reliability_numbers,
    roc_numbers,
)
from dashboard.charts.discrimination import (
    area_text,
    can_tell,
    outcomes_chart,
    outcomes_finding,
    roc_chart,
    roc_finding,
)
from dashboard.charts.reliability import reliability_chart
from dashboard.context import database
from dashboard.widgets.calibration.decomposition import HEAD, decomposition
from dashboard.widgets.calibration.drill import CHART, follow_click, questions_behind, range_field
from dashboard.widgets.calibration.filters import Filtered
from dashboard.widgets.chart import draw
from dashboard.widgets.parts import claimed_line, finding, left_out_line, note, part, table
from dashboard.widgets.safe import visible
from dashboard.widgets.style import palette
from forecasts import clock
from forecasts.results.calibration import CalibrationView
from forecasts.views.calibration import calibration, discrimination


def calibration_of(asked: Filtered) -> CalibrationView:
    """The calibration that was asked for; the reader's own is called "You"."""
    with st.spinner("Judging forecasts …", show_time=True), database() as session:
        view = calibration(session, asked.choice, now=clock.now())
    return replace(view, who="You") if asked.is_me else view


@st.fragment
def reliability_part(view: CalibrationView, asked: Filtered) -> None:
    """The diagram, the questions behind a point of it, and what entered."""
    shown = follow_click(view)
    entered = entered_lines(view, asked)
    draw(
        reliability_chart(
            view, palette=palette(), role=asked.role, shown=None if shown is None else shown.ends
        ),
        reliability_numbers(view),
        title=reliability_finding(view),
        under="How often it happened, %, against what was said, %. On the diagonal is perfect.",
        name=f"calibration of {view.who}",
        key=CHART,
        alt=visible(verdict(view)),
        foot=" ".join(entered),
        select=True,
    )
    if view.curve is not None:
        range_field(view)
        questions_behind(shown, asked.choice)
    note(
        "Curve: isotonic, no bins. Band: where 90\u00a0% of perfectly calibrated forecasters would "
        "fall. Bars: questions at each tenth. Dots grow with the questions behind them.",
        *entered,
        *claimed_line(view.settings),
        *left_out_line(view.left_out),
    )


def entered_lines(view: CalibrationView, asked: Filtered) -> list[str]:
    """How much entered, which forecasts, and what they were narrowed to."""
    narrowing = asked.narrowing
    return [
        f"{formats.count(view.forecasts, 'forecast')} on "
        f"{formats.count(view.questions, 'resolved question')} entered: {view.entering}.",
        *([f"Only {narrowing}."] if narrowing else []),
    ]


def error_part(view: CalibrationView) -> None:
    """The Brier score taken apart, in words and numbers."""
    finding(error_finding(view), "The Brier score taken apart, 0 to 1; lower is better.")
    if view.curve is None:
        note("Nothing to take apart until a question with a forecast on it is resolved.")
        return
    table(HEAD, decomposition(view.curve))
    sentence = error_sentence(view)
    note(
        "0 is perfect; always saying 50\u00a0% on yes/no questions earns 0.250.",
        *([sentence] if sentence else []),
    )


def discrimination_part(asked: Filtered) -> None:
    """What was said before yes and before no, and how much an alarm could have caught."""
    with database() as session:
        view = discrimination(session, asked.choice, now=clock.now())
    if not view.questions:
        return
    part("Telling yes from no")
    if not can_tell(view):
        note(f"{outcomes_finding(view)}.")
        return
    left, right = st.columns([0.55, 0.45], gap="large")
    with left:
        draw(
            outcomes_chart(view, palette=palette()),
            outcomes_numbers(view),
            title=outcomes_finding(view),
            under="Share of what happened (up) and of what did not (down), %, by what was said, "
            "%. The further apart, the better.",
            name="forecasts by outcome",
            key="outcomes",
        )
    with right:
        draw(
            roc_chart(view, palette=palette(), role=asked.role),
            roc_numbers(view),
            title=roc_finding(view),
            under="Share caught, %, against share of false alarms, %, for every threshold. Higher "
            "is better.",
            name="ROC curve",
            key="roc",
        )
        note(
            f"Area under the curve: {area_text(view)}, with its 95\u00a0% interval by question. "
            "1 is perfect; chance, or always saying the same, earns 0.50."
        )
