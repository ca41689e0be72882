"""Whose forecasts on which questions the calibration page is about; all of it in the address."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard import formats
from dashboard.widgets.safe import visible
from forecasts.maths.entering import Entering
from forecasts.results.calibration import Choice, Span
from forecasts.results.questions import FacetValues

GROUPS: dict[str, str | None] = {
    "All sources": "source",
    "All persons": "person",
    "Everyone": None,
}
SPANS: Mapping[str, Span] = {
    "under a week": (timedelta(0), timedelta(days=7)),
    "1 to 4 weeks": (timedelta(days=7), timedelta(days=28)),
    "1 to 3 months": (timedelta(days=28), timedelta(days=91)),
    "3 to 12 months": (timedelta(days=91), timedelta(days=365)),
    "over a year": (timedelta(days=365), None),
}
ENTERING: Mapping[str, Entering] = {
    "standing at the end of each day": "daily",
    "the last before the end": "last",
    "the first": "first",
    "every one that stood": "every",
}
RECENT: Mapping[str, int] = {"within 90 days": 90, "within 12 months": 365}
YEARS = 5
"""Calendar years that can be chosen; earlier ones are one choice together."""

_MORE = ("closed", "length", "before", "claimed", "maybe", "young")
_OPEN = "more filters are open"

Period = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Filtered:
    """What the reader asked to see."""

    choice: Choice
    is_me: bool
    has_mine: bool  # whether the reader has forecast at all
    role: str  # whose colour it is drawn in

    @property
    def whose(self) -> str:
        """Whose record it is, where it is not the reader's."""
        return "the record of the sources" if self.role == "source" else "the record of others"

    @property
    def narrowing(self) -> str:
        """What the questions and days are narrowed to, in words; empty if to nothing."""
        one = self.choice
        spans = {span: name for name, span in SPANS.items()}
        found = []
        if one.publisher:
            found.append(f"questions from {visible(one.publisher)}")
        if one.tag:
            found.append(f"tagged {visible(one.tag)}")
        if one.closed_from:
            found.append(f"scheduled to close from {formats.day(one.closed_from)} UTC")
        if one.closed_before:
            found.append(f"scheduled to close before {formats.day(one.closed_before)} UTC")
        if one.length:
            found.append(f"open for {spans[one.length]}")
        if one.lead:
            found.append(f"forecasts of days {spans[one.lead]} before the close")
        return "; ".join(found)


def calibration_filters(choices: FacetValues, me: int | None, now: datetime) -> Filtered:
    """Fields to choose with; it starts with the reader, or with the sources while there is none."""
    mine = me if any(key == me for key, _, _ in choices.forecasters) else None
    names = _names(choices, mine)
    who, which, publisher, tag = st.columns([1.2, 1.2, 1.2, 1])
    with who:
        picked = st.selectbox(
            "Forecaster", list(names), format_func=names.__getitem__, key="who", bind="query-params"
        )
    with which:
        enter = st.selectbox("Forecasts", list(ENTERING), key="which", bind="query-params")
    with publisher:
        published = _narrowing("Publisher", choices.publishers, "publisher")
    with tag:
        tagged = _narrowing("Tag", choices.tags, "tag")
    choice = replace(
        _more(now),
        forecaster_id=picked if isinstance(picked, int) else None,
        forecaster_kind=GROUPS[picked] if isinstance(picked, str) else None,
        publisher=published,
        tag=tagged,
        which=ENTERING[enter],
    )
    return Filtered(choice, picked == mine, mine is not None, _role(choice, mine, choices))


def _more(now: datetime) -> Choice:
    """The filters that are needed less often; they stay open once one of them was used."""
    used = st.session_state.get(_OPEN, False) or any(key in st.query_params for key in _MORE)
    st.session_state[_OPEN] = used
    periods = _periods(now)
    with st.expander("Times and doubtful cases", expanded=used):
        closed, ran, before = st.columns([1.4, 1.4, 1])
        with closed:
            period = _narrowing("Scheduled close", list(periods), "closed")
        with ran:
            length = _narrowing("Length of the question", list(SPANS), "length")
        with before:
            lead = _narrowing("Time before the close", list(SPANS), "before")
        with st.container(horizontal=True, gap="medium"):
            retrospective = _including("With retrospective forecasts", "claimed")
            possibilities = _including("With bare possibilities (may, could)", "maybe")
            everything = _including("With those that close in the future", "young")
    first, end = periods[period] if period else (None, None)
    return Choice(
        closed_from=first,
        closed_before=end,
        length=SPANS[length] if length else None,
        lead=SPANS[lead] if lead else None,
        retrospective=retrospective,
        possibilities=possibilities,
        all_questions=everything,
    )


def _names(choices: FacetValues, mine: int | None) -> dict[str | int, str]:
    """What each choice of forecasters is called; namesakes are told apart by their numbers."""
    called = {key: f"{visible(name)} ({kind})" for key, kind, name in choices.forecasters}
    often = Counter(called.values())
    names: dict[str | int, str] = {} if mine is None else {mine: "You"}
    names |= {group: group for group in GROUPS}
    for key, name in called.items():
        names.setdefault(key, name if often[name] == 1 else f"{name} no. {key}")
    return names


def _periods(now: datetime) -> dict[str, Period]:
    """Periods by name. They begin at midnight UTC, so that one answer serves a whole day."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    found: dict[str, Period] = {
        name: (today - timedelta(days=days), None) for name, days in RECENT.items()
    }
    years = range(today.year, today.year - YEARS, -1)
    found |= {f"in {year}": (_new_year(year), _new_year(year + 1)) for year in years}
    return found | {f"before {years[-1]}": (None, _new_year(years[-1]))}


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def _role(choice: Choice, mine: int | None, choices: FacetValues) -> str:
    if choice.forecaster_id is not None and choice.forecaster_id == mine:
        return "me"
    kinds = {key: kind for key, kind, _ in choices.forecasters}
    kind = kinds.get(choice.forecaster_id or 0, choice.forecaster_kind)
    return "source" if kind == "source" else "crowd"


def _narrowing(label: str, options: Sequence[str], key: str) -> str | None:
    """One of the options, or None for all."""
    return st.selectbox(
        label,
        options,
        index=None,
        format_func=visible,
        key=key,
        placeholder="All",
        bind="query-params",
    )


def _including(label: str, key: str) -> bool:
    return bool(st.checkbox(label, key=key, bind="query-params"))
