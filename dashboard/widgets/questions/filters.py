"""What the list of questions is narrowed to and sorted by; all of it stands in the address."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TypedDict

import streamlit as st

from dashboard.widgets.questions.orders import ORDER, ORDERS, chosen_order
from dashboard.widgets.safe import visible
from forecasts.results.questions import FacetValues, Sort
from forecasts.results.terms import Status

STATES: tuple[Status, ...] = ("open", "upcoming", "closed", "resolved", "annulled")
CLOSING: Mapping[str, timedelta] = {
    f"within {days} days": timedelta(days=days) for days in (7, 30, 90)
}
_OPENED = "the filters are open"


class Filters(TypedDict):
    """What the list of questions is narrowed to; None where everything is wanted."""

    status: Status | None
    tag: str | None
    publisher: str | None
    text: str | None
    mine: bool
    within: timedelta | None
    sort: Sort
    reverse: bool


def question_filters(choices: FacetValues) -> Filters:
    """Fields to narrow and sort the list. All but two stand behind one button on a phone."""
    words, ordered = st.columns([2.4, 1])
    with words:
        text = st.text_input(
            "Words in the question",
            key="words",
            live=True,
            bind="query-params",
            help="In its title, criteria, background, tags or publisher.",
        )
    with ordered:
        st.selectbox("Sorted by", list(ORDERS), key=ORDER, bind="query-params")
    place = st.container(key="fd-fold")  # out of sight where there is room
    opened: bool = st.session_state.get(_OPENED, False)
    with st.container(key="fd-unfolded" if opened else "fd-folded"):
        state, tag, publisher, closing = st.columns(4)
        with state:
            status = _choice("State", STATES, "state")
        with tag:
            tagged = _choice("Tag", choices.tags, "tag")
        with publisher:
            published = _choice("Publisher", choices.publishers, "publisher")
        with closing:
            within = _choice("Closes", tuple(CLOSING), "closing")
        mine = st.checkbox("Only those with a forecast of mine", key="mine", bind="query-params")
    with place:
        _fold_button(opened, sum(map(bool, (status, tagged, published, within, mine))))
    order = ORDERS[chosen_order()]
    return Filters(
        status=next((one for one in STATES if one == status), None),
        tag=tagged,
        publisher=published,
        text=text or None,
        mine=mine,
        within=CLOSING[within] if within else None,
        sort=order.sort,
        reverse=order.reverse,
    )


def _fold_button(opened: bool, narrowed: int) -> None:
    """Shows and hides the filters on a phone, and says how many of them are in use."""
    words = "Hide the filters" if opened else "Filters"
    st.button(
        f"{words} ({narrowed})" if narrowed else words,
        key="fold",
        on_click=st.session_state.__setitem__,
        args=(_OPENED, not opened),
    )


def _choice(label: str, options: tuple[str, ...], key: str) -> str | None:
    """One of the options, or None for all."""
    return st.selectbox(
        label,
        options,
        index=None,
        format_func=visible,
        key=key,
        placeholder="All",
        bind="query-params",
    )
