"""The examples, loaded into an empty record by a click."""

import streamlit as st

from dashboard import formats
from dashboard.context import perform
from dashboard.presses import presses
from dashboard.widgets.act_button import act_button
from forecasts.exchange.seeds import read_article, read_seeds
from forecasts.services.examples import load_examples

FORM = "examples"


def examples_button() -> None:
    """Load the articles and questions that come with the desk."""
    if not act_button("Load the examples", FORM):
        return
    with st.spinner("Reading five articles", show_time=True):
        seeds = read_seeds()
        # Before the record is locked for the act: reading takes seconds.
        found = {article.file: read_article(article) for article in seeds.articles}
        receipt = perform(
            FORM, load_examples, seeds=seeds, read=lambda article: found[article.file]
        )
    if receipt is not None:
        articles = formats.count(len(seeds.articles), "article")
        questions = formats.count(len(seeds.questions), "question")
        presses().notice = f"Loaded: {articles}, {questions}."
        st.rerun()
