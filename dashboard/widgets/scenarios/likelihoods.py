"""Fields for how likely each outcome of an indicator is in each scenario, by number or by word."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.widgets.safe import plain
from dashboard.widgets.scale import TITLES, chosen_scale
from dashboard.widgets.scenarios.drafts import drafted
from forecasts.reading.scales import RECOMMENDED, scale_names
from forecasts.results.scenarios import IndicatorView, Likelihood, ScenarioBoard
from forecasts.services.likelihoods import Entry, read_entry

Texts = tuple[str, ...]
"""What is typed of one scenario, one field an outcome; of yes/no questions only the yes."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in about an indicator, not yet checked. ``texts`` run over scenarios."""

    texts: tuple[Texts, ...]
    scale: str
    weight: float
    note: str
    certain: bool


def asked_outcomes(outcomes: Sequence[str]) -> tuple[str, ...]:
    """The outcomes with a field of their own: what yes leaves is no's."""
    return tuple(outcomes[:1] if len(outcomes) == 2 else outcomes)


def texts_of(one: IndicatorView, scenarios: int, outcomes: int) -> tuple[Texts, ...]:
    return tuple(
        tuple(_text(one.likelihoods[outcome][scenario]) for outcome in range(outcomes))
        for scenario in range(scenarios)
    )


def _text(held: Likelihood | None) -> str:
    if held is None:
        return ""
    return held.words or f"{100 * held.probability:.10g}%"


def likelihood_inputs(
    board: ScenarioBoard,
    outcomes: Sequence[str],
    before: Sequence[Texts],
    key: str,
    *,
    weight: float,
    note: str,
) -> Filled:
    """A field for each outcome in each scenario, filled with ``before``; then the rest.

    What is typed is kept under ``key`` while another question is looked at. In an ``st.form`` it
    could not be: nothing of it arrives here before the form is sent.
    """
    texts = tuple(
        _scenario_fields(one.name, outcomes, before[one.position], f"{one.position} {key}")
        for one in board.scenarios
    )
    scales = scale_names()
    left, middle, right = st.columns([1.4, 0.8, 2])
    with left:
        scale = st.selectbox(
            "Words are read by",
            scales,
            format_func=lambda name: TITLES[name],
            **drafted(f"scale {key}", chosen_scale() or RECOMMENDED),
        )
    with middle:
        counts = st.number_input(
            "Weight",
            min_value=0.0,
            max_value=1.0,
            step=0.05,
            format="%g",
            **drafted(f"weight {key}", weight),
            help="1 takes it as independent of the other indicators, 0 leaves it out.",
        )
    with right:
        why = st.text_input("Why (optional)", **drafted(f"why {key}", note))
    certain = st.checkbox(
        "A 0 or 100 is meant: an answer may make a scenario impossible",
        **drafted(f"certain {key}", False),
    )
    return Filled(texts, scale, counts, why or "", certain)


def _scenario_fields(name: str, outcomes: Sequence[str], before: Texts, key: str) -> Texts:
    """The fields of one scenario. Empty ones leave it open, or one outcome to the rest."""
    columns = st.columns(min(len(outcomes), 4))
    typed = []
    for place, (outcome, text) in enumerate(zip(outcomes, before, strict=True)):
        with columns[place % len(columns)]:
            typed.append(
                st.text_input(
                    f"{plain(outcome)}, if {plain(name)}",
                    placeholder="70%, 2:1 against, likely",
                    **drafted(f"likelihood {place} {key}", text),
                )
                or ""
            )
    return tuple(typed)


def entries_of(
    board: ScenarioBoard, outcomes: Sequence[str], before: Sequence[Texts], filled: Filled
) -> dict[str, tuple[Entry, ...]]:
    """By scenario's name, what was typed anew; a scenario whose fields are empty is left open.

    Raises
    ------
    InvalidInput
        A field holds no probability.
    """
    found: dict[str, tuple[Entry, ...]] = {}
    for one in board.scenarios:
        texts = filled.texts[one.position]
        if texts == before[one.position]:
            continue
        entries = tuple(
            read_entry(text, filled.scale, field=f"likelihood of {outcome} in {one.name}")
            for outcome, text in zip(outcomes, texts, strict=True)
        )
        rest = (None,) if len(outcomes) == 1 else ()
        found[one.name] = (*entries, *rest) if any(text.strip() for text in texts) else ()
    return found
