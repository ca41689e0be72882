"""The condition of a statement as a question of its own: one that exists, or a new one."""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.context import database
from dashboard.widgets.dates import FIRST, LAST
from dashboard.widgets.draft_form import Typed, draft_of
from dashboard.widgets.safe import visible
from forecasts.reading.drafting.draft import Draft
from forecasts.services.questions import QuestionDraft
from forecasts.views.inbox import similar_questions

_NEW, _OTHER, _NONE = "new", "other", "none"
_WAYS = {
    _NEW: "a new question, asked alongside",
    _OTHER: "another question, by its number",
    _NONE: "nothing: it is asked in any case",
}
_KINDS = ("binary", "multiple_choice", "ordered")


@dataclass(frozen=True, slots=True)
class Hanging:
    """What a question hangs on, as it was typed. With ``typed`` the parent is asked alongside."""

    outcome: str | None = None
    parent_id: int | None = None
    typed: Typed | None = None

    def apply(self, draft: QuestionDraft) -> tuple[QuestionDraft, QuestionDraft | None]:
        """The draft with its condition, and the parent's draft if that is asked alongside."""
        hung = replace(draft, parent_id=self.parent_id, parent_outcome=self.outcome)
        return hung, None if self.typed is None else draft_of(self.typed)


def parent_choice(draft: Draft, key: str) -> str | int:
    """What settles the condition. It stands outside the form, which depends on the answer."""
    if draft.parent is None:
        return _NONE
    with database() as session:
        near = similar_questions(session, draft.parent.title, threshold=0.3, most=6)
    titles = {one.id: f"question {one.id}: {visible(one.title)}" for one in near}
    options: list[str | int] = [
        _NEW,
        *(one.id for one in near if one.kind in _KINDS),
        _OTHER,
        _NONE,
    ]
    return st.selectbox(
        "The condition is settled by",
        options,
        format_func=lambda way: titles[way] if isinstance(way, int) else _WAYS[way],
        key=f"parent {key}",
    )


def asked_in_any_case(draft: Draft, way: str | int) -> bool:
    """Whether the condition is to be left out of the draft."""
    return draft.parent is not None and way == _NONE


def hanging_inputs(draft: Draft, way: str | int, key: str) -> Hanging:
    """Fields for what the chosen way leaves open. What is no number is no question: 0."""
    if draft.parent is None or way == _NONE:
        return Hanging()
    outcome = st.text_input(
        "It counts if that is answered",
        value=draft.parent_outcome or "",
        key=f"outcome {key}",
        help="Yes or no, or an option of the other question. Otherwise it is annulled.",
    )
    if isinstance(way, int):
        return Hanging(outcome, way)
    if way == _OTHER:
        number = st.text_input("Number of the question", key=f"number {key}").strip()
        valid = number.isascii() and number.isdigit() and len(number) < 10
        return Hanging(outcome, int(number) if valid else 0)
    return Hanging(outcome, typed=_new_parent(draft.parent, key))


def _new_parent(parent: Draft, key: str) -> Typed:
    title = st.text_area(
        "Question of the condition", value=parent.title, key=f"parent title {key}", height=70
    )
    closes = st.date_input(
        "The condition is settled by the end of (UTC)",
        value=parent.closes_on,
        min_value=FIRST,
        max_value=LAST,
        key=f"parent closes {key}",
        format="YYYY-MM-DD",
    )
    criteria = st.text_area(
        "Criteria of the condition",
        value=parent.criteria,
        key=f"parent criteria {key}",
        height=150,
    )
    return Typed(
        title=title or "",
        closes=closes,
        criteria=criteria or "",
        background=parent.background,
        source="",
        tags="",
    )
