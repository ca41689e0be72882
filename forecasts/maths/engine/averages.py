"""Time-averaged scores alone, in one pass over the rows."""

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.clusters import clustered, pair_count, pairs_of, starts_of
from forecasts.maths.engine.columns import Forecasts, Questions, no_flags
from forecasts.maths.engine.continuous import continuous_sums
from forecasts.maths.engine.daily import daily_averages
from forecasts.maths.engine.losses import row_losses
from forecasts.maths.engine.settings import Averages, Settings
from forecasts.maths.engine.windows import window_days

_DAY = 86_400_000_000.0


def time_averages(
    questions: Questions, forecasts: Forecasts, settings: Settings, *, scored: bool = False
) -> Averages:
    """See ``forecasts.maths.engine.time_averages``; ``average_losses`` where ``scored``."""
    pairs = pair_count(forecasts.question, forecasts.forecaster, forecasts.made)
    rows = forecasts
    if pairs < 0:
        rows = clustered(forecasts)
        pairs = pair_count(rows.question, rows.forecaster, rows.made)
    if settings.clock == "continuous":
        return _continuous(questions, rows, settings, scored)
    days = window_days(questions)
    losses, outcome, factor = _daily_losses(questions, rows, settings, scored)
    starts = starts_of(rows.question, len(questions))
    columns = (starts, rows.forecaster, rows.made, losses, outcome, *no_flags(rows))
    question, forecaster, score, coverage, stood = daily_averages(
        pairs, *columns, days.marks, days.starts, days.even
    )
    score *= factor
    return Averages(question, forecaster, score, coverage, stood)


def _continuous(
    questions: Questions, rows: Forecasts, settings: Settings, scored: bool
) -> Averages:
    starts, pair_question, pair_forecaster = pairs_of(rows.question, rows.forecaster)
    losses = rows.probabilities
    if not scored:
        outcome = questions.outcome[rows.question]
        losses = row_losses(rows.probabilities, outcome, settings, rows.withdrawn)
    window = (questions.opens, questions.ends)
    total, stood = continuous_sums(
        starts, pair_question, rows.made, losses, *no_flags(rows), *window
    )
    something = stood > 0
    whole = np.maximum(questions.ends - questions.opens, 1)
    return Averages(
        question=pair_question,
        forecaster=pair_forecaster,
        score=np.where(something, total / np.where(something, stood, 1.0), np.nan),
        coverage=stood / whole[pair_question],
        days=stood / _DAY,
    )


def _daily_losses(
    questions: Questions, rows: Forecasts, settings: Settings, scored: bool
) -> tuple[Floats, Ints, float]:
    """Return losses, or binary probabilities with the outcomes they are to be held against."""
    nothing = np.empty(0, dtype=np.int64)
    if scored:
        return rows.probabilities, nothing, 1.0
    if rows.probabilities.ndim == 1 and settings.rule in ("brier", "ordered_brier"):
        return rows.probabilities, questions.outcome, float(settings.scale)
    outcome = questions.outcome[rows.question]
    return row_losses(rows.probabilities, outcome, settings, rows.withdrawn), nothing, 1.0
