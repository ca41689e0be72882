"""Scores of several forecasters, one below the other, each with its interval."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.labels import shortened
from dashboard.charts.numbers import Numbers
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.scores import ScoreRow, ScoreSettings

SHOWN = 20
"""Rows that are drawn; the table has all."""

ENOUGH = 10
"""Questions from which a dot is filled and an interval exists."""

_ROW = 26  # pixels


def intervals_chart(
    rows: Sequence[ScoreRow], settings: ScoreSettings, *, palette: Palette
) -> go.Figure:
    """A dot a forecaster, its 95 % interval, and what a know-nothing earns on the same questions.

    Few questions are hollow dots. ``rows`` are in their order, the first on top.
    """
    shown = rows[:SHOWN]
    figure = theme.blank(palette, height=_ROW * max(len(shown), 1) + 50)
    most = 1.0 if settings.higher_is_better else 1.6 * settings.know_nothing
    top = max([most, *(_reach(row) for row in shown)]) * 1.04
    figure.update_xaxes(theme.x_axis(palette), range=[0, top], nticks=6, tickformat=".1f")
    figure.update_yaxes(
        theme.y_axis(palette),
        range=[len(shown) - 0.5, -0.5],
        tickvals=list(range(len(shown))),
        ticktext=[chart_text(shortened(row.forecaster, 28)) for row in shown],
    )
    for place, row in enumerate(shown):
        _interval(figure, place, row, palette)
    figure.add_scatter(
        name="know-nothing",
        x=[row.uniform for row in shown],
        y=list(range(len(shown))),
        mode="markers",
        marker={"size": 5, "color": palette.text},
        hovertemplate="know-nothing: %{x:.3f}<extra></extra>",
    )
    _dots(figure, shown, palette)
    return figure


def intervals_numbers(rows: Sequence[ScoreRow]) -> Numbers:
    """One row a forecaster, in the chart's order."""
    return Numbers(
        {
            "Forecaster": str,
            "Score": formats.score,
            "from": formats.score,
            "to": formats.score,
            "Know-nothing": formats.score,
            "Questions": "{:,}".format,
            "Coverage": formats.percent,
        },
        [
            (
                row.forecaster,
                row.score,
                *(row.interval or (None, None)),
                row.uniform,
                row.questions,
                row.coverage,
            )
            for row in rows
        ],
    )


def intervals_finding(
    rows: Sequence[ScoreRow], settings: ScoreSettings, me: int | None = None
) -> str:
    """Who has the best score, if that can be told apart from the others'; ``me`` is the reader."""
    enough = [row for row in rows if row.questions >= ENOUGH]
    if not rows:
        return "Nobody is scored"
    if not enough:
        return f"Too early to tell: nobody is scored on {ENOUGH} questions"
    first = enough[0]
    best = "highest score" if settings.higher_is_better else "lowest error"
    mine = first.forecaster_kind == "person" and first.forecaster_id == me
    whose = "yours" if mine else f"{first.forecaster}’s"
    lead = f"The {best} is {whose}, {formats.score(first.score)}"
    if any(_overlap(first.interval, row.interval) for row in enough[1:]):
        return f"{lead}, but the intervals overlap"
    return lead


def _overlap(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _reach(row: ScoreRow) -> float:
    return max(row.score, row.uniform, row.interval[1] if row.interval else 0.0)


def _colour(row: ScoreRow, palette: Palette) -> str:
    return palette.source if row.forecaster_kind == "source" else palette.me


def _interval(figure: go.Figure, place: int, row: ScoreRow, palette: Palette) -> None:
    if row.interval is None:
        return
    figure.add_scatter(
        name="interval",
        x=list(row.interval),
        y=[place, place],
        mode="lines",
        line={"width": 2, "color": _colour(row, palette)},
        hoverinfo="skip",
    )


def _dots(figure: go.Figure, rows: Sequence[ScoreRow], palette: Palette) -> None:
    colours = [_colour(row, palette) for row in rows]
    figure.add_scatter(
        name="score",
        x=[row.score for row in rows],
        y=list(range(len(rows))),
        customdata=[row.questions for row in rows],
        mode="markers",
        marker={
            "size": 10,
            "color": [
                colour if row.questions >= ENOUGH else palette.ground
                for row, colour in zip(rows, colours, strict=True)
            ],
            "line": {"width": 2, "color": colours},
        },
        hovertemplate="%{x:.3f}, %{customdata} questions<extra></extra>",
    )
