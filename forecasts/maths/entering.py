"""Which forecasts of a history enter a calibration set, and which questions are old enough."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Bools, Floats, check_instants
from forecasts.maths.days import day_marks
from forecasts.maths.timeline import History, standing_rows

Entering = Literal["daily", "last", "first", "every"]


@dataclass(frozen=True, slots=True)
class Entered:
    """The forecasts of one history that enter, each with its weight."""

    probabilities: Floats  # shape (e, K); e = 0 where nothing was forecast in the window
    weights: Floats  # shape (e,), > 0, summing to 1 where e > 0


def entering(
    history: History,
    *,
    opens: int,
    ends: int,
    zone: tzinfo = UTC,
    which: Entering = "daily",
) -> Entered:
    """Choose the forecasts of one forecaster on one question for a calibration set.

    Parameters
    ----------
    history : History
    opens, ends : int
        The scoring window, microseconds since the epoch (UTC).
    zone : tzinfo
        Whose calendar days.
    which : str
        ``daily``: what stood at the end of each day, weight 1/days each, days without a
        forecast left out; ``last``: what stood when the window ended; ``first``: the first that
        stood in the window; ``every``: each row that stood at some instant of the window,
        weight 1/rows each. A history counts once whichever is chosen.

    Raises
    ------
    ValueError
        If the choice is unknown or the window does not lie in the years 2 to 9998.
    """
    if which not in get_args(Entering):
        raise ValueError(f"which is {which!r}, not one of {', '.join(get_args(Entering))}")
    if which == "daily":
        rows = standing_rows(history, day_marks(opens, ends, zone))
        rows = rows[rows >= 0]
    elif which == "last":
        rows = standing_rows(history, np.array([ends] if opens < ends else [], dtype=np.int64))
        rows = rows[rows >= 0]
    else:
        rows = np.flatnonzero(_stood(history, opens, ends))[: 1 if which == "first" else None]
    stated = history.probabilities[rows]
    return Entered(stated, np.full(len(stated), 1 / max(len(stated), 1)))


def old_enough(closes: npt.ArrayLike, now: int) -> Bools:
    """Return which questions' scheduled close has passed, bool of shape (q,).

    Questions that can resolve yes early, but no only at their deadline, look too often yes
    while they are young: a calibration set takes only these, and says how many it left out.

    Parameters
    ----------
    closes : int array-like of shape (q,)
        Scheduled closes, microseconds since the epoch (UTC).
    now : int
        The same unit.

    Raises ValueError if the closes are not whole microseconds.
    """
    return check_instants(closes, name="closes") <= now


def _stood(history: History, opens: int, ends: int) -> Bools:
    """Return which rows stood at some instant of the window."""
    replaced = np.append(history.made[1:], np.iinfo(np.int64).max)[: len(history.made)]
    begins = np.maximum(history.made, opens)
    over = np.minimum(np.minimum(history.expires, replaced), ends)
    stood: Bools = (begins < over) & ~history.withdrawn
    return stood
