"""Saying how a question turned out, correcting that, or annulling it."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.context import form_key, perform, refusing
from dashboard.widgets.act_button import act_button
from dashboard.widgets.dates import FIRST, LAST, PRECISIONS, known_instant
from dashboard.widgets.parts import note
from dashboard.widgets.question.effect import effect_part
from dashboard.widgets.safe import visible
from forecasts import clock
from forecasts.dates import Precision
from forecasts.errors import InvalidInput
from forecasts.results.question import QuestionView
from forecasts.services.resolutions import annul_question, correct_resolution, resolve_question


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was filled in about an outcome."""

    outcome: str
    day: date | None
    precision: Precision
    evidence: str
    url: str | None


def resolve_form(view: QuestionView) -> None:
    """Outcome, when it became known, evidence."""
    form = f"resolve {view.row.id}"
    key = form_key(form)
    given = _settlement_inputs(view, key)
    _effect(view, given)
    if act_button("Resolve", form, type="primary"):
        with refusing():
            _check(given)
            if perform(
                form,
                resolve_question,
                question_id=view.row.id,
                outcome=given.outcome,
                known_at=known_instant(given.day, given.precision),
                known_precision=given.precision,
                evidence=given.evidence,
                source_url=given.url,
            ):
                st.rerun()


def correct_form(view: QuestionView) -> None:
    """A new version of the outcome, with the reason; the old one stays in the record."""
    form = f"correct {view.row.id}"
    key = form_key(form)
    # The version the reader looked at, not the newest: otherwise a change in between is lost.
    seen = st.session_state.setdefault(f"version {key}", view.resolutions[-1].version)
    given = _settlement_inputs(view, key)
    reason = st.text_area("Why it is corrected", key=f"reason {key}", height=70)
    _effect(view, given)
    if act_button("Correct", form, type="primary"):
        with refusing():
            _check(given)
            receipt = perform(
                form,
                correct_resolution,
                question_id=view.row.id,
                version=seen,
                outcome=given.outcome,
                known_at=known_instant(given.day, given.precision),
                known_precision=given.precision,
                evidence=given.evidence,
                source_url=given.url,
                reason=reason or "",
            )
            st.session_state.pop(f"version {key}", None)
            if receipt:
                st.rerun()


def annul_form(view: QuestionView) -> None:
    """Settle the question as void: nobody is scored on it."""
    form = f"annul {view.row.id}"
    key = form_key(form)
    note("An annulled question is scored for nobody. Its forecasts stay in the record.")
    effect_part(view.row.id, outcome=None, known_at=clock.now())
    reason = st.text_area("Why it is annulled", key=f"reason {key}", height=70)
    pressed = act_button("Annul", form)
    if pressed and perform(form, annul_question, question_id=view.row.id, reason=reason or ""):
        st.rerun()


def _effect(view: QuestionView, given: Settlement) -> None:
    """Whose scores change, as soon as the outcome and its date are there."""
    if not given.outcome or given.day is None:
        note("Whose scores change appears here with the outcome and its date.")
        return
    known_at = known_instant(given.day, given.precision)
    effect_part(view.row.id, outcome=given.outcome, known_at=known_at)


def _settlement_inputs(view: QuestionView, key: str) -> Settlement:
    outcome = _outcome_input(view, key)
    left, right = st.columns([1.4, 1])
    with left:
        day = st.date_input(
            "Known on",
            value=None,
            min_value=FIRST,
            max_value=LAST,
            key=f"known {key}",
            format="YYYY-MM-DD",
            help="When the outcome became known, which may be before the close.",
        )
    with right:
        precision = st.selectbox("Known to the", PRECISIONS, key=f"precision {key}")
    evidence = st.text_area("Evidence", key=f"evidence {key}", height=90)
    url = st.text_input("Source (web address, optional)", key=f"url {key}")
    return Settlement(outcome, day, precision, evidence or "", url or None)


def _outcome_input(view: QuestionView, key: str) -> str:
    if view.row.kind == "numeric":
        return st.text_input("Outcome, a number", key=f"outcome {key}") or ""
    chosen = st.selectbox(
        "Outcome",
        view.options,
        index=None,
        format_func=visible,
        key=f"outcome {key}",
        placeholder="Choose",
    )
    return chosen or ""


def _check(given: Settlement) -> None:
    if not given.outcome:
        raise InvalidInput("outcome", "", "say how the question turned out")
