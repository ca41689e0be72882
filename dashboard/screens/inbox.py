"""Articles, the statements in them, and the decision about each."""

import streamlit as st

from dashboard.context import database, refusing
from dashboard.widgets.article import KEY, byline, marked_text
from dashboard.widgets.article_form import article_form
from dashboard.widgets.candidate import candidate_panel
from dashboard.widgets.inbox_parts import (
    choose_article,
    choose_statement,
    move_buttons,
    scroll_to_mark,
    statement_line,
)
from dashboard.widgets.nav import asked_id
from dashboard.widgets.parts import note, page_head
from forecasts.views.inbox import article, inbox

with database() as session:
    items = inbox(session)

if not items or "add" in st.query_params:
    page_head("Add an article", "The statements about the future in it are found for you to check.")
    article_form()
    if items and st.button("Back to the inbox"):
        st.query_params.clear()
        st.rerun()
    st.stop()

view = None
with refusing(), database() as session:
    view = article(session, choose_article(items, asked_id("article")))
if view is None:
    st.stop()

place = choose_statement(view, asked_id("statement"))
page_head(view.head.title, f"{byline(view.head)} · {statement_line(view, place)}")
with st.container(key="fd-inbox"):
    text, side = st.columns([0.6, 0.4], gap="large")
with side, st.container(key="fd-side"):
    if place is None:
        note("No statement about the future was found in this article.")
    else:
        move_buttons(place)
        candidate_panel(view.statements[place.index], view.head, following=place.following)
with text:
    st.html(KEY)
    st.html(marked_text(view, selected=place.id if place else None))
    scroll_to_mark(place.id if place else None)
