"""The shape of a forecast while it is typed: bars over ordered options, a curve over a number."""

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.labels import shortened
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text

HEIGHT = 190
Points = Sequence[tuple[float, float]]  # (level, value), levels rising


def ordered_chart(names: Sequence[str], shares: Sequence[float], *, palette: Palette) -> go.Figure:
    """One bar an option, in the options' order. ``shares`` are in [0, 1] and need not sum to 1."""
    figure = theme.blank(palette, height=HEIGHT)
    labels = [chart_text(shortened(name, 16)) for name in names]
    figure.update_xaxes(theme.x_axis(palette))
    figure.update_xaxes(tickvals=list(range(len(labels))), ticktext=labels, tickmode="array")
    figure.update_yaxes(theme.y_axis(palette), visible=False, range=[0, 1.2 * max([*shares, 0.01])])
    figure.add_bar(
        name="stated",
        x=list(range(len(shares))),
        y=list(shares),
        text=[formats.percent(share) for share in shares],
        textposition="outside",
        cliponaxis=False,
        marker={"color": theme.tint(palette.me, 0.55)},
        hovertext=[chart_text(name) for name in names],
        hovertemplate="%{hovertext}: %{y:.1%}<extra></extra>",
    )
    return figure


def ordered_finding(names: Sequence[str], shares: Sequence[float]) -> str:
    """Where the middle of the forecast lies, once it sums to 1."""
    if abs(sum(shares) - 1) > 1e-6:
        return "Its shape so far"
    below = 0.0
    for name, share in zip(names, shares, strict=True):
        below += share
        if below >= 0.5 - 1e-9:
            return f"The middle lies in “{name}”"
    raise AssertionError("shares that sum to 1 reach one half")


def quantile_chart(points: Points, *, palette: Palette) -> go.Figure:
    """The chance of lying below each value: the stated points, joined by straight lines."""
    figure = theme.blank(palette, height=HEIGHT)
    figure.update_xaxes(theme.x_axis(palette))
    figure.update_yaxes(theme.y_axis(palette), range=[0, 1.02], **theme.SHARE_TICKS)
    figure.add_scatter(
        name="stated",
        x=[value for _, value in points],
        y=[level for level, _ in points],
        mode="lines+markers",
        line={"color": palette.me, "width": 2.75},
        marker={"size": 8, "color": palette.me},
        cliponaxis=False,
        hovertemplate="%{y:.0%} below %{x:,}<extra></extra>",
    )
    return figure


def quantile_finding(points: Points) -> str:
    """The middle and the widest interval in words, or which value falls below the one before."""
    for (level, value), (later, after) in pairwise(points):
        if after < value:
            return (
                f"Cannot be: {formats.percent(level)} lies below {value:g}, "
                f"but {formats.percent(later)} below {after:g}"
            )
    middle = next((f", the middle at {value:g}" for level, value in points if level == 0.5), "")
    (low_level, low), (high_level, high) = points[0], points[-1]
    chance = formats.percent(high_level - low_level)
    return f"{chance} between {low:g} and {high:g}{middle}"
