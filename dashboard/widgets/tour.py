"""The first-run tour: one step on each of five pages, until it is ended or gone through."""

from dataclasses import dataclass

import streamlit as st

from dashboard.context import is_new
from dashboard.widgets.nav import CALIBRATION, INBOX, QUESTIONS, SCORES, TODAY
from dashboard.widgets.safe import fill

COOKIE = "forecast_desk_tour"
_ENDED = "the tour has ended"

# Whoever has forecast is shown no tour. That somebody has looked round is no fact for the record,
# which keeps what is entered for ever; so their browser remembers it.
_REMEMBER = f"""
export default function () {{
  document.cookie = "{COOKIE}=ended; path=/; max-age=31536000; SameSite=Lax";
}}
"""


@dataclass(frozen=True, slots=True)
class Step:
    """What a page is for, in two sentences."""

    page: str
    title: str
    text: str


STEPS = (
    Step(
        TODAY,
        "Today",
        "What needs you, the most urgent first. Update, confirm or resolve right in the list.",
    ),
    Step(
        INBOX,
        "Inbox",
        "Add an article: what it says about the future is marked. Accept a statement as a question "
        "with a date and criteria, or dismiss it.",
    ),
    Step(
        QUESTIONS,
        "Questions",
        "Everything that was asked. Open one to say how likely you think it is, as 37%, 2:1 or a "
        "word; a change of mind is a new entry, and nothing is overwritten.",
    ),
    Step(
        CALIBRATION,
        "Calibration",
        "Whether what you call 70 % happens 70 % of the time, once ten of your questions are "
        "resolved. Until then it shows the sources.",
    ),
    Step(
        SCORES,
        "Scores",
        "Who was right, by the Brier score: lower is better, 0 is perfect, and always saying 50 % "
        "earns 0.250.",
    ),
)


def tour(title: str) -> None:
    """What the page with this title is for, for whoever has not forecast yet; else nothing."""
    ended: bool = st.session_state.get(_ENDED, False)
    if ended:
        with st.container(key="fd-flip-tour"):
            st.components.v2.component("fd_tour", js=_REMEMBER)(key="tour", height=1)
    place = next((n for n, step in enumerate(STEPS) if step.title == title), None)
    if ended or place is None or not is_new() or st.context.cookies.get(COOKIE) == "ended":
        return
    with st.container(key="fd-tour", gap="small"):
        _say(place)
        with st.container(horizontal=True, gap="medium"):
            following = STEPS[place + 1] if place + 1 < len(STEPS) else None
            if following is not None and st.button(f"On to {following.title}", key="tour on"):
                st.switch_page(following.page)
            st.button(
                "End the tour",
                key="tour end",
                type="secondary" if following is None else "tertiary",
                on_click=st.session_state.__setitem__,
                args=(_ENDED, True),
            )


def _say(place: int) -> None:
    st.html(
        fill(
            "<p><b>Tour, {number} of {all}: {title}.</b> {text}</p>",
            number=place + 1,
            all=len(STEPS),
            title=STEPS[place].title,
            text=STEPS[place].text,
        )
    )
