"""Scores of histories on settled questions: what every scored answer starts from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session, col, func, select

from db.tables import Forecast, Forecaster
from db.types import to_us
from forecasts.maths.aggregation import change_points, crowd_median
from forecasts.maths.checks import Floats
from forecasts.maths.scoring import Rule, uniform_brier, uniform_ordered_brier
from forecasts.maths.timeline import NEVER, History, TimedScore, daily_score
from forecasts.results import ScoreRow, ScoreSettings
from forecasts.views.loading import Asked, Stated

REPLICATES = 2000
SEED = 20_240_711  # any fixed number: the same record must give the same interval
LEAST_FOR_INTERVAL = 10  # with fewer, resampling draws the same few questions again and again


@dataclass(frozen=True, slots=True)
class Scored:
    """One forecaster's score on one settled question, and at both ends of its words."""

    asked: Asked
    stated: Stated
    timed: TimedScore
    uniform: float
    at_low: float | None
    at_high: float | None


def rule_of(asked: Asked) -> Rule:
    """The Brier score that fits the kind of question."""
    return "ordered_brier" if asked.row.kind == "ordered" else "brier"


def uniform_score(asked: Asked) -> float:
    """What equal probabilities on every option earn, on the scale of 0 to 1."""
    if rule_of(asked) == "ordered_brier":
        return uniform_ordered_brier(len(asked.options))
    return uniform_brier(len(asked.options))


def score_history(asked: Asked, history: History, outcome: int, ends: int) -> TimedScore | None:
    """The daily score of a history on a question, had it come out as ``outcome`` at ``ends``."""
    return daily_score(
        history, outcome, opens=asked.opens, ends=ends, zone=asked.zone, rule=rule_of(asked)
    )


def is_scored(asked: Asked) -> bool:
    """Whether the question has an outcome that forecasts are held against."""
    return asked.outcome is not None and not asked.parent_failed


def score_all(questions: Iterable[Asked], stated: Sequence[Stated]) -> list[Scored]:
    """Score every history on the settled ones among ``questions``."""
    settled = {asked.id: asked for asked in questions if is_scored(asked)}
    scored = []
    for one in stated:
        asked = settled.get(one.question_id)
        if asked is None or asked.outcome is None:
            continue
        timed = score_history(asked, one.history, asked.outcome, asked.ends)
        if timed is None:
            continue
        ends = [
            None if end is None else score_history(asked, end, asked.outcome, asked.ends)
            for end in (one.low, one.high)
        ]
        low, high = (None if end is None else end.mean for end in ends)
        scored.append(Scored(asked, one, timed, uniform_score(asked), low, high))
    return scored


def score_row(
    scored: Sequence[Scored], forecaster: Forecaster, *, name: str | None = None
) -> ScoreRow:
    """The mean over questions, with a 95 % interval resampled by question."""
    means = np.array([one.timed.mean for one in scored])
    questions = [one.asked.id for one in scored]
    ranged = any(one.at_low is not None for one in scored)
    return ScoreRow(
        forecaster_id=forecaster.id or 0,
        forecaster=name or forecaster.name,
        forecaster_kind=forecaster.kind,
        publisher=forecaster.publisher or None,
        questions=len(set(questions)),
        score=float(means.mean()),
        uniform=float(np.mean([one.uniform for one in scored])),
        at_low=_mean_end(scored, "at_low") if ranged else None,
        at_high=_mean_end(scored, "at_high") if ranged else None,
        coverage=float(np.mean([one.timed.coverage for one in scored])),
        days=sum(one.timed.daily.size for one in scored),
        interval=_interval(means, questions),
    )


def crowd_history(members: Sequence[Stated]) -> History | None:
    """The median of the members' standing forecasts as a history of its own."""
    histories = [one.history for one in members]
    if not histories:
        return None
    at = change_points(histories)
    crowd = crowd_median(histories, at)
    return History(
        made=at,
        probabilities=crowd,
        withdrawn=np.isnan(crowd[:, 0]),
        expires=np.full(at.size, NEVER),
    )


def left_out(
    session: Session,
    questions: Iterable[Asked],
    settings: ScoreSettings,
    *,
    by: frozenset[int] | None = None,
) -> tuple[tuple[str, int], ...]:
    """What a scored answer leaves out, each with its reason and count.

    ``by`` narrows the forecasts counted to those of some forecasters.
    """
    questions = list(questions)
    counts = Counter(reason for asked in questions if (reason := _unscored(asked)))
    settled = {asked.id: asked for asked in questions if is_scored(asked)}
    for row in session.exec(select(Forecast).where(col(Forecast.withdrawn).is_(False))):
        asked = settled.get(row.question_id)
        if asked is None or (by is not None and row.forecaster_id not in by):
            continue
        if row.is_possibility and not settings.possibilities:
            counts["bare possibilities (may, might, could)"] += 1
        elif row.forecast_class not in settings.classes:
            counts["retrospective forecasts"] += 1
        elif to_us(row.made_at) >= asked.ends:
            counts["forecasts made when the outcome was known or the question closed"] += 1
    return tuple(counts.items())


def _unscored(asked: Asked) -> str | None:
    """Why a settled question is scored for nobody; None if it is, or is not settled."""
    if asked.parent_failed:
        return "questions whose condition was not met"
    if asked.resolution is None:
        return None
    if asked.resolution.state != "resolved":
        return "annulled questions"
    if asked.row.kind == "numeric":
        return "numeric questions, whose scores are in their own units"
    return None


def count_forecasts(session: Session, forecaster: int) -> int:
    """How many forecasts someone has recorded, withdrawals aside."""
    return session.exec(
        select(func.count())
        .select_from(Forecast)
        .where(Forecast.forecaster_id == forecaster, col(Forecast.withdrawn).is_(False))
    ).one()


def _mean_end(scored: Sequence[Scored], end: str) -> float:
    values = [getattr(one, end) for one in scored]
    return float(
        np.mean(
            [
                one.timed.mean if value is None else value
                for one, value in zip(scored, values, strict=True)
            ]
        )
    )


def _interval(means: Floats, questions: Sequence[int]) -> tuple[float, float] | None:
    """Percentiles of the mean when whole questions are drawn again."""
    names, where = np.unique(questions, return_inverse=True)
    if names.size < LEAST_FOR_INTERVAL:
        return None
    totals = np.bincount(where, weights=means)
    counts = np.bincount(where)
    drawn = np.random.default_rng(SEED).multinomial(
        names.size, np.full(names.size, 1 / names.size), size=REPLICATES
    )
    replicates = drawn @ totals / (drawn @ counts)
    low, high = np.quantile(replicates, [0.025, 0.975])
    return float(low), float(high)
