"""The top of the Today page: what it asks for in all, guidance, and the headline numbers."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats
from dashboard.charts.calibration_finding import ENOUGH, bias, telling_level
from dashboard.context import may
from dashboard.widgets.dates import here
from dashboard.widgets.nav import INBOX, QUESTIONS
from dashboard.widgets.parts import note
from dashboard.widgets.safe import Html, fill, joined
from dashboard.widgets.today.examples import examples_button
from dashboard.widgets.today.trend import trend
from forecasts.results.today import Headline, TodayView

GUIDANCE = (
    "Forecast Desk keeps what articles claim about the future and what you think of it, and "
    "finds out who was right. Accept a marked statement in the Inbox as a question, or write one "
    "yourself, and say how likely you think it is, as 37%, 2:1 against or a word. Once its "
    "outcome is known, resolve it with evidence: your score (0 is perfect, "
    "always saying 50\u00a0% earns 0.250) and your calibration follow by themselves."
)

LOOK_AROUND = Html(
    "Five real articles of 2023 and 2024, with questions whose outcomes are known. They stay in "
    "this record for good: do your own work in another one."
)


def today_heading(view: TodayView, contradictions: int = 0) -> str:
    """How many things ask for the reader, contradictions among them, as a sentence."""
    asking = (view.due, view.closing, view.stale, view.far, view.moved)
    things = sum(len(items) for items in asking) + bool(view.inbox) + contradictions
    if things == 0 and view.my_forecasts == 0 and view.open_questions == 0:
        return "Log your first forecast"
    if things == 0:
        return "Nothing needs you today"
    needs = "thing needs" if things == 1 else "things need"
    return f"{formats.sentence_start(formats.spelled(things))} {needs} you today"


def today_line(view: TodayView) -> str:
    """The date and how much there is."""
    now = here(view.now)
    day = f"{now:%A} {now.day} {now:%B %Y}"
    overdue = f" · {formats.spelled(len(view.due))} overdue" if view.due else ""
    return (
        f"{day}{overdue} · {formats.count(view.open_questions, 'open question')}, "
        f"{view.resolved_questions:,} resolved"
    )


def guidance(view: TodayView) -> None:
    """Three sentences for whoever opens the desk first, and where to begin."""
    st.html(fill('<p class="fd-lead">{text}</p>', text=GUIDANCE))
    if view.inbox or view.open_questions or view.resolved_questions:
        with st.container(horizontal=True):
            _add_button()
            _write_button()
        return
    with _beginning(
        "Bring an article",
        Html("Its text, a file or a web address. The forecasts in it are found for you to check."),
    ):
        _add_button(primary=True)
    with _beginning(
        "Or write a question yourself",
        Html("Yes or no, one of several options, or a number; with a date and what settles it."),
    ):
        _write_button()
    if may("import"):
        with _beginning("Or look around first", LOOK_AROUND):
            examples_button()


def _beginning(title: str, text: Html) -> DeltaGenerator:
    """A row of the empty desk; returns the place of its button."""
    with st.container(key=f"fd-begin {title}"):
        left, right = st.columns([0.7, 0.3], vertical_alignment="center", gap="medium")
    with left:
        st.html(
            fill(
                '<p class="q">{title}</p><p class="fd-sub">{text}</p>',
                title=title,
                text=text,
            )
        )
    with right:
        return st.container(horizontal=True, horizontal_alignment="right")


def _add_button(*, primary: bool = False) -> None:
    if st.button("Add an article", type="primary" if primary else "secondary"):
        st.switch_page(INBOX, query_params={"add": "1"})


def _write_button() -> None:
    if st.button("Write a question"):
        st.switch_page(QUESTIONS, query_params={"ask": "1"})


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
        "Compared with the period of the same length before. The bars show the same number as it "
        "stood every 30\u00a0days, now at the right: shorter is better."
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
        '<div class="fd-sub">{under}</div>{trend}</div>',
        name=headline.name,
        trend=trend(headline),
        score=formats.score(headline.score),
        crowd=crowd,
        under=under,
    )
