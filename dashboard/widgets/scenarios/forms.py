"""Making a scenario set, and dating what was believed before its indicators."""

import streamlit as st

from dashboard import formats
from dashboard.context import form_key, perform, refusing
from dashboard.widgets.act_button import act_button, act_submit
from dashboard.widgets.allowed import allowed
from dashboard.widgets.dates import FIRST, LAST, here, known_instant, moment, when
from dashboard.widgets.draft_form import Typed, draft_of
from dashboard.widgets.nav import open_scenarios
from dashboard.widgets.parts import note
from dashboard.widgets.safe import fill, plain
from forecasts.errors import InvalidInput
from forecasts.results.question import QuestionView
from forecasts.results.scenarios import ScenarioBoard
from forecasts.services.scenarios import (
    MOST_SCENARIOS,
    SOMETHING_ELSE,
    make_scenario_set,
    set_prior,
)


def set_form(like: QuestionView | None) -> None:
    """The focal question, its horizon and its scenarios; ``like`` fills in another set's."""
    if not allowed("scenario_set", "Making a scenario set"):
        return
    form = f"scenario set {like.row.id if like else ''}"
    key = form_key(form)
    if like is not None:
        note(
            f"Filled in from “{like.row.title}”. Its narratives, prior and indicators stay with it "
            "and are made anew."
        )
    with st.form(f"form {key}", border=False, enter_to_submit=False):
        typed = _set_inputs(key, like)
        submitted = act_submit("Make the set", form, type="primary")
    if submitted:
        with refusing():
            receipt = perform(form, make_scenario_set, draft=draft_of(typed))
            if receipt:
                open_scenarios(receipt.id)


def _set_inputs(key: str, like: QuestionView | None) -> Typed:
    names = like.options[:-1] if like else ()  # the last one is added by itself
    title = st.text_area(
        "Focal question", value=like.row.title if like else "", key=f"title {key}", height=70
    )
    scenarios = st.text_area(
        "Scenarios, one a line",
        value="\n".join(names),
        key=f"options {key}",
        height=120,
        help=f"At most one of them may come about. “{SOMETHING_ELSE}” is added as the last one, "
        f"so that exactly one does; with it there can be {MOST_SCENARIOS}.",
    )
    closes = st.date_input(
        "Horizon: the end of (UTC)",
        value=formats.last_day(like.row.closes_at).date() if like else None,
        min_value=FIRST,
        max_value=LAST,
        key=f"closes {key}",
        format="YYYY-MM-DD",
    )
    criteria, source, background = _settled_by(key, like)
    tags = st.text_input(
        "Tags, with commas between them (optional)",
        value=", ".join(like.row.tags) if like else "",
        key=f"tags {key}",
    )
    return Typed(
        title=title or "",
        closes=closes,
        criteria=criteria,
        background=background,
        source=source,
        tags=tags or "",
        kind="multiple_choice",
        options=scenarios or "",
    )


def _settled_by(key: str, like: QuestionView | None) -> tuple[str, str, str]:
    """Criteria, source of the outcome, background."""
    criteria = st.text_area(
        "Criteria: how a stranger would tell which one came about",
        value=like.criteria if like else "",
        key=f"criteria {key}",
        height=120,
    )
    source = st.text_input(
        "What settles it (optional)",
        value=like.resolution_source if like else "",
        key=f"source {key}",
    )
    background = st.text_area(
        "Background (optional)",
        value=like.background if like else "",
        key=f"background {key}",
        height=70,
    )
    return criteria or "", source or "", background or ""


def prior_part(board: ScenarioBoard) -> None:
    """A form to state the prior: open where there is none, below what the scenarios mean."""
    with st.expander("State the prior", expanded=board.prior is None):
        prior_form(board)


def prior_form(board: ScenarioBoard) -> None:
    """One percentage a scenario, as believed at a date. Nothing is rescaled."""
    if not allowed("prior", "Stating a prior"):
        return
    form = f"prior {board.question_id}"
    key = form_key(form)
    dated = st.date_input(
        "As believed at the end of (UTC); empty for now",
        value=None,
        min_value=FIRST,
        max_value=LAST,
        key=f"dated {key}",
        format="YYYY-MM-DD",
        help="Indicators count from there: what was known by then is taken to be in the prior.",
    )
    shares = _shares(board, key)
    words = st.text_input("Why (optional)", key=f"why {key}")
    certain = st.checkbox("A 0 or 100 is meant: no indicator can change it", key=f"certain {key}")
    if act_button("State the prior", form, type="primary"):
        with refusing():
            stated = [
                _stated(one.name, share) for one, share in zip(board.scenarios, shares, strict=True)
            ]
            if perform(
                form,
                set_prior,
                set_id=board.question_id,
                probabilities=stated,
                dated_at=None if dated is None else known_instant(dated, "day"),
                note=words or "",
                certain=certain,
            ):
                st.rerun()


def _shares(board: ScenarioBoard, key: str) -> list[float | None]:
    """The percentages, and what they sum to so far."""
    shares = [
        st.number_input(
            f"{plain(one.name)}, %",
            min_value=0.0,
            max_value=100.0,
            value=None if one.prior is None else round(100 * one.prior, 6),
            step=1.0,
            format="%g",
            key=f"prior {one.position} {key}",
        )
        for one in board.scenarios
    ]
    total = sum(share for share in shares if share is not None)
    note(f"Sum {total:g}{formats.NBSP}%; it must be 100{formats.NBSP}%.")
    return shares


def _stated(name: str, share: float | None) -> float:
    if share is None:
        raise InvalidInput(f"prior of {name}", "", "say how probable it was; 0 is a statement too")
    return round(share / 100, 12)


def prior_line(board: ScenarioBoard) -> None:
    """Since when the indicators are counted, and who says so."""
    prior = board.prior
    if prior is None:
        return
    why = f": {prior.note}" if prior.note else ""
    version = f", version {prior.version}" if prior.version > 1 else ""
    note(
        fill(
            "Prior as of {dated}, stated by {who} on {day}{version}{why}",
            dated=moment(here(prior.dated_at)),
            who=prior.recorded_by,
            day=when(here(prior.recorded_at)),
            version=version,
            why=why,
        )
    )
