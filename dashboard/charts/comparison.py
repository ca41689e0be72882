"""Two forecasters on their common questions: a dot for each, and the mean with its interval."""

import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.numbers import Numbers
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.comparison import Party, ScoreComparison

HEIGHT = 300
MOST = 3_000
"""Dots drawn, the latest questions; the mean is over all."""


def comparison_chart(found: ScoreComparison, *, palette: Palette) -> go.Figure:
    """By how much the first did better on each question, above 0, or worse, below.

    The band is the 95 % interval of the mean difference, the line through it the mean.
    """
    figure = theme.blank(palette, height=HEIGHT, right=theme.LABEL_MARGIN + 30)
    shown = found.questions[-MOST:]
    leads = [found.settings.lead(one.first, one.second) for one in shown]
    first, second = (palette.of(party.role) for party in (found.first, found.second))
    reach = 1.15 * max([abs(lead) for lead in leads], default=0.0) or found.settings.know_nothing
    ticks = {"range": [-reach, reach], "nticks": 5, "tickformat": "+.2f"}
    figure.layout.xaxis = theme.date_axis(palette)
    figure.layout.yaxis = theme.y_axis(palette) | ticks
    _interval(figure, found, palette)
    figure.add_hline(y=0, line={"color": palette.muted, "width": 1})
    figure.add_scatter(
        x=[one.ended_at for one in shown],
        y=leads,
        customdata=[
            (
                chart_text(one.title),
                f"{formats.score(one.first)} and {formats.score(one.second)}",
                f"{formats.day(one.ended_at)} ({formats.iso(one.ended_at)})",
            )
            for one in shown
        ],
        mode="markers",
        marker={
            "size": 7,
            # Filled where the first was better, hollow where not: the side of 0 says the same.
            "color": [first if lead > 0 else palette.ground for lead in leads],
            "line": {
                "width": 1.5,
                "color": [first if lead > 0 else second for lead in leads],
            },
            "opacity": 0.75,
        },
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )
    _sides(figure, found, palette)
    return figure


def comparison_numbers(found: ScoreComparison) -> Numbers:
    """Every common question with both scores."""
    return Numbers(
        {
            "Question": str,
            "Ended": formats.day,
            found.first.name: formats.score,
            found.second.name: formats.score,
        },
        [(one.title, one.ended_at, one.first, one.second) for one in found.questions],
    )


def _interval(figure: go.Figure, found: ScoreComparison, palette: Palette) -> None:
    if found.test.interval is None:
        return
    ends = sorted(found.settings.lead(end, 0.0) for end in found.test.interval)
    colour = theme.tint(palette.of(found.first.role), 0.18)
    figure.add_hrect(y0=ends[0], y1=ends[1], fillcolor=colour, line_width=0, layer="below")
    figure.add_hline(y=found.lead, line={"color": palette.of(found.first.role), "width": 2})


def _sides(figure: go.Figure, found: ScoreComparison, palette: Palette) -> None:
    """What lies above 0 and below, written at the right of the plot."""
    for party, y, anchor in ((found.first, 1.0, "top"), (found.second, 0.0, "bottom")):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=y,
            yref="paper",
            xanchor="left",
            yanchor=anchor,
            xshift=8,
            align="left",
            text=_side(party),
            showarrow=False,
            font={"color": palette.of(party.role), "size": 12.5},
        )


def _side(party: Party) -> str:
    name = party.name if len(party.name) <= 18 else f"{party.name[:17]}…"
    return f"{chart_text(name)}<br>better"
