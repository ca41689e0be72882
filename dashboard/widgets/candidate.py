"""Deciding about one statement: accept it as a question, or dismiss it."""

from typing import NoReturn

import streamlit as st

from dashboard.context import form_key, perform, refusing
from dashboard.widgets.draft_form import draft_inputs, draft_of
from dashboard.widgets.nav import open_question
from dashboard.widgets.parts import note
from dashboard.widgets.statement import statement_facts
from forecasts.reading.drafting import draft_question
from forecasts.results import ArticleHead, StatementView
from forecasts.services.inputs import parse_probability
from forecasts.services.statements import accept_statement, dismiss_statement, reopen_statement
from forecasts.views.inbox import as_candidate


def candidate_panel(statement: StatementView, head: ArticleHead, *, following: int | None) -> None:
    """The statement's facts and, while it waits, the forms to decide about it.

    After a decision the page goes on to the statement ``following``.
    """
    with st.container(border=True, key="fd-candidate"):
        st.html(statement_facts(statement, head))
        if statement.decision == "waiting":
            accept_form(statement, head, following)
            dismiss_form(statement, following)
        elif statement.decision == "accepted" and statement.question_id is not None:
            note("Accepted: it is a question now.")
            if st.button("Open the question", key=f"open {statement.id}"):
                open_question(statement.question_id)
        else:
            note(f"Dismissed: {statement.reason or 'no reason given'}")
            reopen_button(statement)


def accept_form(statement: StatementView, head: ArticleHead, following: int | None) -> None:
    """The question prefilled from the statement; every field can be changed."""
    form = f"accept {statement.id}"
    key = form_key(form)
    draft = draft_question(
        as_candidate(statement),
        publisher=head.publisher,
        author=head.author,
        title=head.title,
        published=head.published.exact if head.published else None,
    )
    with st.form(f"form {key}", border=False):
        typed = draft_inputs(
            key,
            title=draft.title,
            criteria=draft.criteria,
            background=draft.background,
            closes=draft.closes_on,
        )
        first = st.text_input(
            "Your first forecast (optional)", key=f"first {key}", placeholder="37% or 0.37"
        )
        submitted = st.form_submit_button("Accept", type="primary")
    if submitted:
        with refusing():
            mine = parse_probability(first) if first and first.strip() else None
            if perform(
                form,
                accept_statement,
                statement_id=statement.id,
                draft=draft_of(typed),
                probability=mine,
            ):
                _go_on(following)


def dismiss_form(statement: StatementView, following: int | None) -> None:
    """Set the statement aside, with the reason."""
    form = f"dismiss {statement.id}"
    key = form_key(form)
    with st.popover("Dismiss"), st.form(f"form {key}", border=False):
        reason = st.text_input("Why", key=f"reason {key}", placeholder="already asked, too vague")
        submitted = st.form_submit_button("Dismiss the statement")
    if submitted and perform(
        form, dismiss_statement, statement_id=statement.id, reason=reason or ""
    ):
        _go_on(following)


def _go_on(following: int | None) -> NoReturn:
    if following is not None:
        st.query_params["statement"] = str(following)
    st.rerun()


def reopen_button(statement: StatementView) -> None:
    """Take a dismissal back."""
    form = f"reopen {statement.id}"
    pressed = st.button("Undo the dismissal", key=f"reopen {form_key(form)}")
    if pressed and perform(form, reopen_statement, statement_id=statement.id):
        st.rerun()
