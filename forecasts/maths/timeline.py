"""A forecast history as a step function of time, and its score by days.

All instants are int64 microseconds since the epoch, UTC.
"""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Literal, Protocol

import numpy as np

from forecasts.maths.checks import (
    Bools,
    Floats,
    Ints,
    check_distribution,
    check_instants,
    check_same_length,
    refuse_first,
)
from forecasts.maths.days import day_marks, microseconds
from forecasts.maths.scoring import Rule, Scale, brier, ordered_brier

__all__ = [
    "NEVER",
    "Dated",
    "History",
    "TimedScore",
    "daily_score",
    "day_marks",
    "microseconds",
    "standing_rows",
]

NEVER: int = np.iinfo(np.int64).max

_RULES = {"brier": brier, "ordered_brier": ordered_brier}


class Dated(Protocol):
    """Rows that begin and stop to stand as those of ``History``, whatever they say."""

    @property
    def made(self) -> Ints: ...

    @property
    def withdrawn(self) -> Bools: ...

    @property
    def expires(self) -> Ints: ...


@dataclass(frozen=True, slots=True)
class History:
    """What ONE forecaster said about ONE question, in the order in which it was said.

    Sorted by (made, recorded): of rows made at the same instant, the last one stands. A row
    stands from ``made`` until the next row or its expiry, whichever comes first; a withdrawal
    is a row after which nothing stands. Whatever ended a row, it does not come back.

    Array-likes are converted; ValueError if the instants are not sorted whole numbers, the
    lengths differ, or a row that is not withdrawn is no distribution.
    """

    made: Ints
    """Shape (n,), non-decreasing; n may be 0."""

    probabilities: Floats
    """Shape (n, K), K >= 2; a row is ignored, and may be NaN, where withdrawn."""

    withdrawn: Bools
    """Shape (n,)."""

    expires: Ints
    """Shape (n,), when each row stops standing; NEVER where it has no expiry."""

    def __post_init__(self) -> None:
        made = check_instants(self.made, name="made")
        expires = check_instants(self.expires, name="expires")
        withdrawn = np.asarray(self.withdrawn, dtype=np.bool_)
        p = np.asarray(self.probabilities, dtype=np.float64)
        check_same_length(len(made), probabilities=p, withdrawn=withdrawn, expires=expires)
        backwards = np.diff(made, prepend=made[:1]) < 0
        refuse_first(backwards, made, name="made", rule="earlier than the row before it")
        if p.ndim == 2 and withdrawn.any():
            check_distribution(np.where(withdrawn[:, np.newaxis], 1 / p.shape[1], p))
        else:
            check_distribution(p)
        for name, array in (
            ("made", made),
            ("probabilities", p),
            ("withdrawn", withdrawn),
            ("expires", expires),
        ):
            object.__setattr__(self, name, array)


def standing_rows(
    history: Dated, instants: Ints, *, limit: Literal["left", "right"] = "left"
) -> Ints:
    """Return which row of ``history`` is in force at each instant; -1 where none is.

    ``limit="left"`` asks for the row in force strictly before the instant: one made exactly
    then does not stand yet, one that expires exactly then still does. ``limit="right"`` asks
    for the row in force at the instant, with both the other way round.

    Returns an int64 array of the shape of ``instants``. A forecast made before a question
    opened needs no care: it stands at any later instant. One made at or after the end of the
    window never stands at a left limit inside it.
    """
    rows = np.searchsorted(history.made, instants, side=limit) - 1
    if not len(history.made):
        return rows
    # Row -1 reads the last entry here; it stays -1 whatever the outcome.
    expires = history.expires[rows]
    over = expires < instants if limit == "left" else expires <= instants
    return np.where(over | history.withdrawn[rows], -1, rows)


@dataclass(frozen=True, slots=True)
class TimedScore:
    """A score averaged over the days on which a forecast stood."""

    mean: float
    """Unit and range of the rule; lower is better, 0 is perfect."""

    coverage: float
    """Share of the window's days that had a forecast, in (0, 1]."""

    marks: Ints
    """Shape (c,), the ends of the days scored, increasing."""

    daily: Floats
    """Shape (c,), the score of each of these days."""

    days: int
    """Days in the window, scored or not."""


def daily_score(
    history: History,
    outcome: int,
    *,
    opens: int,
    ends: int,
    zone: tzinfo = UTC,
    rule: Rule = "brier",
    scale: Scale = 1,
) -> TimedScore | None:
    """Score a history by the forecast that stood at the end of each calendar day.

    A day's forecast is the last one in force strictly before the day's end. Days without one
    are left out and lower the coverage only: nothing is imputed before the first forecast or
    after a withdrawal or expiry.

    Parameters
    ----------
    history : History
    outcome : int
        Index of the option that came true.
    opens, ends : int
        The scoring window ``[opens, ends)``: ``ends`` is the earlier of the question's close
        and the moment its outcome was known. See ``day_marks`` for which days it has.
    zone : tzinfo
        Whose calendar days; the choice can change the score, so show it.
    rule, scale
        See ``forecasts.maths.scoring``.

    Returns
    -------
    TimedScore, or None if no day had a standing forecast

    Raises
    ------
    ValueError
        If the outcome is no option, the rule or scale is unknown, or the window does not lie in
        the years 2 to 9998.
    """
    if rule not in _RULES:
        raise ValueError(f"rule is {rule!r}, not one of {', '.join(_RULES)}")
    marks = day_marks(opens, ends, zone)
    rows = standing_rows(history, marks)
    stood = rows >= 0
    daily = _RULES[rule](history.probabilities[rows[stood]], outcome, scale=scale)
    if not daily.size:
        return None
    return TimedScore(
        mean=float(daily.mean()),
        coverage=daily.size / marks.size,
        marks=marks[stood],
        daily=daily,
        days=marks.size,
    )
