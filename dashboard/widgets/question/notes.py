"""What people add to a question: evidence, comments, clarifications of the criteria."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats
from dashboard.context import form_key, perform, refusing
from dashboard.widgets.act_button import act_submit
from dashboard.widgets.allowed import allowed
from dashboard.widgets.dates import UNKNOWN, partial_date, partial_date_inputs, when
from dashboard.widgets.parts import link, note
from dashboard.widgets.safe import Html, fill
from forecasts.results.question import NoteView, QuestionView
from forecasts.services.notes import attach_evidence, clarify_criteria, comment


def evidence_part(view: QuestionView) -> None:
    """Quotes and links with their own dates, and a form for one more."""
    _list(view.evidence, "No evidence is attached yet.")
    if not allowed("evidence", "Attaching evidence"):
        return
    form = f"evidence {view.row.id}"
    key = form_key(form)
    with st.form(f"form {key}", border=False):
        text = st.text_area("Evidence: a quote or what it shows", key=f"text {key}", height=90)
        url = st.text_input("Web address (optional)", key=f"url {key}")
        day, precision, origin = partial_date_inputs("Its date", key)
        submitted = act_submit("Attach", form)
    if submitted:
        with refusing():
            dated = partial_date(day, precision, origin if day or origin else UNKNOWN)
            if perform(
                form,
                attach_evidence,
                question_id=view.row.id,
                text=text or "",
                url=url or None,
                dated=dated,
            ):
                st.rerun()


def comments_part(view: QuestionView, *, hidden: bool = False) -> None:
    """What was said about the question, and a field to say more.

    ``hidden`` says that the reader chose to forecast before reading what others say.
    """
    if hidden:
        note("Comments are hidden until your forecast is in.")
    else:
        _list(view.comments, "Nobody has commented yet.")
    if not allowed("comment", "Commenting"):
        return
    form = f"comment {view.row.id}"
    key = form_key(form)
    with st.form(f"form {key}", border=False):
        text = st.text_area("Comment", key=f"text {key}", height=90)
        submitted = act_submit("Comment", form)
    if submitted and perform(form, comment, question_id=view.row.id, text=text or ""):
        st.rerun()


def clarifications_part(view: QuestionView) -> None:
    """Additions to the criteria. The criteria themselves never change."""
    note("Criteria are never edited. A clarification is added below them, with its date.")
    _list(view.clarifications, "Nothing was clarified yet.")
    if not allowed("clarification", "Clarifying"):
        return
    form = f"clarify {view.row.id}"
    key = form_key(form)
    with st.form(f"form {key}", border=False):
        text = st.text_area("Clarification", key=f"text {key}", height=90)
        submitted = act_submit("Clarify", form)
    if submitted and perform(form, clarify_criteria, question_id=view.row.id, text=text or ""):
        st.rerun()


def _list(notes: Sequence[NoteView], empty: str) -> None:
    if not notes:
        note(empty)
    for entry in notes:
        st.html(note_text(entry))


def note_text(entry: NoteView) -> Html:
    """One note with its author and dates."""
    dated = f", dated {formats.partial_date(entry.dated)}" if entry.dated else ""
    return fill(
        '<p class="fd-body"><bdi>{text}</bdi></p>'
        '<p class="fd-note"><bdi>{who}</bdi>, {when}{dated} {url}</p>',
        text=entry.text,
        who=entry.recorded_by,
        when=when(entry.recorded_at),
        dated=dated,
        url=link(entry.url),
    )
