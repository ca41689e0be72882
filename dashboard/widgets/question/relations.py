"""How a question hangs together with others: what is stated, stating more, taking it back."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.context import database, form_key, may, perform, refusing
from dashboard.widgets.act_button import act_button
from dashboard.widgets.allowed import allowed
from dashboard.widgets.nav import ask_on, open_question
from dashboard.widgets.parts import note
from dashboard.widgets.question_choice import outcome_choice, question_choice
from dashboard.widgets.safe import fill
from forecasts.errors import InvalidInput
from forecasts.results.coherence import RelationKind, RelationView
from forecasts.results.question import QuestionView
from forecasts.results.scenarios import Linkable
from forecasts.services.relations import relate_questions, unrelate_questions
from forecasts.views.linkable import with_outcomes
from forecasts.views.related import related
from forecasts.views.relations import named_outcome, relation_sentence

End = tuple[int, str, str]
"""A question's id, its title, and the outcome that is meant."""

_NARROW, _WIDE, _ONE, _OUTRIGHT = "narrow", "wide", "one", "outright"
KINDS: Mapping[str, RelationKind] = {
    _NARROW: "implies",
    _WIDE: "implies",
    _ONE: "complement",
    _OUTRIGHT: "same_event",
}
WAYS: Mapping[str, str] = {
    _NARROW: "If this one happens, the other happens too",
    _WIDE: "If the other happens, this one happens too",
    _ONE: "Exactly one of the two happens: never both, never neither",
    _OUTRIGHT: "The other asks outright what this one asks on its condition",
}


def relations_part(view: QuestionView) -> None:
    """What the question hangs on, the relations in force, and forms to state and to end them."""
    with database() as session:
        stated = related(session, view.row.id)
    note(
        "Forecasts on linked questions are held against each other: where yours cannot all be "
        "right, Today says so. Nothing is changed for you."
    )
    if not stated:
        note("No relation to another question is stated.")
    for number, one in enumerate(stated):
        _stated(view.row.id, number, one)
    if view.options and allowed("relate", "Relating questions"):
        with st.expander("Relate it to another question"):
            relate_form(view)
    if view.options and may("question") and st.button("Ask a question on condition of this one"):
        ask_on(view.row.id)


def _stated(question_id: int, number: int, one: RelationView) -> None:
    st.html(
        fill(
            '<p class="q"><bdi>{sentence}</bdi></p><p class="fd-sub"><bdi>{note}</bdi></p>',
            sentence=one.sentence,
            note=one.note,
        )
    )
    other = one.second_id if one.first_id == question_id else one.first_id
    with st.container(horizontal=True, gap="small"):
        if st.button("Open the other question", key=f"other {number} {other}", type="tertiary"):
            open_question(other)
        if may("unrelate"):
            with st.popover("End this relation", type="tertiary"):
                _end(one)


def _end(one: RelationView) -> None:
    """Take the relation back; that it was stated stays in the record."""
    form = f"unrelate {one.kind} {one.first_id} {one.first_outcome} {one.second_id}"
    form += f" {one.second_outcome}"
    key = form_key(form)
    note("It no longer holds; that it was stated stays in the record.")
    why = st.text_input("Why (optional)", key=f"why {key}")
    if act_button("End it", form) and perform(
        form,
        unrelate_questions,
        kind=one.kind,
        first_id=one.first_id,
        second_id=one.second_id,
        first_outcome=one.first_outcome,
        second_outcome=one.second_outcome,
        note=why or "",
    ):
        st.rerun()


def relate_form(view: QuestionView) -> None:
    """Find the other question, say how the two hang together, and read it back before saving."""
    form = f"relate {view.row.id}"
    key = form_key(form)
    other = question_choice(
        "The other question",
        key,
        lambda session, text, keep: with_outcomes(
            session, but=(view.row.id,), text=text, keep=keep
        ),
    )
    ways = [way for way in WAYS if way != _OUTRIGHT or view.parent_id is not None]
    way = st.radio(
        "How they hang together", ways, index=None, format_func=WAYS.get, key=f"way {key}"
    )
    if other is None or way is None:
        return
    ends = _ends(view, other, way, key)
    why = st.text_input("Why they hang together (optional)", key=f"why {key}")
    if act_button("Relate them", form, type="primary"):
        with refusing():
            if not ends:
                raise InvalidInput("outcome", "", "say which outcome is meant")
            (first, _, first_outcome), (second, _, second_outcome) = ends
            if perform(
                form,
                relate_questions,
                kind=KINDS[way],
                first_id=first,
                second_id=second,
                first_outcome=first_outcome,
                second_outcome=second_outcome,
                note=why or "",
            ):
                st.rerun()


def _ends(view: QuestionView, other: Linkable, way: str, key: str) -> Sequence[End]:
    """Both outcomes, the narrower or conditional one first, read back; none until both are said."""
    left, right = st.columns(2)
    with left:
        mine = outcome_choice("This one happens if it comes out", view.options, f"this {key}")
    with right:
        theirs = outcome_choice(
            "The other happens if it comes out",
            other.outcomes,
            f"that {key} {other.question_id}",
        )
    if mine is None or theirs is None:
        return ()
    ends = [(view.row.id, view.row.title, mine), (other.question_id, other.title, theirs)]
    if way == _WIDE:
        ends.reverse()
    supposed = named_outcome(view.parent_title or "", view.parent_outcome or "")
    st.html(
        fill(
            '<p class="q"><bdi>{sentence}</bdi></p><p class="fd-sub"><bdi>{means}</bdi></p>',
            sentence=relation_sentence(KINDS[way], _words(ends[0]), _words(ends[1]), supposed),
            means=_means(way, ends),
        )
    )
    return ends


def _words(end: End) -> str:
    return named_outcome(end[1], end[2])


def _means(way: str, ends: Sequence[End]) -> str:
    """What that asks of the probabilities."""
    first, second = map(_words, ends)
    if KINDS[way] == "implies":
        return f"So {second} must be at least as probable as {first}."
    if KINDS[way] == "complement":
        return "So their two probabilities must add up to 100\u00a0%."
    return (
        f"So the probability of {second} must fit those of the condition and of {first} "
        "by the law of total probability."
    )
