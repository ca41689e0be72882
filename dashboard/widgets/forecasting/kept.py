"""A form that was being filled in stays, whatever became of its question meanwhile."""

import streamlit as st

from dashboard.presses import presses

_WORDS = ("probability", "why", "outcome", "evidence", "url", "reason")


def being_filled(form: str) -> bool:
    """Whether the reader has typed into this form, or has pressed its button.

    Streamlit forgets the fields that a run leaves out: a form that went away because somebody
    else settled the question, or because it closed, would take with it what was typed.
    """
    key = st.session_state.get(f"key of {form}")
    if key is None or key in presses().done:
        return False
    return key in presses().waiting or any(st.session_state.get(f"{word} {key}") for word in _WORDS)
