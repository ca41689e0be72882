"""What I say of a question now, so that it can be told, or said again unchanged."""

from collections.abc import Collection
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from db.tables import ForecastQuantile, Question
from db.types import to_us
from forecasts.results.question import MyWords, Restated
from forecasts.views.columns import LIVE
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import standing_at


def restated(
    session: Session, question_id: int, *, me: str | None, now: datetime
) -> Restated | None:
    """My forecast in force, as it would be recorded once more; None if there is none."""
    return _in_force(session, look(session), question_id, me, to_us(now))


def my_words(
    session: Session, ids: Collection[int], *, me: str | None, now: datetime
) -> dict[int, MyWords]:
    """What I say of each of these questions, or said at its end; without those I say nothing of."""
    snapshot = look(session)
    asked = session.exec(select(Question.id, Question.unit).where(col(Question.id).in_(ids)))
    units = dict(asked.all())
    found = {
        key: _in_force(session, snapshot, key, me, min(to_us(now), snapshot.questions[key].ends))
        for key in ids
    }
    return {
        key: MyWords(said, snapshot.questions[key].options, units.get(key))
        for key, said in found.items()
        if said is not None
    }


def _in_force(
    session: Session, snapshot: Snapshot, question_id: int, me: str | None, at: int
) -> Restated | None:
    said, asked = snapshot.said, snapshot.questions[question_id]
    part = said.of_question(question_id)
    mine = (said.forecaster[part] == snapshot.by_login(me)) & (said.classes(part) == LIVE)
    rows = np.flatnonzero(mine) + part.start
    (row,) = standing_at(said, rows, np.full(rows.size, at)).tolist() or [-1]
    if row < 0:
        return None
    if asked.kind == "binary":
        return Restated(probability=float(said.probability[row]))
    if asked.kind == "numeric":
        return Restated(quantiles=quantiles_of(session, int(said.id[row])))
    (shares,) = said.distributions(np.array([row]), len(asked.options)).tolist()
    return Restated(probabilities=tuple(shares))


def quantiles_of(session: Session, forecast_id: int) -> tuple[tuple[float, float], ...]:
    """The (level, value) pairs of a forecast of a number, levels rising."""
    found = session.connection().execute(
        select(col(ForecastQuantile.level), col(ForecastQuantile.value))
        .where(col(ForecastQuantile.forecast_id) == forecast_id)
        .order_by(col(ForecastQuantile.level))
    )
    return tuple((row[0], row[1]) for row in found)
