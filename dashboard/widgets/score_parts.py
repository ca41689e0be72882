"""Filters, headings and footnotes of the scores."""

from typing import TypedDict

import streamlit as st

from dashboard import formats
from dashboard.widgets.leaderboard import ENOUGH
from dashboard.widgets.parts import claimed_line, left_out_line, note
from dashboard.widgets.safe import Html, fill, visible
from forecasts.results.questions import FacetValues
from forecasts.results.scores import Scoreboard

MEASURE = (
    f"Brier score, 0 to 1, lower is better: 0 is perfect; always saying 50{formats.NBSP}% earns "
    "0.250. The dark mark is what a know-nothing earns on the same questions."
)
TAG_HEAD = Html(
    "<tr><th>Tag</th><th>Who</th><th class='n'>Score</th><th class='n wide'>Know-nothing</th>"
    "<th class='n'>Questions</th></tr>"
)


class ScoreFilters(TypedDict):
    """What the scores are narrowed or widened to."""

    tag: str | None
    publisher: str | None
    retrospective: bool
    possibilities: bool


def score_filters(choices: FacetValues) -> ScoreFilters:
    """Fields to choose the questions and forecasts with."""
    tag, publisher, _ = st.columns([1, 1.4, 1])
    with tag:
        tagged = st.selectbox(
            "Tag", choices.tags, index=None, format_func=visible, placeholder="All tags"
        )
    with publisher:
        published = st.selectbox(
            "Publisher",
            choices.publishers,
            index=None,
            format_func=visible,
            placeholder="All publishers",
        )
    with st.container(horizontal=True, gap="medium"):
        retrospective = st.checkbox("With retrospective forecasts")
        possibilities = st.checkbox("With bare possibilities (may, could)")
    return ScoreFilters(
        tag=tagged,
        publisher=published,
        retrospective=bool(retrospective),
        possibilities=bool(possibilities),
    )


def board_heading(board: Scoreboard, me: int | None) -> str:
    """The finding of the page: how the reader compares with knowing nothing."""
    mine = next((row for row in board.people if row.forecaster_id == me), None)
    if mine is not None:
        if mine.questions < ENOUGH:
            few = formats.count(mine.questions, "question")
            return f"Too early to tell: you are scored on {few}"
        gap = formats.difference(mine.score, mine.uniform)
        return f"You score {formats.score(mine.score)}, {gap} than a know-nothing"
    if board.people:
        return "Others are scored; none of your forecasts is yet"
    if board.sources:
        return "So far this is the record of the sources alone"
    return "Nothing is scored yet"


def board_line(board: Scoreboard) -> str:
    """How many questions stand behind it."""
    if not board.resolved:
        return "Scores appear with the first resolved question that had a forecast on it."
    scored = formats.count(board.scored, "resolved question")
    return f"{scored} of {board.resolved:,} had a forecast to score."


def board_footnotes(board: Scoreboard) -> None:
    """The settings every number depends on, and what was left out."""
    settings = board.settings
    note(
        f"Rule: {settings.rule.replace('_', ' ')}, scale 0 to {settings.scale}; the forecast that "
        f"stood at the end of each day ({settings.zone}, or the question’s own zone); days before "
        "the first forecast are not scored. Intervals: 95\u00a0%, resampled by question.",
        "Sources are scored at the point their words stand for; “if low / high” gives the score if "
        "they meant the ends of their range. Under ten questions a row is not ranked.",
        *claimed_line(settings),
        *left_out_line(board.left_out),
    )


def tag_rows(board: Scoreboard) -> tuple[Html, list[Html]]:
    """Head and rows of the table by tag."""
    return TAG_HEAD, [
        fill(
            '<tr class="{kind}"><td><bdi>{tag}</bdi></td><td><bdi>{who}</bdi></td>'
            '<td class="n"><b>{score}</b></td><td class="n wide">{uniform}</td>'
            '<td class="n">{n}</td></tr>',
            kind="me" if row.forecaster == "You" else "other",
            tag=row.tag,
            who=row.forecaster,
            score=formats.score(row.score),
            uniform=formats.score(row.uniform),
            n=f"{row.questions:,}",
        )
        for row in board.by_tag
    ]
