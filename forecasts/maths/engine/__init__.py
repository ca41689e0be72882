"""The scoring engine: the same scores as the rest of ``maths``, on columns, near memory speed.

``timeline``, ``panel``, ``windows``, ``relative`` and ``pooling`` are the readable definitions;
the tests hold the engine to them. Its kernels are compiled when they are first called, and then
kept on disk. Importing this package compiles and loads nothing.
"""

from collections.abc import Collection

from forecasts.maths.checks import Bools, refuse_first
from forecasts.maths.engine.columns import NEVER, Forecasts, Questions
from forecasts.maths.engine.settings import (
    AGGREGATES,
    LINEAR,
    Averages,
    Medians,
    Scores,
    Settings,
)
from forecasts.maths.pooling import Aggregate

__all__ = [
    "AGGREGATES",
    "LINEAR",
    "NEVER",
    "Averages",
    "Forecasts",
    "Medians",
    "Questions",
    "Scores",
    "Settings",
    "average_losses",
    "compile_ahead",
    "crowd_medians",
    "score_all",
    "time_averages",
]


DEFAULT = Settings()
"""Brier scores by UTC days, nothing imputed."""


def score_all(
    questions: Questions,
    forecasts: Forecasts,
    settings: Settings = DEFAULT,
    *,
    members: Bools | None = None,
    aggregates: Collection[Aggregate] = LINEAR,
    threads: int = 2,
) -> Scores:
    """Score every forecaster on every question, alone and beside the others, and the crowd.

    Parameters
    ----------
    questions : Questions
        All with as many options as the forecasts have.
    forecasts : Forecasts
        In any order; sorted by (question, forecaster, made) is fastest.
    settings : Settings
    members : bool array, one per forecaster code, optional
        Whose forecasts make the crowd; everyone's if absent. Relative and peer scores are among
        all forecasters in any case.
    aggregates : collection of str
        Which crowds to score: some of ``AGGREGATES``. The time of ``trimmed_mean`` grows as
        n log n, that of ``metaculus_median`` with the square of a question's forecasts.
    threads : int

    Returns
    -------
    Scores

    Raises
    ------
    ValueError
        If a forecast's question does not exist, an outcome is no option, ``members`` is too
        short, ``threads`` < 1, or a question has over 1.9 million rows and a
        ``metaculus_median`` is wanted.
    """
    from forecasts.maths.engine import scores  # loads the compiler

    _check(questions, forecasts)
    if members is not None and forecasts.forecaster.max(initial=-1) >= len(members):
        raise ValueError(f"members has {len(members)} entries, too few for the forecasters")
    if threads < 1:
        raise ValueError(f"threads must be at least 1, got {threads}")
    return scores.score_all(
        questions, forecasts, settings, members=members, aggregates=aggregates, threads=threads
    )


def time_averages(
    questions: Questions,
    forecasts: Forecasts,
    settings: Settings = DEFAULT,
) -> Averages:
    """Return the time-averaged score of every forecaster on every question, and nothing else.

    Arguments and errors are those of ``score_all``; ``before_first`` must be ``skip``.
    """
    from forecasts.maths.engine import averages  # loads the compiler

    _check(questions, forecasts)
    if settings.before_first != "skip":
        raise ValueError(f"before_first is {settings.before_first!r}, only skip is possible here")
    return averages.time_averages(questions, forecasts, settings)


def average_losses(
    questions: Questions, forecasts: Forecasts, settings: Settings = DEFAULT
) -> Averages:
    """Average scores that were worked out elsewhere over the time their forecasts stood.

    As ``time_averages``, but the ``probabilities`` of the forecasts are their scores, of shape
    (n,) and finite, in any unit; build such columns with ``checked=True``. The rule, scale and
    clip of the settings and the outcomes of the questions do not matter.
    """
    from forecasts.maths.engine import averages  # loads the compiler

    return averages.time_averages(questions, forecasts, settings, scored=True)


def crowd_medians(
    questions: Questions, forecasts: Forecasts, settings: Settings = DEFAULT
) -> Medians:
    """Return the median of everyone's standing forecasts all the time; rules may be many.

    Of the settings the clock counts alone. Errors are those of ``score_all``.
    """
    from forecasts.maths.engine import medians  # loads the compiler

    _check(questions, forecasts)
    return medians.crowd_medians(questions, forecasts, settings)


def compile_ahead(*, everything: bool = True) -> None:
    """Compile the kernels, or read them from the disk where they were compiled before.

    Without ``everything`` only those of ``time_averages`` by days and of the consistency band,
    which take a small part of the time.

    For a door to call in a thread of its own at its start: whoever scores meanwhile waits no
    longer than they would have, and whoever scores later does not wait at all. The compiler holds
    Python's lock for much of the time.
    """
    from forecasts.maths.engine import ahead  # loads the compiler

    if everything:
        ahead.compile_all()
    else:
        ahead.compile_averages()


def _check(questions: Questions, forecasts: Forecasts) -> None:
    for name, values, most in (
        ("question", forecasts.question, len(questions) - 1),
        ("outcome", questions.outcome, forecasts.options - 1),
    ):
        if values.max(initial=-1) > most:
            refuse_first(values > most, values, name=name, rule=f"not in 0..{most}")
