"""One scenario over time: what the reader judged beside what the indicators implied."""

from datetime import timedelta
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard import formats, theme
from dashboard.charts.end_labels import Label, annotations
from dashboard.charts.numbers import Numbers
from dashboard.charts.scenarios import (
    DAY,
    MOMENT,
    Whose,
    as_array,
    beginning,
    shares_of,
)
from dashboard.charts.thinning import thinned
from dashboard.theme import Palette
from forecasts.maths.checks import Floats
from forecasts.results.scenarios import ScenarioBoard

HEIGHT = 320
_NAMES: dict[Whose, str] = {"crowd": "Crowd", "implied": "Implied", "mine": "You"}


def gap_chart(board: ScenarioBoard, position: int, *, palette: Palette) -> go.Figure:
    """The reader's, the implied and the crowd's probability of the scenario at ``position``.

    Every day has the value of its end, and today that of now. What nobody has is left out.
    """
    figure = theme.blank(palette, height=HEIGHT, right=theme.LABEL_MARGIN)
    at, begin = board.series.at, beginning(board)
    figure.update_xaxes(theme.date_axis(palette), range=[begin, max(at[-1], begin + DAY)])
    figure.update_yaxes(theme.y_axis(palette), range=[0, 1.02], **theme.SHARE_TICKS)
    kept = thinned(len(at))
    days = np.append(as_array([begin]), as_array([at[place] for place in kept]) - MOMENT)
    looks: dict[Whose, dict[str, Any]] = {
        "mine": {"color": palette.me, "width": 2.75},
        "implied": {"color": palette.text, "width": 1.75, "dash": "dot"},
        "crowd": {"color": palette.crowd, "width": 1.75},
    }
    lines = {
        whose: line for whose in _NAMES if not np.isnan(line := _line(board, whose, position)).all()
    }
    figure.add_traces(
        [
            go.Scatter(
                name=_NAMES[whose],
                x=days,
                y=line[[kept[0], *kept]],
                mode="lines",
                line={"shape": "vh", **looks[whose]},
                hovertemplate=f"{_NAMES[whose]}: %{{y:.0%}}<br>%{{x|%-d %b %Y}}<extra></extra>",
            )
            for whose, line in lines.items()
        ]
    )
    ends = {whose: line[-1] for whose, line in lines.items() if not np.isnan(line[-1])}
    labels = [
        Label(f"<b>{text}</b>" if whose == "mine" else text, share, looks[whose]["color"])
        for whose, share in ends.items()
        for text in (f"{_NAMES[whose]} {formats.percent(share)}",)
    ]
    figure.update_layout(annotations=annotations(labels, None, within=(0.02, 1)))
    return figure


def gap_finding(board: ScenarioBoard, position: int) -> str:
    """How far judgement and indicators are apart on a scenario, and when that was most."""
    apart = _line(board, "mine", position) - _line(board, "implied", position)
    name = f"“{board.scenarios[position].name}”"
    if np.isnan(apart).all():
        return f"{name}: on no day was there a forecast of yours and an implied one"
    widest = int(np.nanargmax(np.abs(apart)))
    most = formats.count(abs(round(100 * apart[widest])), "point")
    on = formats.day(board.series.at[widest] - timedelta(milliseconds=1))
    if np.isnan(apart[-1]):
        return f"{name}: you and the indicators were at most {most} apart, on {on}"
    now = formats.count(abs(round(100 * apart[-1])), "point")
    side = "above" if apart[-1] > 0 else "below"
    if now == most:
        return f"{name}: you are {now} {side} the indicators, and never were further apart"
    return f"{name}: you are {now} {side} the indicators; at most it was {most}, on {on}"


def gap_numbers(board: ScenarioBoard, position: int) -> Numbers:
    """One row an instant, latest first: what is known of the scenario, and the gap."""
    mine, implied = (_line(board, whose, position) for whose in ("mine", "implied"))
    columns = (mine, implied, mine - implied, _line(board, "crowd", position))
    rows = [
        (at, *(None if np.isnan(column[place]) else float(column[place]) for column in columns))
        for place, at in enumerate(board.series.at)
    ]
    percent = formats.exact_percent
    return Numbers(
        {"At": formats.iso, "You": percent, "Implied": percent, "Gap": percent, "Crowd": percent},
        [row for row in reversed(rows) if row[1:] != (None,) * len(columns)],
    )


def _line(board: ScenarioBoard, whose: Whose, position: int) -> Floats:
    line: Floats = shares_of(board, whose)[:, position]
    return line
