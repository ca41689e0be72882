"""Saying how likely "yes" is, with what it would earn either way."""

import streamlit as st

from dashboard import formats
from dashboard.context import database, form_key, me, perform, refusing
from dashboard.widgets.parts import note
from dashboard.widgets.reasons import reasons_inputs
from dashboard.widgets.safe import fill
from forecasts import clock
from forecasts.errors import TrackerError
from forecasts.results import QuestionRow
from forecasts.services.forecasts import record_forecast
from forecasts.services.inputs import parse_probability
from forecasts.views.question import preview

EXPLAINED = (
    f"Brier score if it stands to the scheduled close: 0{formats.NBSP}is perfect, "
    f"always saying 50{formats.NBSP}% earns 0.250, 1{formats.NBSP}is worst."
)


def binary_form(row: QuestionRow, *, confirm: bool = True) -> None:
    """Probability, reasons, preview, and a button that names what it saves.

    ``confirm`` puts the button to say the same again beside it.
    """
    form = f"forecast {row.id}"
    key = form_key(form)
    text = st.text_input(
        "Probability of yes", key=f"probability {key}", placeholder="37% or 0.37", live=True
    )
    typed = _typed(text or "")
    reasons = reasons_inputs(key)
    if typed is not None:
        _preview(row, typed)
    label = "Save" if typed is None else f"Save {formats.exact_percent(typed)}"
    with st.container(horizontal=True):
        pressed = st.button(label, key=f"save {key}", type="primary")
        if confirm:
            confirm_button(row)
    if pressed:
        with refusing():
            receipt = perform(
                form,
                record_forecast,
                question_id=row.id,
                probability=parse_probability(text or ""),
                rationale=reasons.rationale,
                confidence=reasons.confidence,
                expires_at=reasons.expires_at,
            )
            if receipt:
                st.rerun()


def confirm_button(row: QuestionRow) -> None:
    """Say the same again: a new entry with the standing probability."""
    if row.mine is None:
        return
    form = f"confirm {row.id}"
    label = f"Confirm {formats.exact_percent(row.mine)}"
    pressed = st.button(label, key=f"confirm {form_key(form)}")
    if pressed and perform(form, record_forecast, question_id=row.id, probability=row.mine):
        st.rerun()


def _typed(text: str) -> float | None:
    """The probability typed so far; None, with a quiet hint, while it is not one yet."""
    if not text.strip():
        return None
    try:
        return parse_probability(text)
    except TrackerError as refused:
        note(str(refused))
        return None


def _preview(row: QuestionRow, probability: float) -> None:
    try:
        with database() as session:
            found = preview(session, row.id, me=me(), now=clock.now(), probability=probability)
    except TrackerError as refused:
        note(str(refused))
        return
    st.html(
        fill(
            '<div class="fd-preview"><div><span class="fd-sub">If it resolves yes</span><br>'
            '<b>{yes}</b> <span class="fd-note">{now_yes}</span></div>'
            '<div><span class="fd-sub">If it resolves no</span><br><b>{no}</b> '
            '<span class="fd-note">{now_no}</span></div></div>',
            yes=formats.score(found.if_yes),
            no=formats.score(found.if_no),
            now_yes=_now(found.now_if_yes),
            now_no=_now(found.now_if_no),
        )
    )
    note(EXPLAINED)


def _now(value: float | None) -> str:
    return "" if value is None else f"now {formats.score(value)}"
