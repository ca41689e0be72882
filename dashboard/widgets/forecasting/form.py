"""Making, changing and withdrawing a forecast, for every kind of question."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboard import formats
from dashboard.charts.stated_shape import (
    ordered_chart,
    ordered_finding,
    quantile_chart,
    quantile_finding,
)
from dashboard.context import form_key, my_id, perform
from dashboard.widgets.act_button import act_button
from dashboard.widgets.chart import preview
from dashboard.widgets.dates import when
from dashboard.widgets.forecasting.binary_form import binary_form
from dashboard.widgets.forecasting.reasons import reasons_inputs
from dashboard.widgets.forecasting.score_preview import Stated, score_preview
from dashboard.widgets.parts import finding, note
from dashboard.widgets.safe import Html, fill, plain
from dashboard.widgets.style import palette
from forecasts.results.question import ForecastView, QuestionView
from forecasts.services.forecasts import record_forecast, withdraw_forecast

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def forecast_form(view: QuestionView) -> None:
    """The form that fits the question's kind, and what may be done with a standing forecast."""
    standing = my_standing(view)
    finding(
        "Update your forecast" if standing else "Your forecast",
        _stands(standing, view) if standing else "You have no forecast on this question yet.",
    )
    if view.row.kind == "binary":
        binary_form(view.row)
    elif view.row.kind == "numeric":
        quantile_form(view, standing)
    else:
        options_form(view, standing)
    if standing:
        withdraw_button(view.row.id)


def my_standing(view: QuestionView) -> ForecastView | None:
    """My latest live forecast, unless it was withdrawn or has expired."""
    if view.row.mine_at is None:
        return None
    me = my_id()
    mine = [entry for entry in view.record if entry.forecaster_id == me and entry.cls == "live"]
    return max(mine, key=lambda entry: (entry.made_at, entry.id), default=None)


def _stands(standing: ForecastView, view: QuestionView) -> Html:
    binary = view.row.kind == "binary"
    at = f" at {formats.exact_percent(standing.probabilities[0])}" if binary else ""
    return fill("Yours stands{at} since {day}.", at=at, day=when(standing.made_at))


def options_form(view: QuestionView, standing: ForecastView | None) -> None:
    """One percentage an option. Nothing is rescaled: the sum is shown until it is 100.

    What comes with the numbers stands below the button, which would move away under the pointer.
    """
    form = f"forecast {view.row.id}"
    key = form_key(form)
    before = standing.probabilities if standing else ()
    shares = [
        st.number_input(
            f"{plain(option)}, %",
            min_value=0.0,
            max_value=100.0,
            value=round(100 * before[position], 6) if before else 0.0,
            step=1.0,
            format="%g",
            key=f"option {position} {key}",
        )
        for position, option in enumerate(view.options)
    ]
    note(_sum_line(shares))
    stated = [share / 100 for share in shares]
    reasons = reasons_inputs(key)
    whole: Stated = {"probabilities": stated} if _missing(shares) == 0 else {}
    score_preview(view.row.id, **whole)
    if act_button("Save", form, type="primary") and perform(
        form,
        record_forecast,
        question_id=view.row.id,
        probabilities=stated,
        rationale=reasons.rationale,
        confidence=reasons.confidence,
        expires_at=reasons.expires_at,
    ):
        st.rerun()
    if view.row.kind == "ordered" and any(shares):
        _shape(
            view.row.id,
            ordered_finding(view.options, stated),
            "Probability of each option, in their order.",
            ordered_chart(view.options, stated, palette=palette()),
        )


def _sum_line(shares: Sequence[float]) -> str:
    total, left = sum(shares), _missing(shares)
    if left == 0:
        return f"Sum 100{formats.NBSP}%."
    rest = f"{left:g} left to give" if left > 0 else f"{-left:g} too many"
    return f"Sum {total:g}{formats.NBSP}%: {rest}."


def _missing(shares: Sequence[float]) -> float:
    """Percentage points that are left to give; negative if too many were given."""
    return round(100 - sum(shares), 6)


def quantile_form(view: QuestionView, standing: ForecastView | None) -> None:
    """Values below which the answer falls with the stated probability; empty ones are left out."""
    form = f"forecast {view.row.id}"
    key = form_key(form)
    before = dict(standing.quantiles) if standing else {}
    unit = f", {plain(view.unit)}" if view.unit else ""
    values = {
        level: st.number_input(
            f"{100 * level:g} % chance that it is below{unit}",
            value=before.get(level),
            format="%g",
            key=f"level {level} {key}",
        )
        for level in LEVELS
    }
    stated = [(level, value) for level, value in values.items() if value is not None]
    reasons = reasons_inputs(key)
    if act_button("Save", form, type="primary") and perform(
        form,
        record_forecast,
        question_id=view.row.id,
        quantiles=stated,
        rationale=reasons.rationale,
        confidence=reasons.confidence,
        expires_at=reasons.expires_at,
    ):
        st.rerun()
    if stated:
        score_preview(view.row.id, quantiles=tuple(stated))
    if len(stated) > 1:
        _shape(
            view.row.id,
            quantile_finding(stated),
            f"Chance of lying below each value{f', {view.unit}' if view.unit else ''}, %.",
            quantile_chart(stated, palette=palette()),
        )


def _shape(question_id: int, title: str, under: str, figure: go.Figure) -> None:
    """What has been typed so far, drawn."""
    finding(title, under)
    preview(figure, key=f"shape of the forecast {question_id}", alt=title)


def withdraw_button(question_id: int) -> None:
    """Stop standing by one's forecast, after a second look."""
    form = f"withdraw {question_id}"
    with st.popover("Withdraw"):
        note("What stood until now stays in the record and is scored; nothing stands after it.")
        reason = st.text_input("Why (optional)", key=f"why {form_key(form)}")
        pressed = act_button("Withdraw my forecast", form)
        if pressed and perform(
            form, withdraw_forecast, question_id=question_id, rationale=reason or ""
        ):
            st.rerun()
