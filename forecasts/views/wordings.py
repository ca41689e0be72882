"""The words in which sources stated what is held against outcomes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Row, select
from sqlmodel import Session, col

from db.tables import Forecast, Question, Statement
from forecasts.maths.checks import Ints
from forecasts.reading.restating import estimate_under, listed_wording
from forecasts.reading.scales import Estimate, normal_form, scale_names
from forecasts.views.snapshot import Snapshot

UNCLEAR = 0
"""The side of a merged statement whose numbers say the same of both outcomes."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """What source forecasts were worded as; all of shape (n,), by increasing forecast."""

    forecast: Ints  # ids
    statement: Ints  # ids
    word: Ints  # place in ``words``; -1 where the text gave a number of its own
    possibility: Ints  # 1 for a bare may or could
    side: Ints  # 1: the question asks for the event; -1: for its opposite; 0: cannot be told
    words: tuple[str, ...]


def wordings(session: Session, snapshot: Snapshot) -> Wordings:
    """The wordings of every source forecast that was taken from a statement."""
    return snapshot.remembered("wordings", lambda: _load(session))


def _load(session: Session) -> Wordings:
    said, stated = Forecast, Statement
    columns: tuple[Any, ...] = (
        col(said.id).label("forecast"),
        col(stated.id).label("statement"),
        col(said.scale).label("read_by"),
        col(said.probability_low).label("said_low"),
        col(said.probability).label("said"),
        col(said.probability_high).label("said_high"),
        (col(Question.statement_id) == col(stated.id)).label("accepted"),
        col(stated.hedge),
        col(stated.phrase),
        col(stated.probability_low),
        col(stated.probability),
        col(stated.probability_high),
        col(stated.scale),
        col(stated.is_possibility),
    )
    query = (
        select(*columns)
        .join(Statement, col(stated.id) == col(said.statement_id))
        .join(Question, col(Question.id) == col(said.question_id))
        .where(col(said.forecast_class) == "source")
        .order_by(col(said.id))
    )
    places: dict[str, int] = {}
    found = [
        (row.forecast, row.statement, _place(row, places), row.is_possibility, _side(row))
        for row in session.connection().execute(query)
    ]
    forecast, statement, word, possibility, side = np.array(found, dtype=np.int64).reshape(-1, 5).T
    return Wordings(forecast, statement, word, possibility, side, tuple(places))


def _place(row: Row[*tuple[Any, ...]], places: dict[str, int]) -> int:
    if row.phrase is None and row.scale not in scale_names():
        return -1
    word = listed_wording(row) or normal_form(row.hedge)
    return places.setdefault(word, len(places))


def _side(row: Row[*tuple[Any, ...]]) -> int:
    """Whether the question asks for what was stated or for its opposite.

    A question asked from the statement asks for it. One that existed may have taken the
    statement either way, which its numbers tell.
    """
    if row.accepted:
        return 1
    read = estimate_under(row, row.read_by if row.read_by in scale_names() else None)
    said = (row.said_low, row.said, row.said_high)
    straight, opposite = _same(read, said), _same(read.complement(), said)
    return UNCLEAR if straight == opposite else 1 if straight else -1


def _same(one: Estimate, said: tuple[float, float, float]) -> bool:
    return np.allclose((one.low, one.point, one.high), said, rtol=0, atol=1e-6)
