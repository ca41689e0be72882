"""What needs the reader today, most urgent first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session

from db.types import to_us
from forecasts.results import DueItem, Headline, QuestionRow, TodayView
from forecasts.views.calibration import calibration
from forecasts.views.inbox import inbox
from forecasts.views.loading import Asked, Stated, forecaster_id, load_questions, load_stated
from forecasts.views.questions import question_rows
from forecasts.views.scoring import (
    Scored,
    count_forecasts,
    crowd_history,
    is_scored,
    score_all,
    score_history,
)

SOON = timedelta(days=7)
STALE_SHARE = 0.1  # of the question's life without an update
STALE_LEAST = timedelta(days=7)
PERIODS = (("30 days", timedelta(days=30)), ("90 days", timedelta(days=90)))


def today(session: Session, *, me: str | None, now: datetime) -> TodayView:
    """Everything on the Today page."""
    questions = load_questions(session)
    rows = question_rows(session, questions, me=me, now=now)
    my_id = forecaster_id(session, me)
    live = load_stated(session, questions, classes=("live",), kinds=("person",))
    scored = score_all(questions.values(), live)
    mine = [one for one in scored if one.stated.forecaster_id == my_id]
    stated = count_forecasts(session, my_id) if my_id else 0
    still_open = [row for row in rows.values() if row.status == "open"]
    return TodayView(
        now=now,
        due=due(rows.values(), now),
        closing=_items(
            (row for row in still_open if row.closes_at - now <= SOON),
            lambda row: f"Closes in {_span(row.closes_at - now)}.{_my_age(row, now)}",
        ),
        stale=_items(
            (row for row in still_open if row.closes_at - now > SOON and is_stale(row, now)),
            lambda row: (
                f"No update for {_span(now - (row.mine_at or now))}, "
                f"{_age_share(row, now):.0%} of the question’s life.".replace("%", " %")
            ),
        ),
        unforecast=_items(
            (row for row in still_open if row.mine_at is None),
            lambda row: f"Closes in {_span(row.closes_at - now)}. You have no forecast on it yet.",
        ),
        inbox=tuple(item for item in inbox(session) if item.waiting),
        headlines=tuple(
            _headline(name, span, mine, questions, live, my_id, now) for name, span in PERIODS
        ),
        coverage=float(np.mean([one.timed.coverage for one in mine])) if mine else None,
        open_questions=len(still_open),
        resolved_questions=sum(is_scored(asked) for asked in questions.values()),
        my_forecasts=stated,
        calibration=calibration(session, now=now, forecaster_id=my_id)
        if stated
        else calibration(session, now=now, forecaster_kind="source"),
    )


def due(rows: Iterable[QuestionRow], now: datetime) -> tuple[DueItem, ...]:
    """Questions whose close has passed and whose outcome is not recorded, longest due first."""
    closed = (row for row in rows if row.status == "closed")
    return _items(closed, lambda row: f"Closed {_span(now - row.closes_at)} ago.")


def is_stale(row: QuestionRow, now: datetime) -> bool:
    """Whether my forecast is old, both in days and against the question's life."""
    return (
        row.mine_at is not None
        and now - row.mine_at >= STALE_LEAST
        and _age_share(row, now) >= STALE_SHARE
    )


def _items(rows: Iterable[QuestionRow], why: Callable[[QuestionRow], str]) -> tuple[DueItem, ...]:
    ordered = sorted(rows, key=lambda row: (row.closes_at, row.id))
    return tuple(DueItem(row, why(row)) for row in ordered)


def _headline(
    name: str,
    span: timedelta,
    mine: Sequence[Scored],
    questions: Mapping[int, Asked],
    live: Sequence[Stated],
    my_id: int | None,
    now: datetime,
) -> Headline:
    """My mean Brier score on questions that ended within ``span``, with the crowd's on the same."""
    start, before = to_us(now - span), to_us(now - 2 * span)
    recent = [one for one in mine if one.asked.ends > start]
    earlier = [one for one in mine if before < one.asked.ends <= start]
    crowd = [_crowd_score(one, live, my_id) for one in recent]
    known = [score for score in crowd if score is not None]
    return Headline(
        name=name,
        score=_mean([one.timed.mean for one in recent]),
        crowd=_mean(known) if len(known) == len(recent) else None,
        questions=len(recent),
        before=_mean([one.timed.mean for one in earlier]),
    )


def _crowd_score(mine: Scored, live: Sequence[Stated], my_id: int | None) -> float | None:
    """The score of everyone else's median on the days of mine; uniform where nobody stood."""
    asked = mine.asked
    others = [one for one in live if one.question_id == asked.id and one.forecaster_id != my_id]
    crowd = crowd_history(others)
    if crowd is None or asked.outcome is None:
        return None
    timed = score_history(asked, crowd, asked.outcome, asked.ends)
    if timed is None:
        return None
    daily = dict(zip(timed.marks.tolist(), timed.daily.tolist(), strict=True))
    return float(np.mean([daily.get(mark, mine.uniform) for mark in mine.timed.marks.tolist()]))


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


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
