"""What spares the browser a second and a third drawing of every chart."""

from collections.abc import Iterator

import plotly.graph_objects as go

from dashboard.charts.text_width import text_size

GAP = 3
"""Pixels between a label and the area, beside the label's own distance."""

BELOW, BELOW_DATES = 30, 46
"""Pixels that a line of ticks needs, and two lines, the lower one for the year."""


def drawn_once(figure: go.Figure) -> go.Figure:
    """The figure with room for its ticks, and its data marked as those that were drawn.

    Plotly measures labels after it has drawn them, and draws anew where the margins are too small
    for them. Streamlit hands every chart over twice; without a ``datarevision`` Plotly takes equal
    arrays for other ones.
    """
    layout, margin = figure.layout, figure.layout.margin
    margin.l = (margin.l or 0) + max(_widths(figure), default=-GAP) + GAP
    margin.b = max(margin.b or 0, _below(figure))
    layout.datarevision = 1
    return figure


def _widths(figure: go.Figure) -> Iterator[float]:
    """Of the labels that are known before they are drawn."""
    for axis in figure.select_yaxes():
        if axis.visible is False:
            continue
        size, standoff = axis.tickfont.size or 12, axis.ticklabelstandoff or 0
        texts = axis.ticktext or ()
        if not texts and axis.tickformat and axis.range:
            texts = tuple(format(end, axis.tickformat) for end in axis.range)
        yield from (text_size(text, size)[0] + standoff for text in texts)


def _below(figure: go.Figure) -> int:
    axis = figure.layout.xaxis
    if axis.side == "top" or axis.visible is False:
        return 0
    return BELOW_DATES if axis.tickformatstops else BELOW
