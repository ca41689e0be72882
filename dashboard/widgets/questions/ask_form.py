"""Asking a question that comes from no article."""

from dataclasses import replace

import streamlit as st

from dashboard.context import form_key, perform, refusing
from dashboard.widgets.act_button import act_submit
from dashboard.widgets.allowed import allowed
from dashboard.widgets.draft_form import KINDS, draft_inputs, draft_of
from dashboard.widgets.nav import GIVEN, asked_id, open_question
from dashboard.widgets.parts import note
from dashboard.widgets.question_choice import outcome_choice, question_choice
from forecasts.services.questions import ask_question
from forecasts.views.linkable import with_outcomes


def ask_form() -> None:
    """Kind first, because the fields depend on it; then the question itself."""
    if not allowed("question", "Asking a question"):
        return
    form = "ask"
    key = form_key(form)
    kind = st.selectbox(
        "Kind of answer", list(KINDS), format_func=lambda name: KINDS[name], key=f"kind {key}"
    )
    parent, outcome = _condition(key)
    with st.form(f"form {key} {kind}", border=False):
        typed = draft_inputs(f"{key} {kind}", kind=kind)
        submitted = act_submit("Ask", form, type="primary")
    if submitted:
        with refusing():
            hung = replace(draft_of(typed), parent_id=parent, parent_outcome=outcome)
            receipt = perform(form, ask_question, draft=hung)
            if receipt:
                open_question(receipt.id)


def _condition(key: str) -> tuple[int | None, str | None]:
    """The question and the outcome on which this one hangs; the address may name the first."""
    given = asked_id(GIVEN)
    with st.expander(
        "Only if another question comes out so (optional)", expanded=given is not None
    ):
        note(
            "For a question that makes sense only then. If the other one comes out otherwise, "
            "this one is annulled by itself and scored for nobody."
        )
        parent = question_choice(
            "The other question",
            f"parent of {key}",
            lambda session, text, keep: with_outcomes(session, text=text, keep=keep),
            given=given,
        )
        if parent is None:
            return None, None
        outcome = outcome_choice(
            "It must come out", parent.outcomes, f"condition {key} {parent.question_id}"
        )
    return parent.question_id, outcome
