"""Intervals from questions drawn again."""

import numpy as np
import pytest
from scipy.stats import binom

from forecasts.maths import resampling
from forecasts.maths.resampling import resampled_intervals


def one_by_one(scores_by_question, replicates, rng):
    """The same interval, question by question: each drawn one brings all of its scores."""
    names = sorted(scores_by_question)
    means = []
    for _ in range(replicates):
        drawn = [scores_by_question[names[i]] for i in rng.integers(len(names), size=len(names))]
        means.append(np.mean([score for scores in drawn for score in scores]))
    return np.quantile(means, [0.025, 0.975])


def test_intervals_of_many_at_once_are_those_of_each_alone():
    """Two of three groups have equally many questions; one has several scores on a question."""
    rng = np.random.default_rng(5)
    sizes = [12, 30, 12, 9]
    groups = np.repeat(np.arange(4), [12, 30, 20, 9])
    questions = np.concatenate([rng.permutation(50)[:12], np.arange(30), np.arange(20) % 12,
                                np.arange(9)])  # fmt: skip
    scores = rng.random(groups.size) ** 2
    found = resampled_intervals(groups, questions, scores, 4, replicates=4000, rng=rng)
    assert found[3] is None
    for group, interval in enumerate(found[:3]):
        own = {}
        for where, score in zip(questions[groups == group], scores[groups == group], strict=True):
            own.setdefault(int(where), []).append(score)
        assert len(own) == sizes[group]
        slow = one_by_one(own, 4000, np.random.default_rng(6))
        # Each end of 4,000 replicates is known to about 2 % of the interval's length.
        np.testing.assert_allclose(interval, slow, atol=0.08 * (slow[1] - slow[0]))
        alone = resampled_intervals(
            np.zeros((groups == group).sum(), dtype=int),
            questions[groups == group],
            scores[groups == group],
            1,
            replicates=4000,
            rng=rng,
        )
        np.testing.assert_allclose(alone[0], interval, atol=1e-12)


def test_the_draws_are_even():
    """Of ten questions one scores 1: the mean of n draws is binomial, with its 2.5 % points."""
    scores = np.append(1.0, np.zeros(9))
    ten = np.arange(10)
    rng = np.random.default_rng(7)
    found = resampled_intervals(ten * 0, ten, scores, 1, replicates=20_000, rng=rng)
    assert found == [pytest.approx((0.0, binom.ppf(0.975, 10, 0.1) / 10))]


def test_draws_that_are_kept_are_those_drawn_anew():
    """For other scores of the same questions; and another state of the rng draws others."""
    rng = np.random.default_rng(11)
    scores, places = rng.random((2, 40)), np.arange(40)

    def interval(of, seed):
        one = np.random.default_rng(seed)
        return resampled_intervals(0 * places, places, of, 1, replicates=300, rng=one)[0]

    first, second = (interval(of, 1) for of in scores)
    for kept in (True, False):
        if not kept:
            resampling._draws_kept.clear()
        assert (interval(scores[0], 1), interval(scores[1], 1)) == (first, second)
    assert interval(scores[0], 2) != first
