"""Every forecast ever made on a question, and how each forecaster scored."""

import streamlit as st

from dashboard import formats
from dashboard.widgets.ledger import record_line
from dashboard.widgets.parts import finding, note, table
from dashboard.widgets.question.record_rows import (
    has_ends,
    record_head,
    record_rows,
    score_table,
    scores_under,
)
from forecasts.results.question import QuestionView

SHOWN = 30
"""Entries shown at first, the latest; the others on request."""


def record_part(view: QuestionView, *, hidden: int = 0) -> None:
    """The record, latest first, and all of it on request. Nothing in it is ever changed.

    ``hidden`` is how many entries of others the reader chose not to see yet.
    """
    if hidden:
        entries = formats.count(hidden, "entry of others is", "entries of others are")
        note(f"{formats.sentence_start(entries)} hidden until your forecast is in.")
    if not view.record and not hidden:
        note("No forecast was made on this question yet.")
    if not view.record:
        return
    slot = f"the whole record of {view.row.id} is shown"
    whole: bool = st.session_state.get(slot, False) or len(view.record) <= SHOWN
    table(record_head(view), record_rows(view, limit=None if whole else SHOWN))
    if not whole:
        st.button(
            f"Show all {len(view.record):,} entries",
            type="tertiary",
            on_click=st.session_state.__setitem__,
            args=(slot, True),
        )
    note(
        "Source: an author’s words as numbers. Retrospective: claimed for a time before it was "
        "recorded; left out of scores unless asked for. Entry: its number in the log, and how the "
        "hash of that entry begins."
    )
    record_line()


def scores_part(view: QuestionView, me: int | None) -> None:
    """The score of everyone on this question, once it is resolved."""
    finding("How it scored", scores_under(view))
    head, rows = score_table(view, me)
    if not rows:
        note("No forecast stood on a scored day, so nobody is scored.")
        return
    table(head, rows)
    if has_ends(view):
        note("Low / high end: the score if the source’s words meant the ends of their range.")
