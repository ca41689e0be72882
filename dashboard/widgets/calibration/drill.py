"""From a point of the reliability diagram to the questions behind it."""

from dataclasses import dataclass

import streamlit as st

from dashboard import formats
from dashboard.context import database
from dashboard.widgets.nav import QUESTION
from dashboard.widgets.parts import finding, more_button
from dashboard.widgets.safe import fill, plain, visible
from forecasts import clock
from forecasts.results.calibration import Behind, BehindRow, CalibrationView, Choice
from forecasts.views.behind import behind

CHART = "reliability"
"""The key of the chart that can be clicked."""

SHOWN = 10
"""Questions that are listed at first, and how many more each time."""

_SLOT, _PICK, _MORE = "said", "point last picked", "questions behind a point"


@dataclass(frozen=True, slots=True)
class Range:
    """A range of stated probabilities: a tenth, or one level."""

    name: str
    tenth: int | None
    level: float | None

    @property
    def ends(self) -> tuple[float, float]:
        """Where to mark it on the diagram."""
        if self.tenth is not None:
            return self.tenth / 10, (self.tenth + 1) / 10
        level = self.level or 0.0
        return level - 0.006, level + 0.006


def _tenth(tenth: int) -> Range:
    return Range(f"{10 * tenth} to {10 * tenth + 10} %", tenth, None)


def _level(level: float) -> Range:
    return Range(f"exactly {formats.exact_percent(level)}".replace(formats.NBSP, " "), None, level)


def follow_click(view: CalibrationView) -> Range | None:
    """The range whose questions are to be listed: the one just clicked, or the one in the field.

    To be called before the chart is drawn and before ``range_field``: a click on the chart is
    taken over into the field, which is what the address holds.
    """
    picked = _clicked()
    if picked is not None and picked != st.session_state.get(_PICK):
        st.session_state[_SLOT] = picked.name
    st.session_state[_PICK] = picked
    name = st.session_state.get(_SLOT, st.query_params.get(_SLOT))
    return next((one for one in _offered(view, name) if one.name == name), None)


def _clicked() -> Range | None:
    """What the last click on the chart picked."""
    state = st.session_state.get(CHART)
    points = state.selection.points if state is not None else []
    for point in filter(lambda one: one.get("customdata"), points):
        kind, value, *_ = point["customdata"]
        return _level(float(point["x"])) if kind == "level" else _tenth(round(10 * value))
    return None


def _offered(view: CalibrationView, name: str | None) -> list[Range]:
    """The tenths, and the one level that was clicked or that the address names."""
    levels = [] if view.curve is None or name is None else view.curve.stated.tolist()
    named = [one for one in map(_level, levels) if one.name == name]
    return [*map(_tenth, range(10)), *named[:1]]


def range_field(view: CalibrationView) -> None:
    """Choose a range by keyboard; a click on the chart chooses one too."""
    name = st.session_state.get(_SLOT, st.query_params.get(_SLOT))
    st.selectbox(
        "Questions behind what was said at",
        [one.name for one in _offered(view, name)],
        index=None,
        key=_SLOT,
        placeholder="Choose a range, or click a dot or a bar above",
        bind="query-params",
    )


def questions_behind(shown: Range | None, choice: Choice) -> None:
    """The questions of the range, the most surprising first, with links."""
    if shown is None:
        return
    slot = f"{_MORE} {shown.name}"
    most: int = st.session_state.get(slot, SHOWN)
    with database() as session:
        found = behind(
            session, choice, now=clock.now(), tenth=shown.tenth, level=shown.level, most=most
        )
    finding(behind_finding(shown.name, found), "The most surprising first.")
    with st.container(gap="small", key="fd-behind"):
        for row in found.rows:
            _row(row)
    more_button(found.outcomes - len(found.rows), each=SHOWN, slot=slot, shown=most)


def behind_finding(name: str, found: Behind) -> str:
    """How many questions there are, and how often it happened on them."""
    if found.happened is None:
        return f"No question was put at {name} here"
    questions = formats.count(found.questions, "question")
    return (
        f"Said {name}: {questions}, where it happened {formats.percent(found.happened)} of the time"
    )


def _row(row: BehindRow) -> None:
    with st.container(gap=None):
        st.page_link(QUESTION, label=plain(row.title), query_params={"id": str(row.question_id)})
        option = "" if row.option is None else f"“{visible(row.option)}”: "
        note_line = (
            f"{option}said {formats.percent(row.said)} by "
            f"{formats.count(row.forecasters, 'forecaster')}"
        )
        st.html(
            fill(
                '<p class="fd-note">{line} · <b>{happened}</b></p>',
                line=note_line,
                happened="it happened" if row.happened else "it did not happen",
            )
        )
