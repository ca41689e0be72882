"""The pages of Forecast Desk, and how to move between them."""

import streamlit as st

from dashboard.context import refusing
from dashboard.widgets.style import dress

st.set_page_config(page_title="Forecast Desk", layout="wide")
# The folder must not be called "pages": Streamlit would take it for its own kind of app, and the
# first visitor after a start would see a page without this script when asking for it by address.
page = st.navigation(
    [
        st.Page("screens/today.py", title="Today", default=True),
        st.Page("screens/inbox.py", title="Inbox"),
        st.Page("screens/questions.py", title="Questions"),
        st.Page("screens/question.py", title="Question"),
        st.Page("screens/calibration.py", title="Calibration"),
        st.Page("screens/scores.py", title="Scores"),
    ],
    position="top",
)
dress()
with refusing():  # a record that cannot be opened
    page.run()
