"""The probabilities of scenarios over time: somebody's, or two judgements of one scenario."""

import numpy as np
import streamlit as st

from dashboard.charts.scenario_gap import gap_chart, gap_finding, gap_numbers
from dashboard.charts.scenario_numbers import scenario_numbers
from dashboard.charts.scenarios import (
    Whose,
    scenario_chart,
    scenario_finding,
    scenario_subtitle,
    shares_of,
)
from dashboard.widgets.chart import draw
from dashboard.widgets.parts import finding
from dashboard.widgets.safe import visible
from dashboard.widgets.style import palette
from forecasts.results.scenarios import ScenarioBoard

WHOSE: dict[str, Whose] = {"You": "mine", "Implied": "implied", "Crowd": "crowd"}
COMPARED = "Side by side"


def chart_part(board: ScenarioBoard, *, hidden: bool = False) -> None:
    """The stacked probabilities of whoever is chosen, at first of whoever has any.

    Or those of one scenario side by side. ``hidden`` says that the reader chose not to see the
    crowd yet.
    """
    offered = [name for name, one in WHOSE.items() if not (hidden and one == "crowd")]
    known = [name for name in offered if not np.isnan(shares_of(board, WHOSE[name])).all()]
    picked = st.segmented_control(
        "Whose probabilities",
        [*offered, COMPARED] if len(known) > 1 else offered,
        default=known[0] if known else "You",
        required=True,
    )
    if picked == COMPARED:
        _compared(board)
    else:
        _stacked(board, WHOSE[picked])


def _stacked(board: ScenarioBoard, whose: Whose) -> None:
    title, under = scenario_finding(board, whose), scenario_subtitle(whose)
    if np.isnan(shares_of(board, whose)).all():
        finding(title, under)
        return
    draw(
        scenario_chart(board, whose, palette=palette()),
        scenario_numbers(board, whose),
        title=title,
        under=under,
        name=f"scenarios of question {board.question_id} {whose}",
        key=f"scenarios {whose}",
        foot=f"Question {board.question_id}: {board.title}",
    )


def _compared(board: ScenarioBoard) -> None:
    """One scenario, at first the one on which the reader and the indicators are furthest apart."""
    gaps = [abs((one.mine or 0.0) - (one.implied or 0.0)) for one in board.scenarios]
    position = st.selectbox(
        "Scenario side by side",
        range(len(gaps)),
        index=int(np.argmax(gaps)),
        format_func=lambda place: visible(board.scenarios[place].name),
        key=f"side by side of {board.question_id}",
    )
    draw(
        gap_chart(board, position, palette=palette()),
        gap_numbers(board, position),
        title=gap_finding(board, position),
        under="Probability of the scenario at the end of each day, %: your forecast, what the "
        "indicators imply by today's prior and likelihoods (dotted), and the crowd's median.",
        name=f"scenario {position + 1} of question {board.question_id} side by side",
        key="scenarios side by side",
        foot=f"Question {board.question_id}: {board.title}",
    )
