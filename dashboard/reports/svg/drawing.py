"""A whole figure as one SVG element."""

from collections.abc import Iterable, Iterator
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.text_width import text_size
from dashboard.reports.svg.axes import TICK_SIZE, axis_name, grid, labels
from dashboard.reports.svg.notes import annotation, shape
from dashboard.reports.svg.plot import Plot, refuse
from dashboard.reports.svg.scales import Scale, scale
from dashboard.reports.svg.stacks import stack, stacked
from dashboard.reports.svg.ticks import ticks
from dashboard.reports.svg.traces import trace
from dashboard.widgets.safe import Html, fill, joined

WIDTH = 680
"""Pixels: the text of an A4 page with ordinary margins is as wide."""


def svg(figure: go.Figure, *, name: str, alt: str, width: int = WIDTH) -> Html:
    """``figure`` as SVG, as large as it is on a screen ``width`` pixels wide.

    ``name`` is a word that no other drawing on the page has; ``alt`` says what the chart shows.
    Raises ValueError for a trace, shape or style that is not drawn here.
    """
    layout = figure.layout
    height = float(layout.height or 360)
    plot = _plot(figure, width, height)
    marks = {key: ticks(layout[axis_name(key)], found) for key, found in plot.scales.items()}
    below = [shape(one, plot) for one in layout.shapes if one.layer == "below"]
    above = [shape(one, plot) for one in layout.shapes if one.layer != "below"]
    return fill(
        '<svg class="fd-drawing" role="img" aria-label="{alt}" viewBox="0 0 {w} {h}" '
        'xmlns="http://www.w3.org/2000/svg"><clipPath id="{name}"><rect x="{x}" y="{y}" '
        'width="{inner}" height="{high}"/></clipPath>{grid}{below}'
        '<g clip-path="url(#{name})">{traces}</g>{axes}{above}{notes}</svg>',
        alt=alt,
        w=width,
        h=f"{height:g}",
        name=name,
        x=f"{plot.left - 8:.1f}",
        y=f"{plot.top - 8:.1f}",
        inner=f"{plot.right - plot.left + 16:.1f}",
        high=f"{plot.bottom - plot.top + 16:.1f}",
        grid=joined([grid(figure, plot, key, marks[key]) for key in marks]),
        below=joined(below),
        traces=joined(
            [
                trace(one, plot) if foot is None else stacked(one, foot, plot)
                for one, foot in zip(_traces(figure), stack(_traces(figure)), strict=True)
            ]
        ),
        axes=joined([labels(figure, plot, key, marks[key]) for key in marks]),
        above=joined(above),
        notes=joined([annotation(one, plot) for one in layout.annotations]),
    )


def _names(figure: go.Figure) -> list[str]:
    """The axes that traces are drawn on, by their short names."""
    traces = _traces(figure)
    used = {one.xaxis or "x" for one in traces} | {one.yaxis or "y" for one in traces}
    return sorted(used | {"x", "y"})


def _traces(figure: go.Figure) -> tuple[Any, ...]:
    """The traces, whose fields depend on their type; ValueError for one of another."""
    found: tuple[Any, ...] = tuple(figure.data)
    for one in found:
        if one.type not in ("scatter", "bar"):
            raise refuse("trace", one.type)
    return found


def _plot(figure: go.Figure, width: float, height: float) -> Plot:
    """The area that is left by the margins and by the labels of the ticks."""
    layout = figure.layout
    names, margin = _names(figure), layout.margin
    size = layout.font.size or 12.5
    loose = {name: _scale(figure, name, 0.0, 1.0) for name in names}
    texts = [
        text_size(text, TICK_SIZE)[0]
        for name in names
        if name[0] == "y"
        for _, text in ticks(layout[axis_name(name)], loose[name])
    ]
    below = any(ticks(layout[axis_name(name)], loose[name]) for name in names if name[0] == "x")
    left = (margin.l or 0) + max(texts, default=0.0) + 6
    right = width - (margin.r or 0)
    top, bottom = (margin.t or 0) + 6.0, height - (margin.b or 0) - (24 if below else 0)
    scales = {}
    for name in names:
        low, high = layout[axis_name(name)].domain or (0, 1)
        span = (left, right) if name[0] == "x" else (bottom, top)
        ends = [span[0] + share * (span[1] - span[0]) for share in (low, high)]
        scales[name] = _scale(figure, name, *ends)
    return Plot(left, right, top, bottom, scales, layout.font.color or "#000000", size)


def _scale(figure: go.Figure, name: str, start: float, end: float) -> Scale:
    axis = figure.layout[axis_name(name)]
    values = list(_values(figure, name))
    bars = any(one.type == "bar" and (one.yaxis or "y") == name for one in _traces(figure))
    return scale(axis, values, start=start, end=end, zero=bars or axis.rangemode == "tozero")


def _values(figure: go.Figure, name: str) -> Iterator[Any]:
    """Everything that is drawn at a value of an axis."""
    side = name[0]
    for one in _traces(figure):
        values: Iterable[Any] | None = one[side]
        if (one[f"{side}axis"] or side) == name and values is not None:
            yield from values
    for one in figure.layout.shapes:
        if (one[f"{side}ref"] or side) == name:
            yield from (one[f"{side}0"], one[f"{side}1"])
