"""Why, how sure of it, and until when: what every forecast may carry."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

CONFIDENCE = {"not stated": None, "low": "low", "moderate": "moderate", "high": "high"}


@dataclass(frozen=True, slots=True)
class Reasons:
    """Rationale, analytic confidence, and the instant at which the forecast expires."""

    rationale: str
    confidence: str | None
    expires_at: datetime | None


def reasons_inputs(key: str) -> Reasons:
    """Fields for the reasons behind a forecast; ``key`` makes them this form's own."""
    rationale = st.text_area("Why (optional)", key=f"why {key}", height=70)
    left, right = st.columns([1, 1.15])
    with left:
        confidence = st.selectbox(
            "Analytic confidence",
            list(CONFIDENCE),
            key=f"confidence {key}",
            help="How good the grounds are, apart from how likely the event is.",
        )
    with right:
        expires = st.date_input(
            "Expires after (optional)", value=None, key=f"expires {key}", format="YYYY-MM-DD"
        )
    return Reasons(rationale, CONFIDENCE[confidence or "not stated"], end_of(expires))


def end_of(day: date | None) -> datetime | None:
    """The midnight, UTC, that ends a day."""
    return None if day is None else datetime.combine(day + timedelta(days=1), time(), UTC)
