"""Which forecasts count, how many days each of them stood, and which stand at an instant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sqlalchemy import func, select
from sqlmodel import Session

from db.tables import Forecast
from db.tables.forecast import CLASSES
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.days import day_marks
from forecasts.maths.engine import Forecasts, Questions, time_averages
from forecasts.maths.timeline import NEVER, History, standing_rows
from forecasts.results.terms import ForecastClass
from forecasts.views.columns import ALL, Rows, Said
from forecasts.views.loading import Asked
from forecasts.views.snapshot import Snapshot

COMPILED_FROM = 5_000
"""Rows from which the compiled engine counts the days.

``maths.timeline`` is the definition, and the tests hold the engine to it. Below this many rows it
answers in the time it takes to load the engine, which a small record so never needs.
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """What one forecaster said on one question, at the middle, low and high end of the words.

    ``low`` and ``high`` are None where no row carries a range.
    """

    forecaster_id: int
    history: History
    low: History | None
    high: History | None


def rows_of(
    snapshot: Snapshot,
    *,
    classes: Iterable[ForecastClass],
    possibilities: bool = False,
    persons: bool = False,
    question: int | None = None,
    among: Rows = ALL,
) -> Ints:
    """Where the chosen forecasts stand among ``snapshot.said``, in its order.

    ``persons`` takes those of persons only, ``question`` those on one question, ``among`` those
    that stand at these places. Numeric questions have no distribution over options and are left
    out.
    """
    said = snapshot.said
    part = among if question is None else said.of_question(question)
    chosen = np.isin(said.classes(part), [CLASSES.index(name) for name in classes])
    if not possibilities:
        chosen &= ~said.possibilities(part)
    if persons:
        chosen &= snapshot.persons[said.forecaster[part]] == 1
    chosen &= snapshot.options[said.question[part]] > 0
    found = np.flatnonzero(chosen)
    return found + (part.start or 0) if isinstance(part, slice) else part[found]


def pair_starts(said: Said, rows: Ints) -> Ints:
    """Where in ``rows`` each forecaster's rows on each question start."""
    return np.flatnonzero(np.diff(said.pair(rows), prepend=-1))


def days_stood(snapshot: Snapshot, rows: Ints) -> tuple[Ints, Floats]:
    """On how many days of its question's window each row stood at the end; and their share.

    ``rows`` are all that count of the forecasters and questions they are of.
    """
    if rows.size < COMPILED_FROM:
        return _days_by_definition(snapshot, rows)
    return _days_by_engine(snapshot, rows)


def will_compile(session: Session) -> bool:
    """Whether the record is, or will soon be, large enough for the compiled engine."""
    last = session.connection().execute(select(func.max(Forecast.id))).scalar() or 0
    return last >= COMPILED_FROM // 2


def _days_by_definition(snapshot: Snapshot, rows: Ints) -> tuple[Ints, Floats]:
    said = snapshot.said
    days, share = np.zeros(rows.size, dtype=np.int64), np.zeros(rows.size)
    marks: dict[int, Ints] = {}
    bounds = [*pair_starts(said, rows).tolist(), rows.size]
    for begin, end in pairwise(bounds):
        asked = snapshot.questions[int(said.question[rows[begin]])]
        if asked.id not in marks:
            marks[asked.id] = day_marks(asked.opens, asked.ends, asked.zone)
        stood = standing_rows(_Dates(said, rows[begin:end]), marks[asked.id])
        days[begin:end] = np.bincount(stood[stood >= 0], minlength=end - begin)
        share[begin:end] = days[begin:end] / max(marks[asked.id].size, 1)
    return days, share


def _days_by_engine(snapshot: Snapshot, rows: Ints) -> tuple[Ints, Floats]:
    said = snapshot.said
    ids, question = np.unique(said.question[rows], return_inverse=True)
    asked = [snapshot.questions[key] for key in ids.tolist()]
    # As if everyone spoke once, and each row expired where the next one takes its place.
    replaced = np.append(said.made[rows[1:]], NEVER)
    replaced[pair_starts(said, rows)[1:] - 1] = NEVER
    found = time_averages(
        Questions(
            opens=np.array([one.opens for one in asked]),
            closes=np.array([one.closes for one in asked]),
            ends=np.array([one.ends for one in asked]),
            outcome=np.zeros(len(asked), dtype=np.int64),
            zones=tuple(one.zone for one in asked),
        ),
        Forecasts(
            question=question.astype(np.int32),
            forecaster=np.arange(rows.size, dtype=np.int32),
            made=said.made[rows],
            probabilities=np.zeros(rows.size),
            withdrawn=said.withdrawn(rows),
            expires=np.minimum(said.expires[rows], replaced),
        ),
    )
    return found.days.astype(np.int64), found.coverage


def standing_at(said: Said, rows: Ints, at: Ints) -> Ints:
    """The row in force at an instant, for each forecaster and question of ``rows``; -1 if none.

    ``at`` has one instant for each of the rows, the same within a question: as ``standing_rows``
    with ``limit="right"``.
    """
    starts = pair_starts(said, rows)
    if not starts.size:
        return np.empty(0, dtype=np.int64)
    made = np.add.reduceat((said.made[rows] <= at).astype(np.int64), starts)
    last = starts + np.maximum(made - 1, 0)
    row = rows[last]
    stands: Bools = (made > 0) & ~said.withdrawn(row) & (said.expires[row] > at[last])
    return np.where(stands, row, -1)


def stated_on(snapshot: Snapshot, asked: Asked, rows: Ints) -> list[Stated]:
    """The histories of everyone among ``rows``, all on one question; who spoke first is first."""
    said = snapshot.said
    found = [_stated(said, asked, part) for part in _parts(said, rows)]
    order = {one.forecaster_id: int(one.history.made[0]) for one in found}
    return sorted(found, key=lambda one: (order[one.forecaster_id], one.forecaster_id))


def _parts(said: Said, rows: Ints) -> Iterator[Ints]:
    return (part for part in np.split(rows, pair_starts(said, rows)[1:]) if part.size)


def _stated(said: Said, asked: Asked, rows: Ints) -> Stated:
    dates = _Dates(said, rows)

    def history(column: str) -> History:
        stated = said.distributions(rows, len(asked.options), column)
        return History(dates.made, stated, dates.withdrawn, dates.expires)

    ranged = bool((~np.isnan(said.low[rows])).any())
    return Stated(
        forecaster_id=int(said.forecaster[rows[0]]),
        history=history("probability"),
        low=history("low") if ranged else None,
        high=history("high") if ranged else None,
    )


class _Dates:
    """When some rows of one forecaster on one question began and stopped to stand."""

    def __init__(self, said: Said, rows: Ints) -> None:
        self.made, self.expires = said.made[rows], said.expires[rows]
        self.withdrawn = said.withdrawn(rows)
