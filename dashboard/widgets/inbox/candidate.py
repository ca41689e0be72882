"""Deciding about one statement: accept it as a question or into one, or dismiss it."""

from dataclasses import replace
from typing import NoReturn

import streamlit as st

from dashboard import formats
from dashboard.context import database, form_key, perform, refusing
from dashboard.widgets.act_button import act_button, act_submit
from dashboard.widgets.allowed import allowed
from dashboard.widgets.draft_form import draft_inputs, draft_of
from dashboard.widgets.inbox.condition import asked_in_any_case, hanging_inputs, parent_choice
from dashboard.widgets.inbox.keys import DECIDING, DRAFT, begin_button, doing, done, follow_keys
from dashboard.widgets.inbox.merge import merge_form, similar_part
from dashboard.widgets.inbox.proposals import proposed_wording
from dashboard.widgets.inbox.statement import statement_facts
from dashboard.widgets.nav import open_question
from dashboard.widgets.parts import note
from dashboard.widgets.scale import chosen_scale, scale_choice
from forecasts.reading.drafting.draft import Draft, draft_question
from forecasts.results.articles import ArticleHead, StatementView
from forecasts.services.inputs import parse_probability
from forecasts.services.statements import accept_statement, dismiss_statement, reopen_statement
from forecasts.views.inbox import as_candidate, similar_questions

_DISMISSED = "last dismissed"


def candidate_panel(statement: StatementView, head: ArticleHead, *, following: int | None) -> None:
    """The statement's facts and, while it waits, the forms to decide about it.

    After a decision the page goes on to the statement ``following``.
    """
    with st.container(border=True, key="fd-candidate"):
        st.html(statement_facts(statement, head, asked_scale=chosen_scale()))
        scale_choice()
        if statement.decision == "waiting":
            if allowed("accept", "Deciding about statements"):
                _decide(statement, head, following)
        elif statement.decision == "accepted" and statement.question_id is not None:
            note("Accepted: it is a question now.")
            if st.button("Open the question", key=f"open {statement.id}"):
                open_question(statement.question_id)
        else:
            note(f"Dismissed: {statement.reason or 'no reason given'}")
            if allowed("reopen", "Taking a dismissal back"):
                reopen_button(statement)
    follow_keys(statement.id)


def _decide(statement: StatementView, head: ArticleHead, following: int | None) -> None:
    draft = _draft(statement, head)
    with database() as session:
        near = similar_questions(session, draft.title)
    with st.container(key=DRAFT):
        accept_form(statement, head, draft, following)
    with st.container(horizontal=True):
        begin_button("Edit", "e", "edit", statement.id)
        begin_button("Merge", "m", "merge", statement.id)
        begin_button("Dismiss", "d", "dismiss", statement.id)
    with st.container(key=DECIDING):
        begun = doing(statement.id)
        if begun == "merge" and merge_form(statement, near):
            _go_on(following)
        if begun == "dismiss":
            dismiss_form(statement, following)
    similar_part(near)


def _draft(statement: StatementView, head: ArticleHead) -> Draft:
    return draft_question(
        as_candidate(statement),
        publisher=head.publisher,
        author=head.author,
        title=head.title,
        published=head.published.exact if head.published else None,
    )


def accept_form(
    statement: StatementView, head: ArticleHead, draft: Draft, following: int | None
) -> None:
    """The question prefilled from the statement; every field can be changed."""
    form = f"accept {statement.id}"
    key = form_key(form)
    way = parent_choice(draft, key)
    if asked_in_any_case(draft, way):
        draft = _draft(replace(statement, condition=None), head)
    wording, changed = proposed_wording(statement, draft)
    fields = f"{key} {draft.parent is None} {changed}"  # another draft must fill the fields anew
    with st.form(f"form {key}", border=False):
        typed = draft_inputs(
            fields,
            title=wording.title,
            criteria=wording.criteria,
            background=draft.background,
            closes=draft.closes_on,
        )
        hanging = hanging_inputs(draft, way, key)
        first = st.text_input(
            "Your first forecast (optional)",
            key=f"first {key}",
            placeholder=f"the words suggest {formats.percent(statement.probability)}",
        )
        submitted = act_submit("Accept", form, type="primary", shortcut="a")
    if submitted:
        with refusing():
            mine = parse_probability(first) if first and first.strip() else None
            question, parent = hanging.apply(draft_of(typed))
            if perform(
                form,
                accept_statement,
                statement_id=statement.id,
                draft=question,
                parent=parent,
                scale=chosen_scale(),
                probability=mine,
            ):
                _go_on(following)


def dismiss_form(statement: StatementView, following: int | None) -> None:
    """Set the statement aside, with the reason."""
    form = f"dismiss {statement.id}"
    key = form_key(form)
    with st.form(f"form {key}", border=False):
        reason = st.text_input("Why", key=f"reason {key}", placeholder="already asked, too vague")
        submitted = act_submit("Dismiss the statement", form)
    if submitted and perform(
        form, dismiss_statement, statement_id=statement.id, reason=reason or ""
    ):
        st.session_state[_DISMISSED] = statement.id
        _go_on(following)


def _go_on(following: int | None) -> NoReturn:
    done()
    if following is not None:
        st.query_params["statement"] = str(following)
    st.rerun()


def undo_button() -> None:
    """Take the last dismissal of this visit back, and look at its statement again."""
    last: int | None = st.session_state.get(_DISMISSED)
    undo = f"undo {last}"
    if act_button(
        "Undo", undo, shortcut="u", disabled=last is None, help="Takes your last dismissal back"
    ):
        _reopen(undo, last)


def reopen_button(statement: StatementView) -> None:
    """Take a dismissal back."""
    form = f"reopen {statement.id}"
    if act_button("Undo the dismissal", form):
        _reopen(form, statement.id)


def _reopen(form: str, statement_id: int | None) -> None:
    if statement_id is not None and perform(form, reopen_statement, statement_id=statement_id):
        st.session_state.pop(_DISMISSED, None)
        _go_on(statement_id)
