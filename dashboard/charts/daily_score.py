"""A score on one question, day by day, and how its average came together."""

from datetime import datetime, time, timedelta

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.end_labels import Label, annotations
from dashboard.charts.labels import shortened
from dashboard.charts.numbers import Numbers
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.daily import DailyScores

HEIGHT = 300
_DAY = timedelta(days=1)
Values = tuple[float | None, ...]


def daily_chart(daily: DailyScores, *, mine: bool, palette: Palette) -> go.Figure:
    """What each day's standing forecast scored, the crowd's the same days, and the average so far.

    A day's value is drawn from its start to its end. Draws and does not compute.
    """
    figure = theme.blank(palette, height=HEIGHT, right=theme.LABEL_MARGIN + 60)
    known = [value for value in daily.score + daily.crowd if value is not None]
    top = 1.12 * (max([*known, daily.uniform or 0.0]) or 1.0)
    first, last = _start(daily, 0), _start(daily, -1) + _DAY
    margin = (last - first) * 0.02
    figure.update_xaxes(theme.x_axis(palette), type="date", range=[first - margin, last + margin])
    figure.update_yaxes(theme.y_axis(palette), range=[0, top], nticks=5)
    if daily.uniform is not None:
        _know_nothing(figure, daily.uniform, palette)
    own = palette.me if mine else palette.text
    _steps(figure, daily, "Crowd", daily.crowd, colour=palette.crowd, width=1.75)
    _steps(figure, daily, whose(daily, mine), daily.score, colour=own, width=2.75)
    _average(figure, daily, own)
    _end_labels(figure, daily, mine, top=top, palette=palette, own=own)
    return figure


def whose(daily: DailyScores, mine: bool) -> str:
    """The reader is "You"."""
    return "You" if mine else daily.forecaster


def daily_finding(daily: DailyScores, *, mine: bool) -> str:
    """The heading: the average, beside the crowd's on the same days or a know-nothing's."""
    who = whose(daily, mine)
    scored = f"{who} scored {written(daily, daily.mean)}"
    if daily.beside is not None:
        own, crowd = daily.beside
        return f"{scored}, {_difference(daily, own, crowd)} than the crowd on the same days"
    if daily.uniform is not None:
        return f"{scored}, {formats.difference(daily.mean, daily.uniform)} than a know-nothing"
    return scored


def daily_subtitle(daily: DailyScores) -> str:
    """Measure, unit and direction, and what the lines are."""
    names = {
        "brier": "Brier score, 0 to 1,",
        "ordered_brier": "Brier score for ordered options, 0 to 1,",
        "quantile_score": f"Quantile score{f', {daily.unit}' if daily.unit else ''},",
    }
    return (
        f"{names[daily.rule]} of the forecast standing at the end of each day; lower is better, "
        f"0{formats.NBSP}is perfect. Dashed: the average so far. Crowd: everyone else’s median."
    )


def daily_numbers(daily: DailyScores) -> Numbers:
    """One row a day."""

    def write(value: float) -> str:
        return written(daily, value)

    return Numbers(
        {"Day": str, "Score": write, "Crowd": write, "Average so far": write},
        [
            (day.isoformat(), *values)
            for day, *values in zip(
                daily.days, daily.score, daily.crowd, daily.running, strict=True
            )
        ],
    )


def written(daily: DailyScores, value: float | None) -> str:
    """A score with three decimals, or in the number's own unit with four digits."""
    if value is None or daily.rule != "quantile_score":
        return formats.score(value)
    return formats.quantity(value, daily.unit)


def short(daily: DailyScores, value: float | None) -> str:
    """A score without its unit, which the subtitle names."""
    if value is None or daily.rule != "quantile_score":
        return formats.score(value)
    return formats.quantity(value)


def _difference(daily: DailyScores, own: float, crowd: float) -> str:
    if daily.rule != "quantile_score":
        return formats.difference(own, crowd)
    if abs(own - crowd) < 1e-12:
        return "no different"
    return f"{written(daily, abs(own - crowd))} {'better' if own < crowd else 'worse'}"


def _start(daily: DailyScores, place: int) -> datetime:
    return datetime.combine(daily.days[place], time())


def _ends(daily: DailyScores) -> list[datetime]:
    """The starts of the days, and the end of the last."""
    return [*(datetime.combine(day, time()) for day in daily.days), _start(daily, -1) + _DAY]


def _steps(
    figure: go.Figure, daily: DailyScores, name: str, values: Values, *, colour: str, width: float
) -> None:
    shown = chart_text(name)
    figure.add_scatter(
        name=shown,
        x=_ends(daily),
        y=[*values, values[-1]],
        mode="lines",
        line={"shape": "hv", "width": width, "color": colour},
        hovertemplate=f"{shown}: %{{y:.4g}}<br>%{{x|%Y-%m-%d}}<extra></extra>",
    )


def _average(figure: go.Figure, daily: DailyScores, colour: str) -> None:
    figure.add_scatter(
        name="average so far",
        x=_ends(daily)[1:],
        y=list(daily.running),
        mode="lines",
        line={"width": 1.5, "color": colour, "dash": "dash"},
        hovertemplate="average so far: %{y:.4g}<br>%{x|%Y-%m-%d}<extra></extra>",
    )


def _know_nothing(figure: go.Figure, value: float, palette: Palette) -> None:
    figure.add_hline(y=value, line={"color": palette.muted, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=0,
        xref="paper",
        y=value,
        text="know-nothing",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"color": palette.muted, "size": 12},
    )


def _end_labels(
    figure: go.Figure,
    daily: DailyScores,
    mine: bool,
    *,
    top: float,
    palette: Palette,
    own: str,
) -> None:
    """What each line ends at, beside its end."""
    ends = [
        (f"<b>{chart_text(shortened(whose(daily, mine), 16))}", daily.score[-1], own, "</b>"),
        ("Crowd", daily.crowd[-1], palette.crowd, ""),
        ("average", daily.running[-1], own, ""),
    ]
    labels = [
        Label(f"{name} {short(daily, value)}{end}", value, colour)
        for name, value, colour, end in ends
        if value is not None
    ]
    for label in annotations(labels, _start(daily, -1) + _DAY, within=(0, top)):
        figure.add_annotation(label)
