"""The one frame of every chart: its finding above, and its numbers and pictures to take away."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from dashboard import formats, theme
from dashboard.charts.drawn_once import drawn_once
from dashboard.charts.numbers import Numbers
from dashboard.widgets.dates import here
from dashboard.widgets.number_rows import number_rows
from dashboard.widgets.parts import finding, note, table
from dashboard.widgets.safe import Html, visible
from dashboard.widgets.style import palette
from forecasts import clock

SHOWN = 100
"""Rows of the table on the page; the file has all of them."""

_SCRIPT = (Path(__file__).parents[1] / "export.js").read_text(encoding="utf-8")
# Without a space between them, which would add to their distance.
_BUTTONS = (
    '<button type="button" data-format="png">PNG</button>'
    '<button type="button" data-format="svg">SVG</button>'
)
_QUIET = """
button { all: unset; box-sizing: border-box; min-height: 40px; padding: 0 .3rem;
  margin-right: .7rem; font: inherit; font-size: .875rem; color: var(--st-text-color);
  cursor: pointer; }
button:last-of-type { margin-right: 0; }
button:hover { color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); border-radius: 4px; }
@media (max-width: 640px) { button { min-height: 44px; } }
"""


@dataclass(frozen=True, slots=True)
class _Saying:
    """What stands around a chart, on the page and in its picture. May be untrusted."""

    title: str
    under: str
    foot: str
    file: str


def draw(
    figure: go.Figure,
    numbers: Numbers,
    *,
    title: str,
    under: str,
    name: str,
    key: str,
    alt: str | None = None,
    foot: str = "",
    select: bool = False,
) -> list[dict[str, object]]:
    """A chart with its finding, and below it: its table, PNG, SVG and CSV. Returns what is chosen.

    Parameters
    ----------
    figure, numbers
        The chart in the reader's ``palette()``, and what it draws.
    title, under
        Its finding, computed from what is drawn; and measure, unit and direction.
    name
        What its files are called, such as "calibration of all sources".
    key
        Unlike any other chart's on the page.
    alt
        What it shows, for those who do not see it; the title unless given.
    foot
        The settings its numbers depend on, written below the exported picture.
    select
        Whether a click on a point runs the page again; the points are then returned as Streamlit
        gives them (``point_index``, ``curve_number``, ``x``, ``y``, ``customdata``).
    """
    with st.container(key=f"fd-chart-{key}", gap="small"):
        finding(title, under)
        chosen = _figure(figure, key=key, alt=alt or title, select=select)
        _actions(numbers, _Saying(title, under, foot, file_name(name)), key)
    return chosen


def draw_table(
    shown: Html,
    picture: Callable[[], go.Figure],
    numbers: Numbers,
    *,
    title: str,
    under: str,
    name: str,
    key: str,
    foot: str = "",
) -> None:
    """A table in the frame of a chart; ``picture`` is drawn, out of sight, once one is asked for.

    The other parameters are those of ``draw``.
    """
    with st.container(key=f"fd-chart-{key}", gap="small"):
        finding(title, under)
        st.html(shown)
        _actions(numbers, _Saying(title, under, foot, file_name(name)), key, picture)


def preview(figure: go.Figure, *, key: str, alt: str) -> None:
    """A small picture of what is being typed into a form. There is nothing yet to take away."""
    _figure(figure, key=key, alt=alt, select=False)


def _figure(figure: go.Figure, *, key: str, alt: str, select: bool) -> list[dict[str, object]]:
    figure = drawn_once(figure)
    config = {"displayModeBar": False, "responsive": True}
    if not select:
        st.plotly_chart(figure, theme=None, key=key, alt=visible(alt), config=config)
        return []
    picked = st.plotly_chart(
        figure,
        theme=None,
        key=key,
        alt=visible(alt),
        config=config,
        on_select="rerun",
        selection_mode="points",
    )
    return [dict(point) for point in picked.selection.points]


@st.fragment
def _actions(
    numbers: Numbers, saying: _Saying, key: str, picture: Callable[[], go.Figure] | None = None
) -> None:
    """The quiet buttons below a chart. They run without the rest of the page."""
    slot = f"the table of {key} is shown"
    shown: bool = st.session_state.get(slot, False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Hide table" if shown else "Table",
            key=f"table {key}",
            type="tertiary",
            on_click=st.session_state.__setitem__,
            args=(slot, not shown),
        )
        wanted = _pictures(saying, key)
        st.download_button(
            "CSV",
            numbers.csv,
            file_name=f"{saying.file}.csv",
            mime="text/csv",
            key=f"csv {key}",
            type="tertiary",
            on_click="ignore",
        )
    if shown:
        numbers_table(numbers)
    if wanted and picture is not None:
        with st.container(key=f"fd-unseen-{key}"):
            st.plotly_chart(picture(), theme=None, key=key, width="content")


def _pictures(saying: _Saying, key: str) -> bool:
    """Buttons that make PNG and SVG in the browser. True: it has drawn no chart and wants one."""
    component = st.components.v2.component("fd_export", html=_BUTTONS, css=_QUIET, js=_SCRIPT)
    light = theme.LIGHT
    asked = component(
        key=f"export {key}",
        width="content",
        on_wanted_change=lambda: None,
        data={
            "title": visible(saying.title),
            "under": visible(saying.under),
            "foot": visible(" · ".join(filter(None, ("Forecast Desk", _today(), saying.foot)))),
            "file": saying.file,
            "font": "app/static/inter-latin.woff2",
            "ground": light.ground,
            "text": light.text,
            "muted": light.muted,
            # A dict in here makes Streamlit load pandas, to see whether it is a frame.
            "colours": tuple(theme.recoloured(palette(), light).items()),
        },
    )
    return bool(asked.wanted)


def _today() -> str:
    return formats.day(here(clock.now()))


def file_name(name: str) -> str:
    """``name`` as the first part of a file's name: small letters and digits, joined by dashes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80] or "chart"


def numbers_table(numbers: Numbers) -> None:
    """The numbers as a table that is read out as one."""
    if not numbers.rows:
        note("There is nothing in it yet.")
        return
    table(*number_rows(numbers, SHOWN))
    if len(numbers.rows) > SHOWN:
        note(f"The first {SHOWN} of {len(numbers.rows):,} rows; the CSV file has all of them.")
