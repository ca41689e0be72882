"""How the probability of a question moved, forecast by forecast."""

from collections.abc import Sequence
from datetime import datetime

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.evidence import mark_evidence
from dashboard.charts.labels import shortened, spread
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results import Line, QuestionView

HEIGHT = 360
LABEL_GAP = 0.08  # shares between two end labels; closer ones would overlap
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
    _end_labels(figure, view.lines, until, palette)
    _source_labels(figure, view.lines, palette)
    _ends(figure, view, until, palette)
    mark_evidence(figure, view, palette)
    return figure


def standing_until(view: QuestionView, now: datetime) -> datetime:
    """Up to when the last forecasts stand: now, or the question's end if that has passed."""
    return max(min(now, view.ends_at), view.row.opens_at)


def _axes(figure: go.Figure, view: QuestionView, until: datetime, palette: Palette) -> None:
    first = min([view.row.opens_at, *(line.at[0] for line in view.lines if line.at)])
    last = max(view.row.closes_at, until)
    margin = (last - first) * 0.03
    figure.update_xaxes(theme.x_axis(palette), type="date", range=[first - margin, last + margin])
    figure.update_yaxes(theme.y_axis(palette), range=[0, 1.02], **theme.SHARE_TICKS)


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
    tops = spread([_top(line) for line in labelled], gap=LABEL_GAP)
    for line, top in zip(labelled, tops, strict=True):
        words = f": “{chart_text(shortened(line.words, 26))}”" if line.words else ""
        figure.add_annotation(
            x=line.at[0],
            y=min(top, 0.95),
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


def _end_labels(
    figure: go.Figure, lines: Sequence[Line], until: datetime, palette: Palette
) -> None:
    """Name and standing value at the end of the reader's and the crowd's line."""
    ends = [
        (line, line.value[-1])
        for line in lines
        if line.role in ("me", "crowd") and line.value and line.value[-1] is not None
    ]
    heights = spread([value for _, value in ends if value is not None], gap=LABEL_GAP)
    for (line, value), height in zip(ends, heights, strict=True):
        figure.add_annotation(
            x=until,
            y=height,
            text=f"<b>{chart_text(line.name)} {formats.percent(value or 0.0)}</b>",
            xanchor="left",
            xshift=8,
            showarrow=False,
            font={"color": palette.of(line.role), "size": 13},
        )


def _ends(figure: go.Figure, view: QuestionView, until: datetime, palette: Palette) -> None:
    close = view.row.closes_at
    _rule(figure, "close", close, {"color": palette.muted, "width": 1, "dash": "dash"})
    settled = view.resolutions[-1] if view.resolutions else None
    if settled is None or settled.state != "resolved":
        _rule(figure, "now", until, {"color": palette.rule, "width": 1})
        if until < close:
            closes = f"closes {formats.day(formats.last_day(close))}"
            _foot(figure, close, closes, palette.muted, left=True)
        return
    colour = {"yes": palette.yes, "no": palette.no}.get(settled.outcome or "", palette.text)
    word = formats.sentence_start(chart_text(settled.outcome or "resolved"))
    known = formats.known_date(settled.known_at, settled.known_precision)
    _rule(figure, "outcome", until, {"color": colour, "width": 2})
    text_colour = palette.text if settled.outcome == "no" else colour
    _foot(figure, until, f"<b>{word}</b>, {known}", text_colour, left=False)


def _rule(figure: go.Figure, name: str, x: datetime, line: dict[str, object]) -> None:
    figure.add_shape(
        {"name": name, "type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1}
        | {"line": line}
    )


def _foot(figure: go.Figure, x: datetime, text: str, colour: str, *, left: bool) -> None:
    figure.add_annotation(
        x=x,
        y=0.11,
        text=text,
        xanchor="right" if left else "left",
        xshift=-6 if left else 6,
        showarrow=False,
        font={"color": colour, "size": 12},
    )
