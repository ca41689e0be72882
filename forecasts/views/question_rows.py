"""Rows of questions: what I, the crowd and the source say about each, and how that moved."""

from collections.abc import Collection
from datetime import datetime, timedelta

import numpy as np

from db.types import MICROSECOND, from_us, to_us
from forecasts.maths.checks import Floats, Ints
from forecasts.results.questions import QuestionRow
from forecasts.views.columns import LIVE, SOURCE, Said
from forecasts.views.loading import Asked
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import rows_of, standing_at

WEEK = timedelta(days=7)
WEEKS = 13


def question_rows(
    snapshot: Snapshot, ids: Collection[int], *, me: str | None, now: datetime
) -> dict[int, QuestionRow]:
    """A row for each of the questions with these ids, by id and in their order.

    What a settled question's row says no longer depends on ``now``; those rows are kept.
    """
    my_id = snapshot.by_login(me)
    if len(ids) == 1:
        return _rows(snapshot, ids, my_id, now)
    waiting = [key for key in ids if snapshot.questions[key].resolution is None]
    found = _rows(snapshot, waiting, my_id, now)
    if len(waiting) < len(ids):
        same = snapshot.settled
        settled = same.remembered(("settled rows", my_id), lambda: _settled(same, my_id, now))
        found = {key: found[key] if key in found else settled[key] for key in ids}
    return found


def _settled(snapshot: Snapshot, my_id: int | None, now: datetime) -> dict[int, QuestionRow]:
    asked = snapshot.questions.values()
    return _rows(snapshot, [one.id for one in asked if one.resolution is not None], my_id, now)


