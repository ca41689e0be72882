"""Finding another question by its words, and which of its outcomes is meant."""

from collections.abc import Callable, Sequence

import streamlit as st
from sqlmodel import Session

from dashboard.context import database
from dashboard.widgets.safe import visible
from forecasts.results.scenarios import Linkable

Find = Callable[[Session, str, int | None], Sequence[Linkable]]
"""Questions whose title has these words, and that one which is chosen already."""


def question_choice(
    label: str,
    key: str,
    find: Find,
    *,
    words: str = "Words in the other question",
    given: int | None = None,
) -> Linkable | None:
    """A field for words and the questions that have them; ``given`` is chosen at first."""
    text = st.text_input(words, key=f"find {key}")
    # Not by the field's ``index``: a field that starts with a choice cannot be emptied.
    chosen: int | None = st.session_state.setdefault(f"question {key}", given)
    with database() as session:
        titles = {one.question_id: one for one in find(session, text or "", chosen)}
    picked = st.selectbox(
        label,
        list(titles),
        index=None,
        format_func=lambda one: visible(titles[one].title),
        key=f"question {key}",
        placeholder="Choose a question" if titles else "No question has these words",
    )
    return None if picked is None else titles[picked]


def outcome_choice(
    label: str, outcomes: Sequence[str], key: str, *, given: str | None = None
) -> str | None:
    """One of a question's outcomes: ``given`` at first, or "yes", where there is such a one."""
    first = given if given in outcomes else "yes"
    return st.selectbox(
        label,
        outcomes,
        index=outcomes.index(first) if first in outcomes else None,
        format_func=visible,
        key=key,
        placeholder="Choose",
    )
