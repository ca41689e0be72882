"""One source: the words it uses, and its statements with what became of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from dashboard import formats
from dashboard.context import database
from dashboard.widgets.nav import CALIBRATION, INBOX, QUESTION
from dashboard.widgets.parts import finding, note, part, table
from dashboard.widgets.safe import Html, fill, joined, plain, visible
from dashboard.widgets.sources.parts import STRENGTHS, profile, share_of, source_name
from forecasts.results.calibration import WordRow
from forecasts.results.sources import SourceKey, SourceRow, Sources, SourceStatement, WordUse
from forecasts.views.source import source_statements, words_came_true

PAGE = 10
WORDS = 15
WORD_HEAD = Html(
    "<tr><th scope='col'>Words</th><th scope='col' class='n'>Times</th>"
    "<th scope='col' class='n'>Read as</th><th scope='col' class='n'>Came true</th></tr>"
)


def source_choice(found: Sources) -> SourceRow | None:
    """Which source to look at; it stands in the address."""
    part("One source")
    rows = {_label(row.key): row for row in (*found.publishers, *found.speakers)}
    picked = st.selectbox(
        "Source",
        list(rows),
        index=None,
        placeholder="Choose a publisher or a speaker",
        key="source",
        bind="query-params",
        width=480,
    )
    return rows.get(picked or "")


def source_detail(row: SourceRow, now: datetime) -> None:
    """How it words its forecasts, and each of its statements."""
    left, right = st.columns([0.36, 0.64], gap="large")
    with left:
        _words(row, now)
    with right:
        _statements(row, now)


def words_finding(row: SourceRow) -> str:
    """The heading: which words it uses most."""
    name = source_name(row.key)
    if not row.wording.words:
        return f"{name} has used no word of likelihood yet"
    first = row.wording.words[0]
    return f"{name} most often says “{first.word}”: {formats.count(first.count, 'time')}"


def _words(row: SourceRow, now: datetime) -> None:
    wording = row.wording
    vague = share_of(wording.possibilities, row.statements)
    finding(
        words_finding(row),
        f"{vague} bare possibilities, {share_of(wording.numbers, row.statements)} numbers of "
        "its own; the rest are estimates in words.",
    )
    if any(wording.bands):
        st.html(
            fill(
                '<div class="fd-strength">{bars}<p class="fd-note">Estimates, from {low} to {high}'
                "</p></div>",
                bars=profile(wording),
                low=STRENGTHS[0],
                high=STRENGTHS[-1],
            )
        )
    if wording.words:
        with database() as session:
            came = words_came_true(session, row.key, now=now)
        table(WORD_HEAD, [_word(use, came) for use in wording.words[:WORDS]])
        more = len(wording.words) - WORDS
        note(
            "Came true: of the statements on resolved questions whose scheduled close has passed.",
            *([f"{formats.count(more, 'more wording')}."] if more > 0 else []),
        )
        st.page_link(CALIBRATION, label="What each word meant, publisher by publisher")


def _word(use: WordUse, came: Mapping[str, WordRow]) -> Html:
    row = came.get(use.word)
    return fill(
        '<tr><td><bdi>{word}</bdi></td><td class="n">{n}</td><td class="n">{reach}</td>'
        '<td class="n" title="{interval}">{came}</td></tr>',
        word=use.word,
        n=f"{use.count:,}",
        reach="bare possibility" if use.possibility else formats.percent_range(use.low, use.high),
        interval=""
        if row is None
        else f"{formats.percent(row.share)}, 95 % interval {formats.percent_range(*row.interval)}",
        came=formats.DASH if row is None else f"{row.happened:,} of {row.statements:,}",
    )


def _statements(row: SourceRow, now: datetime) -> None:
    if not row.statements:
        finding("Its forecasts were entered without the statements behind them")
        return
    finding(
        f"{formats.count(row.statements, 'statement')}, {formats.count(row.questions, 'question')}",
        f"{row.waiting:,} wait for a decision, {row.dismissed:,} were dismissed; "
        f"{row.settled:,} of the questions are settled.",
    )
    place, sheet = st.container(), 1
    if row.statements > PAGE:
        sheet = st.pagination(-(-row.statements // PAGE), key="sheet", bind="query-params")
    with database() as session:
        shown = source_statements(session, row.key, now=now, first=(sheet - 1) * PAGE, most=PAGE)
    with place:
        _list(shown)


def _list(shown: Sequence[SourceStatement]) -> None:
    for one in shown:
        st.html(_statement(one))
        with st.container(horizontal=True, gap="small"):
            if one.question is not None:
                st.page_link(
                    QUESTION,
                    label=plain(one.question.title),
                    query_params={"id": str(one.question.id)},
                )
            st.page_link(
                INBOX,
                label="In its article",
                query_params={"article": str(one.head.id), "statement": str(one.view.id)},
            )


def _statement(one: SourceStatement) -> Html:
    view = one.view
    lacks = f"; it lacks: {'; '.join(one.reasons)}" if one.reasons else ""
    read = (
        "bare possibility, not scored"
        if view.is_possibility
        else f"{formats.percent(view.probability)} "
        f"({formats.percent_range(view.probability_low, view.probability_high)}) that it happens"
    )
    lines = [
        fill("<bdi>{title}</bdi>, {date}", title=one.head.title,
             date=formats.partial_date(one.head.published)),
        fill("<b>{hedge}</b>: {read}", hedge=view.hedge, read=read),
        fill("Resolvable {share}{lacks}", share=formats.percent(one.fitness), lacks=lacks),
        fill("{what}", what=_became(one)),
    ]  # fmt: skip
    return fill(
        '<p class="fd-quote"><bdi>{quote}</bdi></p>{lines}',
        quote=view.quote,
        lines=joined([fill('<p class="fd-note">{line}</p>', line=line) for line in lines]),
    )


def _became(one: SourceStatement) -> str:
    """What the desk made of it."""
    if one.question is None:
        reason = f": {one.view.reason}" if one.view.reason else ""
        return {"waiting": "Waits for a decision", "dismissed": f"Dismissed{reason}"}.get(
            one.view.decision, "Accepted"
        )
    outcome = f": {one.question.outcome}" if one.question.outcome else ""
    return f"Became a question, {one.question.status}{outcome}"


def _label(key: SourceKey) -> str:
    if key.speaker is None:
        return visible(f"All of {key.publisher}")
    return visible(f"{key.speaker} ({key.publisher})" if key.publisher else key.speaker)
