"""How far to push the crowd's log-odds outwards, learnt from questions that have resolved."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from forecasts.maths.checks import Floats, check_options

LOWEST, HIGHEST = 0.1, 10.0
_BLOCK = 2**20
_GRID = np.geomspace(LOWEST, HIGHEST, 231)
_STEP = np.log(HIGHEST / LOWEST) / (_GRID.size - 1)


@dataclass(frozen=True, slots=True)
class Extremizing:
    """The factor d that would have served best, and how well it serves what it has not seen."""

    factor: float
    """Fitted on all questions, in [0.1, 10]; 1 changes nothing, above 1 extremizes."""

    left_out: Floats
    """Shape (q,), for each question the factor fitted on all the others."""

    brier: float
    """Mean Brier score, (p - o)^2 scale, of each question by the factor it had no part in."""

    brier_plain: float
    """The same with a factor of 1: fitting pays only where ``brier`` is below it."""


def fit_extremizing(
    log_odds: Sequence[Floats],
    outcomes: Sequence[int],
    *,
    weights: Sequence[Floats] | None = None,
) -> Extremizing:
    """Minimise the mean Brier score over questions, leaving each question out in turn.

    The minimum is sought in steps of 2 % and then between them. The cost grows linearly with
    the ticks, however many questions there are.

    Parameters
    ----------
    log_odds : sequence of q >= 2 float arrays of shape (d_i, K_i)
        ``mean_log_odds`` of each resolved question at each of its ticks, ticks at which nobody
        stood left out; d_i >= 1, finite.
    outcomes : sequence of q ints
        Index of the option that came true.
    weights : sequence of q float arrays of shape (d_i,), optional
        Days or time of each tick, positive; equal if absent. Every question counts once.

    Raises
    ------
    ValueError
        If there are under two questions, the lengths differ, an outcome is no option, or a
        number is not finite.

    References
    ----------
    Baron, Mellers, Tetlock, Stone & Ungar (2014), "Two reasons to make aggregated probability
    forecasts more extreme", Decision Analysis 11(2), 133-145.
    https://doi.org/10.1287/deca.2014.0293
    """
    if len(log_odds) < 2 or len(log_odds) != len(outcomes):
        raise ValueError(
            f"needs at least 2 questions with an outcome each, got {len(log_odds)} log_odds "
            f"and {len(outcomes)} outcomes"
        )
    if weights is None:
        weights = [np.ones(len(odds)) for odds in log_odds]
    for i, (odds, share) in enumerate(zip(log_odds, weights, strict=True)):
        _check(i, odds, share)
        check_options(outcomes[i], odds.shape[1], 1, name=f"outcomes[{i}]")
    questions = list(zip(log_odds, outcomes, weights, strict=True))
    # One row a question, so that leaving one out is a subtraction.
    table = np.array([_on_grid(*question) for question in questions])
    left_out = _best(table.sum(axis=0) - table)
    unseen = [
        _brier(np.array([d]), *question)[0] for d, question in zip(left_out, questions, strict=True)
    ]
    return Extremizing(
        factor=float(_best(table.sum(axis=0, keepdims=True))[0]),
        left_out=left_out,
        brier=float(np.mean(unseen)),
        brier_plain=float(np.mean([_brier(np.ones(1), *question)[0] for question in questions])),
    )


def extremize(log_odds: Floats, factor: float | Floats) -> Floats:
    """Return the probabilities of factor times the log-odds (..., K), each row summing to 1."""
    raw = expit(factor * log_odds)
    probabilities: Floats = raw / raw.sum(axis=-1, keepdims=True)
    return probabilities


def _on_grid(log_odds: Floats, outcome: int, weights: Floats) -> Floats:
    parts = np.array_split(_GRID, min(_GRID.size, 1 + _GRID.size * log_odds.size // _BLOCK))
    return np.concatenate([_brier(part, log_odds, outcome, weights) for part in parts])


def _brier(factors: Floats, log_odds: Floats, outcome: int, weights: Floats) -> Floats:
    """Return one question's time-averaged Brier score at each factor, (f,)."""
    happened = np.arange(log_odds.shape[1]) == outcome
    p = extremize(log_odds, factors[:, np.newaxis, np.newaxis])
    averages: Floats = np.square(p - happened).sum(axis=2) @ weights / (2 * weights.sum())
    return averages


def _best(totals: Floats) -> Floats:
    """Return the factor at the least of each row of totals over the grid, (n,) from (n, g).

    The score has several valleys, so the grid picks the valley; the parabola through its lowest
    three points then finds the bottom.
    """
    row = np.arange(len(totals))
    place = np.argmin(totals, axis=1)
    inner = np.clip(place, 1, _GRID.size - 2)
    before, here, after = (totals[row, inner + step] for step in (-1, 0, 1))
    curvature = before - 2 * here + after
    bent = (place == inner) & (curvature > 0)
    shift = np.where(bent, (before - after) / (2 * np.where(bent, curvature, 1.0)), 0.0)
    best: Floats = np.clip(_GRID[place] * np.exp(shift * _STEP), LOWEST, HIGHEST)
    return best


def _check(place: int, log_odds: Floats, weights: Floats) -> None:
    if log_odds.ndim != 2 or not log_odds.shape[0] or log_odds.shape[1] < 2:
        raise ValueError(f"log_odds[{place}] must have shape (d, K), got {log_odds.shape}")
    if not np.isfinite(log_odds).all():
        raise ValueError(f"log_odds[{place}] has a value that is not finite")
    if weights.shape != log_odds.shape[:1] or not (weights > 0).all():
        raise ValueError(f"weights[{place}] must be {len(log_odds)} positive numbers")
