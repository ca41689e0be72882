"""What asks for the reader, each item with its acts in place: confirm, update, resolve."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from dashboard import formats
from dashboard.charts.labels import shortened
from dashboard.context import database, may, me, refusing
from dashboard.widgets.crowd import row_as_wished
from dashboard.widgets.forecasting.binary_form import binary_form
from dashboard.widgets.forecasting.confirm import confirm_unchanged
from dashboard.widgets.forecasting.form import forecast_form
from dashboard.widgets.forecasting.my_words import words_of_mine
from dashboard.widgets.nav import INBOX, open_question
from dashboard.widgets.parts import more_button, note, part
from dashboard.widgets.question.settle import resolve_form
from dashboard.widgets.questions.rows import question_row
from dashboard.widgets.safe import fill, joined
from forecasts import clock
from forecasts.results.articles import InboxItem
from forecasts.results.questions import QuestionRow
from forecasts.results.today import DueItem
from forecasts.views.question import question

SHOWN = 6
"""Questions of a section that are shown at first, and how many more each time."""

Doing = Literal["update", "resolve"]


def section(title: str, items: Sequence[DueItem], *, due: bool = False) -> None:
    """Questions that ask for the same thing, with their acts. Nothing if there are none."""
    if items:
        _section(title, items, due=due)


@st.fragment
def _section(title: str, items: Sequence[DueItem], *, due: bool) -> None:
    """A section, and each item in it, runs without the rest of the page until an act is saved."""
    part(title, len(items), due=due)
    slot = f"shown {title}"
    shown: int = st.session_state.get(slot, SHOWN)
    mine = words_of_mine(item.row for item in items[:shown])
    for item in items[:shown]:
        _item(item, mine.get(item.row.id, ""), due=due)
    more_button(len(items) - shown, each=SHOWN, slot=slot, shown=shown)


@st.fragment
def _item(item: DueItem, mine: str, *, due: bool) -> None:
    row = row_as_wished(item.row)
    left, right = st.columns([0.7, 0.3], vertical_alignment="center", gap="medium")
    with left:
        st.html(question_row(row, item.why, mine))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        if due and may("resolve"):
            _toggle_button("resolve", "Resolve", row, primary=True)
        elif not due and may("forecast"):
            confirm_unchanged(row)
            _toggle_button("update", "Forecast" if row.mine_at is None else "Update", row)
        if st.button("Open", key=f"open {row.id}", type="tertiary"):
            open_question(row.id)
    doing = _doing(row)
    if doing is not None:
        with st.container(border=True):
            _form(row, doing)


def _form(row: QuestionRow, doing: Doing) -> None:
    if doing == "update" and row.kind == "binary":
        binary_form(row, confirm=False, wide=True)
        return
    view = None
    with refusing(), database() as session:
        view = question(session, row.id, me=me(), now=clock.now())
    if view is None:
        return
    if doing == "update":
        forecast_form(view)
    else:
        note(view.criteria)
        resolve_form(view)


def _toggle_button(doing: Doing, label: str, row: QuestionRow, *, primary: bool = False) -> None:
    opened = _doing(row) == doing
    st.button(
        "Not now" if opened else label,
        key=f"{doing} {row.id}",
        type="primary" if primary and not opened else "secondary",
        on_click=_toggle,
        args=(doing, row),
    )


def _toggle(doing: Doing, row: QuestionRow) -> None:
    """Open the form below the row, or close it. Others stay open, with what is typed into them."""
    closing = _doing(row) == doing
    st.session_state[_slot(row)] = None if closing else (doing, row.mine_at)


def _doing(row: QuestionRow) -> Doing | None:
    """What the reader is about to do with the row; over once another forecast stands."""
    for doing in ("update", "resolve"):
        if st.session_state.get(_slot(row)) == (doing, row.mine_at):
            return doing
    return None


def _slot(row: QuestionRow) -> str:
    return f"acting on {row.id}"


def waiting(items: Sequence[InboxItem]) -> None:
    """How many statements wait for a decision, and in which articles."""
    if not items:
        return
    statements = sum(item.waiting for item in items)
    part("Inbox", statements)
    wait = "statement waits" if statements == 1 else "statements wait"
    left, right = st.columns([0.7, 0.3], vertical_alignment="center", gap="medium")
    with left:
        articles = joined(
            [
                fill(
                    "<bdi>{name}</bdi>, {date} ({n})",
                    name=item.head.publisher or shortened(item.head.title, 60),
                    date=formats.partial_date(item.head.published),
                    n=item.waiting,
                )
                for item in items[:SHOWN]
            ],
            " · ",
        )
        st.html(
            fill(
                '<p class="q">{n} {wait} for a decision</p><p class="fd-sub">{articles}</p>',
                n=formats.sentence_start(formats.spelled(statements)),
                wait=wait,
                articles=articles,
            )
        )
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Work through them"):
            st.switch_page(INBOX)
