"""What is typed and not yet saved, kept while something else is shown in its field's place."""

from collections.abc import Callable
from typing import TypedDict

import streamlit as st

_SLOT = "typed and not saved"  # no widget's key: those are forgotten when the widget is not drawn


class Drafted(TypedDict):
    """What a field takes besides its label."""

    key: str
    on_change: Callable[[str], None]
    args: tuple[str]


def drafted(key: str, value: object) -> Drafted:
    """For a field that shows what was last typed into it, and ``value`` before that."""
    if key not in st.session_state:
        st.session_state[key] = _drafts().get(key, value)
    # Not read from the field as it is drawn: a run that follows at once may draw another one.
    return {"key": key, "on_change": _keep, "args": (key,)}


def is_drafted(key: str) -> bool:
    """Whether the field stands on the page, or something typed into it is kept."""
    return key in st.session_state or key in _drafts()


def forget_drafts(form: str) -> None:
    """Drop what was typed into the fields whose keys end with ``form``: it is saved."""
    for key in [key for key in _drafts() if key.endswith(f" {form}")]:
        del _drafts()[key]


def _keep(key: str) -> None:
    _drafts()[key] = st.session_state[key]


def _drafts() -> dict[str, object]:
    kept: dict[str, object] = st.session_state.setdefault(_SLOT, {})
    return kept
