"""Scores of several forecasters in one table, each with its interval on a common scale."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard import formats
from dashboard.charts.numbers import Numbers
from dashboard.widgets.safe import Html, fill, joined
from forecasts.results.scores import ScoreRow, ScoreSettings

ENOUGH = 10
"""Questions from which a row is ranked; rows with fewer are shown below, with hollow dots."""

HEAD = Html(
    "<tr><th>{who}</th><th>{ends}</th><th class='n'>Score</th>"
    "<th class='n wide'>95 % interval</th><th class='n wide'>Adjusted</th>"
    "<th class='n wide'>If low / high</th><th class='n wide'>Know-nothing</th>"
    "<th class='n'>Questions</th><th class='n wide'>Coverage</th></tr>"
)
CROWD = (
    "No forecaster, and not ranked: the median of the persons’ live forecasts, while any stood, on "
    "questions with two persons or more"
)
DEFAULT = ScoreSettings()


@dataclass(frozen=True, slots=True)
class Scale:
    """The common scale of a table: from 0 to ``top``, with a tick at every ``step``."""

    top: float
    step: float

    def place(self, value: float) -> str:
        """Where a score stands, in per cent of the scale."""
        return f"{100 * min(max(value, 0.0), self.top) / self.top:.1f}"


def leaderboard(
    rows: Sequence[ScoreRow],
    *,
    me: int | None,
    settings: ScoreSettings = DEFAULT,
    scale: Scale | None = None,
    who: str = "Forecaster",
    crowd: ScoreRow | None = None,
) -> tuple[Html, list[Html]]:
    """Head and rows of the table: those with enough questions, the others, and the crowd, apart."""
    scale = scale or scale_of(rows, settings)
    few = [row for row in rows if row.questions < ENOUGH]
    pieces = [_row(row, scale, me) for row in rows if row.questions >= ENOUGH]
    if few:
        pieces.append(_parted(f"Fewer than {ENOUGH} questions: shown, not ranked"))
    pieces += [_row(row, scale, me) for row in few]
    if crowd is not None:
        pieces += [_parted(CROWD), _row(crowd, scale, me)]
    return Html(HEAD.format(who=who, ends=f"0 to {scale.top:g}")), pieces


def _parted(text: str) -> Html:
    """A line that parts the rows below it from those above."""
    return fill('<tr class="parted"><td colspan="9">{text}</td></tr>', text=text)


def scale_of(rows: Sequence[ScoreRow], settings: ScoreSettings = DEFAULT) -> Scale:
    """A scale on which every score and interval has room, and the know-nothing's mark."""
    ends = [row.score for row in rows] + [row.interval[1] for row in rows if row.interval]
    most = max(ends, default=0.0)
    if settings.higher_is_better:
        return Scale(1.0, 0.2)
    top = max(1.6 * settings.know_nothing, most)
    tenth = 0.1 if top <= 1 else 0.2 if top <= 2 else 1.0
    return Scale(round(math.ceil(round(top / tenth, 6)) * tenth, 6), 2 * tenth)


def board_numbers(rows: Sequence[ScoreRow]) -> Numbers:
    """The rows as a file holds them."""
    columns: dict[str, Callable[..., str]] = {
        "Forecaster": str,
        "Kind": str,
        "Publisher": str,
        "Questions": "{:,}".format,
        "Score": formats.score,
        "Interval from": formats.score,
        "Interval to": formats.score,
        "Adjusted": formats.score,
        "Know-nothing": formats.score,
        "If words mean the low end": formats.score,
        "If words mean the high end": formats.score,
        "Coverage": formats.percent,
    }
    return Numbers(
        columns,
        [
            (
                row.forecaster,
                row.forecaster_kind,
                row.publisher,
                row.questions,
                row.score,
                *(row.interval or (None, None)),
                row.adjusted,
                row.uniform,
                row.at_low,
                row.at_high,
                row.coverage,
            )
            for row in rows
        ],
    )


def _row(row: ScoreRow, scale: Scale, me: int | None) -> Html:
    mine = row.forecaster_kind == "person" and row.forecaster_id == me
    reach = (
        f"{row.at_low:.3f} / {row.at_high:.3f}"
        if row.at_low is not None and row.at_high is not None
        else formats.DASH
    )
    return fill(
        '<tr class="{kind}"><td><bdi>{name}</bdi> <small><bdi>{publisher}</bdi></small></td>'
        '<td>{scale}</td><td class="n"><b>{score}</b></td><td class="n wide">{interval}</td>'
        '<td class="n wide" title="{why}">{adjusted}</td><td class="n wide">{reach}</td>'
        '<td class="n wide">{uniform}</td><td class="n">{questions}</td>'
        '<td class="n wide">{coverage}</td></tr>',
        kind="me" if mine else "other",
        name="You" if mine else row.forecaster,
        publisher=row.publisher if row.publisher and row.publisher != row.forecaster else "",
        scale=_scale(row, scale, mine),
        score=formats.score(row.score),
        interval=formats.interval(row.interval),
        why=formats.sentence_start(row.unadjusted or ""),
        adjusted=formats.score(row.adjusted),
        reach=reach,
        uniform=formats.score(row.uniform),
        questions=f"{row.questions:,}",
        coverage=formats.percent(row.coverage),
    )


def _scale(row: ScoreRow, scale: Scale, mine: bool) -> Html:
    """Interval and score as a line and a dot; the strong mark is what a know-nothing earns."""
    ticks = [
        fill('<i style="left:{x}%"></i>', x=scale.place(tick * scale.step))
        for tick in range(math.floor(scale.top / scale.step + 1e-9) + 1)
    ]
    ticks.append(fill('<i class="know" style="left:{x}%"></i>', x=scale.place(row.uniform)))
    line = Html("")
    if row.interval is not None:
        low, high = (min(max(end, 0.0), scale.top) for end in row.interval)
        line = fill(
            '<div class="line" style="left:{x}%;width:{w}%"></div>',
            x=scale.place(low),
            w=scale.place(high - low),
        )
    role = "me" if mine else {"source": "source"}.get(row.forecaster_kind, "crowd")
    return fill(
        '<div class="fd-scale {role}">{ticks}{line}<div class="dot {few}" style="left:{x}%">'
        "</div></div>",
        role=role,
        ticks=joined(ticks),
        line=line,
        few="few" if row.questions < ENOUGH else "",
        x=scale.place(row.score),
    )
