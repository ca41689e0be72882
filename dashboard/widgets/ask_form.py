"""Asking a question that comes from no article."""

import streamlit as st

from dashboard.context import form_key, perform, refusing
from dashboard.widgets.allowed import allowed
from dashboard.widgets.draft_form import KINDS, draft_inputs, draft_of
from dashboard.widgets.nav import open_question
from forecasts.services.questions import ask_question


def ask_form() -> None:
    """Kind first, because the fields depend on it; then the question itself."""
    if not allowed("question", "Asking a question"):
        return
    form = "ask"
    key = form_key(form)
    kind = st.selectbox(
        "Kind of answer", list(KINDS), format_func=lambda name: KINDS[name], key=f"kind {key}"
    )
    with st.form(f"form {key} {kind}", border=False):
        typed = draft_inputs(f"{key} {kind}", kind=kind)
        submitted = st.form_submit_button("Ask", type="primary")
    if submitted:
        with refusing():
            receipt = perform(form, ask_question, draft=draft_of(typed))
            if receipt:
                open_question(receipt.id)
