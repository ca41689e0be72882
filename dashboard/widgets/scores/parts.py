"""The parts of the Scores page: its verdict, its tables, and what the numbers depend on."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import formats, measure
from dashboard.charts.heat_map import heat_chart
from dashboard.charts.score_intervals import intervals_finding
from dashboard.charts.score_time import (
    score_time_chart,
    score_time_finding,
    score_time_numbers,
    shown_series,
)
from dashboard.context import my_id
from dashboard.widgets.chart import draw, draw_table
from dashboard.widgets.dates import here
from dashboard.widgets.parts import claimed_line, finding, left_out_line, note, table
from dashboard.widgets.scores.heat_map import (
    heat_finding,
    heat_levels,
    heat_numbers,
    heat_table,
    heat_under,
)
from dashboard.widgets.scores.leaderboard import ENOUGH, board_numbers, leaderboard, scale_of
from dashboard.widgets.style import palette
from forecasts.results.scores import Scoreboard, ScoreRow, ScoreSettings
from forecasts.views.score_series import TRAILING

PAGE = 12
"""Rows of a table; the reader's own is always among them."""


def board_heading(board: Scoreboard, me: int | None) -> str:
    """The finding of the page: how the reader compares with knowing nothing."""
    mine = _mine(board, me)
    if mine is not None:
        if mine.questions < ENOUGH:
            few = formats.count(mine.questions, "question")
            return f"Too early to tell: you are scored on {few}"
        gap = measure.difference(mine.score, mine.uniform, board.settings)
        perhaps = "perhaps " if mine.may_be_chance else ""
        return f"You score {formats.score(mine.score)}, {perhaps}{gap} than a know-nothing"
    if board.people:
        return "Others are scored; none of your forecasts is yet"
    if board.sources:
        return "So far this is the record of the sources alone"
    return "Nothing is scored yet"


def board_line(board: Scoreboard, me: int | None) -> str:
    """How many questions stand behind it, and whether the heading may be owed to chance."""
    if not board.resolved:
        return "Scores appear with the first resolved question that had a forecast on it."
    scored = formats.count(board.scored, "resolved question")
    said = [f"{scored} of {board.resolved:,} had a forecast to score."]
    mine = _mine(board, me)
    if mine is not None and mine.may_be_chance:
        said.append(
            f"The interval of your score, {formats.interval(mine.interval)}, takes in what a "
            f"know-nothing earns on the same questions, {formats.score(mine.uniform)}."
        )
    return " ".join(said)


def _mine(board: Scoreboard, me: int | None) -> ScoreRow | None:
    return next((row for row in board.people if row.forecaster_id == me), None)


def boards(board: Scoreboard) -> None:
    """Forecasters, sources and publishers, each group best first."""
    note(f"{measure.meaning(board.settings)} The strong mark is what a know-nothing earns on the "
         "same questions.")  # fmt: skip
    for title, who, rows in (
        ("Forecasters", "Forecaster", board.people),
        ("Sources", "Speaker", board.sources),
        ("Publishers", "Publisher", board.publishers),
    ):
        if rows:
            finding(_led(title, rows, board.settings), _ranked(rows, board.settings))
            crowd = board.crowd if rows is board.people else None
            _pages(rows, board.settings, who, crowd)
    board_footnotes(board)


def _led(title: str, rows: Sequence[ScoreRow], settings: ScoreSettings) -> str:
    """The heading of a table: who leads it, if anybody can be ranked and told from the others."""
    if not any(row.questions >= ENOUGH for row in rows):
        return f"{title}: none has the {ENOUGH} questions that a rank needs"
    led = intervals_finding(rows, settings, my_id())
    return f"{title}: {led[0].lower()}{led[1:]}"


def _ranked(rows: Sequence[ScoreRow], settings: ScoreSettings) -> str:
    able = sum(row.questions >= ENOUGH for row in rows)
    return f"{measure.unit(settings)}; {able:,} of {len(rows):,} ranked"


@st.fragment
def _pages(
    rows: Sequence[ScoreRow], settings: ScoreSettings, who: str, crowd: ScoreRow | None
) -> None:
    """One sheet of the rows, those with enough questions first, on the scale of all."""
    everything = [*rows, *([crowd] if crowd else [])]
    scale = scale_of(everything, settings)
    ordered = sorted(rows, key=lambda row: row.questions < ENOUGH)
    place = st.container()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        sheet = 1
        if len(rows) > PAGE:
            sheet = st.pagination(-(-len(rows) // PAGE), key=f"{who.lower()}s", bind="query-params")
        st.download_button(
            "CSV",
            board_numbers(everything).csv,
            file_name=f"scores-{who.lower()}s.csv",
            mime="text/csv",
            key=f"csv {who}",
            type="tertiary",
            on_click="ignore",
        )
    sheets = range((sheet - 1) * PAGE, sheet * PAGE)
    shown = [row for rank, row in enumerate(ordered) if rank in sheets or _is_mine(row)]
    with place:
        table(
            *leaderboard(shown, me=my_id(), settings=settings, scale=scale, who=who, crowd=crowd),
            board=True,
        )


def _is_mine(row: ScoreRow) -> bool:
    return row.forecaster_kind == "person" and row.forecaster_id == my_id()


def board_footnotes(board: Scoreboard) -> None:
    """The settings every number depends on, and what was left out."""
    note(
        f"{measure.conditions(board.settings, board.clipped)} Intervals: 95\u00a0%, resampled by "
        f"question; under {ENOUGH} questions a row has none and is not ranked. Adjusted: the "
        "score to expect on the average question of all, had everyone answered it, so that easy "
        "questions do not pay; — where no shared question leads to the others, and for publishers, "
        "whose speakers are adjusted one by one.",
        "Sources are scored at the point their words stand for; “if low / high” gives the score if "
        "they meant the ends of their range.",
        *claimed_line(board.settings),
        *left_out_line(board.left_out),
    )


def over_time(board: Scoreboard) -> None:
    """Each line's trailing mean, in the reader's own days; UTC on hover."""
    board = replace(board, series=here(tuple(shown_series(board))))
    draw(
        score_time_chart(board, palette=palette()),
        score_time_numbers(board),
        title=score_time_finding(board),
        under=f"{measure.unit(board.settings)}; mean over the last {TRAILING} questions that "
        "ended, each line on its own questions.",
        name="scores over time",
        key="over-time",
        foot=measure.conditions(board.settings),
    )


def by_tag(board: Scoreboard) -> None:
    """The heat map: a table, which scrolls on a phone, and a picture of it to take away."""
    heat, settings = board.heat, board.settings
    title, under = heat_finding(heat, settings), heat_under(heat, settings)
    if not heat.rows:
        finding(title, under)
        return
    colours = palette()
    draw_table(
        heat_table(heat, settings),
        lambda: heat_chart(heat, heat_levels(heat, settings), settings, palette=colours),
        heat_numbers(heat),
        title=title,
        under=under,
        name="scores by tag",
        key="tags",
        foot=measure.conditions(settings),
    )
