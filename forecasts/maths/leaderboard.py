"""Forecasters side by side, so that picking easy questions does not pay."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from forecasts.maths.checks import Bools, Floats, Ints, check_same_length, refuse_first
from forecasts.maths.pairs import sums
from forecasts.maths.resampling import resampled_intervals

ALONE = "nobody else was scored on the same questions"
APART = "no chain of shared questions leads to the largest group of forecasters"


@dataclass(frozen=True, slots=True)
class Standing:
    """One forecaster's row. Direction and unit are those of the scores."""

    forecaster: int  # the code given
    questions: int
    coverage: float  # mean over the questions, in [0, 1]
    score: float  # mean over the questions
    interval: tuple[float, float] | None  # 95 %, questions drawn again; None under 10 questions
    adjusted: float | None  # the score to expect on the group's average question
    reason: str | None  # why ``adjusted`` is None


def leaderboard(
    forecasters: npt.ArrayLike,
    questions: npt.ArrayLike,
    scores: npt.ArrayLike,
    coverage: npt.ArrayLike,
    *,
    replicates: int = 2000,
    rng: np.random.Generator,
) -> tuple[Standing, ...]:
    """Return one row a forecaster, in the order of the codes: sort it as the rule demands.

    ``adjusted`` is what ``question_adjusted`` finds.

    Parameters
    ----------
    forecasters, questions : array-like of int, shape (n,), n >= 1
        Codes; a pair occurs once.
    scores : array-like of shape (n,)
        Finite: an infinite log score must be clipped before it can be averaged.
    coverage : array-like of shape (n,)
        In [0, 1].
    replicates : int >= 1
    rng : numpy Generator
        The same state gives the same intervals.

    Raises
    ------
    ValueError
        If the lengths differ, a score is not finite, a coverage is not in [0, 1], codes are no
        integers, a pair occurs twice, or replicates < 1.
    """
    names, who, where, score, share = _check(forecasters, questions, scores, coverage)
    if replicates < 1:
        raise ValueError(f"replicates must be at least 1, got {replicates}")
    adjusted = question_adjusted(who, where, score)
    count = np.bincount(who)
    coverages, means = sums(who, share, count.size) / count, sums(who, score, count.size) / count
    intervals = resampled_intervals(who, where, score, count.size, replicates=replicates, rng=rng)
    return tuple(
        Standing(
            forecaster=int(name),
            questions=int(count[i]),
            coverage=float(coverages[i]),
            score=float(means[i]),
            interval=intervals[i],
            adjusted=adjusted[i].score,
            reason=adjusted[i].reason,
        )
        for i, name in enumerate(names)
    )


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The score to expect on the group's average question; None with the reason."""

    score: float | None
    reason: str | None


def question_adjusted(who: Ints, where: Ints, score: Floats) -> tuple[Adjusted, ...]:
    r"""Return the question-adjusted score of each of the forecasters 0..max(who).

    It comes from the least-squares fit of :math:`s_{ij} = a_i + b_j`, forecaster plus question:
    it is :math:`a_i` plus the mean of :math:`b_j` over the group's questions. Only forecasters
    joined by a chain of shared questions can be compared so; the group is the largest by score
    rows, then by the lowest code, and everyone outside has the reason instead.

    ``who``, ``where`` and ``score`` have shape (n,), n >= 1: codes, each forecaster with an entry
    and no pair twice, and finite scores.
    """
    group = _largest_group(who, where)
    together = np.bincount(who, weights=group) > 0
    company = np.bincount(who, weights=np.bincount(where)[where] > 1) > 0
    values = _adjusted(who, where, score, group)
    found = []
    for value, among, beside in zip(values.tolist(), together, company, strict=True):
        reason = None if among and beside else ALONE if among else APART
        found.append(Adjusted(None if reason else value, reason))
    return tuple(found)


def _check(
    forecasters: npt.ArrayLike,
    questions: npt.ArrayLike,
    scores: npt.ArrayLike,
    coverage: npt.ArrayLike,
) -> tuple[Ints, Ints, Ints, Floats, Floats]:
    who, where = np.asarray(forecasters), np.asarray(questions)
    score, share = np.asarray(scores, dtype=np.float64), np.asarray(coverage, dtype=np.float64)
    if score.ndim != 1 or not score.size:
        raise ValueError(f"scores must be 1-d and not empty, got shape {score.shape}")
    for name, codes in (("forecasters", who), ("questions", where)):
        if codes.dtype.kind not in "iu" or codes.ndim != 1:
            raise ValueError(f"{name} must be 1-d integers, got {codes.dtype} {codes.shape}")
    check_same_length(score.size, forecasters=who, questions=where, coverage=share)
    refuse_first(~np.isfinite(score), score, name="scores", rule="not finite")
    refuse_first(~((share >= 0) & (share <= 1)), share, name="coverage", rule="not in [0, 1]")
    names, who = np.unique(who, return_inverse=True)
    where = np.unique(where, return_inverse=True)[1]
    pairs, times = np.unique(who * (where.max() + 1) + where, return_counts=True)
    if (times > 1).any():
        twice = names[pairs[np.argmax(times > 1)] // (where.max() + 1)]
        raise ValueError(f"forecaster {twice} has two scores on one question")
    return names, who, where, score, share


def _largest_group(who: Ints, where: Ints) -> Bools:
    """Return which rows belong to the largest connected component."""
    people, size = int(who.max()) + 1, int(who.max()) + int(where.max()) + 2
    edges = coo_array((np.ones(who.size), (who, people + where)), shape=(size, size))
    label = connected_components(edges, directed=False)[1][who]
    # Labels are given in order of the lowest node, and argmax takes the first of equals.
    largest: Bools = label == np.argmax(np.bincount(label))
    return largest


def _adjusted(who: Ints, where: Ints, score: Floats, group: Bools) -> Floats:
    """Return a_i + mean b_j for everyone in the group; arbitrary numbers for the others.

    Questions are eliminated from the normal equations, which leaves one equation a forecaster.
    """
    people, asked = int(who.max()) + 1, int(where.max()) + 1
    i, j, s = who[group], where[group], score[group]
    answers = np.bincount(j, minlength=asked).astype(np.float64)
    there = answers > 0
    per_question = np.divide(sums(j, s, asked), answers, where=there, out=np.zeros(asked))
    shape = (people, asked)
    incidence = coo_array((np.ones(i.size), (i, j)), shape=shape).tocsr()
    averaging = coo_array((1 / answers[j], (i, j)), shape=shape).tocsr()
    laplacian = np.diag(np.bincount(i, minlength=people)) - (averaging @ incidence.T).toarray()
    right = np.bincount(i, weights=s - per_question[j], minlength=people)
    # Singular by one constant, which the mean of the questions takes up again: the first of the
    # group is set to 0, and what is left is positive definite because the group is connected.
    free = np.unique(i)[1:]
    effect = np.zeros(people)
    # Several times faster here than ``solve``, which also estimates the condition.
    effect[free] = cho_solve(cho_factor(laplacian[np.ix_(free, free)]), right[free])
    difficulty = sums(j, s - effect[i], asked)[there] / answers[there]
    adjusted: Floats = effect + difficulty.mean()
    return adjusted
