"""Linking questions to a set as its indicators, changing what is judged of them, unlinking."""

import streamlit as st

from dashboard.context import form_key, perform, refusing
from dashboard.widgets.act_button import act_button
from dashboard.widgets.allowed import allowed
from dashboard.widgets.nav import open_question
from dashboard.widgets.parts import note
from dashboard.widgets.question_choice import question_choice
from dashboard.widgets.safe import visible
from dashboard.widgets.scenarios.drafts import forget_drafts
from dashboard.widgets.scenarios.likelihoods import (
    Texts,
    asked_outcomes,
    entries_of,
    likelihood_inputs,
    texts_of,
)
from forecasts.results.scenarios import IndicatorView, ScenarioBoard
from forecasts.services.indicators import change_indicator, link_indicator, unlink_indicator
from forecasts.views.linkable import linkable


def links_part(board: ScenarioBoard) -> None:
    """What can be done about the set's indicators."""
    with st.expander("Link a question", expanded=not board.indicators):
        link_form(board)
    if board.indicators:
        with st.expander("Change an indicator, or take it off"):
            change_form(board)


def link_form(board: ScenarioBoard) -> None:
    """Find a question, then say how likely each of its outcomes is in each scenario."""
    if not allowed("link_indicator", "Linking an indicator"):
        return
    form = f"link {board.question_id}"
    key = form_key(form)
    chosen = question_choice(
        "Question that would tell the scenarios apart",
        key,
        lambda session, text, keep: linkable(session, board.question_id, text=text, keep=keep),
        words="Words in the question",
    )
    if chosen is None:
        return
    picked, outcomes = chosen.question_id, asked_outcomes(chosen.outcomes)
    before = tuple(("",) * len(outcomes) for _ in board.scenarios)
    fields = f"{form} by {picked}"  # not by the form's key: other questions' drafts outlast a save
    filled = likelihood_inputs(board, outcomes, before, fields, weight=1.0, note="")
    if act_button("Link it", form, type="primary"):
        with refusing():
            if perform(
                form,
                link_indicator,
                set_id=board.question_id,
                question_id=picked,
                likelihoods=entries_of(board, outcomes, before, filled),
                weight=filled.weight,
                note=filled.note,
                scale=filled.scale,
                certain=filled.certain,
            ):
                forget_drafts(fields)
                st.rerun()


def change_form(board: ScenarioBoard) -> None:
    """Choose a linked indicator: what is typed anew changes, the rest stays as it is."""
    if not allowed("change_indicator", "Changing an indicator"):
        return
    held = {one.question_id: one for one in board.indicators}
    picked = st.selectbox(
        "Linked indicator",
        list(held),
        index=None,
        format_func=lambda one: visible(held[one].title),
        key=f"indicator of {board.question_id}",
        placeholder="Choose an indicator",
    )
    if picked is None:
        return
    _change(board, held[picked])
    with st.container(horizontal=True):
        with st.popover("Take it off"):
            _unlink(board, picked)
        if st.button("Open the question", type="tertiary", key="open the indicator"):
            open_question(picked)


def _change(board: ScenarioBoard, one: IndicatorView) -> None:
    form = f"change {board.question_id} {one.question_id}"
    key = form_key(form)
    outcomes = asked_outcomes(one.outcomes)
    # As they were when the form was opened: what somebody else changes meanwhile is not typed here.
    seen: tuple[tuple[Texts, ...], float, str] = st.session_state.setdefault(
        f"seen {key}", (texts_of(one, len(board.scenarios), len(outcomes)), one.weight, one.note)
    )
    before, weight, why = seen
    filled = likelihood_inputs(board, outcomes, before, key, weight=weight, note=why)
    if act_button("Change it", form, type="primary"):
        with refusing():
            if perform(
                form,
                change_indicator,
                set_id=board.question_id,
                question_id=one.question_id,
                likelihoods=entries_of(board, outcomes, before, filled) or None,
                weight=None if filled.weight == weight else filled.weight,
                note=None if filled.note == why else filled.note,
                scale=filled.scale,
                certain=filled.certain,
            ):
                forget_drafts(key)
                st.rerun()


def _unlink(board: ScenarioBoard, question_id: int) -> None:
    form = f"unlink {board.question_id} {question_id}"
    key = form_key(form)
    note("It no longer counts; what was judged of it stays in the record.")
    why = st.text_input("Why (optional)", key=f"why {key}")
    if act_button("Take it off the set", form) and perform(
        form,
        unlink_indicator,
        set_id=board.question_id,
        question_id=question_id,
        note=why or "",
    ):
        st.rerun()
