"""Reports to take away from a page: HTML that needs nothing else, or a PDF where it can be made."""

from collections.abc import Callable
from datetime import UTC, timedelta

import streamlit as st
from sqlmodel import Session

from dashboard.context import database, my_id
from dashboard.reports.making import of_forecaster, of_period, of_question
from dashboard.reports.printing import browser, pdf
from dashboard.reports.sheet import Report
from dashboard.widgets.dates import FIRST, LAST
from dashboard.widgets.parts import note
from dashboard.widgets.safe import visible
from forecasts import clock
from forecasts.results.questions import FacetValues

Make = Callable[[Session], Report]


def question_report(question_id: int, *, without_others: bool = False) -> None:
    """A quiet control with a question's report; ``without_others`` as the reader's own page."""

    def make(session: Session) -> Report:
        now = clock.now()
        return of_question(session, question_id, now=now, without_others=without_others)

    with _popover(f"question {question_id}"):
        note("This question with its history, scores, record and settings, to print or pass on.")
        _downloads(make, f"question-{question_id}")


def scores_reports(choices: FacetValues) -> None:
    """A quiet control with reports on a forecaster and on a period."""
    names = {key: visible(f"{name} ({kind})") for key, kind, name in choices.forecasters}
    with _popover("scores"):
        who, period = st.tabs(["A forecaster", "A period"], key="report on")
        with who:
            _forecaster(names)
        with period:
            _period()


def _forecaster(names: dict[int, str]) -> None:
    if not names:
        note("Nobody has forecast yet.")
        return
    keys = list(names)
    me = my_id()
    chosen = st.selectbox(
        "Forecaster",
        keys,
        index=keys.index(me) if me in names else 0,
        format_func=names.__getitem__,
        key="report on whom",
    )
    _downloads(
        lambda session: of_forecaster(session, chosen, now=clock.now()), f"forecaster-{chosen}"
    )


def _period() -> None:
    """The days in UTC; it starts with the last ninety."""
    today = clock.now().astimezone(UTC).date()
    left, right = st.columns(2)
    with left:
        first = st.date_input(
            "From",
            today - timedelta(days=90),
            min_value=FIRST,
            max_value=LAST,
            format="YYYY-MM-DD",
            key="report from",
        )
    with right:
        last = st.date_input(
            "To", today, min_value=FIRST, max_value=LAST, format="YYYY-MM-DD", key="report to"
        )
    if last < first:
        note("The last day lies before the first.")
        return
    _downloads(
        lambda session: of_period(session, first, last, now=clock.now()),
        f"period-{first.isoformat()}-{last.isoformat()}",
    )


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
