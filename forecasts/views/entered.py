"""Which forecasts of each history enter a calibration, on every settled question."""

from collections.abc import Mapping

import numpy as np

from forecasts.maths.checks import Bools, Ints
from forecasts.maths.entering import Entering
from forecasts.results.scores import ScoreSettings
from forecasts.views.scoring import Counted, counted
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import pair_starts, rows_of
from forecasts.views.windows import replaced_at, time_stood

_SAME = "each forecaster’s questions weighing the same"
TOLD: Mapping[Entering, str] = {
    "daily": f"the forecast standing at the end of each day, {_SAME}",
    "last": "the forecast standing when the question closed or its outcome was known",
    "first": "each forecaster’s first forecast on a question",
    "every": f"every forecast that ever stood, {_SAME}",
}


def entered(snapshot: Snapshot, settings: ScoreSettings, which: Entering) -> Counted:
    """The forecasts that enter, with what each weighs among those of its history.

    As ``maths.entering`` defines it: ``daily`` the days on which each stood, else 1 each.
    """
    if which == "daily":
        return counted(snapshot, settings)
    settled = snapshot.settled
    key = ("entered", settings.classes, settings.possibilities, which)
    return settled.remembered(key, lambda: _entered(settled, settings, which))


def _entered(snapshot: Snapshot, settings: ScoreSettings, which: Entering) -> Counted:
    rows = rows_of(snapshot, classes=settings.classes, possibilities=settings.possibilities)
    rows = rows[snapshot.outcome[snapshot.said.question[rows]] >= 0]
    if which == "last":
        rows = rows[_stood_at_the_end(snapshot, rows)]
    else:
        rows = rows[time_stood(snapshot, rows, "continuous")[0] > 0]
        rows = rows[pair_starts(snapshot.said, rows)] if which == "first" else rows
    return Counted(rows, np.ones(rows.size))


def _stood_at_the_end(snapshot: Snapshot, rows: Ints) -> Bools:
    """Which rows were in force strictly before their question's window ended."""
    said, question = snapshot.said, snapshot.said.question[rows]
    opens, ends = snapshot.opens[question], snapshot.ends[question]
    until = np.minimum(replaced_at(snapshot, rows), said.expires[rows])
    stood: Bools = (said.made[rows] < ends) & (until >= ends) & (opens < ends)
    return stood & ~said.withdrawn(rows)
