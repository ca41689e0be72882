"""Articles, the statements in them, and the decision about each."""

import streamlit as st

from dashboard.context import database, refusing
from dashboard.presses import EndOfPage
from dashboard.widgets.inbox.article import KEY, byline, marked_text
from dashboard.widgets.inbox.article_choice import choose_article
from dashboard.widgets.inbox.article_form import article_form
from dashboard.widgets.inbox.candidate import candidate_panel
from dashboard.widgets.inbox.parts import (
    choose_statement,
    move_buttons,
    scroll_to_mark,
    statement_line,
    twins_part,
    waiting_list,
)
from dashboard.widgets.inbox.proposals import more_statements
from dashboard.widgets.nav import INBOX, asked_id
from dashboard.widgets.parts import note, page_head
from dashboard.widgets.scale import chosen_scale
from forecasts.views.inbox import article, best_first
from forecasts.views.inbox_items import inbox

with database() as session:
    items = inbox(session)

if not items or "add" in st.query_params:
    page_head("Add an article", "The statements about the future in it are found for you to check.")
    article_form()
    if items and st.button("Back to the inbox"):
        st.switch_page(INBOX)
    raise EndOfPage

view = None
with refusing(), database() as session:
    chosen = choose_article(items, asked_id("article"))
    view = article(session, chosen, scale=chosen_scale())
if view is None:
    page_head("Which article?", "Choose one above.")
    raise EndOfPage
ranked = best_first(view)
place = choose_statement([one for one, _ in ranked], asked_id("statement"))
page_head(view.head.title, f"{byline(view.head)} · {statement_line(view, place)}")
twins_part(view.head.id, max(item.head.id for item in items))
with st.container(key="fd-inbox"):
    text, side = st.columns([0.6, 0.4], gap="large")
with side, st.container(key="fd-side"):
    if place is None:
        note("No statement about the future was found in this article.")
    else:
        move_buttons(place)
        candidate_panel(ranked[place.index][0], view.head, following=place.following)
        waiting_list(ranked, place.id)
with text:
    st.html(KEY)
    more_statements(view)
    st.html(marked_text(view, selected=place.id if place else None))
    scroll_to_mark(place.id if place else None)
