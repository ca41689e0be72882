"""The filterable table of questions."""

from collections.abc import Sequence
from typing import TypedDict

import streamlit as st

from dashboard import formats
from dashboard.widgets.nav import open_question
from dashboard.widgets.parts import note
from dashboard.widgets.safe import visible
from forecasts.results import FacetValues, QuestionRow, Status

STATUSES: tuple[Status, ...] = ("open", "upcoming", "closed", "resolved", "annulled")


class Filters(TypedDict):
    """What the list of questions is narrowed to; None where everything is wanted."""

    status: Status | None
    tag: str | None
    publisher: str | None
    text: str | None
    mine: bool


def question_filters(choices: FacetValues) -> Filters:
    """Fields to narrow the list; the choice survives a visit to another page."""
    words, state, tag, publisher = st.columns([2, 1, 1, 1.4])
    with words:
        text = st.text_input("Words in the question", key="questions words", live=True)
    with state:
        status = st.selectbox(
            "State", STATUSES, index=None, key="questions state", placeholder="All"
        )
    with tag:
        tagged = st.selectbox(
            "Tag",
            choices.tags,
            index=None,
            format_func=visible,
            key="questions tag",
            placeholder="All",
        )
    with publisher:
        published = st.selectbox(
            "Publisher",
            choices.publishers,
            index=None,
            format_func=visible,
            key="questions publisher",
            placeholder="All",
        )
    mine = st.checkbox("Only those with a forecast of mine", key="questions mine")
    return Filters(
        status=status, tag=tagged, publisher=published, text=text or None, mine=bool(mine)
    )


def question_table(rows: Sequence[QuestionRow]) -> None:
    """One line a question; a click on any cell opens it. Cells show text as it is."""
    chosen = st.dataframe(
        question_columns(rows),
        hide_index=True,
        key="questions table",
        on_select="rerun",
        selection_mode="single-cell",
        row_height=38,
        placeholder=formats.DASH,
        height=min(38 * (len(rows) + 1) + 3, 720),
        column_config={
            "Question": st.column_config.TextColumn(width=400),
            "You": st.column_config.NumberColumn(format="%.0f %%"),
            "Crowd": st.column_config.NumberColumn(format="%.0f %%"),
            "Source": st.column_config.NumberColumn(format="%.0f %%"),
            "Closes": st.column_config.DateColumn(format="D MMM YYYY"),
        },
        alt="Questions with their state, close and forecasts",
    )
    note(f"{formats.count(len(rows), 'question')} shown. Click one to open it.")
    cells = chosen.selection.cells
    if cells:
        open_question(rows[cells[0][0]].id)


def question_columns(rows: Sequence[QuestionRow]) -> dict[str, list[object]]:
    """The table's columns: probabilities in per cent, missing ones empty."""
    return {
        "Question": [visible(row.title) for row in rows],
        "State": [_state(row) for row in rows],
        "Closes": [formats.last_day(row.closes_at).date() for row in rows],
        "You": [_per_cent(row.mine) for row in rows],
        "Crowd": [_per_cent(row.crowd if row.crowd_size > 1 else None) for row in rows],
        "Source": [_per_cent(row.source) for row in rows],
        "Publisher": [visible(row.publisher or "") for row in rows],
        "Tags": [visible(", ".join(row.tags)) for row in rows],
    }


def _state(row: QuestionRow) -> str:
    return f"{row.status}: {visible(row.outcome)}" if row.outcome else row.status


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share