def _rows(
    snapshot: Snapshot, ids: Collection[int], my_id: int | None, now: datetime
) -> dict[int, QuestionRow]:
    said = snapshot.said
    every = said.of_questions(ids)
    rows = rows_of(snapshot, classes=("live",), persons=True, among=every)
    at = np.minimum(to_us(now), snapshot.ends)
    crowd = _crowds(said, rows, at)
    crowd_then = _crowds(said, rows, at - WEEK // MICROSECOND)
    own = rows[said.forecaster[rows] == my_id]
    mine = _by_question(said, own, at)
    week_ago = _by_question(said, own, at - WEEK // MICROSECOND)
    sources = _source_estimates(said, every)
    numeric = _numeric_forecasts(snapshot, my_id, every, at)
    return {
        key: _row(
            snapshot.questions[key],
            now,
            crowd=crowd.get(key, (None, 0)),
            crowd_before=crowd_then.get(key, (None, 0)),
            mine=_standing(said, mine.get(key), numeric.get(key)),
            before=_standing(said, week_ago.get(key), None),
            source=sources.get(key),
        )
        for key in ids
    }


def _by_question(said: Said, rows: Ints, at: Ints) -> dict[int, int]:
    """The row of one forecaster in force at an instant of each question, by question."""
    found = standing_at(said, rows, at[said.question[rows]])
    found = found[found >= 0]
    return dict(zip(said.question[found].tolist(), found.tolist(), strict=True))


def _crowds(said: Said, rows: Ints, at: Ints) -> dict[int, tuple[float, int]]:
    """The median of what stood at an instant of each question, and of how many people."""
    stands = standing_at(said, rows, at[said.question[rows]])
    stands = stands[stands >= 0]
    return _medians(said.question[stands], said.probability[stands])


def weekly_medians(
    snapshot: Snapshot, ids: Collection[int], now: int
) -> dict[int, tuple[float | None, ...]]:
    """Everyone's median ``WEEKS`` - 1 weeks before ``now`` or the end, and each week since."""
    said = snapshot.said
    rows = rows_of(snapshot, classes=("live",), persons=True, among=said.of_questions(ids))
    rows = rows[snapshot.binary[said.question[rows]] == 1]
    at = np.minimum(now, snapshot.ends)
    weeks = [
        _crowds(said, rows, at - back * (WEEK // MICROSECOND)) for back in reversed(range(WEEKS))
    ]
    return {
        key: tuple(week.get(key, (None, 0))[0] for week in weeks)
        for key in np.unique(said.question[rows]).tolist()
    }


def _medians(question: Ints, probability: Floats) -> dict[int, tuple[float, int]]:
    """The median of each question's probabilities and their number."""
    order = np.lexsort((probability, question))
    ids, starts, size = np.unique(question[order], return_index=True, return_counts=True)
    ordered = probability[order]
    middle = (ordered[starts + (size - 1) // 2] + ordered[starts + size // 2]) / 2
    pairs = zip(middle.tolist(), size.tolist(), strict=True)
    return dict(zip(ids.tolist(), pairs, strict=True))


def _standing(
    said: Said, row: int | None, numeric: datetime | None
) -> tuple[float | None, datetime | None]:
    """The probability of yes in force, and when it or the quantiles were stated."""
    if row is None:
        return None, numeric
    share = float(said.probability[row])
    return (None if np.isnan(share) else share), from_us(int(said.made[row]))


def _row(
    asked: Asked,
    now: datetime,
    *,
    crowd: tuple[float | None, int],
    crowd_before: tuple[float | None, int],
    mine: tuple[float | None, datetime | None],
    before: tuple[float | None, datetime | None],
    source: tuple[float, float, float] | None,
) -> QuestionRow:
    share, made_at = mine
    return QuestionRow(
        id=asked.id,
        title=asked.title,
        kind=asked.kind,
        status=asked.status(now),
        opens_at=asked.opens_at,
        closes_at=asked.closes_at,
        tags=asked.tags,
        retrospective=asked.retrospective,
        publisher=asked.publisher,
        outcome=asked.resolution.outcome if asked.resolution else None,
        mine=share,
        mine_at=made_at,
        crowd=crowd[0] if asked.kind == "binary" else None,
        crowd_size=crowd[1],
        source=source[0] if source else None,
        source_low=source[1] if source else None,
        source_high=source[2] if source else None,
        change_7d=None if share is None or before[0] is None else share - before[0],
        crowd_change_7d=_crowd_change(crowd, crowd_before) if asked.kind == "binary" else None,
    )


def _crowd_change(now: tuple[float | None, int], before: tuple[float | None, int]) -> float | None:
    """How far the crowd's median went; one person is no crowd, and joining it no change of it."""
    if now[0] is None or before[0] is None or min(now[1], before[1]) < 2:
        return None
    return now[0] - before[0]


def _numeric_forecasts(
    snapshot: Snapshot, my_id: int | None, rows: Ints, at: Ints
) -> dict[int, datetime]:
    """When I made my standing forecast on each numeric question.

    Such forecasts are quantiles, no distribution over options, and have no history of their own.
    """
    said = snapshot.said
    mine = (said.forecaster[rows] == my_id) & (said.classes(rows) == LIVE)
    rows = rows[mine & (snapshot.options[said.question[rows]] == 0)]
    found = standing_at(said, rows, at[said.question[rows]])
    return {int(said.question[row]): from_us(int(said.made[row])) for row in found if row >= 0}


def _source_estimates(said: Said, rows: Ints) -> dict[int, tuple[float, float, float]]:
    """What the source's words stand for, where it spoke last: point, low and high, by question."""
    rows = rows[(said.classes(rows) == SOURCE) & ~np.isnan(said.probability[rows])]
    rows = rows[np.lexsort((said.id[rows], said.made[rows], said.question[rows]))]
    last = rows[np.diff(said.question[rows], append=-1) != 0]
    point = said.probability[last]
    low, high = (np.where(np.isnan(e), point, e) for e in (said.low[last], said.high[last]))
    values = zip(point.tolist(), low.tolist(), high.tolist(), strict=True)
    return dict(zip(said.question[last].tolist(), values, strict=True))
