"""Buttons that carry out an act: a press outlives a run that another press interrupts."""

from typing import Any

import streamlit as st

from dashboard.context import form_key
from dashboard.presses import is_pressed, note_press


def act_button(label: str, form: str, **look: Any) -> bool:
    """Whether the form's button was pressed and its act is still to be tried."""
    key = form_key(form)
    st.button(label, key=f"save {key}", on_click=note_press, args=(key, label), **look)
    return is_pressed(key)


def act_submit(label: str, form: str, **look: Any) -> bool:
    """``act_button`` for the inside of an ``st.form``."""
    key = form_key(form)
    st.form_submit_button(
        label, key=f"submit {key}", on_click=note_press, args=(key, label), **look
    )
    return is_pressed(key)
