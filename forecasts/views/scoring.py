"""Scores of everyone on every settled question: what every scored answer starts from."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.pairs import sums
from forecasts.maths.rules import score, uniform_score
from forecasts.maths.scoring import Rule
from forecasts.maths.timeline import History, TimedScore, daily_score
from forecasts.results.scores import ScoreSettings
from forecasts.results.terms import ForecastClass
from forecasts.views.loading import Asked
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import days_stood, pair_starts, rows_of

SEED = 20_240_711  # any fixed number: the same record must give the same interval


@dataclass(frozen=True, slots=True)
class Scored:
    """One entry for each forecaster and settled question, all of shape (p,).

    Sorted by question, then forecaster. Scores are on the scale of 0 to 1, lower is better.
    """

    question: Ints  # ids
    forecaster: Ints  # ids
    score: Floats
    uniform: Floats  # what equal probabilities on every option earn
    at_low: Floats  # if the words meant the low end of their range; NaN where they have none
    at_high: Floats
    coverage: Floats  # share of the window's days with a standing forecast, in (0, 1]
    days: Ints  # with a standing forecast, >= 1

    def of(self, chosen: Bools | Ints) -> "Scored":
        """The chosen entries."""
        return Scored(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def by(self, forecaster: int | None) -> "Scored":
        """The entries of one forecaster; none of None."""
        return self.of(self.forecaster == (0 if forecaster is None else forecaster))


@dataclass(frozen=True, slots=True)
class Counted:
    """The forecasts that stood at the end of some day of a settled question, in the same order."""

    rows: Ints  # among ``Snapshot.settled.said``
    days: Ints  # at the ends of which each stood, >= 1


def settings_of(*, retrospective: bool, possibilities: bool) -> ScoreSettings:
    """The settings that a choice of forecasts stands for."""
    claimed: tuple[ForecastClass, ...] = ("retrospective",) if retrospective else ()
    return ScoreSettings(classes=("live", "source", *claimed), possibilities=possibilities)


def rule_of(asked: Asked) -> Rule:
    """The Brier score that fits the kind of question."""
    return "ordered_brier" if asked.kind == "ordered" else "brier"


def score_history(asked: Asked, history: History, outcome: int, ends: int) -> TimedScore | None:
    """The daily score of a history on a question, had it come out as ``outcome`` at ``ends``."""
    return daily_score(
        history, outcome, opens=asked.opens, ends=ends, zone=asked.zone, rule=rule_of(asked)
    )


def scored(snapshot: Snapshot, settings: ScoreSettings) -> Scored:
    """Everyone's score on every settled question, worked out once for a record."""
    return _all(snapshot, settings)[0]


def counted(snapshot: Snapshot, settings: ScoreSettings) -> Counted:
    """The forecasts behind ``scored``, each with its days."""
    return _all(snapshot, settings)[1]


def _all(snapshot: Snapshot, settings: ScoreSettings) -> tuple[Scored, Counted]:
    settled = snapshot.settled
    return settled.remembered(("scored", settings), lambda: _score_all(settled, settings))


def _score_all(snapshot: Snapshot, settings: ScoreSettings) -> tuple[Scored, Counted]:
    said = snapshot.said
    rows = rows_of(snapshot, classes=settings.classes, possibilities=settings.possibilities)
    rows = rows[snapshot.outcome[said.question[rows]] >= 0]
    days, share = days_stood(snapshot, rows)
    pairs = said.pair(rows)
    ranged = np.unique(pairs[~np.isnan(said.low[rows])])
    rows, days, share = rows[days > 0], days[days > 0], share[days > 0]
    starts = pair_starts(said, rows)
    pairs = said.pair(rows[starts])
    group = np.repeat(np.arange(starts.size), np.diff(np.append(starts, rows.size)))
    stood = sums(group, days.astype(np.float64), starts.size)

    losses = _losses(snapshot, rows, "probability")

    def mean(values: Floats) -> Floats:
        return sums(group, days * values, starts.size) / stood

    def at_end(column: str) -> Floats:
        """As if the words meant an end of their range, where they have one."""
        own = np.flatnonzero(~np.isnan(said.low[rows]))
        changed = losses.copy()
        changed[own] = _losses(snapshot, rows[own], column)
        return mean(changed)

    has_range = np.isin(pairs, ranged)
    question = said.question[rows[starts]]
    uniform = np.zeros(snapshot.ends.size)
    for key in question[np.flatnonzero(np.diff(question, prepend=-1))].tolist():
        asked = snapshot.questions[key]
        uniform[key] = uniform_score(rule_of(asked), len(asked.options))
    return Scored(
        question=question,
        forecaster=said.forecaster[rows[starts]],
        score=mean(losses),
        uniform=uniform[question],
        at_low=np.where(has_range, at_end("low"), np.nan),
        at_high=np.where(has_range, at_end("high"), np.nan),
        coverage=sums(group, share, starts.size),
        days=stood.astype(np.int64),
    ), Counted(rows, days)


def _losses(snapshot: Snapshot, rows: Ints, column: str) -> Floats:
    """What each of the rows scores, all on settled questions."""
    said = snapshot.said
    question = said.question[rows]
    ordered, outcome = snapshot.ordered[question], snapshot.outcome[question]
    options = snapshot.options[question]
    losses = np.empty(rows.size)
    rules: tuple[Rule, Rule] = ("brier", "ordered_brier")
    for k in np.unique(options).tolist():
        for in_order, rule in enumerate(rules):
            own = np.flatnonzero((options == k) & (ordered == in_order))
            if own.size:
                stated = said.distributions(rows[own], k, column)
                losses[own] = score(rule, stated, outcome[own])
    return losses


def chosen_questions(snapshot: Snapshot, questions: Iterable[Asked]) -> Bools:
    """Which question ids are among ``questions``, by id."""
    found = np.zeros(snapshot.ends.size, dtype=np.bool_)
    found[[asked.id for asked in questions]] = True
    return found


def count_distinct(questions: Ints) -> int:
    """How many questions there are among ids that do not decrease."""
    return int(np.count_nonzero(np.diff(questions, prepend=-1)))
