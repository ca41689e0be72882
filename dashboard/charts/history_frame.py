"""What every history is drawn in: the time axis, the close, now or the outcome."""

from collections.abc import Sequence
from datetime import datetime

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.labels import shortened
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.question import QuestionView


def standing_until(view: QuestionView, now: datetime) -> datetime:
    """Up to when the last forecasts stand: now, or the question's end if that has passed."""
    return max(min(now, view.ends_at), view.row.opens_at)


def time_axis(
    figure: go.Figure,
    view: QuestionView,
    until: datetime,
    starts: Sequence[datetime],
    palette: Palette,
) -> None:
    """From the opening, or what was said before it, to the close or as far as anything stands."""
    first = min([view.row.opens_at, *starts])
    last = max(view.row.closes_at, until)
    margin = (last - first) * 0.03
    ends = {"range": [first - margin, last + margin]}
    figure.layout.xaxis = theme.date_axis(palette) | ends


def mark_ends(figure: go.Figure, view: QuestionView, until: datetime, palette: Palette) -> None:
    """The close as a dashed line, and now or the outcome as a full one, each named above."""
    close = view.row.closes_at
    _rule(figure, "close", close, {"color": palette.muted, "width": 1, "dash": "dash"})
    settled = view.resolutions[-1] if view.resolutions else None
    if settled is None or settled.state != "resolved":
        _rule(figure, "now", until, {"color": palette.rule, "width": 1})
        if until < close:
            _head(figure, close, f"closes {formats.closing(close)}", palette.muted)
        return
    colour = {"yes": palette.yes, "no": palette.no}.get(settled.outcome or "", palette.text)
    outcome = formats.outcome(settled.outcome, view.row.kind) if settled.outcome else "resolved"
    word = formats.sentence_start(chart_text(shortened(outcome, 24)))
    known = formats.known_date(settled.known_at, settled.known_precision)
    _rule(figure, "outcome", until, {"color": colour, "width": 2})
    text_colour = palette.text if settled.outcome == "no" else colour
    _head(figure, until, f"<b>{word}</b>, {known}", text_colour)


def _rule(figure: go.Figure, name: str, x: datetime, line: dict[str, object]) -> None:
    figure.add_shape(
        {"name": name, "type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1}
        | {"line": line}
    )


def _head(figure: go.Figure, x: datetime, text: str, colour: str) -> None:
    """A label above the area, where it meets no line and no name at a line's end."""
    figure.add_annotation(
        x=x,
        yref="paper",
        y=1,
        text=text,
        xanchor="right",
        yanchor="bottom",
        xshift=4,
        showarrow=False,
        font={"color": colour, "size": 12},
    )
    figure.layout.margin.t = 26
