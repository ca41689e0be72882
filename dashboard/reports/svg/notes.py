"""Rules, ranges and labels that a figure lays over its lines."""

from typing import Any

from dashboard.charts.text_width import text_size
from dashboard.reports.svg.plot import Plot, dashes, refuse
from dashboard.reports.svg.text import label
from dashboard.widgets.safe import Html, fill, joined


def shape(found: Any, plot: Plot) -> Html:
    """A rule or a rectangle; ValueError for another shape."""
    x0, x1 = plot.x(found.x0, found.xref), plot.x(found.x1, found.xref)
    y0, y1 = plot.y(found.y0, found.yref), plot.y(found.y1, found.yref)
    width = 2.0 if found.line.width is None else float(found.line.width)
    stroke = "none" if width == 0 else found.line.color or plot.colour
    if found.type == "line":
        return fill(
            '<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="{stroke}" '
            'stroke-width="{width}" stroke-dasharray="{dash}"/>',
            x0=f"{x0:.1f}",
            y0=f"{y0:.1f}",
            x1=f"{x1:.1f}",
            y1=f"{y1:.1f}",
            stroke=stroke,
            width=f"{width:g}",
            dash=dashes(found.line.dash, width),
        )
    if found.type != "rect":
        raise refuse("shape", found.type)
    return fill(
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{colour}" stroke="{stroke}"/>',
        x=f"{min(x0, x1):.1f}",
        y=f"{min(y0, y1):.1f}",
        w=f"{abs(x1 - x0):.1f}",
        h=f"{abs(y1 - y0):.1f}",
        colour=found.fillcolor or "none",
        stroke=stroke,
    )


def annotation(found: Any, plot: Plot) -> Html:
    """A label at its place, in its box, at the end of its arrow's line if it has one."""
    size = found.font.size or plot.size
    x = plot.x(found.x, found.xref)
    y = plot.y(found.y, found.yref)
    points_at = found.showarrow is not False
    tail = (x + (found.ax or 0), y + (-30 if found.ay is None else found.ay))
    pieces = [_arrow((x, y), tail, found, plot)] if points_at else []
    if points_at:
        x, y = tail
    pad = 1.0 if found.borderpad is None else float(found.borderpad)
    wide, high = (length + 2 * pad for length in text_size(found.text, size))
    left = _start(found.xanchor, found.x, found.xref, points_at, ("left", "center", "right"))
    top = _start(found.yanchor, found.y, found.yref, points_at, ("bottom", "middle", "top"))
    x += (found.xshift or 0) - left * wide
    y -= (found.yshift or 0) + (1 - top) * high
    pieces.append(_box(x, y, wide, high, found))
    place, anchor = {0.0: (x + pad, "start"), 1.0: (x + wide - pad, "end")}.get(
        left, (x + wide / 2, "middle")
    )
    colour = found.font.color or plot.colour
    text = label(place, y + high / 2, found.text, size=size, colour=colour, anchor=anchor)
    return joined([*pieces, text])


def _start(
    anchor: str | None, value: Any, reference: str | None, arrow: bool, names: tuple[str, str, str]
) -> float:
    """Which share of a label lies before its place: 0, a half or 1.

    Left to Plotly, a label is centred on values and arrows, and leans inwards from the thirds of
    the area.
    """
    if anchor in names:
        return names.index(anchor) / 2
    if arrow or reference != "paper":
        return 0.5
    return 0.0 if value < 1 / 3 else 1.0 if value > 2 / 3 else 0.5


def _arrow(tip: tuple[float, float], tail: tuple[float, float], found: Any, plot: Plot) -> Html:
    return fill(
        '<path d="M{x0} {y0}L{x1} {y1}" stroke="{colour}" stroke-width="{width}"/>',
        x0=f"{tip[0]:.1f}",
        y0=f"{tip[1]:.1f}",
        x1=f"{tail[0]:.1f}",
        y1=f"{tail[1]:.1f}",
        colour=found.arrowcolor or plot.colour,
        width=f"{found.arrowwidth or 1:g}",
    )


def _box(x: float, y: float, wide: float, high: float, found: Any) -> Html:
    if found.bgcolor is None and found.bordercolor is None:
        return Html("")
    return fill(
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{colour}" stroke="{stroke}" '
        'stroke-width="{width}"/>',
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        w=f"{wide:.1f}",
        h=f"{high:.1f}",
        colour=found.bgcolor or "none",
        stroke=found.bordercolor or "none",
        width=f"{1 if found.borderwidth is None else found.borderwidth:g}",
    )
