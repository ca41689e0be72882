"""Choosing an article and moving through its statements. The choice stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import formats
from dashboard.widgets.safe import visible
from forecasts.results import ArticleView, InboxItem

# Next and Previous would otherwise mark a statement that is out of sight.
_SCROLL = """
export default function (component) {
  const wanted = component.data.statement;
  if (wanted === null || window.fdShown === wanted) return;
  const first = window.fdShown === undefined;
  window.fdShown = wanted;
  const timer = setTimeout(() => {
    const mark = document.querySelector(".fd-article mark.on");
    if (!mark) return;
    const place = mark.getBoundingClientRect();
    const seen = place.top >= 80 && place.bottom <= window.innerHeight;
    if (!seen && !first) mark.scrollIntoView({ block: "center", behavior: "smooth" });
  }, 150);
  return () => clearTimeout(timer);
}
"""


def scroll_to_mark(statement_id: int | None) -> None:
    """Bring the marked statement into sight when another one was chosen."""
    with st.container(key="fd-flip-scroll"):
        scroll = st.components.v2.component("fd_scroll", js=_SCROLL)
        scroll(key="scroll", height=1, data={"statement": statement_id})


@dataclass(frozen=True, slots=True)
class Place:
    """The statement being looked at, by id and position, and where to go after deciding."""

    id: int
    index: int
    before: int | None
    after: int | None
    following: int | None  # the next statement that waits, from here on and round


def choose_article(items: Sequence[InboxItem], asked: int | None) -> int:
    """The article to show: the one asked for, else the first that has something waiting."""
    by_id = {item.head.id: item for item in items}
    waiting = next((item.head.id for item in items if item.waiting), items[0].head.id)
    chosen = asked if asked is not None else waiting
    left, right = st.columns([0.75, 0.25], vertical_alignment="bottom")
    with left:
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
    return chosen


def _title(item: InboxItem) -> str:
    return f"{visible(item.head.title)} ({item.waiting} of {item.total} waiting)"


def choose_statement(view: ArticleView, asked: int | None) -> Place | None:
    """The statement to decide about: the one asked for, else the first that waits."""
    if not view.statements:
        return None
    ids = [statement.id for statement in view.statements]
    waits = [statement.id for statement in view.statements if statement.decision == "waiting"]
    chosen = asked if asked in ids else (waits or ids)[0]
    index = ids.index(chosen)
    round_from_here = ids[index + 1 :] + ids[:index]
    return Place(
        id=chosen,
        index=index,
        before=ids[index - 1] if index > 0 else None,
        after=ids[index + 1] if index + 1 < len(ids) else None,
        following=next((one for one in round_from_here if one in waits), None),
    )


def move_buttons(place: Place) -> None:
    """To the statement before and the one after; J and K do the same."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        _move("Previous", "k", place.before)
        _move("Next", "j", place.after)


def _move(label: str, shortcut: str, target: int | None) -> None:
    if st.button(label, shortcut=shortcut, disabled=target is None) and target is not None:
        st.query_params["statement"] = str(target)
        st.rerun()


def statement_line(view: ArticleView, place: Place | None) -> str:
    """Where the reader is among the statements, and how many wait."""
    waits = sum(statement.decision == "waiting" for statement in view.statements)
    if place is None:
        return "no statements"
    return (
        f"statement {place.index + 1} of {len(view.statements)}, {formats.spelled(waits)} waiting"
    )
