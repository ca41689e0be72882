"""The pages of Forecast Desk, and how to move between them."""

import streamlit as st

from dashboard.context import look_up_reader, refusing, who
from dashboard.identity import sign_in_configured
from dashboard.presses import one_run
from dashboard.widgets.ledger import alarm
from dashboard.widgets.parts import tell_missed
from dashboard.widgets.people.sign_in import sign_in_page, who_line
from dashboard.widgets.style import dress
from dashboard.widgets.tour import tour

st.set_page_config(page_title="Forecast Desk", layout="wide")
outside = who() is None
# The folder must not be called "pages": Streamlit would take it for its own kind of app, and the
# first visitor after a start would see a page without this script when asking for it by address.
page = st.navigation(
    [
        st.Page("screens/today.py", title="Today", default=True),
        st.Page("screens/inbox.py", title="Inbox"),
        st.Page("screens/questions.py", title="Questions"),
        st.Page("screens/question.py", title="Question"),
        st.Page("screens/scenarios.py", title="Scenarios"),
        st.Page("screens/calibration.py", title="Calibration"),
        st.Page("screens/scores.py", title="Scores"),
        st.Page("screens/sources.py", title="Sources"),
        st.Page(
            "screens/people.py",
            title="People",
            visibility="visible" if sign_in_configured() else "hidden",
        ),
    ],
    position="hidden" if outside else "top",
)
dress()
if outside:
    sign_in_page()
    st.stop()
with refusing(), one_run() as missed:  # refused is a record that cannot be opened
    look_up_reader()
    who_line()
    alarm()
    tour(page.title)
    page.run()
tell_missed(missed)
