"""Writing a question: what is asked, by when, what settles it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import streamlit as st

from dashboard.widgets.dates import FIRST, LAST
from dashboard.widgets.forecasting.reasons import end_of
from forecasts import clock
from forecasts.errors import InvalidInput
from forecasts.services.inputs import parse_probability
from forecasts.services.questions import QuestionDraft

KINDS = {
    "binary": "yes or no",
    "multiple_choice": "one of several options",
    "ordered": "one of several options in an order",
    "numeric": "a number",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A question as it was typed, not yet checked."""

    title: str
    closes: date | None
    criteria: str
    background: str
    source: str
    tags: str
    kind: str = "binary"
    options: str = ""
    unit: str = ""
    lower: float | None = None
    upper: float | None = None
    opens: date | None = None
    base_rate: str = ""
    base_rate_class: str = ""


def draft_inputs(
    key: str,
    *,
    title: str = "",
    criteria: str = "",
    background: str = "",
    closes: date | None = None,
    kind: str = "binary",
) -> Typed:
    """Fields of a question, filled with what is already known; all of them can be changed."""
    asked = st.text_area("Question", value=title, key=f"title {key}", height=70)
    last = st.date_input(
        "Closes at the end of (UTC)",
        value=closes,
        min_value=FIRST,
        max_value=LAST,
        key=f"closes {key}",
        format="YYYY-MM-DD",
    )
    settled = st.text_area("Criteria", value=criteria, key=f"criteria {key}", height=190)
    options, unit, lower, upper = _values(kind, key)
    tags = st.text_input("Tags, with commas between them (optional)", key=f"tags {key}")
    first, known, source, rate, reference = _details(key, background)
    return Typed(
        title=asked or "",
        closes=last,
        criteria=settled or "",
        background=known,
        source=source,
        tags=tags or "",
        kind=kind,
        options=options,
        unit=unit,
        lower=lower,
        upper=upper,
        opens=first,
        base_rate=rate,
        base_rate_class=reference,
    )


def _details(key: str, background: str) -> tuple[date | None, str, str, str, str]:
    """What a question may carry besides, folded away."""
    with st.expander("Opening, background, source of the outcome, base rate"):
        first = st.date_input(
            "Opens on (UTC, optional)",
            value=None,
            min_value=FIRST,
            max_value=LAST,
            key=f"opens {key}",
            format="YYYY-MM-DD",
            help="Needed where the close has passed and no dated article is behind the question.",
        )
        known = st.text_area("Background", value=background, key=f"background {key}", height=90)
        source = st.text_input("What settles it (optional)", key=f"source {key}")
        left, right = st.columns([1, 2])
        with left:
            rate = st.text_input("Base rate", key=f"rate {key}", placeholder="12% or 0.12")
        with right:
            reference = st.text_input("Base rate of what", key=f"reference {key}")
    return first, known or "", source or "", rate or "", reference or ""


def _values(kind: str, key: str) -> tuple[str, str, float | None, float | None]:
    """What a question that is not yes/no needs besides: options, or a unit and bounds."""
    if kind in ("multiple_choice", "ordered"):
        return st.text_area("Options, one a line", key=f"options {key}") or "", "", None, None
    if kind != "numeric":
        return "", "", None, None
    left, middle, right = st.columns(3)
    with left:
        unit = st.text_input("Unit (optional)", key=f"unit {key}")
    with middle:
        lower = st.number_input("Lowest (optional)", value=None, format="%g", key=f"lower {key}")
    with right:
        upper = st.number_input("Highest (optional)", value=None, format="%g", key=f"upper {key}")
    return "", unit or "", lower, upper


def draft_of(typed: Typed) -> QuestionDraft:
    """What was typed as a draft. A close in the past makes it a retrospective question.

    Raises
    ------
    InvalidInput
        There is no close, or the base rate is no probability.
    """
    closes_at = end_of(typed.closes)
    if closes_at is None:
        raise InvalidInput("close", "", "say by when the question is settled")
    rate = typed.base_rate.strip()
    return QuestionDraft(
        title=" ".join(typed.title.split()),
        kind=typed.kind,
        options=tuple(line.strip() for line in typed.options.splitlines() if line.strip()),
        background=typed.background,
        criteria=typed.criteria,
        resolution_source=typed.source,
        opens_at=datetime.combine(typed.opens, time(), UTC) if typed.opens else None,
        closes_at=closes_at,
        tags=tuple(tag.strip() for tag in typed.tags.split(",") if tag.strip()),
        base_rate=parse_probability(rate, field="base rate") if rate else None,
        base_rate_class=typed.base_rate_class or None,
        unit=typed.unit or None,
        lower=typed.lower,
        upper=typed.upper,
        retrospective=closes_at <= clock.now(),
    )
