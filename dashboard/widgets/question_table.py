"""The table of questions, a page at a time, with a file of everything it shows."""

import zlib
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import formats
from dashboard.context import database
from dashboard.widgets.bulk import bulk_acts, bulk_round
from dashboard.widgets.crowd import hides_crowd, row_as_wished
from dashboard.widgets.dates import here
from dashboard.widgets.nav import open_question
from dashboard.widgets.question_list import question_links
from dashboard.widgets.safe import fill, visible
from forecasts import clock
from forecasts.exchange.listed import questions_csv
from forecasts.results.questions import QuestionRow
from forecasts.views.questions import sparks

PAGE, MOST = 50, 5
"""Questions on a page, and pages that are named."""

ROW = 62
"""Pixels of a row: from there on Streamlit breaks a question into lines."""

FOOT = (
    '<p class="fd-note">{number}. Click one to open it<span class="wide">; tick several to '
    "confirm or tag them at once</span>. The crowd is the median of two people or more"
    '<span class="wide">; the line is everyone’s median over 13\u00a0weeks</span>.</p>'
)
Sparks = Mapping[int, tuple[float | None, ...]]


def question_pages(rows: Sequence[QuestionRow]) -> None:
    """A page of the questions, its acts above it, and the way to the other pages below."""
    pages = -(-len(rows) // PAGE)
    acts = st.container(key="fd-wide-acts")
    table, narrow = st.container(key="fd-wide"), st.container(key="fd-narrow")
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
    with narrow:
        question_links(shown)
    with acts:
        bulk_acts(chosen)
    st.html(fill(FOOT, number=formats.count(len(rows), "question")))


def question_table(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """One line a question; a click on any cell opens it. Returns those that are ticked."""
    seen = [row.id for row in rows if not hides_crowd(row)]
    with database() as session:
        lines = sparks(session, seen, now=clock.now())
    # Ticks are places in the table: with other questions in it, they would mean other questions.
    known = zlib.crc32(repr([row.id for row in rows]).encode())
    chosen = st.dataframe(
        question_columns(rows, lines),
        hide_index=True,
        key=f"questions {known} {bulk_round()}",
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"],
        row_height=ROW,
        placeholder=formats.DASH,
        height=min(ROW * len(rows) + 42, 760),
        column_config={
            "Question": st.column_config.TextColumn(width=350),
            "You": st.column_config.NumberColumn(format="%.0f %%"),
            "Crowd": st.column_config.NumberColumn(format="%.0f %%"),
            "You, 7 d": st.column_config.NumberColumn(format="%+.0f"),
            "Crowd, 7 d": st.column_config.NumberColumn(format="%+.0f"),
            "13 weeks": st.column_config.LineChartColumn(y_min=0, y_max=100, width=110),
            "Source": st.column_config.NumberColumn(format="%.0f %%"),
            "Closes": st.column_config.DateColumn(format="D MMM YYYY"),
            "Publisher": st.column_config.TextColumn(width=110),
        },
        alt="Questions with their forecasts, changes, state and close",
    )
    cells = chosen.selection.cells
    if cells:
        open_question(rows[cells[0][0]].id)
    return [rows[place] for place in chosen.selection.rows]


def question_columns(
    rows: Sequence[QuestionRow], lines: Sparks | None = None
) -> dict[str, list[object]]:
    """The table's columns: probabilities in per cent, changes in points, missing ones empty."""
    known = lines or {}
    return {
        "Question": [visible(row.title) for row in rows],
        "You": [_per_cent(row.mine) for row in rows],
        "You, 7 d": [_per_cent(row.change_7d) for row in rows],
        "Crowd": [_per_cent(row.crowd if row.crowd_size > 1 else None) for row in rows],
        "Crowd, 7 d": [_per_cent(row.crowd_change_7d) for row in rows],
        "13 weeks": [_line(known.get(row.id, ())) for row in rows],
        "Source": [_per_cent(row.source) for row in rows],
        "Closes": [formats.last_day(here(row.closes_at)).date() for row in rows],
        "State": [_state(row) for row in rows],
        "Publisher": [visible(row.publisher or "") for row in rows],
        "Tags": [visible(", ".join(row.tags)) for row in rows],
    }


def _state(row: QuestionRow) -> str:
    return f"{row.status}: {visible(row.outcome)}" if row.outcome else row.status


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _line(values: Sequence[float | None]) -> list[float] | None:
    """The weeks in which somebody stood; a line needs two."""
    known = [100 * value for value in values if value is not None]
    return known if len(known) > 1 else None
