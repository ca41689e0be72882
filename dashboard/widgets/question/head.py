"""The top of a question's page: state, title, criteria, and what it hangs on."""

from datetime import datetime

import streamlit as st

from dashboard import formats
from dashboard.widgets.dates import closing, when
from dashboard.widgets.nav import INBOX, QUESTION, SCENARIOS
from dashboard.widgets.parts import notice_part
from dashboard.widgets.safe import Html, fill, joined, plain
from forecasts.results.question import QuestionView


def question_head(view: QuestionView, now: datetime) -> None:
    """State and tags, title, criteria with their clarifications, and links to what is behind."""
    st.html(
        fill(
            "{chips}<h1><bdi>{title}</bdi></h1>{criteria}",
            chips=_chips(view, now),
            title=view.row.title,
            criteria=_criteria(view),
        )
    )
    notice_part()
    _links(view)


def state_line(view: QuestionView, now: datetime) -> Html:
    """The question's state in words, with the date that matters in it."""
    row = view.row
    if row.status == "resolved" and view.resolutions:
        last = view.resolutions[-1]
        known = formats.known_date(last.known_at, last.known_precision)
        outcome = formats.outcome(last.outcome or "", row.kind)
        return fill("Resolved {outcome} · {known}", outcome=outcome, known=known)
    if row.status == "annulled":
        return Html("Annulled" if view.resolutions else "Annulled: its condition was not met")
    if row.status == "upcoming":
        return fill("Opens {day}", day=when(row.opens_at))
    closes = closing(row.closes_at)
    if row.status == "closed":
        return fill("Closed {closes}, waits for its outcome", closes=closes)
    ahead = formats.in_days(row.closes_at, now)
    return fill("Open · closes {closes}, {ahead}", closes=closes, ahead=ahead)


def _chips(view: QuestionView, now: datetime) -> Html:
    kind = "on yes" if view.row.outcome == "yes" else "on"
    chips = [fill('<span class="{kind}">{text}</span>', kind=kind, text=state_line(view, now))]
    if view.row.retrospective:
        chips.append(Html("<span>retrospective: asked after its close</span>"))
    chips += [fill("<span><bdi>{tag}</bdi></span>", tag=tag) for tag in view.row.tags]
    return fill('<div class="fd-chips">{chips}</div>', chips=joined(chips))


def _criteria(view: QuestionView) -> Html:
    """Criteria first; what was clarified later stands below, dated."""
    parts = [fill('<p class="fd-lead"><bdi>{text}</bdi></p>', text=view.criteria)]
    parts += [
        fill(
            '<p class="fd-lead">Clarified {when}: <bdi>{text}</bdi></p>',
            when=when(entry.recorded_at),
            text=entry.text,
        )
        for entry in view.clarifications
    ]
    if view.resolution_source:
        parts.append(
            fill('<p class="fd-sub">Settled by: <bdi>{text}</bdi></p>', text=view.resolution_source)
        )
    if view.base_rate is not None:
        parts.append(
            fill(
                '<p class="fd-sub">Base rate {rate}: <bdi>{of}</bdi></p>',
                rate=formats.exact_percent(view.base_rate),
                of=view.base_rate_class or "",
            )
        )
    return joined(parts)


def _links(view: QuestionView) -> None:
    """Ways to the board, the article, the parent, and to those asked on this one's outcome."""
    if not (view.is_scenario_set or view.article or view.parent_id or view.conditional):
        return
    with st.container(horizontal=True, gap="small", key="fd-links"):
        if view.is_scenario_set:
            board = {"id": str(view.row.id)}
            st.page_link(SCENARIOS, label="Its scenario board", query_params=board)
        if view.article is not None:
            who = view.article.publisher or view.article.title
            label = f"From {plain(who)}, {plain(formats.partial_date(view.article.published))}"
            ids = {"article": str(view.article.id)}
            if view.statement is not None:
                ids["statement"] = str(view.statement.id)
            st.page_link(INBOX, label=label, query_params=ids)
        if view.parent_id is not None:
            label = (
                f"Only if: {plain(view.parent_title or '')} = {plain(view.parent_outcome or '')}"
            )
            st.page_link(QUESTION, label=label, query_params={"id": str(view.parent_id)})
        for child in view.conditional:
            label = f"If {plain(child.outcome)}: {plain(child.title)} ({child.status})"
            st.page_link(QUESTION, label=label, query_params={"id": str(child.id)})
