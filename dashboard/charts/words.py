"""What words turned out to mean, before the ranges that scales give them."""

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.calibration_finding import ENOUGH
from dashboard.charts.labels import shortened
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.calibration import WordRange, WordRow, WordsView

SHOWN = 12
"""Words that are drawn: those used most. The table has all of them."""

ROW = 58  # pixels
LANES = ("icd203", "phia", "nato", "kent", "kucharski")
"""Scales whose ranges are thin lines, from top to bottom."""

DESK = "recommended"
_NAMES = {
    DESK: "this desk",
    "icd203": "ICD 203",
    "phia": "UK PHIA",
    "nato": "NATO",
    "kent": "Kent",
    "kucharski": "a survey",
}


def shown_as(scale: str) -> str:
    """A scale's name, short enough for a chart."""
    return _NAMES.get(scale, scale)


def drawn_rows(view: WordsView) -> tuple[WordRow, ...]:
    """The rows with the most statements, in the order of the view."""
    most = sorted(view.rows, key=lambda row: -row.statements)[:SHOWN]
    return tuple(row for row in view.rows if row in most)


def words_chart(view: WordsView, *, palette: Palette) -> go.Figure:
    """How often what was said in a word came true, with the ranges that the word stands for.

    One row a word, from the strongest to the weakest; with a word chosen, one row a publisher,
    below one for each scale. The tinted box is this desk's range, thin lines those of ``LANES``.
    Each dot's ``customdata`` begins with its word.
    """
    rows = drawn_rows(view)
    lanes = rows[0].ranges if view.word is not None and rows else ()
    names = [shown_as(one.scale) for one in lanes]
    names += [_name(row, view) for row in rows]
    height = max(ROW * len(rows) + 26 * len(lanes), ROW) + 36
    figure = theme.blank(palette, height=height, right=112)
    places = _places(len(lanes), len(rows))
    figure.layout.xaxis = (
        theme.x_axis(palette) | theme.SHARE_TICKS | {"range": [-0.02, 1.02], "side": "bottom"}
    )
    figure.layout.yaxis = theme.y_axis(palette) | {
        "showgrid": False,
        "range": [(places[-1] if places else 0) + (0.75 if view.word is None else 0.5), -0.35],
        "tickvals": places,
        "ticktext": names,
        "tickfont": {"size": 13, "color": palette.text},
        "ticklabelstandoff": 8,  # or a dot at 0 % lies on its word
    }
    for one, at in zip(lanes, places, strict=False):
        _range(figure, one, at, palette)
    for row, at in zip(rows, places[len(lanes) :], strict=True):
        if view.word is None:
            _ranges_behind(figure, row.ranges, at, palette)
        elif (desk := desk_range(row)) is not None:
            _box(figure, desk, (at - 0.3, at + 0.3), palette)
        _observed(figure, row, at, palette)
    return figure


def _places(lanes: int, rows: int) -> list[float]:
    """Where rows stand, downwards, in heights of a row; those of scales are half as high."""
    above = [0.45 * lane for lane in range(lanes)]
    first = 0.45 * (lanes - 1) + 0.8 if lanes else 0.0
    return above + [first + row for row in range(rows)]


def _name(row: WordRow, view: WordsView) -> str:
    text = row.word if view.word is None else row.publisher or "no publisher"
    return chart_text(shortened(text, 20))


def desk_range(row: WordRow) -> WordRange | None:
    """What this desk's scale says that a row's word stands for; None if it does not list it."""
    return next((one for one in row.ranges if one.scale == DESK), None)


def _box(figure: go.Figure, one: WordRange, reach: tuple[float, float], palette: Palette) -> None:
    figure.add_shape(
        type="rect",
        x0=one.low,
        x1=one.high,
        y0=reach[0],
        y1=reach[1],
        fillcolor=theme.tint(palette.source, 0.16),
        line={"width": 0},
        layer="below",
    )


def _ranges_behind(
    figure: go.Figure, ranges: tuple[WordRange, ...], at: float, palette: Palette
) -> None:
    """This desk's range around the dot and down past the thin lines of the other scales."""
    for one in ranges:
        if one.scale == DESK:
            _box(figure, one, (at - 0.22, at + 0.62), palette)
        else:
            _range(figure, one, at + 0.25 + 0.085 * LANES.index(one.scale), palette)


def _range(figure: go.Figure, one: WordRange, at: float, palette: Palette) -> None:
    """What one scale says, as a thin line."""
    own = one.scale == DESK
    said = f"{shown_as(one.scale)}: {formats.percent_range(one.low, one.high)}"
    figure.add_scatter(
        name=one.scale,
        x=[one.low, one.high],
        y=[at, at],
        mode="lines",
        line={"width": 3, "color": palette.source if own else palette.crowd},
        opacity=0.75,
        hovertemplate=f"{said}<extra></extra>",
    )


def _observed(figure: go.Figure, row: WordRow, at: float, palette: Palette) -> None:
    """The share that came true, with its interval: hollow while it rests on few questions."""
    low, high = row.interval
    colour = palette.text
    told = (
        f"{row.happened:,} of {row.statements:,} came true, {formats.percent(row.share)} "
        f"(95{formats.NBSP}%: {formats.percent_range(low, high)})"
    )
    figure.add_scatter(
        name="interval",
        x=[low, high],
        y=[at, at],
        mode="lines",
        line={"width": 2, "color": colour},
        hoverinfo="skip",
    )
    figure.add_scatter(
        name="came true",
        x=[row.share],
        y=[at],
        customdata=[(row.word, told)],
        mode="markers",
        marker={
            "size": 12,
            "color": palette.ground if row.questions < ENOUGH else colour,
            "line": {"width": 2, "color": colour},
        },
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
    figure.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=8,
        y=at,
        text=f"<b>{row.happened:,} of {row.statements:,}</b> · {formats.percent(row.share)}",
        showarrow=False,
        font={"size": 12.5, "color": palette.text},
    )
