"""What a forecast would score in each outcome, told before it is saved."""

from typing import TypedDict, Unpack

import streamlit as st

from dashboard import formats
from dashboard.context import database, me
from dashboard.widgets.parts import note, table
from dashboard.widgets.safe import Html, fill, joined
from forecasts import clock
from forecasts.errors import TrackerError
from forecasts.results.question import OutcomeScore, Preview
from forecasts.views.preview import preview

HEAD = Html("<tr><th>If it comes out as</th><th class='n'>Score</th><th class='n'>Now</th></tr>")
_STANDS = "If it stands to the scheduled close"


class Stated(TypedDict, total=False):
    """A forecast in the one form that fits its question."""

    probability: float
    probabilities: list[float]
    quantiles: tuple[tuple[float, float], ...]


def score_preview(question_id: int, **stated: Unpack[Stated]) -> None:
    """My score in each outcome, with what I would score without the new forecast.

    Drawn before anything is stated too, so that nothing below it moves while somebody types.
    """
    try:
        with database() as session:
            found = preview(session, question_id, me=me(), now=clock.now(), **stated)
    except TrackerError as refused:
        note(str(refused))
        return
    if len(found.outcomes) == 2 and found.rule == "brier":
        st.html(_beside(found.outcomes))
    else:
        table(HEAD, [_row(one) for one in found.outcomes])
    note(explained(found))


def explained(found: Preview) -> str:
    """Rule, range and direction of the previewed scores, and what a know-nothing earns."""
    nbsp = formats.NBSP
    if found.rule == "quantile_score":
        unit = f" ({found.unit})" if found.unit else ""
        return (
            f"{_STANDS}, at the values you state: quantile score in the number’s own unit{unit}; "
            f"0{nbsp}is perfect, lower is better. A median alone scores how far it is off."
        )
    if len(found.outcomes) == 2:
        return (
            f"{_STANDS}: Brier score; 0{nbsp}is perfect, always saying 50{nbsp}% earns 0.250, "
            f"1{nbsp}is worst."
        )
    name = "Brier score for ordered options" if found.rule == "ordered_brier" else "Brier score"
    near = ", and a near miss costs less" if found.rule == "ordered_brier" else ""
    return f"{_STANDS}: {name}, 0 to 1; 0{nbsp}is perfect, lower is better{near}."


def _beside(outcomes: tuple[OutcomeScore, ...]) -> Html:
    """The two outcomes of a question side by side."""
    boxes = [
        fill(
            '<div><span class="fd-sub">If it resolves <bdi>{outcome}</bdi></span><br>'
            '<b>{score}</b> <span class="fd-note">{now}</span></div>',
            outcome=one.outcome,
            score=formats.score(one.score),
            now="" if one.now is None else f"now {formats.score(one.now)}",
        )
        for one in outcomes
    ]
    return fill('<div class="fd-preview">{boxes}</div>', boxes=joined(boxes))


def _row(one: OutcomeScore) -> Html:
    return fill(
        "<tr><td><bdi>{outcome}</bdi></td><td class='n'><b>{score}</b></td>"
        "<td class='n'>{now}</td></tr>",
        outcome=one.outcome,
        score=formats.score(one.score),
        now=formats.score(one.now),
    )
