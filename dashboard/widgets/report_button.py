"""Reports to take away from a page: HTML that needs nothing else, or a PDF where it can be made."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

import streamlit as st
from sqlmodel import Session

from dashboard import measure
from dashboard.context import database, my_id
from dashboard.reports.making import of_forecaster, of_period, of_question
from dashboard.reports.printing import browser, pdf
from dashboard.reports.sheet import Report
from dashboard.widgets.dates import FIRST, LAST
from dashboard.widgets.parts import claimed_line, note
from dashboard.widgets.safe import visible
from forecasts import clock
from forecasts.results.questions import FacetValues
from forecasts.results.scores import ScoreSettings

Make = Callable[[Session], Report]
DEFAULT = ScoreSettings()
Span = tuple[datetime | None, datetime | None]
"""From one instant to before another; None where there is no such end."""


def question_report(question_id: int, *, without_others: bool = False) -> None:
    """A quiet control with a question's report; ``without_others`` as the reader's own page."""

    def make(session: Session) -> Report:
        now = clock.now()
        return of_question(session, question_id, now=now, without_others=without_others)

    with _popover(f"question {question_id}"):
        note("All of it with history, scores, record and settings, to print or pass on.")
        _downloads(make, f"question-{question_id}")


def reports(
    choices: FacetValues,
    settings: ScoreSettings,
    *,
    who: int | None = None,
    span: Span = (None, None),
) -> None:
    """A quiet control with reports on a forecaster and on a period, scored as the page is.

    ``who`` and ``span`` are chosen at first; without them the reader and the last ninety days.
    """
    with _popover("scores"):
        one, period = st.tabs(["A forecaster", "A period"], key="report on")
        with one:
            _forecaster(_names(choices), settings, who)
        with period:
            _period(settings, span)
        _told(settings)


def forecaster_reports(choices: FacetValues) -> None:
    """A quiet control with a forecaster's report."""
    with _popover("people"):
        _forecaster(_names(choices), DEFAULT, None)
        _told(DEFAULT)


def _names(choices: FacetValues) -> Mapping[int, str]:
    return {key: visible(f"{name} ({kind})") for key, kind, name in choices.forecasters}


def _told(settings: ScoreSettings) -> None:
    note(f"Scored by: {measure.conditions(settings)}", *claimed_line(settings))


def _forecaster(names: Mapping[int, str], settings: ScoreSettings, who: int | None) -> None:
    if not names:
        note("Nobody has forecast yet.")
        return
    keys = list(names)
    first = my_id() if who is None else who
    chosen = st.selectbox(
        "Report on",
        keys,
        index=0 if first is None or first not in names else keys.index(first),
        format_func=names.__getitem__,
        key=f"report on whom, {first}",
    )
    _downloads(
        lambda session: of_forecaster(session, chosen, now=clock.now(), settings=settings),
        f"forecaster-{chosen}",
    )


def _period(settings: ScoreSettings, span: Span) -> None:
    """The days in UTC."""
    begins, ends = _days(span)
    left, right = st.columns(2)
    with left:
        first = st.date_input(
            "From",
            begins,
            min_value=FIRST,
            max_value=LAST,
            format="YYYY-MM-DD",
            key=f"report from {begins}",
        )
    with right:
        last = st.date_input(
            "To",
            ends,
            min_value=FIRST,
            max_value=LAST,
            format="YYYY-MM-DD",
            key=f"report to {ends}",
        )
    if last < first:
        note("The last day lies before the first.")
        return
    _downloads(
        lambda session: of_period(session, first, last, now=clock.now(), settings=settings),
        f"period-{first.isoformat()}-{last.isoformat()}",
    )


def _days(span: Span) -> tuple[date, date]:
    """The first and the last day of a span, which ends today where it has no end."""
    begins, before = span
    today = clock.now().astimezone(UTC).date()
    last = today if before is None else (before - timedelta(microseconds=1)).date()
    if begins is not None:
        return begins.date(), last
    return (today - timedelta(days=90) if before is None else FIRST), last


def _popover(key: str) -> st.delta_generator.DeltaGenerator:
    return st.popover("Report", type="tertiary", key=f"report {key}")


def _downloads(make: Make, file: str) -> None:
    """A button for each form. The report is made when it is asked for, of what is then recorded."""

    def html() -> bytes:
        return _made(make).encode("utf-8")

    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "HTML", html, f"{file}.html", "text/html", key=f"html {file}", on_click="ignore"
        )
        if browser() is not None:
            st.download_button(
                "PDF",
                lambda: pdf(_made(make)),
                f"{file}.pdf",
                "application/pdf",
                key=f"pdf {file}",
                on_click="ignore",
            )
    if browser() is None:
        note("No PDF here: neither Chromium nor Chrome was found. Print the HTML from a browser.")


def _made(make: Make) -> str:
    with database() as session:
        return make(session).html
