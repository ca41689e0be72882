"""The reliability diagram, with how many questions stand behind each tenth."""

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.calibration_finding import ENOUGH, telling_level
from dashboard.charts.thinning import thinned
from dashboard.theme import Palette
from forecasts.maths.calibration import Band, Bin, ReliabilityCurve
from forecasts.results.calibration import CalibrationView

HEIGHT = 560
COUNTS_TOP = 0.17  # share of the height that the counts take


def reliability_chart(
    view: CalibrationView,
    *,
    palette: Palette,
    role: str = "me",
    shown: tuple[float, float] | None = None,
) -> go.Figure:
    """How often it happened against what was said; below it, questions in every tenth.

    The curve is isotonic (no bins to choose) and the band is where 90 % of perfectly calibrated
    forecasters would fall; under ``ENOUGH`` questions neither is drawn, because both would show
    noise. The colour is that of ``role``: me, source or crowd. ``shown`` marks a range of stated
    probabilities. Each point's ``customdata`` begins with "level" or "tenth". Draws and does not
    compute: every number comes from ``view``.
    """
    colour = palette.of(role)
    figure = theme.blank(palette, height=HEIGHT)
    _axes(figure, view, palette)
    if shown is not None:
        _mark(figure, shown, palette)
    enough = view.curve is not None and view.questions >= ENOUGH
    if enough and view.band is not None:
        _band(figure, view.band, palette)
    figure.add_scatter(
        name="perfect calibration",
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"dash": "dash", "width": 1, "color": palette.muted},
        hoverinfo="skip",
    )
    if view.curve is not None and enough:
        _curve(figure, view.curve, palette, colour)
        _callout(figure, view, palette, colour)
    _counts(figure, view.bins, palette, colour)
    _corners(figure, palette)
    return figure


def _mark(figure: go.Figure, shown: tuple[float, float], palette: Palette) -> None:
    """The range whose questions are listed, from the counts to the top."""
    low, high = shown
    figure.add_shape(
        type="rect",
        x0=low,
        x1=high,
        xref="x",
        y0=0,
        y1=1,
        yref="paper",
        fillcolor=theme.tint(palette.me, 0.08),
        line={"color": palette.me, "width": 1},
        layer="below",
    )


def _axes(figure: go.Figure, view: CalibrationView, palette: Palette) -> None:
    most = max((bin_.questions for bin_ in view.bins), default=1)
    ends = {"range": [-0.02, 1.02], **theme.SHARE_TICKS}
    above = {"domain": [COUNTS_TOP + 0.06, 1]}
    figure.layout.xaxis = theme.x_axis(palette) | ends | {"anchor": "y2"}
    figure.layout.yaxis = theme.y_axis(palette) | ends | above
    figure.layout.yaxis2 = {
        "domain": [0, COUNTS_TOP],
        "range": [0, 1.3 * max(most, 1)],
        "visible": False,
        "fixedrange": True,
    }


def _band(figure: go.Figure, band: Band, palette: Palette) -> None:
    few = thinned(band.stated.size)
    stated, low, high = band.stated[few], band.low[few], band.high[few]
    figure.add_scatter(
        name="band",
        x=[*stated, *stated[::-1]],
        y=[*high, *low[::-1]],
        mode="lines",
        fill="toself",
        fillcolor=theme.tint(palette.crowd, 0.16),
        line={"width": 0},
        hoverinfo="skip",
    )


def _curve(figure: go.Figure, curve: ReliabilityCurve, palette: Palette, colour: str) -> None:
    """The curve, its dots as large as there are questions behind them."""
    few = thinned(curve.stated.size)
    counts = curve.questions[few].tolist()
    # Many levels stand so close that large dots would hide one another.
    smallest, growth, largest, rim = (6, 2, 16, 1.5) if few.size <= 40 else (3, 1.2, 9, 0.75)
    figure.add_scatter(
        name="observed",
        x=curve.stated[few].tolist(),
        y=curve.observed[few].tolist(),
        customdata=[("level", count) for count in counts],
        mode="lines+markers",
        line={"color": colour, "width": 2.75},
        marker={
            "color": colour,
            "size": [min(smallest + growth * count**0.5, largest) for count in counts],
            "line": {"width": rim, "color": palette.ground},
        },
        unselected={"marker": {"opacity": 1}},
        hovertemplate="said %{x:.0%}, happened %{y:.0%}<br>%{customdata[1]} questions"
        "<extra></extra>",
    )


def _callout(figure: go.Figure, view: CalibrationView, palette: Palette, colour: str) -> None:
    """The level that the heading names, on the side where a rising curve cannot pass.

    That is to the right and below of it, or to the left and above.
    """
    level = telling_level(view)
    if level is None:
        return
    said, happened = level
    figure.add_annotation(
        x=said,
        y=happened,
        text=f"<b>said {100 * said:.0f}, happened {100 * happened:.0f}</b>",
        ax=20 if said < 0.5 else -20,
        ay=26 if said < 0.5 else -26,
        xanchor="left" if said < 0.5 else "right",
        arrowcolor=palette.muted,
        arrowwidth=1,
        arrowhead=0,
        font={"color": colour, "size": 13},
        bgcolor=theme.tint(palette.ground, 0.85),
    )


def _counts(figure: go.Figure, bins: tuple[Bin, ...], palette: Palette, colour: str) -> None:
    figure.add_bar(
        name="questions",
        x=[(bin_.low + bin_.high) / 2 for bin_ in bins],
        y=[bin_.questions for bin_ in bins],
        width=[0.9 * (bin_.high - bin_.low) for bin_ in bins],
        yaxis="y2",
        text=[f"{bin_.questions:,}" if bin_.questions else "" for bin_ in bins],
        textposition="outside",
        textfont={"size": 12, "color": palette.muted},
        marker={"color": theme.tint(colour, 0.55), "line": {"width": 0}},
        customdata=[("tenth", bin_.low, bin_.high, bin_.forecasts) for bin_ in bins],
        unselected={"marker": {"opacity": 1}},
        hovertemplate="said %{customdata[1]:.0%} to %{customdata[2]:.0%}<br>"
        "%{y} questions, %{customdata[3]} forecasts<extra></extra>",
    )


def _corners(figure: go.Figure, palette: Palette) -> None:
    for x, y, anchor, text in (
        (0.02, 0.96, "left", "forecasts too low"),
        (0.99, 0.04, "right", "forecasts too high"),
    ):
        figure.add_annotation(
            x=x,
            y=y,
            xanchor=anchor,
            text=text,
            showarrow=False,
            font={"color": palette.muted, "size": 12},
        )
