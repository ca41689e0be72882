"""Scores of everyone on every settled question: what every scored answer starts from."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, fields
from typing import TypedDict

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.pairs import sums
from forecasts.maths.panel import ClockName
from forecasts.maths.scoring import Rule, Scale
from forecasts.maths.timeline import History, TimedScore, daily_score
from forecasts.maths.windows import BeforeFirst
from forecasts.results.scores import ScoreRule, ScoreSettings
from forecasts.results.terms import ForecastClass
from forecasts.views.earlier import BY_QUESTION
from forecasts.views.imputing import imputed
from forecasts.views.loading import Asked
from forecasts.views.losses import equal_odds, row_losses
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import pair_starts, rows_of
from forecasts.views.windows import time_stood

SEED = 20_240_711  # any fixed number: the same record must give the same interval

FEW = 200
"""Questions up to which their rows are looked up one question at a time."""


class _Which(TypedDict):
    classes: tuple[ForecastClass, ...]
    possibilities: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """One entry for each forecaster and settled question, all of shape (p,).

    Sorted by question, then forecaster. Unit and direction are those of the settings.
    """

    question: Ints  # ids
    forecaster: Ints  # ids
    score: Floats
    uniform: Floats  # what equal probabilities on every option earn
    at_low: Floats  # if the words meant the low end of their range; NaN where they have none
    at_high: Floats
    coverage: Floats  # share of the window with a standing forecast, in (0, 1]
    days: Floats  # with a standing forecast, > 0; whole on the daily clock

    def of(self, chosen: Bools | Ints) -> "Scored":
        """The chosen entries."""
        return Scored(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def with_(self, others: "Scored") -> "Scored":
        """These entries and others, none of them on a question of these, in order."""
        both = Scored(
            *(
                np.concatenate([getattr(self, field.name), getattr(others, field.name)])
                for field in fields(self)
            )
        )
        return both.of(np.argsort(both.question, kind="stable"))

    def by(self, forecaster: int | None) -> "Scored":
        """The entries of one forecaster; none of None."""
        return self.of(self.forecaster == (0 if forecaster is None else forecaster))


@dataclass(frozen=True, slots=True)
class Counted:
    """The forecasts that stood at some time of a settled question's window, in the same order."""

    rows: Ints  # among ``Snapshot.settled.said``
    days: Floats | Ints  # for how long each stood, > 0; whole on the daily clock


def settings_of(
    *,
    retrospective: bool,
    possibilities: bool,
    rule: ScoreRule = "brier",
    scale: Scale = 1,
    clock: ClockName = "daily",
    before_first: BeforeFirst = "skip",
) -> ScoreSettings:
    """The settings that a reader's choices stand for."""
    claimed: tuple[ForecastClass, ...] = ("retrospective",) if retrospective else ()
    return ScoreSettings(
        rule=rule,
        scale=scale if rule == "brier" else 1,
        clock=clock,
        before_first=before_first,
        classes=("live", "source", *claimed),
        possibilities=possibilities,
    )


def rule_of(asked: Asked) -> Rule:
    """The Brier score that fits the kind of question."""
    return "ordered_brier" if asked.kind == "ordered" else "brier"


def score_history(asked: Asked, history: History, outcome: int, ends: int) -> TimedScore | None:
    """The daily Brier score of a history, had the question come out as ``outcome`` at ``ends``."""
    return daily_score(
        history, outcome, opens=asked.opens, ends=ends, zone=asked.zone, rule=rule_of(asked)
    )


def scored(snapshot: Snapshot, settings: ScoreSettings) -> Scored:
    """Everyone's score on every settled question, worked out once for a record."""
    return _all(snapshot, settings)[0]


def counted(snapshot: Snapshot, settings: ScoreSettings) -> Counted:
    """The forecasts behind ``scored``, each with its time."""
    return _all(snapshot, settings)[1]


def _all(snapshot: Snapshot, settings: ScoreSettings) -> tuple[Scored, Counted]:
    settled, key = snapshot.settled, (BY_QUESTION, "scored", settings)
    return settled.remembered(key, lambda: _brought_up_to_date(settled, settings, key))


