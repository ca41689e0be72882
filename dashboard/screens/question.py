"""One question: criteria, history, forecast, evidence, outcome. Found at ``?id=7``."""

import streamlit as st

from dashboard.context import database, me, my_id, refusing
from dashboard.presses import EndOfPage
from dashboard.widgets.crowd import crowd_choice, without_crowd
from dashboard.widgets.dates import here
from dashboard.widgets.nav import asked_id, check_asked
from dashboard.widgets.question.head import question_head
from dashboard.widgets.question.history import history_part
from dashboard.widgets.question.parts import action_part, pick_question
from dashboard.widgets.question.tabs import question_tabs
from dashboard.widgets.report_button import question_report
from forecasts import clock
from forecasts.views.question import question
from forecasts.views.questions import question_list

now = clock.now()
view = None
with refusing(), database() as session:
    check_asked("id")
    question_id = asked_id("id")
    if question_id is not None:
        view = here(question(session, question_id, me=me(), now=now))
if view is None:
    with database() as session:
        rows = question_list(session, me=me(), now=now)
    pick_question(rows)
    raise EndOfPage
now = here(now)

question_head(view, now)
hidden = crowd_choice(view)
everything = len(view.record)
if hidden:
    view = without_crowd(view, my_id())
left, right = st.columns([0.66, 0.34], gap="large")
with left:
    history_part(view, now, hidden=hidden)
    question_report(view.row.id, without_others=hidden)
with right:
    action_part(view)

question_tabs(view, entries=everything, hidden=hidden)
