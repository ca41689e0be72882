"""The declared policy for the time before a forecaster's first forecast."""

from collections.abc import Iterator

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine import Forecasts, Settings, score_all
from forecasts.maths.panel import read_panel
from forecasts.maths.pooling import Aggregate
from forecasts.maths.windows import window_scores
from forecasts.results.scores import ScoreSettings
from forecasts.views.columns import LIVE, WIDTH
from forecasts.views.loading import Asked
from forecasts.views.losses import alike, equal_losses, rule_for
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import COMPILED_FROM, pair_starts, stated_on
from forecasts.views.windows import questions_of, time_before

MEDIAN: tuple[Aggregate, ...] = ("median",)


def imputed(
    snapshot: Snapshot, rows: Ints, settings: ScoreSettings, own: Floats, stood: Floats
) -> tuple[Floats, Floats]:
    """What each forecaster's time before the first forecast adds up to, and how long it is.

    Both of shape (p,), in scores times days and in days: one entry for each forecaster and
    question of ``rows``, on all of which something stood. ``own`` and ``stood`` are the same of
    their own forecasts.
    """
    said = snapshot.said
    question = said.question[rows[pair_starts(said, rows)]]
    if settings.before_first == "skip" or not question.size:
        return np.zeros(question.size), np.zeros(question.size)
    length = time_before(snapshot, question, _first(snapshot, rows), settings.clock)
    if settings.before_first == "uniform":
        return length * equal_losses(snapshot, question, settings), length
    whole = np.where(length > 0, stood + length, 0)
    mean = _beside_the_crowd(snapshot, rows, settings)
    return np.where(length > 0, mean * whole - own, 0), length


def _first(snapshot: Snapshot, rows: Ints) -> Ints:
    """When each forecaster of ``rows`` first gave a forecast on each question."""
    said = snapshot.said
    given = rows[~said.withdrawn(rows)]
    return said.made[given[pair_starts(said, given)]]


def _beside_the_crowd(snapshot: Snapshot, rows: Ints, settings: ScoreSettings) -> Floats:
    """Mean scores, (p,), with the median of other persons' live forecasts before the first."""
    if rows.size < COMPILED_FROM:
        return _by_definition(snapshot, rows, settings)
    return _by_engine(snapshot, rows, settings)


def _crowds_rows(snapshot: Snapshot, rows: Ints) -> Bools:
    said = snapshot.said
    found: Bools = (said.classes(rows) == LIVE) & (snapshot.persons[said.forecaster[rows]] == 1)
    return found


def _by_definition(snapshot: Snapshot, rows: Ints, settings: ScoreSettings) -> Floats:
    found: list[float] = []
    for asked, here in _by_question(snapshot, rows):
        one_by_one = sorted(stated_on(snapshot, asked, here), key=lambda one: one.forecaster_id)
        crowd = stated_on(snapshot, asked, here[_crowds_rows(snapshot, here)])
        panel = read_panel(
            [one.history for one in (*one_by_one, *crowd)],
            opens=asked.opens,
            ends=asked.ends,
            clock=settings.clock,
            zone=asked.zone,
        )
        scores = window_scores(
            panel,
            int(snapshot.outcome[asked.id]),
            before_first="crowd",
            members=np.arange(len(panel.forecasts)) >= len(one_by_one),
            rule=rule_for(asked, settings),
            scale=settings.scale,
            clip=settings.clip,
        )
        found += [np.nan if one is None else one.mean for one in scores[: len(one_by_one)]]
    return np.array(found)


def _by_question(snapshot: Snapshot, rows: Ints) -> Iterator[tuple[Asked, Ints]]:
    question = snapshot.said.question[rows]
    begins = np.flatnonzero(np.diff(question, prepend=-1))[1:]
    for here in np.split(rows, begins):
        if here.size:
            yield snapshot.questions[int(snapshot.said.question[here[0]])], here


def _by_engine(snapshot: Snapshot, rows: Ints, settings: ScoreSettings) -> Floats:
    said = snapshot.said
    found = np.empty(pair_starts(said, rows).size)
    pairs = said.pair(rows[pair_starts(said, rows)])
    for own, k, rule in alike(snapshot, said.question[rows], settings):
        part = rows[own]
        crowd = part[_crowds_rows(snapshot, part)]
        both = np.concatenate([part, crowd])
        ids, question = np.unique(said.question[both], return_inverse=True)
        # The crowd's members speak twice: for themselves, and as somebody else, who is a member.
        spare = snapshot.persons.size
        who = said.forecaster[both] + np.repeat([0, spare], [part.size, crowd.size])
        scores = score_all(
            questions_of(snapshot, ids),
            Forecasts(
                question=question.astype(np.int32),
                forecaster=who.astype(np.int32),
                made=said.made[both],
                probabilities=said.distributions(both, k),
                withdrawn=said.withdrawn(both),
                expires=said.expires[both],
            ),
            Settings(rule, settings.scale, settings.clock, "crowd", settings.clip),
            members=np.arange(2 * spare) >= spare,
            aggregates=MEDIAN,
        )
        own_pairs = np.flatnonzero(scores.forecaster < spare)
        key = ids[scores.question[own_pairs]] * WIDTH + scores.forecaster[own_pairs]
        found[np.searchsorted(pairs, key)] = scores.score[own_pairs]
    return found
