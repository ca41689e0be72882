"""Whose calibration, on which questions; and what entered it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import streamlit as st
from sqlmodel import Session

from dashboard import formats
from dashboard.widgets.parts import claimed_line, left_out_line, note
from dashboard.widgets.safe import visible
from forecasts.results.calibration import CalibrationView
from forecasts.results.questions import FacetValues
from forecasts.views.calibration import calibration

Kind = Literal["person", "source"]
GROUPS: dict[str, Kind | None] = {
    "All sources": "source",
    "All persons": "person",
    "Everyone": None,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader asked to see."""

    who: str | int  # a group, or a forecaster's id
    publisher: str | None
    tag: str | None
    retrospective: bool
    possibilities: bool
    all_questions: bool
    has_mine: bool
    role: str  # whose colour it is drawn in


def my_forecaster(choices: FacetValues, me: int | None) -> int | None:
    """The reader's id, once the reader has forecast."""
    return me if any(key == me for key, _, _ in choices.forecasters) else None


def calibration_filters(choices: FacetValues, me: int | None) -> Chosen:
    """Fields to choose with; it starts with the reader, or with the sources while there is none."""
    mine = my_forecaster(choices, me)
    names: dict[str | int, str] = {group: group for group in GROUPS}
    names |= {key: f"{visible(name)} ({kind})" for key, kind, name in choices.forecasters}
    if mine is not None:
        names = {mine: "You"} | names | {mine: "You"}
    who, publisher, tag = st.columns([1.4, 1.4, 1])
    with who:
        picked = st.selectbox("Forecaster", list(names), format_func=lambda key: names[key])
    with publisher:
        published = st.selectbox(
            "Publisher",
            choices.publishers,
            index=None,
            format_func=visible,
            placeholder="All publishers",
        )
    with tag:
        tagged = st.selectbox(
            "Tag", choices.tags, index=None, format_func=visible, placeholder="All tags"
        )
    with st.container(horizontal=True, gap="medium"):
        retrospective = st.checkbox("With retrospective forecasts")
        possibilities = st.checkbox("With bare possibilities (may, could)")
        everything = st.checkbox("With questions whose scheduled close lies ahead")
    return Chosen(
        picked,
        published,
        tagged,
        retrospective,
        possibilities,
        everything,
        mine is not None,
        _role(picked, mine, choices),
    )


def _role(picked: str | int, mine: int | None, choices: FacetValues) -> str:
    if picked == mine:
        return "me"
    kinds = {key: kind for key, kind, _ in choices.forecasters}
    kind = kinds.get(picked) if isinstance(picked, int) else GROUPS[picked]
    return "source" if kind == "source" else "crowd"


def calibration_of(
    session: Session, chosen: Chosen, choices: FacetValues, *, me: int | None, now: datetime
) -> CalibrationView:
    """The calibration that was asked for; the reader's own is called "You"."""
    group = chosen.who if isinstance(chosen.who, str) else None
    view = calibration(
        session,
        now=now,
        forecaster_id=chosen.who if isinstance(chosen.who, int) else None,
        forecaster_kind=GROUPS[group] if group else None,
        publisher=chosen.publisher,
        tag=chosen.tag,
        retrospective=chosen.retrospective,
        possibilities=chosen.possibilities,
        all_questions=chosen.all_questions,
    )
    return replace(view, who="You") if chosen.who == my_forecaster(choices, me) else view


def footnotes(view: CalibrationView) -> None:
    """What the parts of the diagram are, what entered, and what was left out and why."""
    note(
        "Curve: isotonic, no bins. Band: where 90\u00a0% of perfectly calibrated forecasters would "
        "fall. Bars: questions at each tenth. Dots grow with the questions behind them.",
        f"{formats.count(view.forecasts, 'forecast')} on "
        f"{formats.count(view.questions, 'resolved question')} entered: {view.entering}.",
        *claimed_line(view.settings),
        *left_out_line(view.left_out),
    )
