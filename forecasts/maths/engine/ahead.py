"""Having every kernel compiled, or read from the disk, before somebody waits for it."""

from dataclasses import replace

import numpy as np

from forecasts.maths.engine.averages import time_averages
from forecasts.maths.engine.columns import NEVER, Forecasts, Questions
from forecasts.maths.engine.corp import corp_curve
from forecasts.maths.engine.replicates import events
from forecasts.maths.engine.scores import score_all
from forecasts.maths.engine.settings import AGGREGATES, Settings
from forecasts.maths.engine.tree import middles_of_one
from forecasts.maths.pooling import Aggregate

_DAY = 86_400_000_000
MEDIAN: tuple[Aggregate, ...] = ("median",)


def compile_averages() -> None:
    """Compile what daily averages, the crowd and the consistency band of many forecasts need."""
    day = np.array([_DAY])
    one, code = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int32)
    time_averages(
        Questions(one, day, day, one), Forecasts(code, code, one, np.full(1, 0.5)), Settings()
    )
    for shares in (np.full(1, 0.5), np.full((1, 3), 1 / 3)):  # the crowd of a leaderboard
        score_all(
            Questions(one, day, day, one),
            Forecasts(code, code, one, shares),
            Settings(),
            members=None,
            aggregates=MEDIAN,
            threads=1,
        )
    events(np.array([0.5]), np.ones(1), one, one, np.full((1, 1), 0.4))


def compile_all() -> None:
    """Score two small questions in every way that calls for another kernel."""
    compile_averages()
    opens, ends = np.zeros(2, dtype=np.int64), np.full(2, 3 * _DAY)
    questions = Questions(opens, ends, ends, opens)
    question, forecaster = np.array([0, 1, 0, 0]), np.array([0, 0, 1, 0])
    made = np.array([4, 3, 2, 1]) * (_DAY // 4)
    for shares in (np.full(4, 0.7), np.full((4, 3), 1 / 3)):
        never = np.full(4, NEVER)
        rows = Forecasts(question, forecaster, made, shares, never == 0, never)
        for settings in (Settings(), Settings(clock="continuous")):
            time_averages(questions, rows, settings)
            score_all(
                questions,
                rows,
                replace(settings, before_first="crowd"),
                members=None,
                aggregates=AGGREGATES,
                threads=1,
            )
    span = np.zeros(2, dtype=np.int32), np.ones(2, dtype=np.int32)
    middles_of_one(*span, np.array([0.2, 0.4]), np.ones((1, 2)), 1)
    corp_curve([0.2, 0.4], [0, 1])
