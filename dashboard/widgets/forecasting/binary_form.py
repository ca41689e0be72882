"""Saying how likely "yes" is, with what it would earn either way."""

import streamlit as st

from dashboard import formats
from dashboard.context import form_key, perform, refusing
from dashboard.widgets.act_button import act_button
from dashboard.widgets.forecasting.confirm import confirm_unchanged
from dashboard.widgets.forecasting.reasons import reasons_inputs
from dashboard.widgets.forecasting.score_preview import Stated, score_preview
from dashboard.widgets.parts import note
from dashboard.widgets.scale import chosen_scale, scale_name
from forecasts.errors import TrackerError
from forecasts.reading.naming import word_for
from forecasts.reading.scales import RECOMMENDED, Estimate
from forecasts.results.questions import QuestionRow
from forecasts.services.forecasts import record_forecast
from forecasts.services.likelihood import parse_likelihood


def binary_form(row: QuestionRow, *, confirm: bool = True, wide: bool = False) -> None:
    """Probability, reasons, preview, and a button that names what it saves.

    ``confirm`` puts the button to say the same again beside it; ``wide`` puts the reasons beside
    the probability and its preview.
    """
    form = f"forecast {row.id}"
    key = form_key(form)
    saying, giving = st.columns(2, gap="medium") if wide else (st.container(), st.container())
    with saying:
        text = st.text_input(
            "Probability of yes",
            key=f"probability {key}",
            placeholder="37%, 2:1 against, likely",
            live=True,
        )
        with st.container(key=f"fd-typed {key}"):  # as tall as it can get: nothing below it moves
            typed = _typed(text or "")
    with giving:
        reasons = reasons_inputs(key)
    with saying if wide else giving:
        stated: Stated = {} if typed is None else {"probability": typed}
        score_preview(row.id, **stated)
    label = "Save" if typed is None else f"Save {formats.exact_percent(typed)}"
    with st.container(horizontal=True):
        pressed = act_button(label, form, type="primary")
        if confirm:
            confirm_unchanged(row)
    if pressed:
        with refusing():
            receipt = perform(
                form,
                record_forecast,
                question_id=row.id,
                probability=parse_likelihood(text or "", _scale())[0],
                rationale=reasons.rationale,
                confidence=reasons.confidence,
                expires_at=reasons.expires_at,
            )
            if receipt:
                st.rerun()


def _typed(text: str) -> float | None:
    """The probability typed so far, told in every form; None, with a quiet hint, without one."""
    if not text.strip():
        note("As a percentage, odds or a word; each shows the others.")
        return None
    try:
        probability, estimate = parse_likelihood(text, _scale())
    except TrackerError as refused:
        note(str(refused))
        return None
    note(in_every_form(probability, _scale(), estimate))
    return probability


def _scale() -> str:
    return chosen_scale() or RECOMMENDED


def in_every_form(probability: float, scale: str, estimate: Estimate | None = None) -> str:
    """The probability as a percentage, as odds and as a word with its range and scale.

    ``estimate`` is what the typed word stands for; without it the scale's own word is found.
    """
    share, odds = formats.exact_percent(probability), formats.odds(probability)
    if estimate is not None:
        reach = formats.percent_range(estimate.low, estimate.high)
        return f"{share} · {odds} · the word stands for {reach}, {scale_name(estimate.scale)}"
    found = word_for(probability, scale)
    if found is None:
        return f"{share} · {odds} · no word for it, {scale_name(scale)}"
    word, meant = found
    reach = formats.percent_range(meant.low, meant.high)
    return f"{share} · {odds} · “{word}” ({reach}), {scale_name(scale)}"
