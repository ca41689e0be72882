"""Who was right: forecasters, sources and publishers, how that changed, and who is better."""

import streamlit as st

from dashboard.context import database, me, my_id
from dashboard.widgets.nav import TODAY
from dashboard.widgets.parts import page_head
from dashboard.widgets.report_button import reports
from dashboard.widgets.scores.comparison import comparison_part
from dashboard.widgets.scores.incoherence import incoherence_part
from dashboard.widgets.scores.parts import board_heading, board_line, boards, by_tag, over_time
from dashboard.widgets.scores.settings import score_settings
from forecasts import clock
from forecasts.views.questions import facets
from forecasts.views.scores import scoreboard

with database() as session:
    choices = facets(session)
top = st.container()
chosen = score_settings(choices)
with st.spinner("Scoring …", show_time=True), database() as session:
    board = scoreboard(
        session,
        now=clock.now(),
        settings=chosen.settings,
        tag=chosen.tag,
        publisher=chosen.publisher,
        me=me(),
    )
with top:
    page_head(board_heading(board, my_id()), board_line(board, my_id()))
    reports(choices, chosen.settings)

if board.scored:
    boards(board)
    over_time(board)
    by_tag(board)
    comparison_part(board, chosen)
elif not board.resolved:
    st.page_link(TODAY, label="See what is due for resolution")
incoherence_part()
