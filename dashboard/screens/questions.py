"""Every question, to filter and to open; and a form to ask one."""

import streamlit as st

from dashboard import formats
from dashboard.context import database, me
from dashboard.widgets.parts import note, page_head
from dashboard.widgets.questions.ask_form import ask_form
from dashboard.widgets.questions.filters import question_filters
from dashboard.widgets.questions.table import question_pages
from forecasts import clock
from forecasts.views.questions import facets, question_list

head, asking = st.container(), st.container()
with database() as session:
    choices = facets(session)
if choices.questions:
    chosen = question_filters(choices)
    with database() as session:
        rows = question_list(session, me=me(), now=clock.now(), **chosen)
    if rows:
        question_pages(rows)
    else:
        note("No question fits these filters.")
with head:
    if choices.questions:
        page_head(
            formats.count(choices.questions, "question"),
            "Your forecasts, the crowd's and the sources', with what moved within a week.",
        )
    else:
        page_head("No question yet", "Ask one here, or accept a statement in the Inbox as one.")
wanted = "ask" in st.query_params or not choices.questions
with asking, st.expander("Ask a question", expanded=wanted):
    ask_form()
