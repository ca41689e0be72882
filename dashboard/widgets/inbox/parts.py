"""Moving through the statements of an article. The place stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import formats
from dashboard.context import database
from dashboard.widgets.inbox.candidate import undo_button
from dashboard.widgets.inbox.keys import LEGEND
from dashboard.widgets.parts import note
from dashboard.widgets.safe import plain
from db.engine import database_url
from forecasts.reading.drafting.resolvability import Resolvability
from forecasts.results.articles import ArticleHead, ArticleView, StatementView
from forecasts.views.inbox import nearly_the_same

# Next and Previous would otherwise mark a statement that is out of sight.
_SCROLL = """
export default function (component) {
  const wanted = component.data.statement;
  if (wanted === null || window.fdShown === wanted) return;
  const first = window.fdShown === undefined;
  window.fdShown = wanted;
  const timer = setTimeout(() => {
    const side = document.querySelector(".st-key-fd-side");
    if (side && !first) side.scrollTop = 0;
    const mark = document.querySelector(".fd-article mark.on");
    if (!mark) return;
    const text = mark.closest(".fd-article");
    if (getComputedStyle(text).overflowY === "auto") {  // a phone: the text is folded
      text.scrollTop = mark.offsetTop - (text.clientHeight - mark.offsetHeight) / 2;
      if (side && !first) side.scrollIntoView({ block: "start", behavior: "smooth" });
      return;
    }
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


def choose_statement(ranked: Sequence[StatementView], asked: int | None) -> Place | None:
    """The statement to decide about: the one asked for, else the first that waits.

    ``ranked`` are an article's statements in the order in which they are walked through.
    """
    if not ranked:
        return None
    ids = [statement.id for statement in ranked]
    waits = [statement.id for statement in ranked if statement.decision == "waiting"]
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
    """To the statement before and the one after, one dismissal back, and which key does what."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        _move("Previous", "k", place.before)
        _move("Next", "j", place.after)
        undo_button()
    st.html(LEGEND)


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
        f"statement {place.index + 1} of {len(view.statements)}, {formats.spelled(waits)} waiting, "
        "the most resolvable first"
    )


def waiting_list(ranked: Sequence[tuple[StatementView, Resolvability]], here: int) -> None:
    """What waits, the most resolvable first, each with what it lacks. A click goes there."""
    waiting = [pair for pair in ranked if pair[0].decision == "waiting"]
    if len(waiting) < 2:
        return
    with st.expander(f"All {len(waiting)} that wait, the most resolvable first"):
        for statement, judged in waiting:
            line = f"{formats.percent(judged.score)} · {statement.quote}"
            words = plain(line if len(line) < 90 else f"{line[:88]}…")
            pressed = st.button(
                words, key=f"go to {statement.id}", type="tertiary", disabled=statement.id == here
            )
            note("; ".join(judged.reasons) or "lacks nothing that is looked for")
            if pressed:
                st.query_params["statement"] = str(statement.id)
                st.rerun()


def twins_part(article_id: int, newest: int) -> None:
    """Articles that are nearly the same text, with a way to each."""
    for head, share in _twins(database_url(), article_id, newest):
        with st.container(horizontal=True, vertical_alignment="center"):
            note(
                f"Nearly the same as “{head.title}”: {formats.percent(share)} of the wording is "
                "in both."
            )
            if st.button("Open it", key=f"twin {head.id}", type="tertiary"):
                st.query_params.from_dict({"article": str(head.id)})
                st.rerun()


@st.cache_data(max_entries=200, show_spinner=False)
def _twins(url: str, article_id: int, newest: int) -> tuple[tuple[ArticleHead, float], ...]:
    # Articles are only ever added, so the answer holds until there is a newer one.
    with database() as session:
        return nearly_the_same(session, article_id)
