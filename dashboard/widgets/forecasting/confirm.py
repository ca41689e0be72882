"""Saying the same again: a new entry with what stands."""

import streamlit as st

from dashboard import formats
from dashboard.context import database, may, me, perform
from dashboard.widgets.act_button import act_button
from db.ledger import Receipt
from forecasts import clock
from forecasts.results.question import Restated
from forecasts.results.questions import QuestionRow
from forecasts.services.forecasts import record_forecast
from forecasts.views.restated import restated


def confirm_unchanged(row: QuestionRow) -> None:
    """A button that records my standing forecast once more; none without one."""
    if row.mine_at is None or not may("forecast"):
        return
    value = "" if row.mine is None else f" {formats.exact_percent(row.mine)}"
    if act_button(f"Confirm{value}", _form(row)) and confirm(row):
        st.rerun()


def confirm(row: QuestionRow) -> Receipt | None:
    """Record what I say of the question once more: what the row shows, not what came since."""
    found = Restated(probability=row.mine)
    if row.mine is None:
        with database() as session:
            found = restated(session, row.id, me=me(), now=clock.now()) or found
    return perform(
        _form(row),
        record_forecast,
        question_id=row.id,
        probability=found.probability,
        probabilities=found.probabilities,
        quantiles=found.quantiles,
    )


def _form(row: QuestionRow) -> str:
    return f"confirm {row.id}"
