"""Marking a statement that the reader missed, by quoting it."""

import streamlit as st

from dashboard.context import form_key, perform, refusing
from dashboard.widgets.act_button import act_submit
from dashboard.widgets.scale import chosen_scale
from forecasts.errors import InvalidInput
from forecasts.reading.candidate import Candidate
from forecasts.reading.marking import Pointed, Polarity, candidate_at
from forecasts.reading.scales import RECOMMENDED, entries
from forecasts.results.articles import ArticleView
from forecasts.services.articles import mark_statement

_SAYS: dict[str, Polarity | None] = {
    "as the words say": None,
    "it will happen": "affirm",
    "it will not happen": "negative",
}


def mark_form(view: ArticleView) -> None:
    """The quotation, and what the words in it leave open."""
    form = f"mark {view.head.id}"
    key = form_key(form)
    with st.popover("Mark a statement"), st.form(f"form {key}", border=False):
        quote = st.text_area(
            "Words of the article, exactly as they stand", key=f"quote {key}", height=90
        )
        hedge = st.text_input("Of these, the words that say how likely", key=f"hedge {key}")
        phrase = st.selectbox(
            "They stand for (if no scale lists them)",
            sorted(entries(RECOMMENDED)),
            index=None,
            key=f"phrase {key}",
        )
        says = st.selectbox("They say that", list(_SAYS), key=f"says {key}")
        speaker = st.text_input("Who says so, if not the author", key=f"speaker {key}")
        submitted = act_submit("Mark it", form)
    if submitted:
        pointed = Pointed(
            quote=quote or "",
            hedge=hedge or "",
            phrase=phrase or "",
            polarity=_SAYS[says or "as the words say"],
            speaker=speaker or "",
        )
        with refusing():
            receipt = perform(
                form, mark_statement, article_id=view.head.id, candidate=_found(view, pointed)
            )
            if receipt:
                st.query_params["statement"] = str(receipt.id)
                st.rerun()


def _found(view: ArticleView, pointed: Pointed) -> Candidate:
    published = view.head.published.exact if view.head.published else None
    scale = chosen_scale() or RECOMMENDED
    try:
        return candidate_at(view.text, pointed, published=published, scale=scale)
    except ValueError as error:
        raise InvalidInput("quote", pointed.quote, str(error)) from None
