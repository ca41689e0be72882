"""In which orders the list of questions can stand, and which of them a column's head offers."""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from forecasts.results.questions import Sort
from forecasts.views.questions import SMALL_FIRST


class Order(NamedTuple):
    """What questions are sorted by; ``reverse`` turns the usual way around."""

    sort: Sort
    reverse: bool = False


ORDER = "sort"
"""Where the chosen name is kept, in the session and in the address."""

USUAL = "open first, by close"
ORDERS: Mapping[str, Order] = {
    USUAL: Order("state"),
    "close": Order("closes"),
    "close, latest first": Order("closes", reverse=True),
    "newest": Order("newest"),
    "oldest": Order("newest", reverse=True),
    "moved most": Order("change"),
    "risen most": Order("crowd_change"),
    "fallen most": Order("crowd_change", reverse=True),
    "raised most by me": Order("my_change"),
    "lowered most by me": Order("my_change", reverse=True),
    "farthest from the crowd": Order("distance"),
    "my probability": Order("mine"),
    "my probability, lowest first": Order("mine", reverse=True),
    "the crowd's": Order("crowd"),
    "the crowd's, lowest first": Order("crowd", reverse=True),
    "the source's": Order("source"),
    "the source's, lowest first": Order("source", reverse=True),
    "title": Order("title"),
    "title, Z to A": Order("title", reverse=True),
}
"""By the name that the analyst chooses and the address holds."""


def chosen_order() -> str:
    """The name of the order that the analyst chose."""
    chosen: str = st.session_state.get(ORDER) or USUAL
    return chosen


def choose_after_click(sort: str) -> None:
    """Take the order that a click on a column's head asks for: its usual one, then the other.

    Only before the list of orders is drawn in a run.
    """
    names = [name for name, order in ORDERS.items() if order.sort == sort]
    if names:
        current = chosen_order()
        after = names.index(current) + 1 if current in names else 0
        st.session_state[ORDER] = names[after % len(names)]


def direction(sort: Sort) -> str:
    """Which way a column's values run down the page, in ARIA's words; "none" if unsorted."""
    order = ORDERS[chosen_order()]
    if order.sort != sort:
        return "none"
    return "ascending" if (sort in SMALL_FIRST) != order.reverse else "descending"
