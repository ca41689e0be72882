"""How the crowd scored: the median of what persons said, over the time on which anybody stood."""

from collections.abc import Collection, Hashable
from dataclasses import replace

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine import Forecasts, Settings, score_all, time_averages
from forecasts.maths.engine.windows import DAY
from forecasts.maths.panel import ticks
from forecasts.maths.timeline import standing_rows
from forecasts.results.scores import ScoreSettings
from forecasts.views.earlier import BY_QUESTION
from forecasts.views.imputing import MEDIAN
from forecasts.views.losses import alike, equal_odds
from forecasts.views.scoring import Scored
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import COMPILED_FROM, pair_starts, rows_of
from forecasts.views.voices import crowd_voice
from forecasts.views.windows import questions_of

NOBODY = 0
"""In the place of a forecaster's id: the crowd is none."""


def crowd_scored(snapshot: Snapshot, settings: ScoreSettings) -> Scored:
    """The crowd's score on each settled question on which two persons or more forecast.

    Of live forecasts only, and only while one of them stands, whatever the settings count.
    """
    same = replace(settings, classes=("live",), possibilities=False, before_first="skip")
    settled, key = snapshot.settled, (BY_QUESTION, "crowd", same)
    return settled.remembered(key, lambda: _brought_up_to_date(settled, same, key))


def _brought_up_to_date(snapshot: Snapshot, settings: ScoreSettings, key: Hashable) -> Scored:
    earlier = snapshot.earlier
    if earlier is None or key not in earlier.answers:
        return _score(snapshot, settings, snapshot.questions)
    found: Scored = earlier.answers[key]
    touched = np.array(sorted(earlier.touched), dtype=np.int64)
    kept = found.of(~np.isin(found.question, touched))
    return kept.with_(_score(snapshot, settings, sorted(earlier.touched)))


def _score(snapshot: Snapshot, settings: ScoreSettings, questions: Collection[int]) -> Scored:
    rows = _members(snapshot, questions)
    by = _by_definition if rows.size < COMPILED_FROM else _by_engine
    question, score, coverage, days = by(snapshot, rows, settings)
    heard = days > 0
    question, none = question[heard], np.full(int(heard.sum()), np.nan)
    return Scored(
        question=question,
        forecaster=np.full(question.size, NOBODY, dtype=np.int64),
        score=score[heard],
        uniform=equal_odds(snapshot, question, settings),
        at_low=none,
        at_high=none,
        coverage=coverage[heard],
        days=days[heard],
    )


def _members(snapshot: Snapshot, questions: Collection[int]) -> Ints:
    """The live forecasts of persons on those of the questions that have two persons or more."""
    said = snapshot.said
    rows = rows_of(snapshot, classes=("live",), persons=True)
    asked = said.question[rows]
    wanted = np.zeros(snapshot.outcome.size, dtype=np.bool_)
    wanted[list(questions)] = True
    rows = rows[wanted[asked] & (snapshot.outcome[asked] >= 0)]
    people = np.bincount(said.question[rows[pair_starts(said, rows)]], minlength=wanted.size)
    return rows[people[said.question[rows]] > 1]


def _by_definition(
    snapshot: Snapshot, rows: Ints, settings: ScoreSettings
) -> tuple[Ints, Floats, Floats, Floats]:
    ids = np.unique(snapshot.said.question[rows])
    found = np.array([_averaged(snapshot, key, settings) for key in ids.tolist()]).reshape(-1, 3)
    return ids, found[:, 0], found[:, 1], found[:, 2]


def _averaged(snapshot: Snapshot, key: int, settings: ScoreSettings) -> tuple[float, float, float]:
    """Score, coverage and days on one question; of no day, NaN, 0 and 0."""
    asked = snapshot.questions[key]
    voice = crowd_voice(snapshot, asked, NOBODY, settings)
    if voice is None:
        raise LookupError(f"nobody spoke on question {key}")
    at, weights, limit = ticks(
        (voice,), opens=asked.opens, ends=asked.ends, clock=settings.clock, zone=asked.zone
    )
    row = standing_rows(voice, at, limit=limit)
    stands = row >= 0
    long = float(weights[stands].sum())
    if not long:
        return np.nan, 0.0, 0.0
    mean = float(np.average(voice.losses[1, row[stands]], weights=weights[stands]))
    days = long if settings.clock == "daily" else long / DAY
    return mean, long / float(weights.sum()), days


def _by_engine(
    snapshot: Snapshot, rows: Ints, settings: ScoreSettings
) -> tuple[Ints, Floats, Floats, Floats]:
    said = snapshot.said
    ids, place = np.unique(said.question[rows], return_inverse=True)
    score = np.empty(ids.size)
    for own, k, rule in alike(snapshot, ids, settings):
        mine = np.isin(place, own)
        part = rows[mine]
        made_of = Forecasts(
            question=np.searchsorted(own, place[mine]).astype(np.int32),
            forecaster=said.forecaster[part].astype(np.int32),
            made=said.made[part],
            probabilities=said.distributions(part, k),
            withdrawn=said.withdrawn(part),
            expires=said.expires[part],
        )
        how = Settings(rule, settings.scale, settings.clock, "skip", settings.clip)
        found = score_all(questions_of(snapshot, ids[own]), made_of, how, aggregates=MEDIAN)
        score[own] = found.crowd["median"]
    return ids, score, *_heard(snapshot, rows, ids, place, settings)


def _heard(
    snapshot: Snapshot, rows: Ints, ids: Ints, place: Ints, settings: ScoreSettings
) -> tuple[Floats, Floats]:
    """The share of each question's time, and the days, on which somebody's forecast stood."""
    said = snapshot.said
    replaced = np.append(said.made[rows][1:], np.iinfo(np.int64).max)
    replaced[pair_starts(said, rows)[1:] - 1] = np.iinfo(np.int64).max
    until = np.minimum(replaced, said.expires[rows])
    until[said.withdrawn(rows)] = said.made[rows][said.withdrawn(rows)]
    order = np.lexsort((said.made[rows], place))
    place, made, until = place[order], said.made[rows][order], until[order]
    # The latest end so far within the question: a stretch begins where nothing reaches.
    first = np.append(True, place[1:] != place[:-1])
    latest = until.copy()
    for part in np.split(latest, np.flatnonzero(first)[1:]):
        np.maximum.accumulate(part, out=part)
    begins = first | (made > np.append(0, latest[:-1]))
    ends = latest[np.append(np.flatnonzero(begins)[1:] - 1, place.size - 1)]
    found = time_averages(
        questions_of(snapshot, ids),
        Forecasts(
            question=place[begins].astype(np.int32),
            forecaster=np.zeros(int(begins.sum()), dtype=np.int32),
            made=made[begins],
            probabilities=np.full(int(begins.sum()), 0.5),
            withdrawn=np.zeros(int(begins.sum()), dtype=np.bool_),
            expires=ends,
        ),
        Settings(clock=settings.clock),
    )
    return found.coverage, found.days
