"""The top of a scenario board: the set, what it lacks, and judged beside implied."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboard import formats
from dashboard.widgets.dates import closing, here
from dashboard.widgets.nav import SCENARIOS, open_question
from dashboard.widgets.parts import body, finding, note, notice_part, table
from dashboard.widgets.report_button import question_report
from dashboard.widgets.safe import Html, fill, joined
from forecasts.results.scenarios import ScenarioBoard, ScenarioView

WITHOUT_CROWD = (
    "The crowd is hidden on this board until your forecast of the set is in: an indicator that you "
    "have not forecast adds nothing, so what is implied is not yet what others see."
)

SHARES_HEAD = Html(
    "<tr><th>Scenario</th><th class='wide'>0 to 100 %</th><th class='n'>You</th>"
    "<th class='n'>Implied</th><th class='n'>Gap</th><th class='n wide'>Crowd</th>"
    "<th class='n wide'>Prior</th></tr>"
)


def board_head(board: ScenarioBoard, now: datetime, *, hidden: bool = False) -> None:
    """State, focal question, the ways out of the page, criteria and background.

    ``hidden`` says that the reader chose not to see the crowd yet, so that its report has none.
    """
    st.html(
        fill(
            '<div class="fd-chips"><span class="on">{state}</span><span>{n}</span></div>'
            "<h1><bdi>{title}</bdi></h1>",
            state=_state(board, now),
            n=formats.count(len(board.indicators), "indicator"),
            title=board.title,
        )
    )
    notice_part()
    with st.container(horizontal=True):
        if st.button("All sets", type="tertiary"):
            st.switch_page(SCENARIOS)
        if st.button("Record, evidence and comments", type="tertiary"):
            open_question(board.question_id)
        question_report(board.question_id, without_others=hidden)
    with st.expander("Criteria and background"):
        body(board.criteria)
        if board.background:
            body(board.background)


def _state(board: ScenarioBoard, now: datetime) -> Html:
    horizon = closing(here(board.closes_at))
    if board.outcome is not None:
        return fill("Resolved: {outcome}", outcome=board.outcome)
    state = formats.sentence_start(board.status)
    ahead = f", {formats.in_days(board.closes_at, now)}" if board.status == "open" else ""
    return fill("{state} · horizon {horizon}{ahead}", state=state, horizon=horizon, ahead=ahead)


def notices_part(board: ScenarioBoard, *, hidden: bool = False) -> None:
    """What is missing or left out, and what to do about it."""
    notices = (WITHOUT_CROWD, *board.notices) if hidden else board.notices
    if notices:
        finding("What this board lacks or leaves out")
        note(*notices)


def shares_part(board: ScenarioBoard) -> None:
    """Judged beside implied, scenario by scenario, with the widest gap named in the heading."""
    finding(
        board.gap,
        "● your forecast, ◇ what the indicators imply from the prior, ○ the crowd's median.",
    )
    table(SHARES_HEAD, share_rows(board.scenarios))


def share_rows(scenarios: Sequence[ScenarioView]) -> list[Html]:
    """One row a scenario; the widest gap's is marked."""
    gaps = [_gap(one) for one in scenarios]
    widest = max((abs(gap) for gap in gaps if gap is not None), default=0.0)
    return [
        fill(
            '<tr class="{kind}"><td><bdi>{name}</bdi></td><td class="wide">{track}</td>'
            '<td class="n"><b>{mine}</b></td><td class="n"><b>{implied}</b></td>'
            '<td class="n">{gap}</td><td class="n wide">{crowd}</td>'
            '<td class="n wide">{prior}</td></tr>',
            kind="me" if gap is not None and widest >= 0.01 and abs(gap) == widest else "other",
            name=one.name,
            track=_track(one),
            mine=_percent(one.mine),
            implied=_percent(one.implied),
            gap=formats.DASH if gap is None else formats.points(gap),
            crowd=_percent(one.crowd),
            prior=_percent(one.prior),
        )
        for one, gap in zip(scenarios, gaps, strict=True)
    ]


def _gap(one: ScenarioView) -> float | None:
    return None if one.mine is None or one.implied is None else one.mine - one.implied


def _percent(share: float | None) -> str:
    return formats.DASH if share is None else formats.percent(share)


def _track(one: ScenarioView) -> Html:
    """A dot, a diamond and a ring on a line from 0 to 100 %, and the gap between the first two."""
    pieces = [Html("<i></i>")]
    if one.mine is not None and one.implied is not None:
        low, high = sorted((one.mine, one.implied))
        pieces.append(
            fill(
                '<b class="span" style="left:{x}%;width:{w}%"></b>',
                x=f"{100 * low:.1f}",
                w=f"{100 * (high - low):.1f}",
            )
        )
    for kind, share in (("crowd", one.crowd), ("implied", one.implied), ("mine", one.mine)):
        if share is not None:
            pieces.append(
                fill('<b class="{kind}" style="left:{x}%"></b>', kind=kind, x=f"{100 * share:.1f}")
            )
    return fill('<div class="fd-compare" aria-hidden="true">{pieces}</div>', pieces=joined(pieces))
