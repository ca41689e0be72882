"""Questions that ask nearly the same, and accepting a statement into one of them."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats
from dashboard.context import database, form_key, perform, refusing
from dashboard.widgets.act_button import act_submit
from dashboard.widgets.dates import closing, here
from dashboard.widgets.safe import fill, visible
from dashboard.widgets.scale import chosen_scale
from forecasts.errors import InvalidInput
from forecasts.results.articles import SimilarQuestion, StatementView
from forecasts.services.statements import merge_statement
from forecasts.views.linkable import with_outcomes

WORDS = "Words in another question"


def similar_part(near: Sequence[SimilarQuestion]) -> None:
    """The questions most like the draft, for the reader to compare."""
    for one in near:
        st.html(
            fill(
                '<p class="fd-sub">Similar question {id}, {share} alike, closes {day}</p>'
                '<p class="q"><bdi>{title}</bdi></p>',
                id=one.id,
                share=formats.percent(one.likeness),
                day=closing(here(one.closes_at)),
                title=one.title,
            )
        )


def merge_form(statement: StatementView, near: Sequence[SimilarQuestion]) -> bool:
    """Accept the statement into a question that exists: one of those near, or one found by words.

    True once that is done.
    """
    form = f"merge {statement.id}"
    key = form_key(form)
    words = (st.text_input(WORDS, key=f"merge words {key}") or "").strip()
    titles = _found(words) | {one.id: one.title for one in near if one.kind == "binary"}
    with st.form(f"form {key}", border=False):
        picked = st.selectbox(
            "Into an existing question",
            list(titles),
            index=0 if titles else None,
            format_func=lambda one: visible(titles[one]),
            key=f"into {key} {words}",
            placeholder="None is similar; write words of it above",
        )
        opposite = st.checkbox(
            "It asks whether this will not happen",
            key=f"opposite {key}",
            help="The source's probability is then turned round.",
        )
        submitted = act_submit("Merge into the question", form)
    if not submitted:
        return False
    with refusing():
        if picked is None:
            raise InvalidInput("question", words, "choose the one that asks the same")
        receipt = perform(
            form,
            merge_statement,
            statement_id=statement.id,
            question_id=picked,
            scale=chosen_scale(),
            opposite=opposite,
        )
        return receipt is not None
    return False


def _found(words: str) -> dict[int, str]:
    """Titles of the yes/no questions that have these words, by id; none without a word."""
    if not words:
        return {}
    with database() as session:
        found = with_outcomes(session, text=words)
    return {one.question_id: one.title for one in found if one.outcomes == ("yes", "no")}
