"""What to watch: information and swing against enumeration, and their laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.scenarios.inference import Indicator, implied, reference
from forecasts.maths.scenarios.watching import (
    UNINFORMATIVE_BITS,
    diagnosticity,
    entropy,
    log_likelihood_ratios,
    watch,
)

seeds = st.integers(0, 2**32 - 1)


def board(seed, least_weight=1.0):
    rng = np.random.default_rng(seed)
    scenarios, k = int(rng.integers(2, 7)), int(rng.integers(2, 5))
    prior = rng.dirichlet(np.ones(scenarios))
    indicators = [
        Indicator(rng.dirichlet(np.ones(k), scenarios).T, float(rng.uniform(least_weight, 1)))
        for _ in range(3)
    ]
    return prior, indicators, [rng.dirichlet(np.ones(k)) for _ in range(3)]


def bits(distribution):
    return -sum(p * math.log2(p) for p in distribution if p > 0)


@given(seeds)
def test_information_is_the_entropy_that_resolving_takes_away(seed):
    prior, indicators, current = board(seed)
    found = watch(prior, indicators, current, 1)
    now = implied(prior, indicators, [[q] for q in current])[0]
    assert found.outcomes.sum() == pytest.approx(1)
    assert found.outcomes @ found.after == pytest.approx(now, abs=1e-9)
    left = 0.0
    for outcome, chance in enumerate(found.outcomes):
        settled = [*current]
        settled[1] = np.eye(len(current[1]))[outcome]
        after = implied(prior, indicators, [[q] for q in settled])[0]
        assert found.after[outcome] == pytest.approx(after, abs=1e-9)
        left += chance * bits(after)
    assert found.information == pytest.approx(bits(now) - left, abs=1e-9)


@given(seeds)
def test_alone_it_is_weighted_by_the_forecast_itself(seed):
    prior, indicators, current = board(seed)
    found = watch(prior, indicators[:1], current[:1], 0)
    assert found.outcomes == pytest.approx(current[0], abs=1e-12)


@given(seeds)
def test_information_and_swing_keep_their_ranges(seed):
    prior, indicators, current = board(seed, least_weight=0.0)
    found = watch(prior, indicators, current, 2)
    assert 0 <= found.information <= math.log2(len(prior)) + 1e-9
    assert 0 <= found.swing <= 1


@given(seeds)
def test_diagnosticity_is_the_information_expected_under_the_prior(seed):
    prior, indicators, _ = board(seed)
    p0 = reference(prior, indicators[0])
    found = watch(prior, indicators[:1], [p0], 0)
    assert diagnosticity(prior, indicators[0]) == pytest.approx(found.information, abs=1e-9)


@given(seeds)
def test_an_indicator_alike_in_all_scenarios_says_so(seed):
    prior, indicators, current = board(seed)
    column = indicators[0].likelihoods[:, :1]
    flat = Indicator(np.tile(column, len(prior)))
    assert diagnosticity(prior, flat) < UNINFORMATIVE_BITS
    assert log_likelihood_ratios(prior, flat) == pytest.approx(0, abs=1e-12)
    found = watch(prior, [*indicators, flat], [*current, current[0]], 3)
    assert found.information < UNINFORMATIVE_BITS
    assert found.swing == pytest.approx(0, abs=1e-12)


def test_log_likelihood_ratios_by_hand():
    found = log_likelihood_ratios(
        [0.2, 0.3, 0.5], Indicator(np.array([[0.9, 0.1, 0], [0.1, 0.9, 1]]))
    )
    assert found[0, 0] == pytest.approx(math.log(0.9 / (0.3 * 0.1 / 0.8)))
    assert found[0, 2] == -math.inf
    assert found[1, 1] == pytest.approx(math.log(0.9 / ((0.2 * 0.1 + 0.5 * 1) / 0.7)))


def test_an_outcome_nobody_allows_is_left_out():
    never = Indicator(np.array([[0.0, 0.0], [0.4, 0.6], [0.6, 0.4]]))
    found = watch([0.5, 0.5], [never], [[np.nan] * 3], 0)
    assert found.outcomes == pytest.approx([0, 0.5, 0.5])
    assert np.isnan(found.after[0]).all()
    assert found.swing == pytest.approx(0.2)


def test_entropy_of_known_distributions():
    assert entropy([[0.5, 0.5], [1, 0]]).tolist() == [1, 0]


def test_a_forecast_that_nothing_allows_is_refused():
    certain = Indicator(np.array([[1.0, 0.0], [0.0, 1.0]]))
    with pytest.raises(ValueError, match="rules out every scenario"):
        watch([0.5, 0.5], [certain, certain], [[1, 0], [0, 1]], 1)


def test_what_hundreds_of_indicators_make_all_but_impossible_is_still_weighed():
    against = Indicator(np.array([[0.99, 0.01], [0.01, 0.99]]))
    decides = Indicator(np.array([[0.0, 0.6], [1.0, 0.4]]))
    indicators, current = [against] * 200 + [decides], [np.array([1.0, 0.0])] * 201
    assert implied([0.5, 0.5], indicators, [[q] for q in current])[0].tolist() == [0, 1]
    found = watch([0.5, 0.5], indicators, current, 200)
    assert found.outcomes.tolist() == [1, 0]
    assert (str(found.information), found.swing) == ("0.0", 0)
    assert found.after.tolist() == [[0, 1], [1, pytest.approx(0)]]
