"""Forecasting first and looking at the others afterwards, for whoever wants it so."""

from dataclasses import replace

import streamlit as st

from dashboard.context import may, my_id
from forecasts.results.question import ForecastView, QuestionView
from forecasts.results.questions import QuestionRow

_SLOT = "the crowd is hidden"  # no widget's key: those are forgotten with the page
HIDDEN = "The crowd is hidden until your forecast is in"


def crowd_choice(view: QuestionView) -> bool:
    """Offer to hide the crowd while the reader has said nothing; whether it is hidden now."""
    if not _may_hide(view, my_id()) or not may("forecast"):
        return False
    wanted: bool = st.session_state.get(_SLOT, False)
    picked = st.toggle(
        "Hide the crowd until my forecast is in",
        value=wanted,
        help="Other people’s forecasts, reasons and comments stay out of sight on questions on "
        "which you have not forecast. The sources’ words are shown.",
    )
    if picked != wanted:
        st.session_state[_SLOT] = picked
        st.rerun()
    return wanted


def _may_hide(view: QuestionView, me: int | None) -> bool:
    spoken = any(one.forecaster_id == me and one.cls == "live" for one in view.record)
    return view.row.status in ("upcoming", "open") and not spoken


def hides_crowd(row: QuestionRow) -> bool:
    """Whether the reader wants to forecast on this question before seeing the others."""
    wanted: bool = st.session_state.get(_SLOT, False)
    return wanted and row.mine_at is None and row.status in ("upcoming", "open")


def row_as_wished(row: QuestionRow) -> QuestionRow:
    """A row of a list, without the crowd where the reader wants to forecast first."""
    if not hides_crowd(row):
        return row
    return replace(row, crowd=None, crowd_size=0, crowd_change_7d=None)


def without_crowd(view: QuestionView, me: int | None) -> QuestionView:
    """The question as if nobody but its sources and the reader had forecast or commented."""

    def shown(entry: ForecastView) -> bool:
        return entry.forecaster_kind == "source" or entry.forecaster_id == me

    return replace(
        view,
        row=replace(view.row, crowd=None, crowd_size=0),
        lines=tuple(line for line in view.lines if line.role in ("me", "source")),
        fans=tuple(fan for fan in view.fans if fan.role in ("me", "source")),
        record=tuple(entry for entry in view.record if shown(entry)),
        comments=(),
    )
