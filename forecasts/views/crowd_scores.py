"""How the crowd scored: the median of what persons said, over the time on which anybody stood."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass, replace

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine import Forecasts, Medians, Settings, crowd_medians
from forecasts.maths.engine.windows import DAY
from forecasts.maths.pairs import sums
from forecasts.maths.panel import ClockName, ticks
from forecasts.maths.timeline import standing_rows
from forecasts.results.scores import ScoreSettings
from forecasts.views.earlier import BY_QUESTION
from forecasts.views.losses import equal_odds, stated_losses
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
    if rows.size < max(COMPILED_FROM, 1):
        question, score, coverage, days = _by_definition(snapshot, rows, settings)
    else:
        question, score, coverage, days = _by_engine(
            snapshot, rows, settings, kept=questions is snapshot.questions
        )
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
    snapshot: Snapshot, rows: Ints, settings: ScoreSettings, *, kept: bool
) -> tuple[Ints, Floats, Floats, Floats]:
    """As ``_by_definition``. What the crowd said is ``kept`` for the next rule."""

    def work() -> list[_Medians]:
        return _medians(snapshot, rows, settings.clock)

    key = ("the crowd's medians", settings.clock)
    said = snapshot.remembered(key, work) if kept else work()
    parts = [_scored(snapshot, part, settings) for part in said]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(columns[0])
    question, score, coverage, days = (column[order] for column in columns)
    return question, score, coverage, days


@dataclass(frozen=True, slots=True)
class _Medians:
    """What the crowd said on some questions with equally many options."""

    question: Ints  # ids
    found: Medians


def _medians(snapshot: Snapshot, rows: Ints, clock: ClockName) -> list[_Medians]:
    said = snapshot.said
    options = snapshot.options[said.question[rows]]
    parts = []
    for k in np.unique(options).tolist():
        part = rows[options == k]
        ids, question = np.unique(said.question[part], return_inverse=True)
        forecasts = Forecasts(
            question=question.astype(np.int32),
            forecaster=said.forecaster[part].astype(np.int32),
            made=said.made[part],
            probabilities=said.distributions(part, k),
            withdrawn=said.withdrawn(part),
            expires=said.expires[part],
        )
        found = crowd_medians(questions_of(snapshot, ids), forecasts, Settings(clock=clock))
        parts.append(_Medians(ids, found))
    return parts


def _scored(
    snapshot: Snapshot, part: _Medians, settings: ScoreSettings
) -> tuple[Ints, Floats, Floats, Floats]:
    """The questions' ids, and score, coverage and days on each; of no day, NaN, 0 and 0."""
    found, size = part.found, part.question.size
    place = np.repeat(np.arange(size), np.diff(found.starts))
    whole = sums(place, found.weights, size)
    place, weights = place[found.stands], found.weights[found.stands]
    stood = sums(place, weights, size)
    question = part.question[place]
    losses = stated_losses(snapshot, question, found.standing(), settings)
    heard = stood > 0
    total = sums(place, weights * losses, size)
    score = np.where(heard, total / np.where(heard, stood, 1), np.nan)
    days = stood if settings.clock == "daily" else stood / DAY
    return part.question, score, stood / np.where(heard, whole, 1), days
