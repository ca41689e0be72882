"""What publishers and quoted experts stated, in which words, and how right they were."""

import streamlit as st

from dashboard.context import database
from dashboard.widgets.nav import INBOX
from dashboard.widgets.parts import page_head
from dashboard.widgets.sources.detail import source_choice, source_detail
from dashboard.widgets.sources.parts import source_tables, sources_heading, sources_line
from forecasts import clock
from forecasts.views.sources import sources

now = clock.now()
head = st.container()
with st.spinner("Judging statements …", show_time=True), database() as session:
    found = sources(session, now=now)
with head:
    page_head(sources_heading(found), sources_line(found))
if found.speakers:
    source_tables(found)
    row = source_choice(found)
    if row is not None:
        source_detail(row, now)
else:
    st.page_link(INBOX, label="Add an article", query_params={"add": "1"})
