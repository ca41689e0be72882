"""The probabilities of a set's scenarios over time, one on top of the other."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.end_labels import Label, annotations
from dashboard.charts.labels import shortened
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.maths.checks import Floats, Ints
from forecasts.results.scenarios import ScenarioBoard

Whose = Literal["mine", "implied", "crowd"]
HEIGHT = 360
POINTS = 5_000  # more than this and a browser draws them slowly
DAY = timedelta(days=1)
MOMENT = np.timedelta64(1, "ms")
Instants = npt.NDArray[np.datetime64]
STRONGEST, PALEST = 0.8, 0.12


def scenario_chart(board: ScenarioBoard, whose: Whose, *, palette: Palette) -> go.Figure:
    """Probabilities of all scenarios, stacked to 100 %, the first one on top.

    Every day has the value of its end, and today the value of now. A time in which nothing
    stands stays empty. Nothing is computed: the values come from ``board``.
    """
    figure = theme.blank(palette, height=HEIGHT, right=theme.LABEL_MARGIN + 60)
    shares, at = shares_of(board, whose), board.series.at
    begin = beginning(board)
    figure.update_xaxes(theme.date_axis(palette), range=[begin, max(at[-1], begin + DAY)])
    figure.update_yaxes(theme.y_axis(palette), range=[0, 1], **theme.SHARE_TICKS)
    edges = as_array([begin, *at])
    layers = [
        layer
        for number, run in enumerate(known_runs(shares))
        for layer in _layers(
            board, whose, number, _days(edges, run), shares[[run[0], *run]], palette
        )
    ]
    figure.add_traces(layers)
    if not np.isnan(shares[-1]).any():
        figure.update_layout(annotations=_end_labels(board, shares[-1].tolist(), palette))
    _mark_prior(figure, board, palette)
    return figure


def shares_of(board: ScenarioBoard, whose: Whose) -> Floats:
    """The series that is drawn, (T, S); NaN where nothing stands."""
    series = board.series
    return {"mine": series.mine, "implied": series.implied, "crowd": series.crowd}[whose]


def known_runs(shares: Floats) -> list[Ints]:
    """The instants with a value, as runs of neighbours, thinned where they are too many.

    The first and the last instant of a run always stay.
    """
    known = np.flatnonzero(~np.isnan(shares).any(axis=1))
    runs = [run for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1) if run.size]
    every = -(-shares.size // POINTS)
    return [np.union1d(run[::every], run[-1:]) for run in runs]


def scenario_finding(board: ScenarioBoard, whose: Whose) -> str:
    """Which scenario stands highest, or what the one that came about had been given."""
    last = shares_of(board, whose)[-1]
    if np.isnan(last).any():
        return {
            "mine": "You have no standing forecast of these scenarios",
            "implied": "The indicators imply nothing yet",
            "crowd": "Nobody has a standing forecast of these scenarios",
        }[whose]
    names = [one.name for one in board.scenarios]
    if board.outcome is not None:
        given = formats.percent(float(last[names.index(board.outcome)]))
        had = {"mine": "you had", "implied": "the indicators had", "crowd": "the crowd had"}
        return f"“{board.outcome}” came about: {had[whose]} given it {given}"
    top = int(np.argmax(last))
    says = {"mine": "You find", "implied": "The indicators make", "crowd": "The crowd finds"}
    return f"{says[whose]} “{names[top]}” likeliest: {formats.percent(float(last[top]))}"


def scenario_subtitle(whose: Whose) -> str:
    """Measure and unit of the chart, and what it rests on."""
    return {
        "mine": "Your probability of each scenario at the end of each day, %.",
        "implied": "Probability of each scenario that the indicators imply, %, by the prior, "
        "likelihoods and weights that hold today.",
        "crowd": "Median probability of each scenario at the end of each day, %.",
    }[whose]


def beginning(board: ScenarioBoard) -> datetime:
    """Where the first day begins: the day before its end, yet not before the set or its prior."""
    starts = [board.opens_at, *([] if board.prior is None else [board.prior.dated_at])]
    first = board.series.at[0]
    return min(max(first - DAY, min(starts)), first)


def as_array(instants: Sequence[datetime]) -> Instants:
    """Instants in UTC as an array, which a figure takes whole, where it copies each of a list."""
    return np.array([at.replace(tzinfo=None) for at in instants], "datetime64[ms]")


def _days(edges: Instants, run: Ints) -> Instants:
    """The first edge of a run of days, then the last moment of each.

    A day's end is the next one's midnight, and would be called by that one's name.
    """
    return np.append(edges[run[0]], edges[run + 1] - MOMENT)


def _layers(
    board: ScenarioBoard,
    whose: Whose,
    number: int,
    at: Instants,
    shares: Floats,
    palette: Palette,
) -> list[go.Scatter]:
    """One run of days: an area a scenario. Stacks grow upwards, so the last one comes first."""
    hue = {"mine": palette.me, "implied": palette.text, "crowd": palette.crowd}[whose]
    return [
        go.Scatter(
            name=(name := chart_text(scenario.name)),
            x=at,
            y=shares[:, scenario.position],
            stackgroup=f"run {number}",
            mode="lines",
            line={"shape": "vh", "width": 1.5, "color": palette.ground},
            fillcolor=theme.tint(hue, _opacity(scenario.position, len(board.scenarios))),
            hoveron="points",
            hovertemplate=f"{name}: %{{y:.0%}}<br>%{{x|%-d %b %Y}}<extra></extra>",
        )
        for scenario in reversed(board.scenarios)
    ]


def _opacity(position: int, scenarios: int) -> float:
    """The first scenario is the strongest; neighbours differ, and a line parts them."""
    return STRONGEST - (STRONGEST - PALEST) * position / (scenarios - 1)


def _end_labels(
    board: ScenarioBoard, last: Sequence[float], palette: Palette
) -> list[dict[str, Any]]:
    """Each scenario's name and value beside the middle of its area; the highest in bold."""
    labels = []
    for place, (scenario, share) in enumerate(zip(board.scenarios, last, strict=True)):
        name = chart_text(scenario.name)
        text = f"{chart_text(shortened(scenario.name, 17))} {formats.percent(share)}"
        bold = f"<b>{text}</b>" if share == max(last) else text
        labels.append(Label(bold, sum(last[place + 1 :]) + share / 2, palette.text, name))
    return annotations(labels, None, within=(0.02, 0.98))


def _mark_prior(figure: go.Figure, board: ScenarioBoard, palette: Palette) -> None:
    """A dashed line where the prior is dated, unless that is on the day the chart begins."""
    if board.prior is None or board.prior.dated_at < beginning(board) + DAY:
        return
    figure.add_shape(
        {
            "name": "prior",
            "type": "line",
            "x0": board.prior.dated_at,
            "x1": board.prior.dated_at,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": palette.muted, "width": 1, "dash": "dash"},
        }
    )
    figure.add_annotation(
        x=board.prior.dated_at,
        yref="paper",
        y=0.04,
        text="prior",
        xanchor="left",
        xshift=4,
        showarrow=False,
        font={"color": palette.muted, "size": 12},
        bgcolor=palette.ground,
    )
