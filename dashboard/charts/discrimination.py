"""Discrimination: what was said before yes and before no, and what that could have caught."""

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.calibration_finding import ENOUGH
from dashboard.charts.thinning import thinned
from dashboard.theme import Palette
from forecasts.results.calibration import DiscriminationView

HEIGHT = 340
CHANCE = 0.5
"""The area under the ROC curve that chance, or always saying the same, earns."""


def outcomes_chart(view: DiscriminationView, *, palette: Palette) -> go.Figure:
    """Shares of what happened, upwards, and of what did not, downwards, by what was said.

    The upright lines stand at the two means: the further apart they are, the better.
    """
    figure = theme.blank(palette, height=HEIGHT)
    top = 1.25 * max((*view.events, *view.non_events), default=1.0)
    figure.layout.xaxis = theme.x_axis(palette) | theme.SHARE_TICKS | {"range": [-0.02, 1.02]}
    figure.layout.yaxis = theme.y_axis(palette) | {"range": [-top, top], "visible": False}
    figure.add_hline(0, line={"color": palette.muted, "width": 1})
    if view.events:
        _bars(figure, "happened", view.events, 1, palette.yes, palette)
        _bars(figure, "did not", view.non_events, -1, palette.no, palette)
    for mean, side, name in (
        (view.mean_of_events, 1, "before yes"),
        (view.mean_of_non_events, -1, "before no"),
    ):
        if mean is not None:
            _mean(figure, mean, side * top, name, palette)
    return figure


def _bars(
    figure: go.Figure,
    name: str,
    shares: tuple[float, ...],
    side: int,
    colour: str,
    palette: Palette,
) -> None:
    """One bar a tenth: filled upwards for what happened, hollow downwards for what did not."""
    filled = side > 0
    figure.add_bar(
        name=name,
        x=[(tenth + 0.5) / 10 for tenth in range(10)],
        y=[side * share for share in shares],
        width=[0.086] * 10,
        text=[f"{100 * share:.0f}" if share >= 0.005 else "" for share in shares],
        textposition="outside",
        textfont={"size": 12, "color": palette.muted},
        marker={
            "color": theme.tint(colour, 0.75) if filled else palette.ground,
            "line": {"width": 0 if filled else 1.5, "color": colour},
        },
        customdata=[(tenth / 10, (tenth + 1) / 10, share) for tenth, share in enumerate(shares)],
        hovertemplate="said %{customdata[0]:.0%} to %{customdata[1]:.0%}<br>"
        "%{customdata[2]:.1%} of what " + name + "<extra></extra>",
    )
    figure.update_layout(barmode="overlay")


def _mean(figure: go.Figure, mean: float, end: float, name: str, palette: Palette) -> None:
    figure.add_shape(
        type="line", x0=mean, x1=mean, y0=0, y1=end, line={"color": palette.text, "width": 1.5}
    )
    figure.add_annotation(
        x=mean,
        y=end,
        yanchor="top" if end > 0 else "bottom",
        xanchor="left" if mean < 0.6 else "right",
        xshift=5 if mean < 0.6 else -5,
        text=f"{name}: mean {formats.percent(mean)}",
        showarrow=False,
        font={"size": 12, "color": palette.text},
    )


def roc_chart(view: DiscriminationView, *, palette: Palette, role: str = "me") -> go.Figure:
    """Share of events caught against share of false alarms, for every threshold of alarm."""
    figure = theme.blank(palette, height=HEIGHT)
    ends = {"range": [-0.02, 1.02], **theme.SHARE_TICKS}
    figure.layout.xaxis = theme.x_axis(palette) | ends
    figure.layout.yaxis = theme.y_axis(palette) | ends
    figure.add_scatter(
        name="chance",
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"dash": "dash", "width": 1, "color": palette.muted},
        hoverinfo="skip",
    )
    if view.roc is not None and view.roc.area is not None:
        _roc(figure, view, palette, palette.of(role))
    return figure


def _roc(figure: go.Figure, view: DiscriminationView, palette: Palette, colour: str) -> None:
    if view.roc is None:
        return
    few = thinned(view.roc.thresholds.size)
    alarms = view.roc.thresholds[few].tolist()
    figure.add_scatter(
        name="threshold",
        x=view.roc.false_alarms[few].tolist(),
        y=view.roc.hits[few].tolist(),
        customdata=[formats.percent(one) if one <= 1 else "never" for one in alarms],
        mode="lines+markers",
        line={"color": colour, "width": 2.75},
        marker={"size": 5, "color": colour},
        hovertemplate="alarm from %{customdata}: %{y:.0%} caught, %{x:.0%} false alarms"
        "<extra></extra>",
    )
    figure.add_annotation(
        x=0.98,
        y=0.08,
        xanchor="right",
        align="right",
        text=f"<b>area {area_text(view)}</b>",
        showarrow=False,
        font={"size": 13, "color": palette.text},
    )


def area_text(view: DiscriminationView) -> str:
    """The area under the curve with its interval: "0.78 (0.70 – 0.85)"."""
    if view.roc is None or view.roc.area is None:
        return formats.DASH
    interval = ""
    if view.interval is not None and view.questions >= ENOUGH:
        interval = f" ({view.interval[0]:.2f} – {view.interval[1]:.2f})"
    return f"{view.roc.area:.2f}{interval}"


def can_tell(view: DiscriminationView) -> bool:
    """Whether there are both outcomes, and questions enough to draw anything but noise."""
    return view.mean_of_events is not None and view.questions >= ENOUGH


def outcomes_finding(view: DiscriminationView) -> str:
    """The heading of the distribution: how far apart the two kinds of outcome were put."""
    if view.mean_of_events is None or view.mean_of_non_events is None:
        return "Both yes and no must have happened to tell them apart"
    if view.questions < ENOUGH:
        return f"This needs {ENOUGH} resolved questions; there are {view.questions}"
    apart = view.mean_of_events - view.mean_of_non_events
    return (
        f"What happened was put {formats.percent(abs(apart))[:-2]} points "
        f"{'higher' if apart >= 0 else 'lower'} than what did not"
    )


def roc_finding(view: DiscriminationView) -> str:
    """The heading of the ROC curve, as sure as its interval allows."""
    if view.roc is None or view.roc.area is None:
        return "No curve: every outcome is the same" if view.roc else "No curve yet"
    if view.interval is None:
        return f"Yes and no told apart with an area of {view.roc.area:.2f}"
    low, high = view.interval
    if low <= CHANCE <= high:
        return "Telling yes from no: not distinguishable from chance yet"
    if high < CHANCE:
        return "Yes and no are told apart the wrong way round"
    return f"Yes is told from no in {formats.percent(view.roc.area)} of pairs"
