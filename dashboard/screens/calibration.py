"""Do events called 70 % happen 70 % of the time?"""

import streamlit as st

from dashboard.charts.calibration_finding import ENOUGH, verdict, verdict_sentence
from dashboard.context import database, my_id
from dashboard.widgets.calibration.confidence import confidence_part
from dashboard.widgets.calibration.filters import calibration_filters
from dashboard.widgets.calibration.parts import (
    calibration_of,
    discrimination_part,
    error_part,
    reliability_part,
)
from dashboard.widgets.calibration.words import words_panel
from dashboard.widgets.parts import note, page_head
from dashboard.widgets.report_button import reports
from forecasts import clock
from forecasts.views.questions import facets

with database() as session:
    choices = facets(session)

top = st.container()
asked = calibration_filters(choices, my_id(), clock.now())
view = calibration_of(asked)
with top:
    page_head(verdict(view), verdict_sentence(view))
    chosen = asked.choice
    span = chosen.closed_from, chosen.closed_before
    reports(choices, view.settings, who=chosen.forecaster_id, span=span)
    if not asked.has_mine:
        note(f"You have no forecast of your own yet: this is {asked.whose}.")

left, right = st.columns([0.55, 0.45], gap="large")
with left:
    reliability_part(view, asked)
    if view.questions >= ENOUGH:
        confidence_part(view, asked)
with right:
    words_panel(asked)
    error_part(view)
discrimination_part(asked)
