"""What needs the reader today, most urgent first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session

from forecasts.results.calibration import Choice
from forecasts.results.questions import QuestionRow
from forecasts.results.today import DueItem, TodayView
from forecasts.views.calibration import calibration
from forecasts.views.headlines import headline, mean
from forecasts.views.inbox_items import inbox
from forecasts.views.question_rows import WEEK, question_rows
from forecasts.views.scoring import scored, settings_of
from forecasts.views.snapshot import Snapshot, look

SOON = timedelta(days=7)
STALE_SHARE = 0.1  # of the question's life without an update
STALE_LEAST = timedelta(days=7)
HANDLED = timedelta(hours=12)  # what I updated since asks no more for being about to close
FAR = 20  # points from the crowd
MOVED = 10  # points of the crowd within a week
CROWD = 3  # people from whom on it is a crowd to be far from
PERIODS = (("30 days", timedelta(days=30)), ("90 days", timedelta(days=90)))


@dataclass(frozen=True, slots=True)
class _Section:
    """One reason why an open question needs me: whether it does, in which words, how much."""

    wants: Callable[[QuestionRow, datetime], bool]
    why: Callable[[QuestionRow, datetime], str]
    urgency: Callable[[QuestionRow, datetime], float]  # less is sooner


def today(session: Session, *, me: str | None, now: datetime) -> TodayView:
    """Everything on the Today page. A question stands under its most urgent reason only."""
    snapshot = look(session)
    rows = _unsettled(snapshot, me, now)
    my_id = snapshot.by_login(me)
    mine = scored(snapshot, settings_of(retrospective=False, possibilities=False)).by(my_id)
    stated = _count_forecasts(snapshot, my_id)
    still_open = [row for row in rows if row.status == "open"]
    return TodayView(
        now=now,
        due=due(rows, now),
        **_sections(still_open, now),
        inbox=tuple(item for item in inbox(session) if item.waiting),
        headlines=tuple(headline(snapshot, name, span, mine, now) for name, span in PERIODS),
        coverage=mean(mine.coverage.tolist()),
        open_questions=len(still_open),
        resolved_questions=snapshot.apart.remembered(
            "how many are scored",
            lambda: sum(asked.is_scored for asked in snapshot.questions.values()),
        ),
        my_forecasts=stated,
        calibration=calibration(session, Choice(forecaster_id=my_id), now=now)
        if stated
        else calibration(session, Choice(forecaster_kind="source"), now=now),
    )


def due_questions(session: Session, *, me: str | None, now: datetime) -> tuple[DueItem, ...]:
    """Questions that wait for a resolution, of the whole record."""
    snapshot = look(session)
    return due(_unsettled(snapshot, me, now), now)


def _unsettled(snapshot: Snapshot, me: str | None, now: datetime) -> list[QuestionRow]:
    ids = snapshot.apart.remembered(
        "without a resolution",
        lambda: [asked.id for asked in snapshot.questions.values() if asked.resolution is None],
    )
    return list(question_rows(snapshot, ids, me=me, now=now).values())


def due(rows: Iterable[QuestionRow], now: datetime) -> tuple[DueItem, ...]:
    """Questions whose close has passed and whose outcome is not recorded, longest due first."""
    closed = [row for row in rows if row.status == "closed"]
    closed.sort(key=lambda row: (row.closes_at, row.id))
    return tuple(DueItem(row, f"Closed {_span(now - row.closes_at)} ago.") for row in closed)


def is_stale(row: QuestionRow, now: datetime) -> bool:
    """Whether my forecast is old, both in days and against the question's life."""
    return (
        row.mine_at is not None
        and now - row.mine_at >= STALE_LEAST
        and _age_share(row, now) >= STALE_SHARE
    )


def is_closing(row: QuestionRow, now: datetime) -> bool:
    """Whether it closes within the week and I have not said today what I think."""
    return row.closes_at - now <= SOON and _older(row, now, HANDLED)


def is_far(row: QuestionRow, now: datetime) -> bool:
    """Whether I stand far from a crowd, and did not just choose to."""
    return row.crowd_size >= CROWD and _points(_above(row)) >= FAR and _older(row, now, WEEK)