def _brought_up_to_date(
    snapshot: Snapshot, settings: ScoreSettings, key: Hashable
) -> tuple[Scored, Counted]:
    """What an earlier look found, with the questions scored anew that were touched since."""
    earlier = snapshot.earlier
    if earlier is None or key not in earlier.answers:
        return _score(snapshot, settings, snapshot.questions)
    found, entered = earlier.answers[key]
    new_found, new_counted = _score(snapshot, settings, sorted(earlier.touched))
    touched = np.array(sorted(earlier.touched), dtype=np.int64)
    found = found.of(~np.isin(found.question, touched))
    rows = earlier.rows[entered.rows]
    kept = ~np.isin(snapshot.said.question[rows], touched)
    return found.with_(new_found), Counted(
        *_in_order(
            np.concatenate([rows[kept], new_counted.rows]),
            np.concatenate([entered.days[kept], new_counted.days]),
        )
    )


def _in_order(rows: Ints, days: Floats) -> tuple[Ints, Floats]:
    order = np.argsort(rows, kind="stable")
    return rows[order], days[order]


def _score(
    snapshot: Snapshot, settings: ScoreSettings, questions: Collection[int]
) -> tuple[Scored, Counted]:
    """The scores on these questions; those that are not settled or have no outcome have none."""
    said = snapshot.said
    every, rows, days, share = _standing(snapshot, settings, questions)
    starts = pair_starts(said, rows)
    group = np.repeat(np.arange(starts.size), np.diff(np.append(starts, rows.size)))
    stood = sums(group, days, starts.size)
    losses = row_losses(snapshot, rows, settings)
    own = sums(group, days * losses, starts.size)
    filled, length = imputed(snapshot, every, settings, own, stood)

    def at_end(column: str) -> Floats:
        """As if the words meant an end of their range, where they have one."""
        ranged = np.flatnonzero(~np.isnan(said.low[rows]))
        changed = losses.copy()
        changed[ranged] = row_losses(snapshot, rows[ranged], settings, column)
        mean = (sums(group, days * changed, starts.size) + filled) / (stood + length)
        return np.where(has_range, mean, np.nan)

    has_range = sums(group, ~np.isnan(said.low[rows]), starts.size) > 0
    question = said.question[rows[starts]]
    return Scored(
        question=question,
        forecaster=said.forecaster[rows[starts]],
        score=(own + filled) / (stood + length),
        uniform=equal_odds(snapshot, question, settings),
        at_low=at_end("low"),
        at_high=at_end("high"),
        coverage=sums(group, share, starts.size),
        days=stood,
    ), Counted(rows, days)


def _standing(
    snapshot: Snapshot, settings: ScoreSettings, questions: Collection[int]
) -> tuple[Ints, Ints, Floats, Floats]:
    """The rows on these questions that count; of these the rows that stood, their days and share.

    Of the first, only those of forecasters of whom something stood on the question.
    """
    which: _Which = {"classes": settings.classes, "possibilities": settings.possibilities}
    if questions is snapshot.questions:  # the same by every rule
        return snapshot.remembered(
            ("standing", settings.classes, settings.possibilities, settings.clock),
            lambda: _stood(snapshot, rows_of(snapshot, **which), settings.clock),
        )
    if len(questions) > FEW:
        rows = rows_of(snapshot, **which)
        rows = rows[np.isin(snapshot.said.question[rows], np.array(list(questions)))]
        return _stood(snapshot, rows, settings.clock)
    parts = [rows_of(snapshot, question=key, **which) for key in sorted(questions)]
    rows = np.concatenate([np.empty(0, dtype=np.int64), *parts])
    return _stood(snapshot, rows, settings.clock)


def _stood(snapshot: Snapshot, rows: Ints, clock: ClockName) -> tuple[Ints, Ints, Floats, Floats]:
    said = snapshot.said
    rows = rows[snapshot.outcome[said.question[rows]] >= 0]
    days, share = time_stood(snapshot, rows, clock)
    starts = pair_starts(said, rows)
    group = np.repeat(np.arange(starts.size), np.diff(np.append(starts, rows.size)))
    something = (sums(group, days, starts.size) > 0)[group]
    stood = days > 0
    return rows[something], rows[stood], days[stood], share[stood]


def chosen_questions(snapshot: Snapshot, questions: Iterable[Asked]) -> Bools:
    """Which question ids are among ``questions``, by id."""
    found = np.zeros(snapshot.ends.size, dtype=np.bool_)
    found[[asked.id for asked in questions]] = True
    return found


def count_distinct(questions: Ints) -> int:
    """How many questions there are among ids that do not decrease."""
    return int(np.count_nonzero(np.diff(questions, prepend=-1)))
