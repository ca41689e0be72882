"""What somebody said on one question, with what each row of it scores."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from forecasts.maths.aggregation import change_points
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.pooling import pool
from forecasts.maths.rules import score
from forecasts.maths.timeline import NEVER, standing_rows
from forecasts.results.scores import ScoreSettings
from forecasts.views.loading import Asked
from forecasts.views.losses import equal_losses, row_losses, rule_for
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import pair_starts, rows_of

COLUMNS = ("low", "probability", "high")
NO_LOSSES = np.empty((0, 0))


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said on one question: when each row began and ceased to stand, and its score.

    ``losses`` has shape (3, n): with words read at the low end, the middle and the high end.
    """

    made: Ints
    withdrawn: Bools
    expires: Ints
    losses: Floats


def forecaster_voices(snapshot: Snapshot, who: int, settings: ScoreSettings) -> dict[int, Voice]:
    """What a forecaster said on each question that is scored, by its id."""
    said = snapshot.said
    rows = rows_of(snapshot, classes=settings.classes, possibilities=settings.possibilities)
    rows = rows[said.forecaster[rows] == who]
    rows = rows[snapshot.outcome[said.question[rows]] >= 0]
    given = np.flatnonzero(~said.withdrawn(rows))
    losses = np.full((len(COLUMNS), rows.size), np.nan)
    for place, column in enumerate(COLUMNS):
        losses[place, given] = row_losses(snapshot, rows[given], settings, column)
    question = said.question[rows]
    bounds = [*np.flatnonzero(np.diff(question, prepend=-1)).tolist(), rows.size]
    return {
        int(question[begin]): _voice(snapshot, rows[begin:end], losses[:, begin:end])
        for begin, end in pairwise(bounds)
    }


def _voice(snapshot: Snapshot, rows: Ints, losses: Floats) -> Voice:
    said = snapshot.said
    return Voice(said.made[rows], said.withdrawn(rows), said.expires[rows], losses)


def crowd_voice(
    snapshot: Snapshot, asked: Asked, without: int, settings: ScoreSettings
) -> Voice | None:
    """The others' median as it changed; None if nobody else ever spoke."""
    said = snapshot.said
    rows = rows_of(snapshot, classes=("live",), persons=True, question=asked.id)
    rows = rows[said.forecaster[rows] != without]
    if not rows.size:
        return None
    bounds = [*pair_starts(said, rows).tolist(), rows.size]
    members = [_voice(snapshot, rows[begin:end], NO_LOSSES) for begin, end in pairwise(bounds)]
    at = change_points(members)
    # Row -1, "none stands", is the row appended here.
    nothing = np.full((1, len(asked.options)), np.nan)
    each = np.concatenate([said.distributions(rows, len(asked.options)), nothing])
    standing = [standing_rows(member, at, limit="right") for member in members]
    places = [
        np.where(row < 0, -1, row + begin) for row, begin in zip(standing, bounds[:-1], strict=True)
    ]
    found = pool(each[np.stack(places)], np.zeros((len(members), at.size), np.int64)).forecasts
    silent = np.isnan(found[:, 0])
    found[silent] = 1 / len(asked.options)  # not looked at: nothing stands there
    return Voice(at, silent, np.full(at.size, NEVER), _losses(snapshot, asked, found, settings))


def equal_voice(snapshot: Snapshot, asked: Asked, settings: ScoreSettings) -> Voice:
    """1/K on every option, all the time."""
    loss = equal_losses(snapshot, np.array([asked.id]), settings)
    before = np.array([asked.opens - 1])
    return Voice(before, np.zeros(1, np.bool_), np.array([NEVER]), np.tile(loss, (3, 1)))


def _losses(snapshot: Snapshot, asked: Asked, stated: Floats, settings: ScoreSettings) -> Floats:
    found = score(
        rule_for(asked, settings),
        stated,
        int(snapshot.outcome[asked.id]),
        scale=settings.scale,
        clip=settings.clip,
    )
    return np.tile(found, (3, 1))
