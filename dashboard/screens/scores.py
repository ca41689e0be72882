"""Who was right: forecasters, sources and publishers, and how that changed."""

import streamlit as st

from dashboard.charts.score_time import score_time_chart, score_time_finding
from dashboard.context import database, me, my_id
from dashboard.widgets.leaderboard import leaderboard
from dashboard.widgets.parts import finding, note, page_head, table
from dashboard.widgets.score_parts import (
    MEASURE,
    board_footnotes,
    board_heading,
    board_line,
    score_filters,
    tag_rows,
)
from dashboard.widgets.style import palette, show_chart
from forecasts import clock
from forecasts.views.questions import facets
from forecasts.views.scores import scoreboard

with database() as session:
    choices = facets(session)
top = st.container()
chosen = score_filters(choices)
with database() as session:
    board = scoreboard(session, now=clock.now(), me=me(), **chosen)
with top:
    page_head(board_heading(board, my_id()), board_line(board))

if board.scored:
    note(MEASURE)
for title, rows in (
    ("Forecasters", board.people),
    ("Sources", board.sources),
    ("Publishers", board.publishers),
):
    if rows:
        finding(title)
        table(*leaderboard(rows, me=my_id()), board=True)
board_footnotes(board)

if board.scored:
    left, right = st.columns([0.58, 0.42], gap="large")
    with left:
        finding(
            score_time_finding(board),
            "Brier score, mean over the last 20 questions that ended, each line on its own "
            "questions; lower is better.",
        )
        show_chart(score_time_chart(board, palette=palette()), key="over time", alt="Scores")
    with right:
        finding("By tag", "Brier score, 0 to 1; lower is better.")
        table(*tag_rows(board)) if board.by_tag else note("No tags yet.")
