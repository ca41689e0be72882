"""Lists of questions, with what I, the crowd and the source say about each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session, col, select

from db.tables import Forecast, Forecaster, Question
from db.types import from_us, to_us
from forecasts.maths.aggregation import crowd_median
from forecasts.maths.timeline import History, standing_rows
from forecasts.results import FacetValues, QuestionRow, Status
from forecasts.views.loading import (
    Asked,
    Stated,
    forecaster_id,
    load_forecasters,
    load_questions,
    load_stated,
)

WEEK = timedelta(days=7)


def question_list(
    session: Session,
    *,
    me: str | None,
    now: datetime,
    status: Status | None = None,
    tag: str | None = None,
    publisher: str | None = None,
    text: str | None = None,
    mine: bool = False,
) -> tuple[QuestionRow, ...]:
    """Questions that fit every filter given; open ones first, then by close."""
    rows = question_rows(session, load_questions(session), me=me, now=now)
    wanted = (text or "").casefold().split()
    chosen = [
        row
        for row in rows.values()
        if (status is None or row.status == status)
        and (tag is None or tag in row.tags)
        and (publisher is None or row.publisher == publisher)
        and (not mine or row.mine_at is not None)
        and all(word in row.title.casefold() for word in wanted)
    ]
    order = {"open": 0, "upcoming": 1, "closed": 2, "resolved": 3, "annulled": 4}
    return tuple(sorted(chosen, key=lambda row: (order[row.status], row.closes_at, row.id)))


def facets(session: Session) -> FacetValues:
    """What there is to filter by: tags, publishers, and whoever has forecast."""
    questions = load_questions(session).values()
    active = set(session.exec(select(Forecast.forecaster_id).distinct()))
    people = [row for row in load_forecasters(session).values() if row.id in active]
    return FacetValues(
        tags=tuple(sorted({tag for asked in questions for tag in asked.tags})),
        publishers=tuple(sorted({asked.publisher for asked in questions if asked.publisher})),
        forecasters=tuple(
            (row.id or 0, row.kind, row.name)
            for row in sorted(people, key=lambda row: (row.kind, row.name))
        ),
    )


def question_rows(
    session: Session, questions: Mapping[int, Asked], *, me: str | None, now: datetime
) -> dict[int, QuestionRow]:
    """A row for each of ``questions``, by id."""
    live = load_stated(session, questions, classes=("live",), kinds=("person",))
    by_question: dict[int, list[Stated]] = defaultdict(list)
    for one in live:
        by_question[one.question_id].append(one)
    my_id = forecaster_id(session, me)
    sources = _source_estimates(session)
    rows = {
        key: _row(asked, by_question[key], my_id, sources.get(key), now)
        for key, asked in questions.items()
    }
    for key, made_at in _numeric_forecasts(session, my_id, now).items():
        if key in rows:
            rows[key] = replace(rows[key], mine_at=made_at)
    return rows


def standing(history: History, at: datetime) -> tuple[tuple[float, ...], datetime] | None:
    """The distribution in force at an instant and when it was made; None where none is."""
    index = int(standing_rows(history, np.array([to_us(at)]), limit="right")[0])
    if index < 0:
        return None
    shares = tuple(float(share) for share in history.probabilities[index])
    return shares, from_us(int(history.made[index]))


def _row(
    asked: Asked,
    live: Sequence[Stated],
    my_id: int | None,
    source: tuple[float, float, float] | None,
    now: datetime,
) -> QuestionRow:
    at = min(now, from_us(asked.ends))
    binary = asked.row.kind == "binary"
    mine = next((one.history for one in live if one.forecaster_id == my_id), None)
    my_now = None if mine is None else standing(mine, at)
    my_then = None if mine is None else standing(mine, at - WEEK)
    crowd_size = sum(standing(one.history, at) is not None for one in live)
    crowd = (
        crowd_median([one.history for one in live], np.array([to_us(at)])) if crowd_size else None
    )
    return QuestionRow(
        id=asked.id,
        title=asked.row.title,
        kind=asked.row.kind,
        status=asked.status(now),
        opens_at=asked.row.opens_at,
        closes_at=asked.row.closes_at,
        tags=asked.tags,
        retrospective=asked.row.retrospective,
        publisher=asked.publisher,
        outcome=asked.resolution.outcome if asked.resolution else None,
        mine=my_now[0][0] if my_now and binary else None,
        mine_at=my_now[1] if my_now else None,
        crowd=float(crowd[0, 0]) if crowd is not None and binary else None,
        crowd_size=crowd_size,
        source=source[0] if source else None,
        source_low=source[1] if source else None,
        source_high=source[2] if source else None,
        change_7d=my_now[0][0] - my_then[0][0] if binary and my_now and my_then else None,
    )


def _numeric_forecasts(
    session: Session, my_id: int | None, now: datetime
) -> dict[int, datetime | None]:
    """When I made my standing forecast on each numeric question; None once it stands no more.

    Such forecasts are quantiles, no distribution over options, and have no history of their own.
    """
    rows = session.exec(
        select(Forecast)
        .join(Question, col(Question.id) == Forecast.question_id)
        .where(
            Forecast.forecaster_id == my_id,
            Forecast.forecast_class == "live",
            Question.kind == "numeric",
        )
        .order_by(col(Forecast.made_at), col(Forecast.id))
    )
    return {
        row.question_id: None if row.withdrawn or has_expired(row, now) else row.made_at
        for row in rows
    }


def has_expired(row: Forecast, now: datetime) -> bool:
    """Whether the forecast stands no more by its own expiry."""
    return row.expires_at is not None and row.expires_at <= now


def _source_estimates(session: Session) -> dict[int, tuple[float, float, float]]:
    """What the source's words stand for: point, low and high, by question."""
    rows = session.exec(
        select(Forecast)
        .join(Forecaster, col(Forecaster.id) == Forecast.forecaster_id)
        .where(Forecast.forecast_class == "source", col(Forecast.probability).is_not(None))
        .order_by(col(Forecast.made_at), col(Forecast.id))
    )
    estimates = {}
    for row in rows:
        point = row.probability
        if point is not None:
            low = point if row.probability_low is None else row.probability_low
            high = point if row.probability_high is None else row.probability_high
            estimates[row.question_id] = (point, low, high)
    return estimates
