"""What somebody said on one question, with what each row of it scores."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.pooling import pool
from forecasts.maths.rules import score
from forecasts.maths.timeline import NEVER
from forecasts.results.scores import ScoreSettings
from forecasts.views.columns import Said
from forecasts.views.loading import Asked
from forecasts.views.losses import equal_losses, row_losses, rule_for
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import pair_starts, rows_of

COLUMNS = ("low", "probability", "high")


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
    known: dict[int, tuple[Ints, Floats] | None]
    known = snapshot.remembered(("the others' median", without), dict)  # whatever scores it
    if asked.id not in known:
        known[asked.id] = _median_of_others(snapshot, asked, without)
    others = known[asked.id]
    if others is None:
        return None
    at, found = others
    silent = np.isnan(found[:, 0])
    # Not looked at: nothing stands there.
    shares = np.where(silent[:, np.newaxis], 1 / len(asked.options), found)
    return Voice(at, silent, np.full(at.size, NEVER), _losses(snapshot, asked, shares, settings))


def _median_of_others(snapshot: Snapshot, asked: Asked, without: int) -> tuple[Ints, Floats] | None:
    """When the others' median can change, (c,), and what it then is, (c, K); NaN where none is."""
    said = snapshot.said
    rows = rows_of(snapshot, classes=("live",), persons=True, question=asked.id)
    rows = rows[said.forecaster[rows] != without]
    if not rows.size:
        return None
    at, standing = _standing(said, rows)
    # Row -1, "none stands", is the row appended here.
    nothing = np.full((1, len(asked.options)), np.nan)
    each = np.concatenate([said.distributions(rows, len(asked.options)), nothing])
    return at, pool(each[standing], np.zeros(standing.shape, np.int64)).forecasts


def _standing(said: Said, rows: Ints) -> tuple[Ints, Ints]:
    """When what stands can change, (c,), and which of the rows stands then, (m, c); -1 if none.

    ``rows`` are all of m forecasters on one question. As ``change_points`` and ``standing_rows``
    have it with ``limit="right"``, for all of them at once.
    """
    starts, made = pair_starts(said, rows), said.made[rows]
    replaced = np.append(made[1:], NEVER)
    replaced[starts[1:] - 1] = NEVER
    expires, withdrawn = said.expires[rows], said.withdrawn(rows)
    ends_itself = ~withdrawn & (made < expires) & (expires < replaced)
    at = np.unique(np.concatenate([made, expires[ends_itself]]))
    who = np.repeat(np.arange(starts.size), np.diff(np.append(starts, rows.size)))
    last = np.full((starts.size, at.size), -1)
    # Of two rows of one instant the later one stands: here, the one that is written last.
    last[who, np.searchsorted(at, made)] = np.arange(rows.size)
    last = np.maximum.accumulate(last, axis=1)
    over = withdrawn[last] | (expires[last] <= at)
    return at, np.where(over, -1, last)


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
