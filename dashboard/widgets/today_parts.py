"""The pieces of the Today page: guidance, headline numbers, and what asks for something."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import formats
from dashboard.charts.calibration_finding import ENOUGH, bias, telling_level
from dashboard.charts.labels import shortened
from dashboard.widgets.binary_form import binary_form, confirm_button
from dashboard.widgets.nav import INBOX, QUESTIONS, open_question
from dashboard.widgets.parts import note, part
from dashboard.widgets.rows import question_row
from dashboard.widgets.safe import Html, fill, joined
from forecasts.results import DueItem, Headline, InboxItem, QuestionRow, TodayView

GUIDANCE = (
    "Forecast Desk keeps what articles claim about the future and what you think of it, and "
    "finds out who was right. Accept a marked statement in the Inbox as a question, or write one "
    "yourself, and say how likely you think it is, as 37% or 0.37. Once its outcome is known, "
    "resolve it with evidence: your score (0 is perfect, always saying 50\u00a0% earns 0.250) and "
    "your calibration follow by themselves."
)
SHOWN = 6
"""Questions of a section that are shown; the others are counted and found under Questions."""


def today_heading(view: TodayView) -> str:
    """How many things ask for the reader, as a sentence."""
    things = len(view.due) + len(view.closing) + len(view.stale) + bool(view.inbox)
    if things == 0 and view.my_forecasts == 0 and view.open_questions == 0:
        return "Log your first forecast"
    if things == 0:
        return "Nothing needs you today"
    needs = "thing needs" if things == 1 else "things need"
    return f"{formats.sentence_start(formats.spelled(things))} {needs} you today"


def today_line(view: TodayView) -> str:
    """The date and how much there is."""
    day = f"{view.now:%A} {view.now.day} {view.now:%B %Y}"
    overdue = f" · {formats.spelled(len(view.due))} overdue" if view.due else ""
    return (
        f"{day}{overdue} · {formats.count(view.open_questions, 'open question')}, "
        f"{view.resolved_questions:,} resolved"
    )


def guidance(view: TodayView) -> None:
    """Three sentences for whoever opens the desk first, and where to begin."""
    st.html(fill('<p class="fd-lead">{text}</p>', text=GUIDANCE))
    with st.container(horizontal=True):
        if st.button("Add an article", type="primary" if not view.inbox else "secondary"):
            st.switch_page(INBOX, query_params={"add": "1"})
        if st.button("Write a question"):
            st.switch_page(QUESTIONS, query_params={"ask": "1"})
    if not view.inbox and not view.open_questions and not view.resolved_questions:
        note("To look around first, run: forecasts init --seeds. It loads five real articles.")


def strip(view: TodayView) -> None:
    """Calibration in a sentence, then Brier scores and coverage."""
    pieces = [_hero(view), *(_headline(headline) for headline in view.headlines)]
    if view.coverage is not None:
        pieces.append(
            fill(
                '<div><div class="k">Coverage</div><div class="v">{share}</div>'
                '<div class="fd-sub">of days with your forecast</div></div>',
                share=formats.percent(view.coverage),
            )
        )
    st.html(fill('<div class="fd-strip">{pieces}</div>', pieces=joined(pieces)))
    note(
        "Brier score: lower is better, 0 to 1; always saying 50\u00a0% earns 0.250. "
        "Compared with the period of the same length before."
    )


def sources_strip(view: TodayView) -> None:
    """The sources' record, which is what there is before the reader's first forecast."""
    curve = view.calibration.curve
    if curve is None:
        return
    st.html(
        fill(
            '<div class="fd-strip"><div><div class="k">The sources so far</div>'
            '<div class="hero">Brier {score} over {questions}</div><div class="fd-sub">'
            "lower is better, 0 to 1; always saying 50\u00a0% earns 0.250</div></div></div>",
            score=formats.score(curve.brier),
            questions=formats.count(view.calibration.questions, "resolved question"),
        )
    )


def _hero(view: TodayView) -> Html:
    mine = replace(view.calibration, who="You")
    level = telling_level(mine)
    if level is None or mine.questions < ENOUGH:
        missing = max(ENOUGH - mine.questions, 0)
        sentence = f"{formats.count(missing, 'more resolved question')} to your calibration"
        under = "A verdict needs ten resolved questions."
    else:
        said, happened = level
        sentence = f"When you say {formats.percent(said)}, it happens {formats.percent(happened)}"
        under = f"{bias(mine) or 'no slope yet'} · {formats.count(mine.questions, 'question')}"
    return fill(
        '<div><div class="k">Calibration</div><div class="hero">{sentence}</div>'
        '<div class="fd-sub">{under}</div></div>',
        sentence=sentence,
        under=formats.sentence_start(under),
    )


def _headline(headline: Headline) -> Html:
    crowd = f"crowd {formats.score(headline.crowd)}" if headline.crowd is not None else ""
    if headline.score is None:
        under = "no question of yours ended"
    elif headline.before is None:
        under = formats.count(headline.questions, "question")
    else:
        gap = formats.difference(headline.score, headline.before)
        arrow = "▼ " if headline.score < headline.before else "▲ "
        under = f"{'' if gap == 'no different' else arrow}{gap} than before"
    return fill(
        '<div><div class="k">Brier, {name}</div><div class="v">{score} <small>{crowd}</small></div>'
        '<div class="fd-sub">{under}</div></div>',
        name=headline.name,
        score=formats.score(headline.score),
        crowd=crowd,
        under=under,
    )


def section(title: str, items: Sequence[DueItem], *, due: bool = False) -> None:
    """Questions that ask for the same thing, with their buttons. Nothing if there are none."""
    if not items:
        return
    part(title, len(items), due=due)
    for item in items[:SHOWN]:
        _item(item, due=due)
    if len(items) > SHOWN:
        note(f"And {len(items) - SHOWN} more, under Questions.")


def _item(item: DueItem, *, due: bool) -> None:
    row = item.row
    left, right = st.columns([0.72, 0.28], vertical_alignment="center", gap="medium")
    with left:
        st.html(question_row(row, item.why))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        if due:
            if st.button("Resolve", key=f"resolve {row.id}", type="primary"):
                open_question(row.id)
            return
        confirm_button(row)
        if row.kind == "binary":
            _update_toggle(row)
        if st.button("Open", key=f"open {row.id}", type="tertiary"):
            open_question(row.id)
    if st.session_state.get("updating") == row.id:
        with st.container(border=True):
            binary_form(row, confirm=False)


def _update_toggle(row: QuestionRow) -> None:
    """Open the form below the row, or close it."""
    if st.button("Forecast" if row.mine is None else "Update", key=f"update {row.id}"):
        shown = st.session_state.get("updating") == row.id
        st.session_state["updating"] = None if shown else row.id


def waiting(items: Sequence[InboxItem]) -> None:
    """How many statements wait for a decision, and in which articles."""
    if not items:
        return
    statements = sum(item.waiting for item in items)
    part("Inbox", statements)
    wait = "statement waits" if statements == 1 else "statements wait"
    left, right = st.columns([0.72, 0.28], vertical_alignment="center", gap="medium")
    with left:
        articles = joined(
            [
                fill(
                    "<bdi>{name}</bdi>, {date} ({n})",
                    name=item.head.publisher or shortened(item.head.title, 60),
                    date=formats.partial_date(item.head.published),
                    n=item.waiting,
                )
                for item in items[:SHOWN]
            ],
            " · ",
        )
        st.html(
            fill(
                '<p class="q">{n} {wait} for a decision</p><p class="fd-sub">{articles}</p>',
                n=formats.sentence_start(formats.spelled(statements)),
                wait=wait,
                articles=articles,
            )
        )
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Work through them"):
            st.switch_page(INBOX)
