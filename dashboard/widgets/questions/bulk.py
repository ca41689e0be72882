"""Acts on several ticked questions at once: each is an entry of its own in the log."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import formats
from dashboard.context import form_key, may, perform, refusing
from dashboard.presses import presses
from dashboard.widgets.act_button import act_button
from dashboard.widgets.forecasting.confirm import confirm
from dashboard.widgets.parts import note, notice_part
from db.ledger import Receipt
from forecasts.results.questions import QuestionRow
from forecasts.services.inputs import check_line
from forecasts.services.questions import tag_question

_ROUND = "bulk round"


def bulk_round() -> int:
    """How many bulk acts this visit has done; what was ticked before is ticked no more."""
    done: int = st.session_state.get(_ROUND, 0)
    return done


def bulk_acts(rows: Sequence[QuestionRow]) -> None:
    """What may be done with the ticked questions at once, out of use without a tick.

    It stands there all the time: a table that moved with the first tick would be missed by the
    second.
    """
    mine = [row for row in rows if row.status == "open" and row.mine_at is not None]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        form = f"confirm ticked {bulk_round()}"
        if may("forecast") and act_button(
            f"Confirm {formats.count(len(mine), 'forecast')}",
            form,
            disabled=not mine,
            help="Says again what you say now, of the ticked questions that are open.",
        ):
            _all(form, "confirmed", mine, confirm)
        if may("tag"):
            _tagging(rows)
        ticked = (
            f"{formats.count(len(rows), 'question')} ticked." if rows else "No question ticked."
        )
        note(ticked)


def _tagging(rows: Sequence[QuestionRow]) -> None:
    none = not rows
    tag = st.text_input(
        "Tag",
        key=f"bulk tag {bulk_round()}",
        width=180,
        label_visibility="collapsed",
        placeholder="a tag",
        disabled=none,
    )
    tagging, untagging = f"tag ticked {bulk_round()}", f"untag ticked {bulk_round()}"
    adding = act_button("Add tag", tagging, disabled=none)
    removing = act_button("Take tag off", untagging, disabled=none)
    if not (adding or removing):
        return
    with refusing():
        name = check_line("tag", tag or "").lower()
        if adding:
            lacking = [row for row in rows if name not in row.tags]
            _all(tagging, "tagged", lacking, lambda row: _tag(row, add=(name,)))
        else:
            having = [row for row in rows if name in row.tags]
            _all(untagging, "untagged", having, lambda row: _tag(row, remove=(name,)))


def _tag(
    row: QuestionRow, *, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()
) -> Receipt | None:
    return perform(f"tag {row.id}", tag_question, question_id=row.id, add=add, remove=remove)


def _all(
    form: str, did: str, rows: Sequence[QuestionRow], act: Callable[[QuestionRow], Receipt | None]
) -> None:
    """Do it to each; what is refused says so and stays ticked beside the others."""
    # Another press may interrupt the run between two of them; the next run goes on from there.
    key, pressed = form_key(form), presses()
    done: set[int] = st.session_state.setdefault(f"done of {form}", set())
    for row in rows:
        if row.id not in done and act(row) is not None:
            done.add(row.id)
    whole = all(row.id in done for row in rows)
    pressed.tried(key)
    pressed.notice = f"{formats.count(len(done), 'question')} {did}."
    done.clear()
    if whole:
        st.session_state[_ROUND] = bulk_round() + 1
        st.rerun()
    notice_part()
