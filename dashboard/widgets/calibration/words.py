"""What the sources' words turned out to mean, and the statements behind each."""

import streamlit as st

from dashboard import formats
from dashboard.charts.calibration_numbers import words_numbers
from dashboard.charts.words import LANES, SHOWN, shown_as, words_chart
from dashboard.charts.words_finding import words_finding
from dashboard.context import database
from dashboard.widgets.calibration.filters import Filtered
from dashboard.widgets.chart import draw
from dashboard.widgets.nav import QUESTION
from dashboard.widgets.parts import finding, left_out_line, more_button, note
from dashboard.widgets.safe import fill, plain, visible
from dashboard.widgets.style import palette
from forecasts import clock
from forecasts.results.calibration import WordStatement, WordsView
from forecasts.views.words import words

CHART = "words"
STATEMENTS = 6
"""Statements that are listed at first, and how many more each time."""

_SLOT, _PICK = "word", "word last picked"


@st.fragment
def words_panel(asked: Filtered) -> None:
    """The words with their ranges; a word is chosen in the field or by a click on its dot."""
    _follow_click()
    now = clock.now()
    with st.spinner("Reading words …", show_time=True), database() as session:
        every = words(session, asked.choice, now=now)
    if not every.rows:
        finding(words_finding(every), "How often it came true, %, by the word that was used.")
        note(
            "It fills as statements accepted from articles are resolved.",
            *left_out_line(every.left_out),
        )
        return
    place = st.container()
    word = _word_field(every)
    view = every
    slot = f"statements of {word}"
    most: int = st.session_state.get(slot, STATEMENTS)
    if word is not None:
        with database() as session:
            view = words(session, asked.choice, now=now, word=word, most=most)
    with place:
        draw_words(view)
    for one in view.statements:
        _statement(one)
    if word is not None:
        more_button(view.counted - most, each=STATEMENTS, slot=slot, shown=most)
    _notes(view, asked)


def draw_words(view: WordsView) -> None:
    """The chart in its frame."""
    by = "by publisher" if view.word is not None else "by the word that the source used"
    draw(
        words_chart(view, palette=palette()),
        words_numbers(view),
        title=visible(words_finding(view)),
        under=f"How often it came true, %, {by}. Box and lines: what the word stands for.",
        name="what words meant",
        key=CHART,
        select=True,
    )


def _follow_click() -> None:
    """Take a click on a dot over into the field; see ``calibration_drill.follow_click``."""
    state = st.session_state.get(CHART)
    points = state.selection.points if state is not None else []
    picked = next((point["customdata"][0] for point in points if point.get("customdata")), None)
    if picked is not None and picked != st.session_state.get(_PICK):
        st.session_state[_SLOT] = picked
    st.session_state[_PICK] = picked


def _word_field(view: WordsView) -> str | None:
    return st.selectbox(
        "One word, by publisher",
        [row.word for row in view.rows],
        index=None,
        format_func=visible,
        key=_SLOT,
        placeholder="Choose a word, or click its dot above",
        bind="query-params",
    )


def _statement(one: WordStatement) -> None:
    with st.container(gap=None):
        st.page_link(QUESTION, label=plain(one.title), query_params={"id": str(one.question_id)})
        st.html(
            fill(
                '<p class="fd-note"><bdi>{speaker}</bdi>: “<bdi>{quote}</bdi>” · <b>{came}</b></p>',
                speaker=one.speaker
                if one.publisher in (None, one.speaker)
                else f"{one.speaker}, {one.publisher}",
                quote=one.quote,
                came="it came true" if one.happened else "it did not come true",
            )
        )


def _notes(view: WordsView, asked: Filtered) -> None:
    lanes = ", ".join(shown_as(scale) for scale in LANES)
    drawn = f"The {SHOWN} used most are drawn. " if len(view.rows) > SHOWN else ""
    behind = (
        f"Thin lines, from the top: {lanes}, where they list the word. " if not view.word else ""
    )
    lines = [
        f"Dot: share that came true, with its 95{formats.NBSP}% interval, counted by question; "
        f"hollow under 10. Tinted box: this desk’s range. {behind}{drawn}“May” and “could” are "
        "shown, not scored.",
        f"{formats.count(view.counted, 'statement')} entered.",
        *left_out_line(view.left_out),
    ]
    if asked.choice.lead is not None:
        lines.append("The time before the close does not narrow the statements.")
    if asked.role != "source":
        lines.append("Only sources are read by their words: these are all of them.")
    note(*lines)
