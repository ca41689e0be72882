"""The questions as a list, for a screen too narrow for a table of them."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats
from dashboard.widgets.dates import closing, here
from dashboard.widgets.nav import open_question
from dashboard.widgets.rows import question_row
from dashboard.widgets.safe import Html, fill, joined
from forecasts.results.questions import QuestionRow

_UNSETTLED = {"open": "Open, closes", "upcoming": "Upcoming, closes", "closed": "Closed"}

# A link would begin a new visit, without what was chosen in this one; a new tab may.
_OPEN = """
export default function (component) {
  document.removeEventListener("click", window.fdOpen);
  window.fdOpen = (event) => {
    const link = event.target.closest(".fd-list a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    component.setTriggerValue("open", new URL(link.href).searchParams.get("id"));
  };
  document.addEventListener("click", window.fdOpen);
  return () => document.removeEventListener("click", window.fdOpen);
}
"""


def question_links(rows: Sequence[QuestionRow]) -> None:
    """Each question in full with its state and its track; a click on it opens it."""
    st.html(fill('<div class="fd-list">{items}</div>', items=joined([_item(row) for row in rows])))
    with st.container(key="fd-flip-open"):
        opens = st.components.v2.component("fd_open", js=_OPEN)
        chosen = opens(key="open", height=1, on_open_change=lambda: None)["open"]
    if chosen in {str(row.id) for row in rows}:
        open_question(int(chosen))


def _item(row: QuestionRow) -> Html:
    return fill(
        '<a href="question?id={id}">{row}</a>', id=row.id, row=question_row(row, _state(row))
    )


def _state(row: QuestionRow) -> Html:
    if row.status in _UNSETTLED:
        day = closing(here(row.closes_at))
        return fill("{state} {day}", state=_UNSETTLED[row.status], day=day)
    outcome = "" if row.outcome is None else formats.outcome(row.outcome, row.kind)
    state = formats.sentence_start(row.status)
    return fill("{state} <bdi>{outcome}</bdi>", state=state, outcome=outcome)
