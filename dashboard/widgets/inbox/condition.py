"""The condition of a statement as a question of its own: one that exists, or a new one."""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.context import database
from dashboard.widgets.dates import FIRST, LAST
from dashboard.widgets.draft_form import Typed, draft_of
from dashboard.widgets.question_choice import outcome_choice, question_choice
from dashboard.widgets.safe import visible
from forecasts.errors import InvalidInput
from forecasts.reading.drafting.draft import Draft
from forecasts.results.scenarios import Linkable
from forecasts.services.questions import QuestionDraft
from forecasts.views.inbox import similar_questions
from forecasts.views.linkable import with_outcomes

_NEW, _OTHER, _NONE = "new", "other", "none"
_WAYS = {
    _NEW: "a new question, asked alongside",
    _OTHER: "another question",
    _NONE: "nothing: it is asked in any case",
}
_KINDS = ("binary", "multiple_choice", "ordered")


@dataclass(frozen=True, slots=True)
class Hanging:
    """What a question hangs on, as it was typed. With ``typed`` the parent is asked alongside."""

    outcome: str | None = None
    parent_id: int | None = None
    typed: Typed | None = None
    unsaid: bool = False  # another question was to settle it, and none was chosen

    def apply(self, draft: QuestionDraft) -> tuple[QuestionDraft, QuestionDraft | None]:
        """The draft with its condition, and the parent's draft if that is asked alongside.

        Raises
        ------
        InvalidInput
            The other question was not chosen, or something in the parent's draft is missing.
        """
        if self.unsaid:
            raise InvalidInput("condition", "", "choose the question that settles it")
        hung = replace(draft, parent_id=self.parent_id, parent_outcome=self.outcome)
        return hung, None if self.typed is None else draft_of(self.typed)


def parent_choice(draft: Draft, key: str) -> str | Linkable:
    """What settles the condition. It stands outside the form, which depends on the answer."""
    if draft.parent is None:
        return _NONE
    with database() as session:
        near = similar_questions(session, draft.parent.title, threshold=0.3, most=6)
    titles = {one.id: visible(one.title) for one in near}
    options: list[str | int] = [
        _NEW,
        *(one.id for one in near if one.kind in _KINDS),
        _OTHER,
        _NONE,
    ]
    way = st.selectbox(
        "The condition is settled by",
        options,
        format_func=lambda way: titles[way] if isinstance(way, int) else _WAYS[way],
        key=f"parent {key}",
    )
    if isinstance(way, int):
        with database() as session:
            return with_outcomes(session, keep=way, most=1)[0]
    if way != _OTHER:
        return way
    chosen = question_choice(
        "The question that settles it",
        f"parent of {key}",
        lambda session, text, keep: with_outcomes(session, text=text, keep=keep),
        words="Words in the question that settles it",
    )
    return chosen or way


def asked_in_any_case(draft: Draft, way: str | Linkable) -> bool:
    """Whether the condition is to be left out of the draft."""
    return draft.parent is not None and way == _NONE


def hanging_inputs(draft: Draft, way: str | Linkable, key: str) -> Hanging:
    """Fields for what the chosen way leaves open."""
    if draft.parent is None or way == _NONE:
        return Hanging()
    if way == _OTHER:
        return Hanging(unsaid=True)
    known = way if isinstance(way, Linkable) else None
    outcome = outcome_choice(
        "It counts if that comes out; otherwise it is annulled",
        ("yes", "no") if known is None else known.outcomes,
        f"outcome {key} {_NEW if known is None else known.question_id}",
        given=draft.parent_outcome,
    )
    if known is not None:
        return Hanging(outcome, known.question_id)
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
