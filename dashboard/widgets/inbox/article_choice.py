"""Choosing an article of the inbox. The choice stands in the address."""

from collections.abc import Sequence

import streamlit as st

from dashboard.widgets.nav import check_asked
from dashboard.widgets.safe import visible
from forecasts.results.articles import ArticleHead, InboxItem

OFFERED = 50
"""Articles in the list to choose from; where there are more, words find one."""


def choose_article(items: Sequence[InboxItem], asked: int | None) -> int:
    """The article to show: the one asked for, else the first that has something waiting.

    Of many articles a few are offered: those that have the words typed above.
    """
    waiting = next((item.head.id for item in items if item.waiting), items[0].head.id)
    chosen = asked if asked is not None else waiting
    left, right = st.columns([0.75, 0.25], vertical_alignment="bottom")
    with left:
        words = ""
        if len(items) > OFFERED:
            words = st.text_input(f"Words in one of {len(items):,} articles", key="article words")
        found = offered(items, words or "", keep=chosen)
        by_id = {item.head.id: item for item in found}
        picked = st.selectbox(
            "Article",
            list(by_id),
            index=list(by_id).index(chosen) if chosen in by_id else None,
            format_func=lambda key: _title(by_id[key]),
            key=f"article {chosen}",
        )
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Add article"):
            st.query_params["add"] = "1"
            st.rerun()
    if picked is not None and picked != chosen:
        st.query_params.from_dict({"article": str(picked)})
        st.rerun()
    check_asked("article")
    return chosen


def offered(items: Sequence[InboxItem], words: str, *, keep: int) -> list[InboxItem]:
    """Articles with each word in title, author or publisher; of many, those that wait first.

    At most ``OFFERED``, for the list is sent on every run; ``keep`` is among them.
    """
    if len(items) <= OFFERED:
        return list(items)
    wanted = words.casefold().split()
    kept = [item for item in items if item.head.id == keep]
    fit = [item for item in items if item.head.id != keep and _has(item.head, wanted)]
    fit.sort(key=lambda item: item.waiting == 0)
    return [*kept, *fit][:OFFERED]


def _has(head: ArticleHead, words: Sequence[str]) -> bool:
    told = f"{head.title}\n{head.author or ''}\n{head.publisher or ''}".casefold()
    return all(word in told for word in words)


def _title(item: InboxItem) -> str:
    return f"{visible(item.head.title)} ({item.waiting} of {item.total} waiting)"
