"""Lines, areas, dots and bars of a figure as SVG."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from dashboard.reports.svg.plot import Plot, dashes, refuse
from dashboard.reports.svg.text import label
from dashboard.widgets.safe import Html, fill, joined

Point = tuple[float, float] | None


def trace(found: Any, plot: Plot) -> Html:
    """One trace of a figure, a scatter or a bar; ValueError for a style not drawn here."""
    if found.visible is False or found.opacity == 0:
        return Html("")
    inner = _bars(found, plot) if found.type == "bar" else _scatter(found, plot)
    opacity = 1 if found.opacity is None else found.opacity
    return fill('<g opacity="{opacity}">{inner}</g>', opacity=f"{opacity:g}", inner=inner)


def _scatter(found: Any, plot: Plot) -> Html:
    if found.x is None or found.y is None:
        return Html("")
    points = [
        None if _missing(x) or _missing(y) else (plot.x(x, found.xaxis), plot.y(y, found.yaxis))
        for x, y in zip(found.x, found.y, strict=True)
    ]
    modes = (found.mode or "lines").split("+")
    pieces = [_area(found, points)] if found.fill not in (None, "none") else []
    if "lines" in modes and found.line.width != 0:
        pieces.append(line(found, points, plot))
    if "markers" in modes:
        pieces.append(_markers(found, points, plot))
    if "text" in modes:
        pieces.append(_texts(found, points, plot))
    return joined(pieces)


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float | np.floating) and not np.isfinite(value))


def line(found: Any, points: Sequence[Point], plot: Plot) -> Html:
    """A line through points in the trace's own width, style and shape."""
    width = 2.0 if found.line.width is None else float(found.line.width)
    return fill(
        '<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-dasharray="{dash}" stroke-linejoin="round"/>',
        d=path(points, shape=found.line.shape),
        colour=found.line.color or plot.colour,
        width=f"{width:g}",
        dash=dashes(found.line.dash, width),
    )


def path(points: Iterable[Point], *, shape: str | None = None) -> str:
    """A line through points; after None it starts anew. Its shape is linear or in steps.

    In steps (hv) each value stands until the next point, or (vh) from the one before it.
    """
    if shape not in (None, "linear", "hv", "vh"):
        raise refuse("line shape", shape)
    parts, before = [], None
    for point in points:
        if point is not None:
            x, y = point
            if before is None:
                parts.append(f"M{x:.1f} {y:.1f}")
            elif shape == "hv":
                parts.append(f"H{x:.1f}V{y:.1f}")
            elif shape == "vh":
                parts.append(f"V{y:.1f}H{x:.1f}")
            else:
                parts.append(f"L{x:.1f} {y:.1f}")
        before = point
    return "".join(parts)


def _area(found: Any, points: Sequence[Point]) -> Html:
    if found.fill != "toself":
        raise refuse("fill", found.fill)
    return fill(
        '<path d="{d}Z" fill="{colour}"/>',
        d=path([point for point in points if point is not None]),
        colour=found.fillcolor or "none",
    )


def _markers(found: Any, points: Sequence[Point], plot: Plot) -> Html:
    marker = found.marker
    edge = marker.line.color or "none"
    return joined(
        [
            fill(
                '<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}" stroke="{edge}" '
                'stroke-width="{width}"/>',
                x=f"{point[0]:.1f}",
                y=f"{point[1]:.1f}",
                r=f"{_each(marker.size, place, 6.0) / 2:g}",
                colour=_each(marker.color, place, found.line.color or plot.colour),
                edge=_each(edge, place, "none"),
                width=f"{_each(marker.line.width, place, 0.0):g}",
            )
            for place, point in enumerate(points)
            if point is not None and _each(marker.size, place, 6.0) > 0
        ]
    )


def _texts(found: Any, points: Sequence[Point], plot: Plot) -> Html:
    """Text above, below or beside each point."""
    size, colour = found.textfont.size or plot.size, found.textfont.color or plot.colour
    place_of = found.textposition or "middle center"
    up = {"top": -0.9 * size, "bottom": 0.9 * size}.get(place_of.split()[0], 0.0)
    aside = place_of.split()[-1]
    anchor = {"left": "end", "right": "start"}.get(aside, "middle")
    across = {"left": -6.0, "right": 6.0}.get(aside, 0.0)
    return joined(
        [
            label(
                point[0] + across,
                point[1] + up,
                str(_each(found.text, place, "")),
                size=size,
                colour=_each(colour, place, plot.colour),
                anchor=anchor,
            )
            for place, point in enumerate(points)
            if point is not None
        ]
    )


def _each(value: Any, place: int, default: Any) -> Any:
    """The value of one point: its own, or that of all of them."""
    if value is None:
        return default
    if isinstance(value, str) or not hasattr(value, "__len__"):
        return value
    return value[place]


def _bars(found: Any, plot: Plot) -> Html:
    """Upright bars from 0, each as wide as it says, with its text above it."""
    if found.orientation == "h" or found.base is not None:
        raise refuse("bar", "lying or stacked")
    pieces = []
    for place, (x, y) in enumerate(zip(found.x, found.y, strict=True)):
        if _missing(y):
            continue
        axis = plot.scales[found.xaxis or "x"]
        half = float(_each(found.width, place, 0.8)) / 2
        scale = (axis.end - axis.start) / (axis.high - axis.low)
        middle, top, foot = plot.x(x, found.xaxis), plot.y(y, found.yaxis), plot.y(0, found.yaxis)
        pieces.append(
            fill(
                '<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{colour}"/>',
                x=f"{middle - half * scale:.1f}",
                y=f"{min(top, foot):.1f}",
                w=f"{2 * half * scale:.1f}",
                h=f"{abs(foot - top):.1f}",
                colour=_each(found.marker.color, place, plot.colour),
            )
        )
        if text := _each(found.text, place, ""):
            size = found.textfont.size or plot.size
            pieces.append(
                label(
                    middle,
                    top - 0.8 * size,
                    str(text),
                    size=size,
                    colour=found.textfont.color or plot.colour,
                    anchor="middle",
                )
            )
    return joined(pieces)
