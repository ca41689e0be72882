"""What the scores of a page depend on; all of it stands in the address."""

from dataclasses import dataclass

import streamlit as st

from dashboard.measure import POLICIES, RULES, SCALES
from dashboard.widgets.safe import visible
from forecasts.maths.panel import ClockName
from forecasts.results.questions import FacetValues
from forecasts.results.scores import ScoreSettings
from forecasts.views.scoring import settings_of

CLOCKS: dict[str, ClockName] = {"by days": "daily", "exactly": "continuous"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """How it is scored, and which questions."""

    settings: ScoreSettings
    tag: str | None
    publisher: str | None


def score_settings(choices: FacetValues) -> Chosen:
    """The switches: rule, scale, clock, policy; the questions; and which forecasts count."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        rule = _switch("Rule", tuple(RULES), "rule", 128)
        by_scale = rule == "Brier"
        scale = _switch(
            "Scale", tuple(SCALES), "scale", 110, disabled=not by_scale, why="Only of Brier scores."
        )
        clock = _switch("Averaged", tuple(CLOCKS), "clock", 122)
        before = _switch("Before the first", tuple(POLICIES), "before", 150)
        tag = _filter("Tag", choices.tags, "tag", 170)
        publisher = _filter("Publisher", choices.publishers, "publisher", 220)
    with st.container(horizontal=True, gap="medium"):
        retrospective = st.checkbox(
            "With retrospective forecasts", key="claimed", bind="query-params"
        )
        possibilities = st.checkbox(
            "With bare possibilities (may, could)", key="may", bind="query-params"
        )
    settings = settings_of(
        retrospective=retrospective,
        possibilities=possibilities,
        rule=RULES[rule],
        scale=SCALES[scale],
        clock=CLOCKS[clock],
        before_first=POLICIES[before],
    )
    return Chosen(settings, tag, publisher)


def _switch(
    label: str,
    options: tuple[str, ...],
    key: str,
    width: int,
    *,
    disabled: bool = False,
    why: str | None = None,
) -> str:
    picked = st.selectbox(
        label,
        options,
        key=key,
        bind="query-params",
        width=width,
        disabled=disabled,
        help=why if disabled else None,
    )
    return picked or options[0]


def _filter(label: str, options: tuple[str, ...], key: str, width: int) -> str | None:
    return st.selectbox(
        label,
        options,
        index=None,
        format_func=visible,
        placeholder="All",
        key=key,
        bind="query-params",
        width=width,
    )
