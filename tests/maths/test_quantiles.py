import numpy as np
import pytest
import scoringrules
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import mean_pinball_loss

from forecasts.maths.quantiles import (
    crps,
    interval_score,
    quantile_score,
    weighted_interval_score,
)

values = st.integers(-40, 40).map(lambda n: n / 4)
# Few distinct values, so that quantiles equal each other and the outcome.
symmetric_levels = st.sets(st.integers(1, 19), max_size=6).map(
    lambda below: np.array(sorted([*below, 20, *(40 - b for b in below)])) / 40
)
any_levels = st.sets(st.integers(1, 99), min_size=1, max_size=8).map(
    lambda percents: np.array(sorted(percents)) / 100
)


def forecasts(levels):
    def row(tau):
        return st.lists(values, min_size=tau.size, max_size=tau.size).map(sorted)

    return levels.flatmap(
        lambda tau: st.tuples(
            st.just(tau), st.lists(st.tuples(row(tau), values), min_size=1, max_size=5)
        )
    )


def columns(rows):
    return np.array([q for q, _ in rows]), np.array([y for _, y in rows])


@settings(deadline=None, max_examples=60)
@given(forecasts(any_levels))
def test_quantile_score_agrees_with_scikit_learn_and_scoringrules(case):
    levels, rows = case
    q, y = columns(rows)
    found = quantile_score(q, levels, y)
    for i, score in enumerate(found):
        losses = [mean_pinball_loss([y[i]], [q[i, j]], alpha=tau) for j, tau in enumerate(levels)]
        assert score == pytest.approx(2 * np.mean(losses), abs=1e-9)
    np.testing.assert_allclose(found, scoringrules.crps_quantile(y, q, levels), atol=1e-9)
    np.testing.assert_array_equal(crps(q, levels, y), found)
    assert (found >= 0).all()


@given(forecasts(symmetric_levels))
def test_weighted_interval_score_is_the_quantile_score(case):
    levels, rows = case
    q, y = columns(rows)
    np.testing.assert_allclose(
        weighted_interval_score(q, levels, y), quantile_score(q, levels, y), atol=1e-9
    )


@settings(deadline=None, max_examples=60)
@given(values, values, values, st.integers(1, 99).map(lambda n: n / 100))
def test_interval_score_agrees_with_scoringrules(a, b, y, alpha):
    low, high = min(a, b), max(a, b)
    expected = scoringrules.interval_score(y, low, high, alpha)
    assert interval_score(low, high, y, alpha=alpha) == pytest.approx(expected, abs=1e-9)


@given(forecasts(any_levels), values, st.integers(1, 8))
def test_scores_move_with_the_unit_and_not_with_the_origin(case, shift, factor):
    levels, rows = case
    q, y = columns(rows)
    expected = factor * quantile_score(q, levels, y)
    moved = quantile_score(factor * q + shift, levels, factor * y + shift)
    np.testing.assert_allclose(moved, expected, atol=1e-9)


@given(st.lists(values, min_size=1, max_size=9), any_levels)
def test_the_true_quantiles_of_the_outcomes_score_best_on_average(outcomes, levels):
    best = np.quantile(outcomes, levels, method="inverted_cdf")

    def average(q):
        return np.mean([quantile_score([q], levels, y)[0] for y in outcomes])

    for shift in (-1.0, -0.25, 0.25, 1.0):
        assert average(best + shift) >= average(best) - 1e-9


def test_quantiles_that_are_all_the_outcome_score_nothing():
    assert quantile_score([[3.0, 3.0, 3.0]], [0.1, 0.5, 0.9], 3.0).tolist() == [0.0]
    assert weighted_interval_score([[3.0, 3.0, 3.0]], [0.1, 0.5, 0.9], 3.0).tolist() == [0.0]


def test_many_equally_spaced_levels_approach_the_crps_of_the_normal_distribution():
    levels = (np.arange(2000) + 0.5) / 2000
    q = np.tile(stats.norm.ppf(levels), (3, 1))
    y = np.array([-1.5, 0.0, 0.7])
    np.testing.assert_allclose(crps(q, levels, y), scoringrules.crps_normal(y, 0, 1), atol=1e-3)


@pytest.mark.parametrize("y", [-2.0, 0.0, 1.5, 9.0])
def test_quantiles_at_the_midpoints_are_the_crps_of_their_ensemble(y):
    """SpecsVerification, EnsCrps({1, 2, 3}, 1.5) = 5/6 - 4/9 at y = 1.5, and the same rule."""
    q, levels = [[1.0, 2.0, 3.0]], np.array([1, 3, 5]) / 6
    expected = scoringrules.crps_ensemble(y, np.array([1.0, 2.0, 3.0]))
    assert crps(q, levels, y)[0] == pytest.approx(expected, abs=1e-9)
    assert crps(q, levels, 1.5)[0] == pytest.approx(5 / 6 - 4 / 9, abs=1e-12)


@pytest.mark.parametrize(
    ("quantiles", "levels", "observed", "message"),
    [
        ([[1.0, 0.0]], [0.1, 0.9], 0.0, r"quantiles\[0, 1\] is 0.0, below the quantile before"),
        ([[0.0, np.nan]], [0.1, 0.9], 0.0, r"quantiles\[0, 1\] is nan, not finite"),
        ([[0.0, np.inf]], [0.1, 0.9], 0.0, r"quantiles\[0, 1\] is inf, not finite"),
        ([[0.0, 1.0]], [0.9, 0.1], 0.0, r"levels\[1\] is 0.1, not above the level before it"),
        ([[0.0, 1.0]], [0.5, 0.5], 0.0, r"levels\[1\] is 0.5, not above"),
        ([[0.0, 1.0]], [0.0, 0.5], 0.0, r"levels\[0\] is 0.0, not in \(0, 1\)"),
        ([[0.0, 1.0]], [0.5, np.nan], 0.0, r"levels\[1\] is nan, not in"),
        ([[0.0, 1.0]], [], 0.0, "levels must be 1-d and not empty"),
        ([0.0, 1.0], [0.1, 0.9], 0.0, r"quantiles must have shape \(n, 2\)"),
        ([[0.0, 1.0]], [0.1, 0.9], [1.0, 2.0], r"observed has shape \(2,\), not \(\) or \(1,\)"),
        ([[0.0, 1.0]], [0.1, 0.9], np.nan, "observed is nan, not finite"),
    ],
)
def test_bad_quantiles_are_refused(quantiles, levels, observed, message):
    for rule in (quantile_score, crps, weighted_interval_score):
        with pytest.raises(ValueError, match=message):
            rule(quantiles, levels, observed)


@pytest.mark.parametrize("levels", [[0.1, 0.9], [0.1, 0.5, 0.8], [0.4]])
def test_levels_without_the_median_or_a_mirror_image_are_refused(levels):
    with pytest.raises(ValueError, match=r"levels must be 0\.5 and symmetric pairs"):
        weighted_interval_score([np.arange(len(levels), dtype=float)], levels, 0.0)


def test_bad_intervals_are_refused():
    with pytest.raises(ValueError, match=r"lower\[1\] is 2.0, above its upper end"):
        interval_score([0.0, 2.0], [1.0, 1.0], 0.0, alpha=0.1)
    with pytest.raises(ValueError, match=r"alpha is 1\.0, not in"):
        interval_score(0.0, 1.0, 0.0, alpha=1.0)
    with pytest.raises(ValueError, match="upper is inf, not finite"):
        interval_score(0.0, np.inf, 0.0, alpha=0.1)
