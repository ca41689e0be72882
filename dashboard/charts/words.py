"""What words turned out to mean, before the ranges that scales give them."""

from collections.abc import Sequence
from typing import TypeVar

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.calibration_finding import ENOUGH
from dashboard.charts.labels import shortened
from dashboard.charts.text_width import text_size
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.calibration import WordRange, WordRow, WordsView

SHOWN = 12
"""Words that are drawn: those used most. The table has all of them."""

ROW = 58  # pixels
RIGHT, SHIFT, SIZE = 112, 8, 12.5  # pixels: of the labels' margin, before them, of their font
LANES = ("icd203", "phia", "nato", "kent", "kucharski")
"""Scales whose ranges are thin lines, from top to bottom."""

DESK = "recommended"

T = TypeVar("T")
Line = tuple[WordRange, float]
"""What a scale says, and how far down the chart it is drawn."""

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
    figure = theme.blank(palette, height=height, right=RIGHT)
    places = _places(len(lanes), len(rows))
    figure.layout.xaxis = (
        theme.x_axis(palette)
        | theme.SHARE_TICKS
        | {"ticktext": ["0", "25", "50", "75", "100"]}  # on a phone there is no room for the unit
        | {"range": [-0.02, 1.02], "side": "bottom"}
    )
    figure.layout.yaxis = theme.y_axis(palette) | {
        "showgrid": False,
        "range": [(places[-1] if places else 0) + (0.75 if view.word is None else 0.5), -0.35],
        "tickvals": places,
        "ticktext": names,
        "tickfont": {"size": 13, "color": palette.text},
        "ticklabelstandoff": 8,  # or a dot at 0 % lies on its word
    }
    lines = list(zip(lanes, places, strict=False))
    beside = list(zip(rows, places[len(lanes) :], strict=True))
    for row, at in beside:
        if view.word is None:
            lines += _lines_below(row, at)
            reach = (at - 0.22, at + 0.62)
        else:
            reach = (at - 0.3, at + 0.3)
        if (desk := desk_range(row)) is not None:
            _box(figure, desk, reach, palette)
    _draw_ranges(figure, lines, palette)
    _draw_observed(figure, beside, palette)
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


def _lines_below(row: WordRow, at: float) -> list[Line]:
    """The ranges of the other scales, which lie below a row's dot within this desk's box."""
    return [
        (one, at + 0.25 + 0.085 * LANES.index(one.scale)) for one in row.ranges if one.scale != DESK
    ]


def _draw_ranges(figure: go.Figure, lines: list[Line], palette: Palette) -> None:
    """What the scales say, as thin lines: one trace for this desk's, one for all others."""
    for own in (True, False):
        drawn = [(one, at) for one, at in lines if (one.scale == DESK) == own]
        told = [
            f"{shown_as(one.scale)}: {formats.percent_range(one.low, one.high)}" for one, _ in drawn
        ]
        figure.add_scatter(
            name="this desk" if own else "scales",
            x=_apart([(one.low, one.high) for one, _ in drawn]),
            y=_apart([(at, at) for _, at in drawn]),
            text=[one for one in told for _ in ("start", "end", "gap")],
            mode="lines",
            line={"width": 3, "color": palette.source if own else palette.crowd},
            opacity=0.75,
            hovertemplate="%{text}<extra></extra>",
        )


def _draw_observed(figure: go.Figure, rows: list[tuple[WordRow, float]], palette: Palette) -> None:
    """The shares that came true, with intervals: hollow while they rest on few questions."""
    colour = palette.text
    figure.add_scatter(
        name="interval",
        x=_apart([row.interval for row, _ in rows]),
        y=_apart([(at, at) for _, at in rows]),
        mode="lines",
        line={"width": 2, "color": colour},
        hoverinfo="skip",
    )
    figure.add_scatter(
        name="came true",
        x=[row.share for row, _ in rows],
        y=[at for _, at in rows],
        customdata=[(row.word, _told(row)) for row, _ in rows],
        mode="markers",
        marker={
            "size": 12,
            "color": [palette.ground if row.questions < ENOUGH else colour for row, _ in rows],
            "line": {"width": 2, "color": colour},
        },
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
    _write_counts(figure, rows, palette)


def _write_counts(figure: go.Figure, rows: list[tuple[WordRow, float]], palette: Palette) -> None:
    """How many came true, right of each row; on two lines each where one would be cut."""
    texts = [_counted(row, " · ") for row, _ in rows]
    if any(text_size(text, SIZE)[0] > RIGHT - SHIFT for text in texts):
        texts = [_counted(row, "<br>") for row, _ in rows]
    widest = max((text_size(text, SIZE)[0] for text in texts), default=0)
    figure.layout.margin.r = max(RIGHT, SHIFT + widest)
    for (_, at), text in zip(rows, texts, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=SHIFT,
            y=at,
            text=text,
            align="left",
            showarrow=False,
            font={"size": SIZE, "color": palette.text},
        )


def _counted(row: WordRow, between: str) -> str:
    """How many came true, and which share."""
    return f"<b>{row.happened:,} of {row.statements:,}</b>{between}{formats.percent(row.share)}"


def _told(row: WordRow) -> str:
    low, high = row.interval
    return (
        f"{row.happened:,} of {row.statements:,} came true, {formats.percent(row.share)} "
        f"(95{formats.NBSP}%: {formats.percent_range(low, high)})"
    )


def _apart(pairs: Sequence[tuple[T, T]]) -> list[T | None]:
    """The ends of several lines as one trace draws them: with a gap after each."""
    return [end for pair in pairs for end in (*pair, None)]
