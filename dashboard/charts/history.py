"""How the probability of a question moved, forecast by forecast."""

from collections.abc import Sequence
from datetime import datetime

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.end_labels import GAP, End, label_ends
from dashboard.charts.evidence import mark_comments, mark_evidence
from dashboard.charts.history_frame import mark_ends, standing_until, time_axis
from dashboard.charts.labels import shortened, spread
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.question import Line, QuestionView

HEIGHT = 360
WIDTHS = {"me": 2.75, "crowd": 1.75}


def history_chart(view: QuestionView, *, now: datetime, palette: Palette) -> go.Figure:
    """Probability of "yes" in steps, with the sources' ranges, the close and the outcome.

    Every value stands from its instant to the next one, and the last one to ``now`` or to the
    question's end. Nothing is computed: the lines come from ``view``.
    """
    until = standing_until(view, now)
    figure = theme.blank(palette, height=HEIGHT, right=theme.LABEL_MARGIN)
    _axes(figure, view, until, palette)
    for line in view.lines:
        if line.role == "source":
            _band(figure, line, until, palette)
    for line in sorted(view.lines, key=lambda line: line.role == "me"):
        _steps(figure, line, until, palette)
    label_ends(figure, _ends(view.lines), until, within=(0, 1), palette=palette)
    _source_labels(figure, view.lines, palette)
    mark_ends(figure, view, until, palette)
    mark_evidence(figure, view, palette)
    mark_comments(figure, view, palette)
    return figure


def _axes(figure: go.Figure, view: QuestionView, until: datetime, palette: Palette) -> None:
    time_axis(figure, view, until, [line.at[0] for line in view.lines if line.at], palette)
    figure.layout.yaxis = theme.y_axis(palette) | theme.SHARE_TICKS | {"range": [0, 1.02]}


def _steps(figure: go.Figure, line: Line, until: datetime, palette: Palette) -> None:
    """One step line, dots only where it moved; a source is dotted, its band carries it."""
    if not line.at:
        return
    colour = palette.of(line.role)
    name = chart_text(line.name)
    figure.add_scatter(
        name=name,
        x=[*line.at, max(until, line.at[-1])],
        y=[*line.value, line.value[-1]],
        mode="lines",
        line={
            "shape": "hv",
            "width": WIDTHS.get(line.role, 1),
            "color": colour,
            "dash": "dot" if line.role == "source" else "solid",
        },
        opacity=0.45 if line.role == "other" else 1,
        hoverinfo="skip",
    )
    figure.add_scatter(
        name=f"{name}, stated",
        x=line.at,
        y=line.value,
        mode="markers",
        marker={"size": 8, "color": colour, "line": {"width": 1.5, "color": palette.ground}},
        opacity=1 if line.role == "me" else 0,  # invisible, yet it answers the pointer
        customdata=[formats.iso(at) for at in line.at],
        hovertemplate=f"{name}: %{{y:.0%}}<br>%{{customdata}}<extra></extra>",
    )


def _band(figure: go.Figure, line: Line, until: datetime, palette: Palette) -> None:
    if line.low is None or line.high is None or not line.at:
        return
    figure.add_shape(
        {
            "name": f"range {chart_text(line.name)}",
            "type": "rect",
            "x0": line.at[0],
            "x1": max(until, line.at[0]),
            "y0": line.low,
            "y1": line.high,
            "fillcolor": theme.tint(palette.source, 0.13),
            "line": {"width": 0},
            "layer": "below",
        }
    )


def _source_labels(figure: go.Figure, lines: Sequence[Line], palette: Palette) -> None:
    """Each source's name and word above its band, from the band's left edge."""
    labelled = [line for line in lines if line.role == "source" and line.at]
    tops = spread([_top(line) for line in labelled], gap=GAP, within=(0, 0.95))
    for line, top in zip(labelled, tops, strict=True):
        words = f": “{chart_text(shortened(line.words, 26))}”" if line.words else ""
        figure.add_annotation(
            x=line.at[0],
            y=top,
            text=f"{chart_text(shortened(line.name, 26))}{words}",
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            font={"color": palette.source_text, "size": 12.5},
        )


def _top(line: Line) -> float:
    if line.high is not None:
        return line.high
    return max((value for value in line.value if value is not None), default=0.5)


def _ends(lines: Sequence[Line]) -> list[End]:
    return [
        End(line.name, line.role, value, formats.percent(value))
        for line in lines
        if line.value and (value := line.value[-1]) is not None
    ]