def has_moved(row: QuestionRow, now: datetime) -> bool:
    """Whether the crowd has moved within a week in which I said nothing."""
    return (
        row.mine_at is not None
        and _older(row, now, WEEK)
        and _points(row.crowd_change_7d or 0) >= MOVED
    )


_SECTIONS: Mapping[str, _Section] = {
    "closing": _Section(
        is_closing,
        lambda row, now: f"Closes in {_span(row.closes_at - now)}.{_my_age(row, now)}",
        lambda row, now: row.closes_at.timestamp(),
    ),
    "stale": _Section(
        is_stale,
        lambda row, now: (
            f"No update for {_span(now - (row.mine_at or now))}, "
            f"{100 * _age_share(row, now):.0f}\u00a0% of the question’s life."
        ),
        lambda row, now: -_age_share(row, now),
    ),
    "far": _Section(
        is_far,
        lambda row, now: (
            f"You are {_points(_above(row))} points {'above' if _above(row) > 0 else 'below'} "
            f"the crowd ({row.crowd_size} forecasters)."
        ),
        lambda row, now: -abs(_above(row)),
    ),
    "moved": _Section(
        has_moved,
        lambda row, now: (
            f"The crowd {'rose' if (row.crowd_change_7d or 0) > 0 else 'fell'} "
            f"{_points(row.crowd_change_7d or 0)} points in 7 days; you last updated before that."
        ),
        lambda row, now: -abs(row.crowd_change_7d or 0.0),
    ),
    "unforecast": _Section(
        lambda row, now: row.mine_at is None,
        lambda row, now: f"Closes in {_span(row.closes_at - now)}. You have no forecast on it yet.",
        lambda row, now: row.closes_at.timestamp(),
    ),
}
"""Most urgent first."""


def _sections(rows: Iterable[QuestionRow], now: datetime) -> dict[str, tuple[DueItem, ...]]:
    """Each open question under the first reason that it has, the most urgent first."""
    found: dict[str, list[QuestionRow]] = defaultdict(list)
    for row in rows:
        name = next((name for name, one in _SECTIONS.items() if one.wants(row, now)), None)
        if name is not None:
            found[name].append(row)
    return {name: _items(found[name], one, now) for name, one in _SECTIONS.items()}


def _items(rows: list[QuestionRow], section: _Section, now: datetime) -> tuple[DueItem, ...]:
    rows.sort(key=lambda row: (section.urgency(row, now), row.closes_at, row.id))
    return tuple(DueItem(row, section.why(row, now)) for row in rows)


def _count_forecasts(snapshot: Snapshot, who: int | None) -> int:
    """How many forecasts someone has recorded, withdrawals aside."""
    said = snapshot.said
    own = np.flatnonzero(said.forecaster == who)
    return int((~said.withdrawn(own)).sum())


def _older(row: QuestionRow, now: datetime, age: timedelta) -> bool:
    """Whether I said nothing within ``age``."""
    return row.mine_at is None or now - row.mine_at >= age


def _above(row: QuestionRow) -> float:
    """How far I stand above the crowd, in shares; 0 where one of us has no probability."""
    return 0.0 if row.mine is None or row.crowd is None else row.mine - row.crowd


def _points(share: float) -> int:
    """A distance in whole points, as it is shown."""
    return abs(round(100 * share))


def _age_share(row: QuestionRow, now: datetime) -> float:
    age = now - (row.mine_at or now)
    return age / (row.closes_at - row.opens_at)


def _my_age(row: QuestionRow, now: datetime) -> str:
    if row.mine_at is None:
        return " You have no forecast on it yet."
    return f" Your forecast is {_span(now - row.mine_at)} old."


def _span(span: timedelta) -> str:
    """A span as a reader says it: hours within two days, then days, months, years."""
    days = span.days
    if days < 2:
        hours = int(span.total_seconds() // 3600)
        return f"{hours} hour" if hours == 1 else f"{hours} hours"
    if days < 90:
        return f"{days} days"
    if days < 730:
        return f"{days // 30} months"
    return f"{days // 365} years"
