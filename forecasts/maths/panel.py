"""Everyone on one question, side by side, at every tick of a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Literal, get_args

import numpy as np

from forecasts.maths.aggregation import change_points, shared_options, standing
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.days import day_marks
from forecasts.maths.timeline import NEVER, Dated, History

ClockName = Literal["daily", "continuous"]


@dataclass(frozen=True, slots=True)
class Panel:
    """What m forecasters held at each of d ticks of one question's scoring window.

    A tick is a day, with what stood just before its end, or a stretch of time on which nobody's
    forecast changed.
    """

    forecasts: Floats  # shape (m, d, K); NaN where nothing stands
    made: Ints  # shape (m, d), when the standing forecast was made, microseconds
    before_first: Bools  # shape (m, d), the tick lies before the forecaster's first forecast
    weights: Floats  # shape (d,), 1 for a day, or the stretch's microseconds
    scheduled: float  # weight of the scheduled window, up to the close, outcome known or not

    @property
    def standing(self) -> Bools:
        """Shape (m, d), whether a forecast stands."""
        found: Bools = ~np.isnan(self.forecasts[:, :, 0])
        return found

    @property
    def coverage(self) -> Floats:
        """Shape (m,), share of the window on which a forecast stood; 0 in an empty window."""
        share: Floats = self.standing @ self.weights / max(self.weights.sum(), 1.0)
        return share

    def at(self, chosen: Bools) -> "Panel":
        """The same panel at the chosen ticks only, (d,)."""
        return Panel(
            self.forecasts[:, chosen],
            self.made[:, chosen],
            self.before_first[:, chosen],
            self.weights[chosen],
            self.scheduled,
        )


def read_panel(
    histories: Sequence[History],
    *,
    opens: int,
    ends: int,
    closes: int | None = None,
    clock: ClockName = "daily",
    zone: tzinfo = UTC,
) -> Panel:
    """Read every history at every tick of the window.

    Parameters
    ----------
    histories : sequence of History, not empty
        One per forecaster, all on the same question.
    opens, ends : int
        The scoring window ``[opens, ends)``, microseconds since the epoch (UTC); ``ends`` is the
        earlier of the close and the moment the outcome was known.
    closes : int, optional
        The scheduled close, at or after ``ends``; ``ends`` if absent.
    clock : "daily" or "continuous"
        Days of ``day_marks`` in ``zone``, each with its left limit; or exact stretches of time
        between changes, with no sampling and no zone.

    Returns
    -------
    Panel, with d = 0 if ``ends <= opens``

    Raises
    ------
    ValueError
        If there is no history, they differ in K, the clock is unknown, ``closes < ends``, or a
        daily window does not lie in the years 2 to 9998.
    """
    shared_options(histories)
    closes = ends if closes is None else closes
    if closes < ends:
        raise ValueError(f"closes is {closes}, before the window's end {ends}")
    at, weights, limit = ticks(histories, opens=opens, ends=ends, clock=clock, zone=zone)
    scheduled = day_marks(opens, closes, zone).size if clock == "daily" else max(closes - opens, 0)
    return _panel(histories, at, weights, float(scheduled), limit)


def ticks(
    histories: Sequence[Dated], *, opens: int, ends: int, clock: ClockName, zone: tzinfo
) -> tuple[Ints, Floats, Literal["left", "right"]]:
    """Return when to look at the histories, (d,), each look's weight, (d,), and at which limit.

    Arguments and errors are those of ``read_panel``.
    """
    if clock == "daily":
        at = day_marks(opens, ends, zone)
        return at, np.ones(at.size), "left"
    if clock == "continuous":
        at = _stretches(histories, opens, ends)
        return at, np.diff(np.append(at, ends)).astype(np.float64), "right"
    raise ValueError(f"clock is {clock!r}, not one of {', '.join(get_args(ClockName))}")


def _panel(
    histories: Sequence[History],
    at: Ints,
    weights: Floats,
    scheduled: float,
    limit: Literal["left", "right"],
) -> Panel:
    pairs = [standing(history, at, limit=limit) for history in histories]
    forecasts, made = (np.stack(side) for side in zip(*pairs, strict=True))
    first = np.array([_first_forecast(history) for history in histories])[:, np.newaxis]
    before = at <= first if limit == "left" else at < first
    return Panel(forecasts, made, before, weights, scheduled)


def _stretches(histories: Sequence[Dated], opens: int, ends: int) -> Ints:
    """Return where each stretch without a change begins, from ``opens``; none if it is empty."""
    if ends <= opens:
        return np.empty(0, dtype=np.int64)
    changes = change_points(histories)
    inside = changes[(changes > opens) & (changes < ends)]
    return np.concatenate([np.array([opens], dtype=np.int64), inside])


def _first_forecast(history: History) -> int:
    """Return when something was first forecast, NEVER if nothing ever was."""
    made = history.made[~history.withdrawn]
    return int(made[0]) if made.size else NEVER
