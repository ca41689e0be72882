"""The heat map as a picture to take away; on the page it is a table."""

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.labels import shortened
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.scores import HeatCell, HeatMap, ScoreSettings

LEFT, CELL, ROW = 190, 84, 42  # pixels
STRENGTH = 0.09
"""Opacity of one level of tint."""

Levels = tuple[tuple[int, ...], ...]
"""One row a forecaster, one entry a tag."""


def heat_chart(
    heat: HeatMap, levels: Levels, settings: ScoreSettings, *, palette: Palette
) -> go.Figure:
    """A cell a forecaster and tag, with score, questions and the word where it is worse.

    ``levels`` say how much better (above 0) or worse (below 0) a cell is than a know-nothing, in
    whole steps of tint; 0 is not tinted.
    """
    figure = theme.blank(palette, height=ROW * (len(heat.rows) + 1) + 16)
    figure.update_layout(width=LEFT + CELL * len(heat.tags) + 34)
    figure.update_xaxes(
        theme.x_axis(palette),
        side="top",
        range=[-0.5, len(heat.tags) - 0.5],
        tickvals=list(range(len(heat.tags))),
        ticktext=[chart_text(shortened(tag, 12)) for tag, _ in heat.tags],
        ticks="",
        showline=False,
    )
    figure.update_yaxes(
        theme.y_axis(palette),
        range=[len(heat.rows) - 0.5, -0.5],
        tickvals=list(range(len(heat.rows))),
        ticktext=[chart_text(shortened(row.name, 24)) for row in heat.rows],
        showgrid=False,
    )
    places = [(x, y) for y, row in enumerate(heat.rows) for x in range(len(row.cells))]
    figure.add_scatter(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        text=[_text(heat.rows[y].cells[x], settings) for x, y in places],
        mode="text",
        textfont={"size": 12},
        hoverinfo="skip",
    )
    # All at once: each shape that Plotly adds by itself makes it read all the others again.
    figure.update_layout(
        shapes=[_tint(x, y, levels[y][x], palette) for x, y in places if levels[y][x]]
    )
    return figure


def _tint(x: int, y: int, level: int, palette: Palette) -> dict[str, object]:
    return {
        "type": "rect",
        "x0": x - 0.49,
        "x1": x + 0.49,
        "y0": y - 0.48,
        "y1": y + 0.48,
        "fillcolor": theme.tint(palette.me if level > 0 else palette.source, STRENGTH * abs(level)),
        "line": {"width": 0},
        "layer": "below",
    }


def _text(cell: HeatCell | None, settings: ScoreSettings) -> str:
    if cell is None:
        return formats.DASH
    worse = " worse" if round(settings.lead(cell.score, cell.uniform), 3) < 0 else ""
    return f"{formats.score(cell.score)}<br>{cell.questions:,}{worse}"
