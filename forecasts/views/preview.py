"""What a forecast would score in each outcome, before it is saved."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np
from sqlmodel import Session

from db.tables import Question
from db.types import to_us
from forecasts.errors import InvalidInput
from forecasts.maths.timeline import NEVER, History
from forecasts.results.question import OutcomeScore, Preview
from forecasts.views.loading import Asked
from forecasts.views.numbers import NumberSaid, Quantiles, number_score, said_of_number
from forecasts.views.question import asked_of
from forecasts.views.record import record
from forecasts.views.scoring import rule_of, score_history
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import rows_of, stated_on

TOLERANCE = 1e-6  # of the sum of probabilities, as in ``maths.checks``


def preview(
    session: Session,
    question_id: int,
    *,
    me: str | None,
    now: datetime,
    probability: float | None = None,
    probabilities: Sequence[float] | None = None,
    quantiles: Quantiles | None = None,
) -> Preview:
    """My score in each outcome if a forecast were saved now and stood to the scheduled close.

    The forecast is given in the one form that fits the question, as for ``record_forecast``.
    Without one, what stands is scored; outcomes of a number are then none.

    Raises
    ------
    NotFound, InvalidInput
        The forecast is none, or no day is left on which it would count.
    """
    snapshot = look(session)
    asked = asked_of(snapshot, question_id)
    if asked.kind == "numeric":
        found = _numbers(session, asked, snapshot.by_login(me), to_us(now), quantiles or ())
        unit = session.get_one(Question, asked.id).unit
        return Preview("quantile_score", unit, found)
    shares = probabilities if probability is None else (probability, 1 - probability)
    found = _options(snapshot, asked, snapshot.by_login(me), to_us(now), shares)
    return Preview(rule_of(asked), None, found)


def _options(
    snapshot: Snapshot, asked: Asked, me: int | None, at: int, shares: Sequence[float] | None
) -> tuple[OutcomeScore, ...]:
    if shares is not None and not _adds_up(asked, shares):
        raise InvalidInput("probabilities", list(shares), "give one an option; they sum to 1")
    live = stated_on(snapshot, asked, rows_of(snapshot, classes=("live",), question=asked.id))
    mine = next((one.history for one in live if one.forecaster_id == me), None)
    if shares is None:
        return tuple(
            OutcomeScore(name, None, _timed(asked, mine, place))
            for place, name in enumerate(asked.options)
        )
    after = _with_one_more(mine, at, shares)
    return tuple(
        _outcome(asked, name, _timed(asked, after, place), _timed(asked, mine, place))
        for place, name in enumerate(asked.options)
    )


def _adds_up(asked: Asked, shares: Sequence[float]) -> bool:
    whole = len(shares) == len(asked.options) and abs(sum(shares) - 1) <= TOLERANCE
    return whole and min(shares) >= 0


def _outcome(asked: Asked, name: str, then: float | None, now: float | None) -> OutcomeScore:
    if then is None:
        raise InvalidInput("question", asked.id, "no day is left on which a forecast would count")
    return OutcomeScore(name, then, now)


def _timed(asked: Asked, history: History | None, outcome: int) -> float | None:
    found = None if history is None else score_history(asked, history, outcome, asked.closes)
    return None if found is None else found.mean


def _with_one_more(mine: History | None, at: int, shares: Sequence[float]) -> History:
    # A clock may have been set back since: what is said now comes after what was said before.
    made = [at] if mine is None else [*mine.made, max(at, *mine.made)]
    rows = [list(shares)] if mine is None else [*mine.probabilities.tolist(), list(shares)]
    return History(
        made=np.array(made),
        probabilities=np.array(rows),
        withdrawn=np.array([*(() if mine is None else mine.withdrawn), False]),
        expires=np.array([*(() if mine is None else mine.expires), NEVER]),
    )


def _numbers(
    session: Session, asked: Asked, me: int | None, at: int, stated: Quantiles
) -> tuple[OutcomeScore, ...]:
    rises = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(stated))
    if not stated or not rises:
        raise InvalidInput("quantiles", list(stated), "levels must rise and values must not fall")
    said = said_of_number(record(session, asked))
    mine = next((one for one in said if one.forecaster_id == me), None)
    after = _number_with_one_more(mine, at, stated)
    return tuple(
        _outcome(asked, f"{value:,g}", _earned(asked, after, value), _earned(asked, mine, value))
        for value in dict.fromkeys(value for _, value in stated)
    )


def _earned(asked: Asked, said: NumberSaid | None, value: float) -> float | None:
    found = None if said is None else number_score(asked, said, value, asked.closes)
    return None if found is None else found.score


def _number_with_one_more(mine: NumberSaid | None, at: int, stated: Quantiles) -> NumberSaid:
    return NumberSaid(
        forecaster_id=0,
        forecaster="",
        forecaster_kind="person",
        made=np.array([at] if mine is None else [*mine.made, max(at, *mine.made)]),
        withdrawn=np.array([*(() if mine is None else mine.withdrawn), False]),
        expires=np.array([*(() if mine is None else mine.expires), NEVER]),
        quantiles=(stated,) if mine is None else (*mine.quantiles, stated),
    )
