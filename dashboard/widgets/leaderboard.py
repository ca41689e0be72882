"""Scores of several forecasters in one table, each with its interval on a common scale."""

import math
from collections.abc import Sequence

from dashboard import formats
from dashboard.widgets.safe import Html, fill, joined
from forecasts.results.scores import ScoreRow

ENOUGH = 10
"""Questions from which a row is ranked; rows with fewer are shown below, with hollow dots."""

HEAD = Html(
    "<tr><th>Forecaster</th><th>{ends}</th><th class='n'>Score</th>"
    "<th class='n wide'>95 % interval</th><th class='n wide'>If low / high</th>"
    "<th class='n wide'>Know-nothing</th><th class='n'>Questions</th>"
    "<th class='n wide'>Coverage</th></tr>"
)


def leaderboard(rows: Sequence[ScoreRow], *, me: int | None) -> tuple[Html, list[Html]]:
    """Head and rows of the table: those with enough questions, then the others, parted off."""
    top = scale_top(rows)
    ranked = [row for row in rows if row.questions >= ENOUGH]
    few = [row for row in rows if row.questions < ENOUGH]
    pieces = [_row(row, top, me) for row in ranked]
    if few:
        pieces.append(
            fill(
                '<tr class="parted"><td colspan="8">Fewer than {n} questions: '
                "shown, not ranked</td></tr>",
                n=ENOUGH,
            )
        )
    pieces += [_row(row, top, me) for row in few]
    return Html(HEAD.replace("{ends}", f"0 to {top:.1f}")), pieces


def scale_top(rows: Sequence[ScoreRow]) -> float:
    """Where the scale ends: 0.4, or the next tenth above the highest score or interval."""
    ends = [row.score for row in rows] + [row.interval[1] for row in rows if row.interval]
    return max(0.4, math.ceil(round(10 * max(ends, default=0.0), 6)) / 10)


def _row(row: ScoreRow, top: float, me: int | None) -> Html:
    mine = row.forecaster_kind == "person" and row.forecaster_id == me
    reach = (
        f"{row.at_low:.3f} / {row.at_high:.3f}"
        if row.at_low is not None and row.at_high is not None
        else formats.DASH
    )
    return fill(
        '<tr class="{kind}"><td><bdi>{name}</bdi> <small><bdi>{publisher}</bdi></small></td>'
        '<td>{scale}</td><td class="n"><b>{score}</b></td><td class="n wide">{interval}</td>'
        '<td class="n wide">{reach}</td><td class="n wide">{uniform}</td>'
        '<td class="n">{questions}</td><td class="n wide">{coverage}</td></tr>',
        kind="me" if mine else "other",
        name="You" if mine else row.forecaster,
        publisher=row.publisher if row.publisher and row.publisher != row.forecaster else "",
        scale=_scale(row, top, mine),
        score=formats.score(row.score),
        interval=formats.interval(row.interval),
        reach=reach,
        uniform=formats.score(row.uniform),
        questions=f"{row.questions:,}",
        coverage=formats.percent(row.coverage),
    )


def _scale(row: ScoreRow, top: float, mine: bool) -> Html:
    """Interval and score as a line and a dot; the dark mark is what a know-nothing earns."""
    ticks = [
        fill('<i style="left:{x}%"></i>', x=_place(tenth / 10, top))
        for tenth in range(0, round(10 * top) + 1, 2)
    ]
    ticks.append(fill('<i class="know" style="left:{x}%"></i>', x=_place(row.uniform, top)))
    line = Html("")
    if row.interval is not None:
        low, high = (min(max(end, 0.0), top) for end in row.interval)
        line = fill(
            '<div class="line" style="left:{x}%;width:{w}%"></div>',
            x=_place(low, top),
            w=_place(high - low, top),
        )
    role = "me" if mine else {"source": "source"}.get(row.forecaster_kind, "crowd")
    return fill(
        '<div class="fd-scale {role}">{ticks}{line}<div class="dot {few}" style="left:{x}%">'
        "</div></div>",
        role=role,
        ticks=joined(ticks),
        line=line,
        few="few" if row.questions < ENOUGH else "",
        x=_place(row.score, top),
    )


def _place(value: float, top: float) -> str:
    return f"{100 * value / top:.1f}"
