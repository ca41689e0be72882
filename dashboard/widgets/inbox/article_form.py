"""Bringing an article: as text, as a file or from the web; then its author and date."""

import streamlit as st

from dashboard.context import form_key, perform, refusing
from dashboard.widgets.act_button import act_submit
from dashboard.widgets.allowed import allowed
from dashboard.widgets.dates import partial_date, partial_date_inputs
from dashboard.widgets.nav import INBOX
from dashboard.widgets.parts import note
from forecasts.children import read_file
from forecasts.errors import InvalidInput
from forecasts.fetching import fetch
from forecasts.reading.documents.document import Document
from forecasts.reading.statements import read_statements
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article

FILES = ["txt", "md", "html", "htm", "pdf"]
WAYS = ("Paste", "File", "Web address")


def article_form() -> None:
    """First the text, then what is known about it. Nothing is stored before the second step."""
    if not allowed("article", "Adding an article"):
        return
    form = "article"
    key = form_key(form)
    with refusing():
        found = _bring(key)
        if found is not None:
            st.session_state[f"document {key}"] = found
    stored: tuple[Document, str] | None = st.session_state.get(f"document {key}")
    if stored is not None:
        _describe(form, *stored)


def _bring(key: str) -> tuple[Document, str] | None:
    """The document and the address it came from, once there is one."""
    way = st.segmented_control(
        "Where the article is", WAYS, default="Paste", required=True, key=f"way {key}"
    )
    if way == "File":
        file = st.file_uploader("Text, Markdown, HTML or PDF file", type=FILES, key=f"file {key}")
        if st.button("Read the file", key=f"read file {key}") and file is not None:
            with st.spinner("Reading the file"):
                return read_file(file.getvalue(), name=file.name), ""
    elif way == "Web address":
        url = st.text_input("Web address of the article", key=f"from {key}")
        if st.button("Fetch the page", key=f"fetch {key}"):
            with st.spinner("Fetching the page"):
                page = fetch((url or "").strip())
                return read_file(page.content, name=page.url), page.url
    else:
        text = st.text_area("Text of the article", key=f"text {key}", height=260)
        if st.button("Read the text", key=f"read text {key}"):
            if not (text or "").strip():
                raise InvalidInput("article", "", "paste its text first")
            with st.spinner("Reading the text"):
                return read_file((text or "").encode(), name="pasted.txt"), ""
    return None


def _describe(form: str, document: Document, url: str) -> None:
    """What is known about the article; filled only with what the document itself states."""
    key = form_key(form)
    note(f"{len(document.text):,} characters read. What the article does not say stays empty.")
    # A document read anew must fill the fields anew, so its text is part of their keys.
    fields = f"{key} {hash(document.text)}"
    with st.form(f"form {fields}", border=False):
        title = st.text_input("Title", value=document.title or "", key=f"title {fields}")
        author, publisher = _names(document, fields)
        address = st.text_input("Web address (optional)", value=url, key=f"url {fields}")
        stated = _stated_date(document)
        day, precision, origin = partial_date_inputs("Published", fields, found=stated)
        submitted = act_submit("Add the article", form, type="primary")
    if submitted:
        with refusing():
            published = partial_date(day, precision, origin)
            with st.spinner("Looking for statements about the future"):
                said = published.exact if published else None
                candidates = read_statements(document.text, published=said)
            receipt = perform(
                form,
                add_article,
                text=document.text,
                title=title or "",
                publisher=publisher,
                author=author,
                url=address or None,
                published=published,
                candidates=candidates,
            )
            if receipt:
                st.session_state.pop(f"document {key}", None)
                st.switch_page(INBOX, query_params={"article": str(receipt.id)})


def _names(document: Document, key: str) -> tuple[str | None, str | None]:
    """Author and publisher; None where nothing is entered."""
    left, right = st.columns(2)
    with left:
        author = st.text_input(
            "Author (if named)", value=document.author or "", key=f"author {key}"
        )
    with right:
        publisher = st.text_input(
            "Publisher (if named)", value=document.publisher or "", key=f"publisher {key}"
        )
    return author or None, publisher or None


def _stated_date(document: Document) -> PartialDate | None:
    if document.published is None:
        return None
    return PartialDate(document.published, document.precision or "day")
