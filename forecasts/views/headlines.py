"""How good my forecasts were of late, beside the crowd and beside the time before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from db.types import to_us
from forecasts.maths.aggregation import crowd
from forecasts.maths.days import day_marks
from forecasts.maths.rules import score
from forecasts.maths.timeline import standing_rows
from forecasts.results.today import Headline
from forecasts.views.loading import Asked
from forecasts.views.scoring import Scored, rule_of
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import rows_of, stated_on

STEPS, STEP = 12, timedelta(days=30)
"""A trend is the same number as it stood at so many instants so far apart, the last of them now."""


def headline(
    snapshot: Snapshot, name: str, span: timedelta, mine: Scored, now: datetime
) -> Headline:
    """My mean Brier score on questions that ended within ``span``, with the crowd's on the same."""
    recent = _ended(snapshot, mine, now, span)
    beside = [
        _crowd_beside(snapshot.settled, question, who)
        for question, who in zip(recent.question.tolist(), recent.forecaster.tolist(), strict=True)
    ]
    known = [value for value in beside if value is not None]
    return Headline(
        name=name,
        score=mean(recent.score.tolist()),
        crowd=mean(known) if len(known) == len(beside) else None,
        questions=len(beside),
        before=mean(_ended(snapshot, mine, now - span, span).score.tolist()),
        trend=tuple(
            mean(_ended(snapshot, mine, now - back * STEP, span).score.tolist())
            for back in reversed(range(STEPS))
        ),
    )


def _ended(snapshot: Snapshot, mine: Scored, until: datetime, span: timedelta) -> Scored:
    """My scores on questions that ended in ``span`` up to ``until``."""
    ends = snapshot.ends[mine.question]
    return mine.of((to_us(until - span) < ends) & (ends <= to_us(until)))


def _crowd_beside(snapshot: Snapshot, question: int, who: int) -> float | None:
    """The score of everyone else's median on the days of mine; uniform where nobody stood.

    It depends on a settled question, so ``snapshot`` is one whose answers outlive other acts.
    """
    known: dict[int, float | None] = snapshot.remembered(("crowd beside", who), dict)
    if question not in known:
        known[question] = _crowd_score(snapshot, snapshot.questions[question], who)
    return known[question]


def _crowd_score(snapshot: Snapshot, asked: Asked, who: int) -> float | None:
    rows = rows_of(snapshot, classes=("live",), persons=True, question=asked.id)
    everyone = {one.forecaster_id: one.history for one in stated_on(snapshot, asked, rows)}
    mine = everyone.pop(who)
    if not everyone or asked.outcome is None:
        return None
    marks = day_marks(asked.opens, asked.ends, asked.zone)
    theirs = crowd(list(everyone.values()), marks, limit="left").forecasts
    silent = np.isnan(theirs[:, 0])
    if silent.all():
        return None
    theirs[silent] = 1 / len(asked.options)
    own_days = standing_rows(mine, marks) >= 0
    return float(score(rule_of(asked), theirs[own_days], asked.outcome).mean())


def mean(values: Sequence[float]) -> float | None:
    """The mean; None of nothing."""
    return float(np.mean(values)) if values else None
