"""The rules, ticks and labels of a figure's axes."""

import plotly.graph_objects as go

from dashboard.charts.text_width import text_size
from dashboard.reports.svg.plot import Plot
from dashboard.reports.svg.text import label
from dashboard.reports.svg.ticks import Tick
from dashboard.widgets.safe import Html, fill, joined

TICK_SIZE = 12.0
_TICK = 4.0


def axis_name(name: str) -> str:
    """Plotly's long name of an axis: "yaxis2" of "y2"."""
    return f"{name[0]}axis{name[1:]}"


def grid(figure: go.Figure, plot: Plot, name: str, marks: list[Tick]) -> Html:
    """The lines of an axis across the area, at its ticks; none where it has no grid."""
    axis, found = figure.layout[axis_name(name)], plot.scales[name]
    if axis.showgrid is False or axis.visible is False or not axis.gridcolor:
        return Html("")
    lines = []
    for value, _ in marks:
        at = found.pixel(value)
        ends = (
            (plot.left, at, plot.right, at) if name[0] == "y" else (at, plot.top, at, plot.bottom)
        )
        lines.append(_rule(*ends, axis.gridcolor))
    return joined(lines)


def labels(figure: go.Figure, plot: Plot, name: str, marks: list[Tick]) -> Html:
    """The labels of an axis, and where it has a line, that with its ticks."""
    axis, found = figure.layout[axis_name(name)], plot.scales[name]
    colour = axis.tickfont.color or plot.colour
    pieces = []
    if axis.linecolor and axis.visible is not False:
        pieces.append(_rule(plot.left, plot.bottom, plot.right, plot.bottom, axis.linecolor))
    for value, text in marks:
        at = found.pixel(value)
        if name[0] == "y":
            x, y, anchor = plot.left - 6, at, "end"
        else:
            half = text_size(text, TICK_SIZE)[0] / 2
            x, y, anchor = max(at, half), plot.bottom + _TICK + 10, "middle"
            pieces.append(_rule(at, plot.bottom, at, plot.bottom + _TICK, colour))
        pieces.append(label(x, y, text, size=TICK_SIZE, colour=colour, anchor=anchor))
    return joined(pieces)


def _rule(x1: float, y1: float, x2: float, y2: float, colour: str) -> Html:
    return fill(
        '<path d="M{x1} {y1}L{x2} {y2}" stroke="{colour}"/>',
        x1=f"{x1:.1f}",
        y1=f"{y1:.1f}",
        x2=f"{x2:.1f}",
        y2=f"{y2:.1f}",
        colour=colour,
    )
