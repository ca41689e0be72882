"""A question's history as a chart, and what its marks stand for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from dashboard.charts.end_labels import NAMED_OTHERS
from dashboard.charts.evidence import numbered_evidence
from dashboard.charts.history import history_chart
from dashboard.charts.history_finding import history_finding, history_subtitle
from dashboard.charts.history_number import number_chart, number_finding, number_subtitle
from dashboard.charts.history_numbers import history_numbers
from dashboard.widgets.chart import draw
from dashboard.widgets.crowd import HIDDEN
from dashboard.widgets.dates import when
from dashboard.widgets.forecasting.stated import stated
from dashboard.widgets.parts import body
from dashboard.widgets.safe import Html, fill, joined
from dashboard.widgets.style import palette
from forecasts.results.question import QuestionView

EVERYONE = "Everyone"


def history_part(view: QuestionView, now: datetime, *, hidden: bool = False) -> None:
    """The chart of the probabilities, or of a number's medians with what stands now.

    ``hidden`` says that the reader chose not to see the others yet.
    """
    numeric = view.row.kind == "numeric"
    shown = chosen_lines(view)
    found = number_finding(shown) if numeric else history_finding(shown)
    chart = number_chart if numeric else history_chart
    draw(
        chart(shown, now=now, palette=palette()),
        history_numbers(shown),
        title=HIDDEN if hidden else found,
        under=number_subtitle(shown) if numeric else history_subtitle(shown),
        name=f"question {view.row.id} history",
        key="history",
        foot=f"Question {view.row.id}: {view.row.title}",
    )
    if numeric:
        _latest(view)
    crowd = f"Crowd: median of {view.row.crowd_size} forecasts. " if view.row.crowd_size > 1 else ""
    said = "“” marks comments. " if view.comments else ""
    st.html(_legend(view, f"{crowd}{said}Days and times are your own; UTC on hover."))
    if view.background:
        with st.expander("Background"):
            body(view.background)


def chosen_lines(view: QuestionView) -> QuestionView:
    """The question with everyone's lines, or with the reader's, the crowd's and the sources' only.

    Offered where there are others to leave out and something else to look at. With several options
    it is the reader's lines or the crowd's: both at once could not be told apart.
    """
    if view.row.kind in ("multiple_choice", "ordered"):
        return _mine_or_the_crowd(view)
    lines = tuple(line for line in view.lines if line.role != "other")
    fans = tuple(fan for fan in view.fans if fan.role != "other")
    others = len(view.lines) + len(view.fans) - len(lines) - len(fans)
    if not others or not (lines or fans):
        return view
    crowd = "Me" if view.fans else "Me and the crowd"
    first = EVERYONE if others <= NAMED_OTHERS else crowd
    picked = _line_choice(view, (EVERYONE, crowd), first)
    return view if picked == EVERYONE else replace(view, lines=lines, fans=fans)


def _mine_or_the_crowd(view: QuestionView) -> QuestionView:
    if len({line.role for line in view.lines}) < 2:
        return view
    picked = _line_choice(view, ("Mine", "The crowd’s"), "Mine")
    role = "me" if picked == "Mine" else "crowd"
    return replace(view, lines=tuple(line for line in view.lines if line.role == role))


def _line_choice(view: QuestionView, choices: Sequence[str], first: str) -> str:
    picked: str = st.segmented_control(
        "Lines",
        choices,
        default=first,
        key=f"lines of {view.row.id}",
        label_visibility="collapsed",
        required=True,
    )
    return picked


def _legend(view: QuestionView, last: str) -> Html:
    """The numbered evidence spelt out, and one line more."""
    lines = [
        fill(
            '<p class="fd-note"><b>{n}</b> {day}: <bdi>{text}</bdi></p>',
            n=number,
            day=when(at),
            text=entry.text,
        )
        for number, at, entry in numbered_evidence(view)
    ]
    return joined([*lines, fill('<p class="fd-note">{last}</p>', last=last)])


def _latest(view: QuestionView) -> None:
    latest = {
        entry.forecaster_id: entry
        for entry in sorted(view.record, key=lambda entry: (entry.made_at, entry.id))
    }
    for entry in latest.values():
        st.html(
            fill(
                "<p><b><bdi>{who}</bdi></b> <bdi>{what}</bdi> "
                '<span class="fd-sub">{when}{late}</span></p>',
                who=entry.forecaster,
                what=stated(entry, view.options),
                when=when(entry.made_at),
                late=", retrospective" if entry.cls == "retrospective" else "",
            )
        )
