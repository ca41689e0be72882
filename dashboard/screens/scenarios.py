"""Alternative futures: every set, or the board of one. Found at ``?id=7``."""

import streamlit as st

from dashboard.context import database, me, my_id, refusing
from dashboard.presses import EndOfPage
from dashboard.widgets.crowd import crowd_choice, without_crowd
from dashboard.widgets.nav import asked_id
from dashboard.widgets.parts import part
from dashboard.widgets.question.parts import action_part
from dashboard.widgets.scenarios.chart import chart_part
from dashboard.widgets.scenarios.forms import prior_line, prior_part
from dashboard.widgets.scenarios.links import links_part
from dashboard.widgets.scenarios.listing import sets_page
from dashboard.widgets.scenarios.matrix import matrix_part
from dashboard.widgets.scenarios.parts import board_head, notices_part, shares_part
from dashboard.widgets.scenarios.story import stories_part
from dashboard.widgets.scenarios.watch import sensitivity_part, watch_part
from forecasts import clock
from forecasts.views.question import question
from forecasts.views.scenario_facts import check_set
from forecasts.views.scenarios import scenario_board

now, set_id = clock.now(), asked_id("id")
if set_id is None:
    sets_page(now)
    raise EndOfPage

head, board, hidden = st.container(), None, False
with refusing(), database() as session:
    view = question(session, check_set(session, set_id), me=me(), now=now)
    hidden = crowd_choice(view)
    board = scenario_board(session, set_id, me=me(), now=now, crowd=not hidden)
if board is None:
    raise EndOfPage

with head:
    board_head(board, now, hidden=hidden)
if hidden:
    view = without_crowd(view, my_id())
left, right = st.columns([0.66, 0.34], gap="large")
with left:
    chart_part(board, hidden=hidden)
    shares_part(board)
    prior_line(board)
    notices_part(board, hidden=hidden)
    part("Scenarios", len(board.scenarios))
    stories_part(board)
    prior_part(board)
with right:
    action_part(view)
part("What to watch", len(board.watch))
watch_part(board)
part("Indicators", len(board.indicators))
matrix_part(board)
links_part(board)
sensitivity_part(board)
