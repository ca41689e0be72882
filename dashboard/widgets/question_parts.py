"""The middle of a question's page: its history, and what can be done with it now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from dashboard import formats
from dashboard.charts.evidence import numbered_evidence
from dashboard.charts.history import NAMED_OTHERS, history_chart
from dashboard.charts.history_finding import history_finding, history_subtitle
from dashboard.charts.history_number import number_chart, number_finding, number_subtitle
from dashboard.charts.history_numbers import history_numbers
from dashboard.context import may, my_id
from dashboard.widgets.allowed import allowed
from dashboard.widgets.chart import draw
from dashboard.widgets.crowd import HIDDEN
from dashboard.widgets.dates import when
from dashboard.widgets.forecast_form import forecast_form
from dashboard.widgets.kept import being_filled
from dashboard.widgets.nav import open_question
from dashboard.widgets.parts import body, link, note, page_head
from dashboard.widgets.record import scores_part
from dashboard.widgets.safe import Html, fill, joined, visible
from dashboard.widgets.settle import annul_form, correct_form, resolve_form
from dashboard.widgets.stated import stated
from dashboard.widgets.style import palette
from forecasts.results.question import QuestionView, ResolutionView
from forecasts.results.questions import QuestionRow

EVERYONE = "Everyone"


def pick_question(rows: Sequence[QuestionRow]) -> None:
    """A question to choose where the address names none."""
    page_head("Which question?", "Every question has its own address, such as /question?id=7.")
    titles = {row.id: row.title for row in rows}
    chosen = st.selectbox(
        "Question",
        list(titles),
        index=None,
        format_func=lambda key: visible(titles[key]),
        placeholder="Choose a question" if rows else "There is no question yet",
    )
    if chosen is not None:
        open_question(chosen)


def history_part(view: QuestionView, now: datetime, *, hidden: bool = False) -> None:
    """The chart of the probabilities, or of a number's medians with what stands now.

    ``hidden`` says that the reader chose not to see the others yet.
    """
    numeric = view.row.kind == "numeric"
    found = number_finding(view) if numeric else history_finding(view)
    chart = number_chart if numeric else history_chart
    shown = chosen_lines(view)
    draw(
        chart(shown, now=now, palette=palette()),
        history_numbers(shown),
        title=HIDDEN if hidden else found,
        under=number_subtitle(view) if numeric else history_subtitle(view),
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

    Offered where there are others to leave out and something else to look at.
    """
    lines = tuple(line for line in view.lines if line.role != "other")
    fans = tuple(fan for fan in view.fans if fan.role != "other")
    others = len(view.lines) + len(view.fans) - len(lines) - len(fans)
    if not others or not (lines or fans):
        return view
    crowd = "Me" if view.fans else "Me and the crowd"
    picked = st.segmented_control(
        "Lines",
        [EVERYONE, crowd],
        default=EVERYONE if others <= NAMED_OTHERS else crowd,
        key=f"lines of {view.row.id}",
        label_visibility="collapsed",
        required=True,
    )
    return view if picked == EVERYONE else replace(view, lines=lines, fans=fans)


def _legend(view: QuestionView, last: str) -> Html:
    """The numbered evidence spelt out, and one line more."""
    lines = [
        fill(
            '<p class="fd-note"><b>{n}</b> {day}: <bdi>{text}</bdi></p>',
            n=number,
            day=formats.day(at),
            text=entry.text,
        )
        for number, at, entry in numbered_evidence(view.evidence)
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


def action_part(view: QuestionView) -> None:
    """What the question takes now: a forecast, an outcome, or a correction."""
    if view.parent_failed:
        note("Its condition was not met: it takes no forecast and is scored for nobody.")
        _kept(view)
        return
    if view.row.status in ("resolved", "annulled"):
        if view.row.status == "resolved":
            scores_part(view, my_id())
        _outcome(view.resolutions[-1])
        if allowed("correct", "Correcting the outcome"):
            with st.popover("Correct the outcome"):
                correct_form(view)
    else:
        if view.row.status in ("open", "upcoming"):
            if allowed("forecast", "Forecasting"):
                with st.container(border=True):
                    forecast_form(view)
        else:
            note("This question is closed and takes no more forecasts.")
        if allowed("resolve", "Resolving"):
            with st.expander("Resolve", expanded=view.row.status == "closed"):
                resolve_form(view)
    _kept(view)
    if view.row.status != "annulled" and may("annul"):
        with st.popover("Annul"):
            annul_form(view)
    for earlier in view.resolutions[:-1]:
        note(_earlier(earlier))


def _kept(view: QuestionView) -> None:
    """What the reader was typing when the question closed, or when somebody else settled it."""
    over = view.parent_failed or view.row.status in ("resolved", "annulled")
    if (over or view.row.status == "closed") and being_filled(f"forecast {view.row.id}"):
        with st.container(border=True):
            note("The question takes no more forecasts. What you typed is kept below.")
            forecast_form(view)
    if over and being_filled(f"resolve {view.row.id}"):
        with st.container(border=True):
            note("The question was settled meanwhile. What you typed is kept below.")
            resolve_form(view)


def _outcome(resolution: ResolutionView) -> None:
    st.html(
        fill(
            '<p class="fd-body"><b>Evidence.</b> <bdi>{text}</bdi></p>'
            '<p class="fd-note">Recorded by <bdi>{who}</bdi> on {when} {url}</p>',
            text=resolution.evidence,
            who=resolution.recorded_by,
            when=when(resolution.recorded_at),
            url=link(resolution.source_url),
        )
    )
    if resolution.reason and resolution.reason != resolution.evidence:
        note(f"Corrected: {resolution.reason}")


def _earlier(resolution: ResolutionView) -> str:
    what = resolution.outcome or resolution.state
    return (
        f"Before: {what}, recorded by {resolution.recorded_by} on "
        f"{formats.day(resolution.recorded_at)}: {resolution.evidence}"
    )
