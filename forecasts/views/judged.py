"""Forecasts held against what happened: what calibration and discrimination start from."""

from dataclasses import dataclass

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.pairs import Pairs
from forecasts.views.scoring import Counted
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import pair_starts


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry a forecast and option, all of shape (n,).

    The rows that stood at the ends of a question's days share the weight 1 by their days, so
    the weighted Brier score of binary entries is the mean of the time-averaged scores. More than
    two options enter as K one-versus-rest entries of weight 1/K each.
    """

    probability: Floats
    happened: Floats  # 0 or 1
    weight: Floats  # > 0
    row: Ints  # among ``Snapshot.said``
    option: Ints  # place among its question's options; 0, "yes", on binary questions


def judged(snapshot: Snapshot, found: Counted) -> Judged:
    """The chosen forecasts on settled questions with what came of them."""
    said = snapshot.said
    starts = pair_starts(said, found.rows)
    total = np.add.reduceat(found.days, starts) if starts.size else found.days
    weight = found.days / np.repeat(total, np.diff(np.append(starts, found.rows.size)))
    question = said.question[found.rows]
    options, outcome = snapshot.options[question], snapshot.outcome[question]
    parts: list[tuple[Floats, Floats, Floats, Ints, Ints]] = []
    for k in np.unique(options).tolist():
        own = np.flatnonzero(options == k)
        shown = np.arange(k if k > 2 else 1)
        stated = said.distributions(found.rows[own], k)[:, shown]
        happened: Bools = shown == outcome[own][:, np.newaxis]
        parts.append(
            (
                stated.ravel(),
                happened.ravel().astype(np.float64),
                np.repeat(weight[own] / shown.size, shown.size),
                np.repeat(found.rows[own], shown.size),
                np.tile(shown, own.size),
            )
        )
    if not parts:
        nothing, none = np.empty(0), np.empty(0, dtype=np.int64)
        return Judged(nothing, nothing, nothing, none, none)
    return Judged(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def pairs(snapshot: Snapshot, found: Counted) -> Pairs:
    """The same as the input of ``maths``; a question's code is its place among those there."""
    entries = judged(snapshot, found)
    ids = snapshot.said.question[entries.row]
    place = np.zeros(snapshot.ends.size, dtype=np.int64)
    place[ids] = 1
    return Pairs(
        entries.probability,
        entries.happened,
        entries.weight,
        (np.cumsum(place) - 1)[ids],
        np.ones(entries.probability.size, dtype=np.int64),
    )
