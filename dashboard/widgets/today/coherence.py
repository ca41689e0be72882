"""Forecasts of the reader that cannot all be right, with the least change that would mend them."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats
from dashboard.charts.labels import shortened
from dashboard.widgets.nav import open_question
from dashboard.widgets.parts import note, part, table
from dashboard.widgets.safe import Html, fill, joined, plain
from forecasts.results.coherence import CoherenceFinding, StatedEvent

SHOWN = 5
HEAD = Html(
    "<tr><th>Forecast of yours</th><th class='n'>Stated</th>"
    "<th class='n'>Nearest coherent</th></tr>"
)


def contradictions_part(findings: Sequence[CoherenceFinding], not_checked: Sequence[str]) -> None:
    """Each contradiction: what hangs together, what is stated, and the nearest coherent values.

    Nothing is applied: the reader opens a question and says anew what they believe.
    """
    if not (findings or not_checked):
        return
    if findings:
        part("Cannot all be right", len(findings))
    else:
        part("Linked forecasts")
    for number, one in enumerate(findings[:SHOWN]):
        _finding(number, one)
    if len(findings) > SHOWN:
        note(f"{len(findings) - SHOWN:,} more: forecasts coherence")
    not_checked_note(not_checked)


def not_checked_note(reasons: Sequence[str]) -> None:
    """The groups of linked questions of which nothing is said above, and why."""
    for reason in reasons[:SHOWN]:
        note(f"Not checked: {reason}")
    if len(reasons) > SHOWN:
        note(f"{len(reasons) - SHOWN:,} more not checked: forecasts coherence")


def _finding(number: int, one: CoherenceFinding) -> None:
    lines = [fill('<p class="fd-sub"><bdi>{line}</bdi></p>', line=line) for line in one.relations]
    st.html(
        fill(
            '<p class="q">{n} linked probabilities of yours cannot all be right</p>{lines}',
            n=formats.sentence_start(formats.spelled(len(one.events))),
            lines=joined(lines),
        )
    )
    table(HEAD, [_event(event) for event in one.events])
    note(
        f"The nearest coherent values are the smallest change that mends it, {one.distance:.3f} "
        "away in all (0 is coherent). Nothing is changed for you."
    )
    with st.container(horizontal=True):
        for key, title in dict.fromkeys((event.question_id, event.title) for event in one.events):
            label = f"Open “{plain(shortened(title, 48))}”"
            if st.button(label, key=f"mend {number} {key}", type="tertiary"):
                open_question(key)


def _event(event: StatedEvent) -> Html:
    apart = fill(" <small>({outcome})</small>", outcome=event.outcome)
    return fill(
        "<tr><td><bdi>{title}</bdi>{outcome} <small><bdi>{condition}</bdi></small></td>"
        '<td class="n">{stated}</td><td class="n"><b>{nearest}</b></td></tr>',
        title=event.title,
        outcome=Html("") if event.outcome == "yes" else apart,
        condition=event.condition or "",
        stated=_tenths(event.stated),
        nearest=_tenths(event.nearest),
    )


def _tenths(share: float) -> str:
    """One decimal, because what has to change may be less than a point."""
    return f"{100 * share:.1f}{formats.NBSP}%"
