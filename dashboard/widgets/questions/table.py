"""The table of questions, a page at a time, with a file of everything it shows."""

import zlib
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import formats
from dashboard.context import database
from dashboard.widgets.crowd import hides_crowd, row_as_wished
from dashboard.widgets.forecasting.my_words import words_of_mine
from dashboard.widgets.nav import open_question
from dashboard.widgets.questions.bulk import bulk_acts, bulk_round
from dashboard.widgets.questions.lines import question_lines
from dashboard.widgets.questions.orders import choose_after_click
from dashboard.widgets.safe import fill
from forecasts import clock
from forecasts.exchange.listed import questions_csv
from forecasts.results.questions import QuestionRow
from forecasts.views.questions import sparks

PAGE, MOST = 25, 5
"""Questions on a page, and pages that are named."""

FOOT = (
    '<p class="fd-note">{number}. Click one to open it'
    '<span class="wide">, and a column’s head to sort by it</span>; tick several to confirm or '
    "tag them at once. The crowd is the median of two people or more"
    '<span class="wide">; the bars are everyone’s median, 0 to 100\u00a0%, week by week over '
    "13\u00a0weeks</span>.</p>"
)

# A link would begin a new visit, without what was chosen in this one; a new tab may. Ticks are
# kept here: the server hears of them, and a table that is drawn anew meanwhile gets them back.
_SCRIPT = """
export default function (component) {
  const { data, setStateValue, setTriggerValue } = component;
  const before = window.fdQuestions;
  if (before) before.end();
  const same = before && before.round === data.round;
  const ticked = same ? before.ticked : new Set();
  const boxes = () => [...document.querySelectorAll(".fd-questions input[value]")];
  const all = () => document.querySelector(".fd-questions input:not([value])");
  const show = () => {
    for (const box of boxes()) box.checked = ticked.has(box.value);
    if (all()) all().checked = ticked.size > 0 && ticked.size === boxes().length;
  };
  const change = (event) => {
    if (!event.target.closest?.(".fd-questions") || event.target.type !== "checkbox") return;
    const changed = event.target.value === "on" ? boxes() : [event.target];
    for (const box of changed) ticked[event.target.checked ? "add" : "delete"](box.value);
    show();
    setStateValue("ticked", [...ticked].join(" "));
  };
  const click = (event) => {
    const head = event.target.closest?.(".fd-questions [data-sort]");
    if (head) setTriggerValue("sort", head.dataset.sort);
    const row = event.target.closest?.(".fd-questions tr[data-id]");
    if (!row || event.target.closest("label")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || `${getSelection()}`) return;
    event.preventDefault();
    setTriggerValue("open", row.dataset.id);
  };
  const drawn = new MutationObserver(show);
  drawn.observe(document.querySelector(".stMain") || document.body,
    { childList: true, subtree: true });
  document.addEventListener("change", change);
  document.addEventListener("click", click);
  const end = () => {
    drawn.disconnect();
    document.removeEventListener("change", change);
    document.removeEventListener("click", click);
  };
  window.fdQuestions = { round: data.round, ticked, end };
  show();
  return end;
}
"""
Sparks = Mapping[int, tuple[float | None, ...]]


@st.fragment
def question_pages(rows: Sequence[QuestionRow]) -> None:
    """A page of the questions, its acts above it, and the way to the other pages below.

    It runs without the filters, and without the list being put together again.
    """
    pages = -(-len(rows) // PAGE)
    acts = st.container(key="fd-acts")
    table = st.container()
    below = st.container(horizontal=True, vertical_alignment="center")
    page = 1
    with below:
        if pages > 1:
            page = st.pagination(
                pages,
                max_visible_pages=MOST,
                key="sheet",
                bind="query-params",
                width=90 + 40 * min(pages, MOST),  # its own width shows the present page only
            )
        st.download_button(
            "Export as CSV",
            lambda: questions_csv(map(row_as_wished, rows)),
            file_name="questions.csv",
            mime="text/csv",
            on_click="ignore",
            type="tertiary",
        )
    shown = [row_as_wished(row) for row in rows[(page - 1) * PAGE : page * PAGE]]
    with table:
        chosen = question_table(shown)
    with acts:
        bulk_acts(chosen)
    st.html(fill(FOOT, number=formats.count(len(rows), "question")))


def question_table(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """One line a question; a click on it opens it. Returns those that are ticked."""
    seen = [row.id for row in rows if not hides_crowd(row)]
    with database() as session:
        lines = sparks(session, seen, now=clock.now())
    st.html(question_lines(rows, lines, words_of_mine(rows)))
    # With other questions on the page, or after an act on them, nothing is ticked.
    known = f"{zlib.crc32(repr([row.id for row in rows]).encode())} {bulk_round()}"
    with st.container(key="fd-flip-questions"):
        listens = st.components.v2.component("fd_questions", js=_SCRIPT)
        heard = listens(
            key=f"questions {known}",
            height=1,
            data={"round": known},
            default={"ticked": ""},
            on_ticked_change=lambda: None,
            on_open_change=lambda: None,
            on_sort_change=lambda: None,
        )
    if heard["sort"]:
        choose_after_click(heard["sort"])
        st.rerun()  # the list is put together outside of this fragment
    by_id = {str(row.id): row for row in rows}
    if heard["open"] in by_id:
        open_question(by_id[heard["open"]].id)
    return [by_id[one] for one in (heard["ticked"] or "").split() if one in by_id]
