"""How a score on one question came together, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlmodel import Session

from db.tables import Question
from db.types import from_us
from forecasts.maths.aggregation import crowd
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.days import day_marks
from forecasts.maths.rules import score, uniform_score
from forecasts.maths.timeline import standing_rows
from forecasts.results.daily import DailyRule, DailyScores, Stretch
from forecasts.views.loading import Asked, Speaker
from forecasts.views.numbers import Quantiles, crowd_losses, outcome_of, said_of_number
from forecasts.views.question import asked_of
from forecasts.views.record import record
from forecasts.views.scoring import rule_of
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import rows_of, stated_on


@dataclass(frozen=True, slots=True)
class _Days:
    """One forecaster's days: the row standing at the end of each, -1 for none; losses by row."""

    rows: Ints
    losses: Floats
    probabilities: tuple[tuple[float, ...], ...]
    quantiles: tuple[Quantiles, ...]
    crowd: Floats  # by day, NaN where nobody else stood


def daily_scores(session: Session, question_id: int, *, forecaster_id: int) -> DailyScores | None:
    """A forecaster's score on each day of a settled question, beside everyone else's median.

    None while the question has no outcome that forecasts are held against, or if no forecast of
    theirs stood at the end of a scored day.

    Raises
    ------
    NotFound
        There is no such question.
    """
    snapshot = look(session)
    asked = asked_of(snapshot, question_id)
    marks = day_marks(asked.opens, asked.ends, asked.zone)
    if asked.kind == "numeric":
        found = _number(session, asked, marks, forecaster_id)
    else:
        found = _options(snapshot, asked, marks, forecaster_id)
    if found is None or not (found.rows >= 0).any():
        return None
    unit = session.get_one(Question, asked.id).unit
    return _answer(asked, marks, snapshot.speakers[forecaster_id], unit, found)


def _options(snapshot: Snapshot, asked: Asked, marks: Ints, who: int) -> _Days | None:
    if not asked.is_scored or asked.outcome is None:
        return None
    rows = rows_of(snapshot, classes=("live", "source"), question=asked.id)
    everyone = stated_on(snapshot, asked, rows)
    mine = next((one.history for one in everyone if one.forecaster_id == who), None)
    if mine is None:
        return None
    others = [
        one.history
        for one in everyone
        if one.forecaster_id != who and snapshot.speakers[one.forecaster_id].kind == "person"
    ]
    theirs = np.full(marks.size, np.nan)
    if others:
        stood = crowd(others, marks, limit="left").forecasts
        heard = ~np.isnan(stood[:, 0])
        theirs[heard] = score(rule_of(asked), stood[heard], asked.outcome)
    losses = np.full(mine.made.size, np.nan)
    losses[~mine.withdrawn] = score(
        rule_of(asked), mine.probabilities[~mine.withdrawn], asked.outcome
    )
    shares = tuple(tuple(row) for row in mine.probabilities.tolist())
    return _Days(standing_rows(mine, marks), losses, shares, ((),) * len(shares), theirs)


def _number(session: Session, asked: Asked, marks: Ints, who: int) -> _Days | None:
    observed = outcome_of(asked)
    everyone = {one.forecaster_id: one for one in said_of_number(record(session, asked))}
    mine = everyone.pop(who, None)
    if observed is None or mine is None:
        return None
    others = [one for one in everyone.values() if one.forecaster_kind == "person"]
    return _Days(
        rows=standing_rows(mine, marks),
        losses=mine.losses(observed),
        probabilities=((),) * len(mine.quantiles),
        quantiles=mine.quantiles,
        crowd=crowd_losses(others, marks, observed),
    )


def _answer(asked: Asked, marks: Ints, who: Speaker, unit: str | None, found: _Days) -> DailyScores:
    stood = found.rows >= 0
    own = np.where(stood, found.losses[found.rows], np.nan)
    running = _running(own, stood)
    days = tuple(_day(asked, mark) for mark in marks.tolist())
    both = stood & ~np.isnan(found.crowd)
    numeric = asked.kind == "numeric"
    rule: DailyRule = "quantile_score" if numeric else rule_of(asked)
    return DailyScores(
        forecaster_id=who.id,
        forecaster=who.name,
        rule=rule,
        unit=unit,
        uniform=None if numeric else uniform_score(rule_of(asked), len(asked.options)),
        mean=float(own[stood].mean()),
        coverage=float(stood.mean()),
        days=days,
        score=_known(own),
        crowd=_known(found.crowd),
        running=_known(running),
        beside=(float(own[both].mean()), float(found.crowd[both].mean())) if both.any() else None,
        stretches=_stretches(days, found, running),
    )


def _day(asked: Asked, mark: int) -> date:
    """The calendar day that a mark ends, in the question's zone."""
    return (from_us(mark) - timedelta(microseconds=1)).astimezone(asked.zone).date()


def _running(own: Floats, stood: Bools) -> Floats:
    """The mean over the days so far that have a score; NaN before the first."""
    total = np.cumsum(np.where(stood, own, 0.0))
    count = np.cumsum(stood)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _known(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else value for value in values.tolist())


def _stretches(days: tuple[date, ...], found: _Days, running: Floats) -> tuple[Stretch, ...]:
    """The days parted wherever another forecast stands than the day before."""
    starts = np.flatnonzero(np.diff(found.rows, prepend=-2)).tolist()
    return tuple(
        _stretch(days, found, running, slice(begin, end))
        for begin, end in zip(starts, [*starts[1:], len(days)], strict=True)
    )


def _stretch(days: tuple[date, ...], found: _Days, running: Floats, part: slice) -> Stretch:
    row = int(found.rows[part.start])
    theirs = found.crowd[part][~np.isnan(found.crowd[part])]
    so_far = float(running[part][-1])
    return Stretch(
        first=days[part.start],
        last=days[part.stop - 1],
        days=part.stop - part.start,
        probabilities=found.probabilities[row] if row >= 0 else (),
        quantiles=found.quantiles[row] if row >= 0 else (),
        score=float(found.losses[row]) if row >= 0 else None,
        crowd=float(theirs.mean()) if theirs.size else None,
        running=None if np.isnan(so_far) else so_far,
    )
