"""Every scenario set, and the way to a new one."""

from datetime import datetime

import streamlit as st

from dashboard import formats
from dashboard.context import database, me, refusing
from dashboard.widgets.dates import closing, here
from dashboard.widgets.nav import asked_id, open_scenarios
from dashboard.widgets.parts import page_head
from dashboard.widgets.safe import Html, fill, joined
from dashboard.widgets.scenarios.forms import set_form
from forecasts.results.question import QuestionView
from forecasts.results.scenarios import SetRow
from forecasts.views.question import question
from forecasts.views.scenario_facts import check_set
from forecasts.views.scenarios import scenario_sets

FIRST_STEPS = Html(
    '<div class="fd-steps"><div><b>1</b><span>Make a set: a focal question, a horizon, and two to '
    "eight futures of which exactly one comes about.</span></div>"
    "<div><b>2</b><span>Date a prior: how probable each was before the indicators.</span></div>"
    "<div><b>3</b><span>Link questions whose answers would tell the futures apart, and say how "
    "likely each answer is in each future, as 70%, 2:1 against or a word.</span></div>"
    "<div><b>4</b><span>Judge the futures yourself. The board holds your judgement against what "
    "the indicators imply, and says what to watch.</span></div></div>"
)


def sets_page(now: datetime) -> None:
    """The list of sets; with ``?from=7`` a form filled in with that set's futures."""
    like = _like(asked_id("from"), now)
    with database() as session:
        rows = scenario_sets(session, now=now)
    page_head(
        formats.count(len(rows), "scenario set") if rows else "No scenario set yet",
        "Alternative futures that add up, and the questions whose answers would tell them apart.",
    )
    if not rows:
        st.html(FIRST_STEPS)
    for row in rows:
        _row(row, now)
    with st.expander("Make a scenario set", expanded=not rows or like is not None):
        set_form(like)


def _like(set_id: int | None, now: datetime) -> QuestionView | None:
    if set_id is None:
        return None
    with refusing(), database() as session:
        return question(session, check_set(session, set_id), me=me(), now=now)
    return None


def _row(row: SetRow, now: datetime) -> None:
    left, right = st.columns([0.85, 0.15], vertical_alignment="center")
    names = [fill("<bdi>{name}</bdi>", name=name) for name in row.scenarios]
    with left:
        st.html(
            fill(
                '<p class="q"><bdi>{title}</bdi></p><p class="fd-sub">{names}</p>'
                '<p class="fd-note">{status} · horizon {horizon}, {when} · {linked}</p>',
                title=row.title,
                names=joined(names, " · "),
                status=row.status,
                horizon=closing(here(row.closes_at)),
                when=formats.in_days(row.closes_at, now),
                linked=formats.count(row.indicators, "indicator"),
            )
        )
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Open", key=f"open set {row.question_id}"):
            open_scenarios(row.question_id)
