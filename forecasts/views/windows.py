"""How long forecasts stood in their question's window, and how long nothing had been said yet."""

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine import Questions
from forecasts.maths.engine.windows import DAY, window_days
from forecasts.maths.panel import ClockName
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import days_stood, pair_starts


def time_stood(snapshot: Snapshot, rows: Ints, clock: ClockName) -> tuple[Floats, Floats]:
    """For how many days each row stood in its question's window, and on what share of it.

    On the daily clock, at the ends of how many days; on the continuous one, exactly. ``rows`` are
    all that count of the forecasters and questions they are of.
    """
    if clock == "daily":
        days, share = days_stood(snapshot, rows)
        return days.astype(np.float64), share
    said = snapshot.said
    opens, ends = snapshot.opens[said.question[rows]], snapshot.ends[said.question[rows]]
    until = np.minimum(np.minimum(replaced_at(snapshot, rows), said.expires[rows]), ends)
    stood = np.maximum(until - np.maximum(said.made[rows], opens), 0)
    stood[said.withdrawn(rows)] = 0
    return stood / DAY, stood / np.maximum(ends - opens, 1)


def time_before(snapshot: Snapshot, question: Ints, first: Ints, clock: ClockName) -> Floats:
    """For how many days of each question's window nothing had been said at ``first``.

    ``question`` and ``first`` have shape (p,), sorted by question; ``first`` is when a forecaster
    spoke for the first time.
    """
    if clock == "continuous":
        opens, ends = snapshot.opens[question], snapshot.ends[question]
        return np.maximum(np.minimum(first, ends) - opens, 0) / DAY
    ids, begins = np.unique(question, return_index=True)
    days = window_days(questions_of(snapshot, ids))
    found = np.empty(question.size)
    for i, part in enumerate(np.split(np.arange(question.size), begins[1:])):
        marks = days.marks[days.starts[i] : days.starts[i + 1]]
        found[part] = np.searchsorted(marks, first[part], side="right")
    return found


def questions_of(snapshot: Snapshot, ids: Ints) -> Questions:
    """Settled questions as the engine takes them, in the order of ``ids``."""
    asked = [snapshot.questions[key] for key in ids.tolist()]
    return Questions(
        opens=np.array([one.opens for one in asked], dtype=np.int64),
        closes=np.array([one.closes for one in asked], dtype=np.int64),
        ends=np.array([one.ends for one in asked], dtype=np.int64),
        outcome=snapshot.outcome[ids],
        zones=tuple(one.zone for one in asked),
    )


def replaced_at(snapshot: Snapshot, rows: Ints) -> Ints:
    """When the forecaster's next row on the question was made; far away after the last one."""
    made = snapshot.said.made[rows]
    after = np.append(made[1:], np.iinfo(np.int64).max)[: rows.size]
    after[pair_starts(snapshot.said, rows)[1:] - 1] = np.iinfo(np.int64).max
    return after
