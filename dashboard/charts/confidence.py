"""Over- and underconfidence part by part: the slope of each, with its interval."""

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.calibration_finding import ENOUGH
from dashboard.charts.labels import shortened
from dashboard.charts.numbers import Numbers
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.calibration import ConfidenceRow, ConfidenceView

TOP = 2.0
"""Where the axis ends: a slope beyond it, or below 0, is drawn at the end and told in numbers."""

ROW = 34  # pixels


def confidence_chart(view: ConfidenceView, *, palette: Palette, role: str = "me") -> go.Figure:
    """One row a part, from the top: the slope as a dot, hollow under ``ENOUGH`` questions.

    1 is calibrated; to the left is overconfident, to the right underconfident. The line is the
    95 % interval. A part without a slope has only its name and its number of questions.
    """
    rows = view.rows
    figure = theme.blank(palette, height=ROW * max(len(rows), 1) + 62, right=84)
    ticks = [0, 0.5, 1, 1.5, TOP]
    figure.layout.xaxis = theme.x_axis(palette) | {
        "range": [-0.05, TOP + 0.05],
        "side": "bottom",
        "tickvals": ticks,
        "ticktext": [f"{tick:g}" for tick in ticks],
    }
    figure.layout.yaxis = theme.y_axis(palette) | {
        "showgrid": False,
        "range": [len(rows) - 0.4, -1.1],
        "tickvals": list(range(len(rows))),
        "ticktext": [chart_text(shortened(row.name, 20)) for row in rows],
        "tickfont": {"size": 13, "color": palette.text},
        "ticklabelstandoff": 8,
    }
    figure.add_vline(x=1, line={"color": palette.muted, "width": 1, "dash": "dash"})
    _sides(figure, palette)
    for at, row in enumerate(rows):
        _slope(figure, row, at, palette, palette.of(role))
    return figure


def confidence_numbers(view: ConfidenceView) -> Numbers:
    """One row a part."""
    return Numbers(
        {
            "Part": str,
            "Slope": "{:.2f}".format,
            "Interval from": "{:.2f}".format,
            "Interval to": "{:.2f}".format,
            "Said on average": formats.percent,
            "Happened": formats.percent,
            "Forecasts": "{:,}".format,
            "Questions": "{:,}".format,
        },
        [
            (
                row.name,
                row.recalibration.slope,
                *(row.recalibration.slope_interval or (None, None)),
                row.said,
                row.happened,
                row.forecasts,
                row.questions,
            )
            for row in view.rows
        ],
    )


def confidence_finding(view: ConfidenceView, by: str) -> str:
    """The heading: where overconfidence or underconfidence is plain, if it is anywhere."""
    if not view.rows:
        return f"Nothing to tell apart by {by}"
    told = [
        row for row in view.rows if row.questions >= ENOUGH and row.recalibration.slope_interval
    ]
    if not told:
        return f"Too few questions to tell over- from underconfidence by {by}"
    over = [row.name for row in told if _interval(row)[1] < 1]
    under = [row.name for row in told if _interval(row)[0] > 1]
    for side, names in (("Overconfident", over), ("Underconfident", under)):
        if len(names) == len(told) > 1:
            return f"{side} throughout, by {by}"
    parts = [
        f"{side}: {_listed(names)}"
        for side, names in (("overconfident", over), ("underconfident", under))
        if names
    ]
    if not parts:
        return f"By {by}, neither over- nor underconfidence is plain"
    return f"Plainly {'; '.join(parts)}"


def _interval(row: ConfidenceRow) -> tuple[float, float]:
    return row.recalibration.slope_interval or (1.0, 1.0)


def _listed(names: list[str]) -> str:
    """The first two, which have the most questions or come first, and how many more there are."""
    more = len(names) - 2
    return f"{', '.join(names[:2])}{f' and {more} more' if more > 0 else ''}"


def _sides(figure: go.Figure, palette: Palette) -> None:
    for x, anchor, shift, text in (
        (1, "right", -8, "← overconfident"),
        (1, "left", 8, "underconfident →"),
    ):
        figure.add_annotation(
            x=x, y=-0.8, xanchor=anchor, xshift=shift, text=text, showarrow=False,
            font={"color": palette.muted, "size": 12},
        )  # fmt: skip


def _slope(figure: go.Figure, row: ConfidenceRow, at: int, palette: Palette, colour: str) -> None:
    fit = row.recalibration
    count = formats.count(row.questions, "question")
    if fit.slope is None:
        _beside(figure, at, f"{formats.DASH} · {row.questions:,}", palette)
        return
    told = (
        f"{chart_text(row.name)}: slope {fit.slope:.2f}, {count}<br>said "
        f"{formats.percent(row.said)} on average, happened {formats.percent(row.happened)}"
    )
    if fit.slope_interval is not None:
        low, high = fit.slope_interval
        told += f"<br>95{formats.NBSP}% interval {low:.2f} to {high:.2f}"
        figure.add_scatter(
            name="interval", x=[_drawn(low), _drawn(high)], y=[at, at], mode="lines",
            line={"width": 2, "color": colour}, hoverinfo="skip",
        )  # fmt: skip
    figure.add_scatter(
        name="slope", x=[_drawn(fit.slope)], y=[at], mode="markers", customdata=[(told,)],
        marker={
            "size": 11,
            "color": palette.ground if row.questions < ENOUGH else colour,
            "line": {"width": 2, "color": colour},
        },
        cliponaxis=False, hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip
    _beside(figure, at, f"<b>{fit.slope:.2f}</b> · {row.questions:,}", palette)


def _drawn(slope: float) -> float:
    return min(max(slope, 0.0), TOP)


def _beside(figure: go.Figure, at: int, text: str, palette: Palette) -> None:
    figure.add_annotation(
        x=1, xref="paper", xanchor="left", xshift=8, y=at, text=text, showarrow=False,
        font={"size": 12.5, "color": palette.text},
    )  # fmt: skip
