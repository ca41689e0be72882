"""Everything that stands below a question's chart and form, in tabs."""

import streamlit as st

from dashboard.widgets.question.daily import daily_part
from dashboard.widgets.question.notes import clarifications_part, comments_part, evidence_part
from dashboard.widgets.question.record import record_part
from dashboard.widgets.question.relations import relations_part
from forecasts.results.question import QuestionView

NAMES = ("Record", "Score by day", "Evidence", "Comments", "Clarifications", "Relations")


@st.fragment
def question_tabs(view: QuestionView, *, entries: int, hidden: bool) -> None:
    """Record, daily scores, notes and relations.

    ``entries`` is how many forecasts the record has, ``hidden`` whether others' are left out.
    """
    record, days, evidence, comments, criteria, relations = st.tabs(
        NAMES, key="question tabs", on_change="rerun"
    )
    with record:
        record_part(view, hidden=entries - len(view.record))
    if days.open:  # no chart is drawn where nobody sees it
        with days:
            daily_part(view)
    with evidence:
        evidence_part(view)
    with comments:
        comments_part(view, hidden=hidden)
    with criteria:
        clarifications_part(view)
    with relations:
        relations_part(view)
