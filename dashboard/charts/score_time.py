"""Scores over time, one line a forecaster."""

from datetime import datetime, timedelta

import numpy as np
import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.end_labels import Label, annotations
from dashboard.charts.labels import shortened
from dashboard.charts.numbers import Numbers
from dashboard.charts.thinning import thinned
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.scores import Scoreboard, ScoreSeries, ScoreSettings

HEIGHT = 280
DOTS = 60
POINTS = 400
"""Points of a line: about one every two pixels, where several lines lie over each other."""
SHOWN = 6
"""Lines beyond this many cannot be told apart; those with the most questions are kept."""


def score_time_chart(board: Scoreboard, *, palette: Palette) -> go.Figure:
    """Mean score over the questions ended so far, in the direction of the board's rule.

    The dotted line is what always saying 50 % earns on yes/no questions.
    """
    figure = theme.blank(palette, height=HEIGHT, right=theme.LABEL_MARGIN + 40)
    shown = shown_series(board)
    know_nothing = board.settings.know_nothing
    low, high = _reach(shown, board.settings)
    # The ends are stated, because labels beyond the lines' ends would widen the axis.
    ends = {"range": _span(shown)} if shown else {}
    figure.layout.xaxis = theme.date_axis(palette) | ends
    ticks = {"range": [low, high], "nticks": 5, "tickformat": ".2f"}
    figure.layout.yaxis = theme.y_axis(palette) | ticks
    if shown:
        figure.add_hline(y=know_nothing, line={"color": palette.muted, "width": 1, "dash": "dot"})
    for series in reversed(shown):  # the reader's own line comes last and lies on top
        _line(figure, series, max(one.at[-1] for one in shown), palette)
    _end_labels(figure, shown, know_nothing, within=(low, high), palette=palette)
    return figure


def shown_series(board: Scoreboard) -> list[ScoreSeries]:
    """The lines that are drawn: the reader's, the crowd's, and those with the most questions."""
    ranked = sorted(
        (series for series in board.series if series.value),
        key=lambda series: (
            series.role != "me",
            series.role != "crowd",
            -max(series.questions),
        ),
    )
    return ranked[:SHOWN]


def score_time_finding(board: Scoreboard) -> str:
    """The heading of the chart: whose line ends best, the crowd aside, or that there is none.

    Each line is of its own questions, so that the best end is not said to be the best forecaster.
    """
    shown = [series for series in shown_series(board) if series.role != "crowd"]
    if not shown:
        return "Not enough resolved questions for a line"
    settings = board.settings
    best = min(shown, key=lambda series: -settings.lead(series.value[-1], 0.0))
    name = "You" if best.role == "me" else best.name
    if len(shown) == 1:
        return f"{name}: {formats.score(best.value[-1])} over {best.questions[-1]} questions"
    value = formats.score(best.value[-1])
    most = "Highest" if settings.higher_is_better else "Lowest"
    return f"{most} on its own questions of late: {name}, {value}"


def score_time_numbers(board: Scoreboard) -> Numbers:
    """Every point of the lines drawn, also where the chart is thinned."""
    return Numbers(
        {
            "Forecaster": str,
            "Until": formats.day,
            "Score": formats.score,
            "Questions": "{:,}".format,
        },
        [
            (series.name, at, value, count)
            for series in shown_series(board)
            for at, value, count in zip(series.at, series.value, series.questions, strict=True)
        ],
    )


def _reach(shown: list[ScoreSeries], settings: ScoreSettings) -> tuple[float, float]:
    """Ends of the vertical axis: from 0 to above the worst; from below the worst to perfect."""
    values = [settings.know_nothing, *(value for series in shown for value in series.value)]
    if settings.higher_is_better:
        return max(min(values) - 0.1 * (1 - min(values)), 0.0), 1.0
    return 0.0, 1.1 * max(values)


def _span(shown: list[ScoreSeries]) -> list[datetime]:
    first = min(series.at[0] for series in shown)
    last = max(series.at[-1] for series in shown)
    margin = max((last - first) * 0.02, timedelta(days=1))
    return [first - margin, last + margin]


def _dot(series: ScoreSeries) -> int:
    """Dots for the reader and the sources, as long as there is room between them."""
    return 0 if series.role == "other" or len(series.at) > DOTS else 5


def _line(figure: go.Figure, series: ScoreSeries, until: datetime, palette: Palette) -> None:
    """One step line; its last value stands until the newest question of any line."""
    name, dot = chart_text(series.name), _dot(series)
    few = thinned(len(series.at), POINTS).tolist()
    at, value = ([column[place] for place in few] for column in (series.at, series.value))
    told = [(series.questions[place], formats.iso(series.at[place])) for place in few]
    figure.add_scatter(
        name=name,
        x=[*at, until],
        y=[*value, value[-1]],
        customdata=np.array(told, dtype=object),  # Plotly goes through lists cell by cell
        mode="lines+markers" if dot else "lines",  # Plotly draws dots of size 0 at size 6
        line={
            "shape": "hv",
            "color": palette.of(series.role),
            "width": 2.75 if series.role == "me" else 1.5,
        },
        opacity=0.55 if series.role == "other" else 1,
        marker={"size": [dot] * len(at) + [0]} if dot else None,
        hovertemplate=f"{name}: %{{y:.3f}}<br>%{{customdata[0]}} questions, "
        "%{customdata[1]}<extra></extra>",
    )


def _end_labels(
    figure: go.Figure,
    shown: list[ScoreSeries],
    know_nothing: float,
    *,
    within: tuple[float, float],
    palette: Palette,
) -> None:
    """What each line ends at, and the know-nothing's: beside the ends, where no line covers it."""
    if not shown:
        return
    labels = [Label(_end_label(one), one.value[-1], palette.of(one.role)) for one in shown]
    labels.append(Label(f"always 50{formats.NBSP}%", know_nothing, palette.muted))
    for label in annotations(labels, None, within=within):
        figure.add_annotation(label)


def _end_label(series: ScoreSeries) -> str:
    text = f"{chart_text(shortened(series.name, 16))} {formats.score(series.value[-1])}"
    return f"<b>{text}</b>" if series.role == "me" else text
