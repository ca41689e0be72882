"""Whether the record was verified, and whether a checkpoint of it is held elsewhere."""

from datetime import datetime

import streamlit as st

from dashboard import formats
from dashboard.context import database
from dashboard.widgets.dates import here, when
from dashboard.widgets.parts import note
from dashboard.widgets.safe import Html, fill, plain
from forecasts.results.ledger import LedgerState, VerificationView
from forecasts.views.ledger import ledger_state


def alarm() -> None:
    """On every page, if the last verification found that the record was changed."""
    with database() as session:
        last = ledger_state(session).verification
    if last is not None and last.findings:
        st.error(plain(verified_line(last)))


def record_line() -> None:
    """The state of the log in a few quiet words."""
    with database() as session:
        state = ledger_state(session)
    note(*state_lines(state))


def state_lines(state: LedgerState) -> tuple[str, str]:
    """When it was verified, and when a checkpoint was signed."""
    if state.verification is None:
        verified = "It was never verified: forecasts verify."
    else:
        last = state.verification
        verified = _hovered(last.made_at, verified_line(last))
    if state.checkpoint_at is None or state.checkpoint_size is None:
        signed = (
            "No checkpoint was signed yet, so a rewrite of the whole record would leave no trace: "
            "forecasts checkpoint --new-key."
        )
    else:
        day = when(here(state.checkpoint_at))
        size = _entries(state.checkpoint_size)
        signed = fill("Last signed checkpoint: {size}, {day}.", size=size, day=day)
    entries = _entries(state.entries)
    return fill("The record has {entries}. {verified}", entries=entries, verified=verified), signed


def _hovered(instant: datetime, line: str) -> Html:
    """A line that tells a day, with its time in UTC on hover."""
    return fill('<span title="{utc}">{line}</span>', utc=formats.iso(instant), line=line)


def verified_line(last: VerificationView) -> str:
    """What the last verification found."""
    who = f" by {last.made_by}" if last.made_by else ""
    told = f"Verified on {formats.day(here(last.made_at))}{who} over {_entries(last.size)}"
    if not last.findings:
        return f"{told}: as it was recorded."
    what = "1 finding" if last.findings == 1 else f"{last.findings:,} findings"
    return f"{told}: NOT as it was recorded, {what}. First: {last.first}"


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"
