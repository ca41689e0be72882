"""How what is said about a number moved: medians as steps, the reader's interval as a band."""

from collections.abc import Sequence
from datetime import datetime

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.end_labels import End, label_ends
from dashboard.charts.evidence import mark_comments, mark_evidence
from dashboard.charts.history import HEIGHT, WIDTHS
from dashboard.charts.history_finding import nobody_yet
from dashboard.charts.history_frame import mark_ends, standing_until, time_axis
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.question import Fan, QuestionView

Steps = Sequence[float | None]


def number_chart(view: QuestionView, *, now: datetime, palette: Palette) -> go.Figure:
    """Medians of everyone in steps, with an interval round the reader's or round the only one.

    Values are in the question's unit. Once it is known, the number that came out is a line across.
    """
    until = standing_until(view, now)
    figure = theme.blank(palette, height=HEIGHT, right=theme.LABEL_MARGIN)
    time_axis(figure, view, until, [fan.at[0] for fan in view.fans], palette)
    figure.update_yaxes(theme.y_axis(palette), nticks=6)
    banded = banded_fan(view.fans)
    if banded is not None:
        _band(figure, banded, until, palette)
    for fan in sorted(view.fans, key=lambda fan: fan.role == "me"):
        _median(figure, fan, until, palette)
    label_ends(figure, _ends(view.fans), until, within=_reach(view.fans), palette=palette)
    _came_out(figure, view, palette)
    mark_ends(figure, view, until, palette)
    mark_evidence(figure, view, palette)
    mark_comments(figure, view, palette)
    return figure


def banded_fan(fans: Sequence[Fan]) -> Fan | None:
    """Whose interval is drawn: the reader's, or that of the only one who spoke."""
    mine = next((fan for fan in fans if fan.role == "me"), None)
    return mine or (fans[0] if len(fans) == 1 else None)


def number_finding(view: QuestionView, *, reader: bool = True) -> str:
    """The heading of the chart: what stands, or what came out; ``reader`` as in history_finding."""
    settled = view.resolutions[-1] if view.resolutions else None
    fan = banded_fan(view.fans)
    if settled is not None and settled.state == "resolved":
        return f"It came out as {_number(float(settled.outcome or 'nan'))}{_unit(view)}"
    if settled is not None:
        return f"This question was {settled.state}: it is not scored"
    if fan is None and view.fans:
        yet = "; you have not yet" if reader else ""
        return f"{formats.count(len(view.fans), 'forecaster')} say how much{yet}"
    if fan is None:
        return nobody_yet(reader)
    median, low, high, share = fan.median[-1], fan.low[-1], fan.high[-1], fan.share[-1]
    who = "You expect" if fan.role == "me" else f"{fan.name} expects"
    reach = "" if low is None or high is None else f"{_number(low)} to {_number(high)}"
    chance = "" if share is None else f" ({formats.percent(share)})"
    if median is not None:
        return f"{who} {_number(median)}{_unit(view)}" + (f", {reach}{chance}" if reach else "")
    return f"{who} {reach}{_unit(view)}{chance}" if reach else f"No forecast of {fan.name} stands"


def number_subtitle(view: QuestionView) -> str:
    """Measure and unit of the chart, and what its band is."""
    fan = banded_fan(view.fans)
    shares = {share for share in fan.share if share is not None} if fan else set()
    unit = f", {view.unit}" if view.unit else ""
    if not shares:
        return f"Medians of the standing forecasts{unit}."
    whose = "your" if fan is not None and fan.role == "me" else "the"
    width = f"{whose} {formats.percent(shares.pop())}" if len(shares) == 1 else f"{whose} widest"
    return f"Medians of the standing forecasts{unit}. The band is {width} interval."


def _number(value: float) -> str:
    return f"{value:,.6g}".replace("-", formats.MINUS)


def _unit(view: QuestionView) -> str:
    return f"{formats.NBSP}{view.unit}" if view.unit else ""


def _steps(fan: Fan, values: Steps, until: datetime) -> tuple[list[datetime], list[float | None]]:
    return [*fan.at, max(until, fan.at[-1])], [*values, values[-1]]


def _band(figure: go.Figure, fan: Fan, until: datetime, palette: Palette) -> None:
    """The interval as rectangles: a filled line would close over gaps where nothing stood."""
    ends = [*fan.at[1:], max(until, fan.at[-1])]
    for start, end, low, high in zip(fan.at, ends, fan.low, fan.high, strict=True):
        if low is None or high is None:
            continue
        figure.add_scatter(
            name="interval",
            x=[start, end, end, start, start],
            y=[low, low, high, high, low],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=theme.tint(palette.of(fan.role), 0.16),
            hoverinfo="skip",
        )


def _median(figure: go.Figure, fan: Fan, until: datetime, palette: Palette) -> None:
    colour, name = palette.of(fan.role), chart_text(fan.name)
    at, values = _steps(fan, fan.median, until)
    figure.add_scatter(
        name=name,
        x=at,
        y=values,
        mode="lines+markers" if fan.role == "me" else "lines",
        line={"shape": "hv", "width": WIDTHS.get(fan.role, 1), "color": colour},
        marker={"size": [8] * len(fan.at) + [0], "color": colour},
        opacity=0.45 if fan.role == "other" else 1,
        customdata=[formats.iso(moment) for moment in at],
        hovertemplate=f"{name}: %{{y:,}}<br>%{{customdata}}<extra></extra>",
    )


def _ends(fans: Sequence[Fan]) -> list[End]:
    return [
        End(fan.name, fan.role, value, _number(value))
        for fan in fans
        if (value := fan.median[-1]) is not None
    ]


def _reach(fans: Sequence[Fan]) -> tuple[float, float]:
    """The lowest and the highest number that is drawn."""
    drawn = [v for fan in fans for v in fan.median if v is not None]
    if (banded := banded_fan(fans)) is not None:
        drawn += [v for v in (*banded.low, *banded.high) if v is not None]
    if not drawn:
        return 0.0, 1.0
    low, high = min(drawn), max(drawn)
    return (low, high) if low < high else (low - 1, high + 1)  # as plotly opens the axis then


def _came_out(figure: go.Figure, view: QuestionView, palette: Palette) -> None:
    settled = view.resolutions[-1] if view.resolutions else None
    if settled is None or settled.state != "resolved" or settled.outcome is None:
        return
    value = float(settled.outcome)
    figure.add_shape(
        {"name": "came out", "type": "line", "xref": "paper", "x0": 0, "x1": 1}
        | {"y0": value, "y1": value, "line": {"color": palette.text, "width": 2}}
    )
