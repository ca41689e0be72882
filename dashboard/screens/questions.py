"""Every question, to filter and to open; and a form to ask one."""

import streamlit as st

from dashboard import formats
from dashboard.context import database, me
from dashboard.widgets.ask_form import ask_form
from dashboard.widgets.parts import note, page_head
from dashboard.widgets.question_table import question_filters, question_table
from forecasts import clock
from forecasts.views.questions import facets, question_list

with database() as session:
    choices = facets(session)
    everything = question_list(session, me=me(), now=clock.now())

still_open = sum(row.status == "open" for row in everything)
page_head(
    f"{formats.count(still_open, 'question is', 'questions are')} open"
    if everything
    else "No question yet",
    f"{formats.count(len(everything), 'question')} in all",
)
with st.expander("Ask a question", expanded="ask" in st.query_params):
    ask_form()
if not everything:
    note("Questions come from statements accepted in the Inbox, or from the form above.")
    st.stop()

chosen = question_filters(choices)
with database() as session:
    rows = question_list(session, me=me(), now=clock.now(), **chosen)
if rows:
    question_table(rows)
else:
    note("No question fits these filters.")
