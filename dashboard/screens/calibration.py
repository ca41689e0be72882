"""Do events called 70 % happen 70 % of the time?"""

import streamlit as st

from dashboard.charts.calibration_finding import (
    error_finding,
    reliability_finding,
    verdict,
    verdict_sentence,
)
from dashboard.charts.reliability import reliability_chart
from dashboard.context import database, my_id
from dashboard.widgets.calibration_parts import calibration_filters, calibration_of, footnotes
from dashboard.widgets.decomposition import HEAD, decomposition
from dashboard.widgets.parts import finding, note, page_head, table
from dashboard.widgets.style import palette, show_chart
from forecasts import clock
from forecasts.views.questions import facets

now = clock.now()
with database() as session:
    choices = facets(session)

top = st.container()
chosen = calibration_filters(choices, my_id())
with database() as session:
    view = calibration_of(session, chosen, choices, me=my_id(), now=now)
with top:
    page_head(verdict(view), verdict_sentence(view))
    if not chosen.has_mine:
        note("You have no forecast of your own yet: this is the record of the sources.")

left, right = st.columns([0.55, 0.45], gap="large")
with left:
    finding(
        reliability_finding(view),
        "How often it happened, %, against what was said, %. On the diagonal is perfect.",
    )
    show_chart(
        reliability_chart(view, palette=palette(), role=chosen.role),
        key="reliability",
        alt=verdict(view),
    )
    footnotes(view)
with right:
    finding(error_finding(view), "The Brier score taken apart, 0 to 1; lower is better.")
    if view.curve is not None:
        table(HEAD, decomposition(view.curve))
        note("0 is perfect; always saying 50\u00a0% earns 0.250.")
    else:
        note("Nothing to take apart until a question with a forecast on it is resolved.")
