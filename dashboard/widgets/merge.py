"""Questions that ask nearly the same, and accepting a statement into one of them."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats
from dashboard.context import form_key, perform, refusing
from dashboard.widgets.dates import closing, here
from dashboard.widgets.safe import fill, visible
from dashboard.widgets.scale import chosen_scale
from forecasts.errors import InvalidInput
from forecasts.results.articles import SimilarQuestion, StatementView
from forecasts.services.statements import merge_statement

_OTHER = "another question, by its number"


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
    """Accept the statement into a question that exists, one of those near or another by its number.

    True once that is done.
    """
    form = f"merge {statement.id}"
    key = form_key(form)
    titles = {one.id: f"question {one.id}: {visible(one.title)}" for one in near}
    options = [one.id for one in near if one.kind == "binary"]
    with st.form(f"form {key}", border=False):
        picked = st.selectbox(
            "Into an existing question",
            [*options, None],
            format_func=lambda one: _OTHER if one is None else titles[one],
            key=f"into {key}",
        )
        number = st.text_input("Number, if another one", key=f"merge number {key}")
        opposite = st.checkbox(
            "It asks whether this will not happen",
            key=f"opposite {key}",
            help="The source's probability is then turned round.",
        )
        submitted = st.form_submit_button("Merge into the question")
    if not submitted:
        return False
    with refusing():
        receipt = perform(
            form,
            merge_statement,
            statement_id=statement.id,
            question_id=_number(number or "") if picked is None else picked,
            scale=chosen_scale(),
            opposite=opposite,
        )
        return receipt is not None
    return False


def _number(text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise InvalidInput("question", text, "write its number")
    return int(digits)
