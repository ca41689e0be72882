"""How long before the scheduled close a forecast stood."""

import numpy as np

from db.types import MICROSECOND
from forecasts.maths.checks import Ints
from forecasts.maths.engine.windows import DAY, Days, window_days
from forecasts.maths.timeline import NEVER
from forecasts.results.calibration import Span
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import pair_starts
from forecasts.views.windows import questions_of


def days_within(snapshot: Snapshot, rows: Ints, lead: Span) -> Ints:
    """On how many days each row stood at the end, of those so long before the scheduled close.

    ``rows`` are all that count of the forecasters and questions they are of, as for
    ``standing.days_stood``, whose days these are where ``lead`` leaves out none.
    """
    said = snapshot.said
    ids, question = np.unique(said.question[rows], return_inverse=True)
    windows = questions_of(snapshot, ids)
    days, closes = window_days(windows), windows.closes[question]
    replaced = np.append(said.made[rows[1:]], NEVER)
    replaced[pair_starts(said, rows)[1:] - 1] = NEVER
    # A row stands at the day ends after it was made, up to its own end and with that.
    shortest, longest = lead
    after, until = said.made[rows], np.minimum(said.expires[rows], replaced)
    until = np.minimum(until, closes - shortest // MICROSECOND)
    if longest is not None:
        after = np.maximum(after, closes - longest // MICROSECOND)
    found = _marks_until(days, question, until) - _marks_until(days, question, after)
    return np.where(said.withdrawn(rows), 0, np.maximum(found, 0))


def _marks_until(days: Days, question: Ints, moment: Ints) -> Ints:
    """How many of its question's marks are not after each moment; ``question`` is sorted."""
    first, size = days.starts[question], np.diff(days.starts)[question]
    some = size > 0
    begin = days.marks[np.where(some, first, 0)] if days.marks.size else np.zeros_like(moment)
    found: Ints = np.clip((moment - begin) // DAY + 1, 0, size)
    bounds = np.searchsorted(question, np.arange(days.starts.size))
    for place in np.flatnonzero(~days.even).tolist():
        own = slice(bounds[place], bounds[place + 1])
        marks = days.marks[days.starts[place] : days.starts[place + 1]]
        found[own] = np.searchsorted(marks, moment[own], side="right")
    return found
