"""What can be done with a question now: forecast, resolve, correct, annul; or choose another."""

from collections.abc import Sequence

import streamlit as st

from dashboard.context import database, may, me, my_id
from dashboard.widgets.allowed import allowed
from dashboard.widgets.dates import here, when
from dashboard.widgets.forecasting.form import forecast_form
from dashboard.widgets.forecasting.kept import being_filled
from dashboard.widgets.nav import QUESTIONS, open_question
from dashboard.widgets.parts import link, note, page_head
from dashboard.widgets.question.record import scores_part
from dashboard.widgets.question.settle import annul_form, correct_form, resolve_form
from dashboard.widgets.safe import Html, fill, visible
from forecasts import clock
from forecasts.results.question import QuestionView, ResolutionView
from forecasts.results.questions import QuestionRow
from forecasts.views.question import question
from forecasts.views.questions import question_row


def pick_question(rows: Sequence[QuestionRow]) -> None:
    """A question to choose where the address names none."""
    if not rows:
        page_head("No question yet", "Ask one, or accept a statement in the Inbox as one.")
        if st.button("Ask a question", type="primary"):
            st.switch_page(QUESTIONS, query_params={"ask": "1"})
        return
    page_head("Which question?", "Every question has its own address, such as /question?id=7.")
    titles = {row.id: row.title for row in rows}
    chosen = st.selectbox(
        "Question",
        list(titles),
        index=None,
        format_func=lambda key: visible(titles[key]),
        placeholder="Choose a question",
    )
    if chosen is not None:
        open_question(chosen)


@st.fragment
def action_part(view: QuestionView) -> None:
    """What the question takes now: a forecast, an outcome, or a correction.

    Typing into it runs it without the rest of the page.
    """
    view = _as_it_stands(view)
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


def _as_it_stands(view: QuestionView) -> QuestionView:
    """The question as it is now: it may have closed, or been settled, since the page was drawn."""
    now = clock.now()
    with database() as session:
        row = question_row(session, view.row.id, me=me(), now=now)
        if _stage(row) == _stage(view.row):
            return view
        return here(question(session, row.id, me=me(), now=now))


def _stage(row: QuestionRow) -> tuple[object, ...]:
    """What decides which forms there are, and what is in them."""
    return row.status, row.outcome, row.mine_at


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
            '<p class="fd-body"><b>{what}.</b> <bdi>{text}</bdi></p>'
            '<p class="fd-note">Recorded by <bdi>{who}</bdi> on {when} {url}</p>',
            what="Evidence" if resolution.state == "resolved" else "Why it is void",
            text=resolution.evidence,
            who=resolution.recorded_by,
            when=when(resolution.recorded_at),
            url=link(resolution.source_url),
        )
    )
    if resolution.reason and resolution.reason != resolution.evidence:
        note(f"Corrected: {resolution.reason}")


def _earlier(resolution: ResolutionView) -> Html:
    return fill(
        "Before: {what}, recorded by {who} on {day}: {evidence}",
        what=resolution.outcome or resolution.state,
        who=resolution.recorded_by,
        day=when(resolution.recorded_at),
        evidence=resolution.evidence,
    )
