import math

import numpy as np
import pytest
import scoringrules
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import log_loss

from forecasts.maths.clipping import clip_probabilities, count_clipped
from forecasts.maths.rules import HIGHER_IS_BETTER, score, uniform_score
from forecasts.maths.scoring import (
    brier,
    log_score,
    ordered_brier,
    spherical_score,
    uniform_log_score,
    uniform_spherical_score,
)

distributions = (
    st.lists(st.integers(0, 20), min_size=2, max_size=6)
    .filter(any)
    .map(lambda counts: [count / sum(counts) for count in counts])
)
forecast_and_outcome = distributions.flatmap(
    lambda p: st.tuples(st.just(p), st.integers(0, len(p) - 1))
)
names = st.sampled_from(["brier", "ordered_brier", "log_score", "spherical_score"])


@given(forecast_and_outcome)
def test_agree_with_the_formula_one_forecast_at_a_time(case):
    p, outcome = case
    expected = math.inf if p[outcome] == 0 else -math.log(p[outcome])
    assert log_score([p], outcome)[0] == pytest.approx(expected, abs=1e-12)
    length = math.sqrt(math.fsum(share**2 for share in p))
    assert spherical_score([p], outcome)[0] == pytest.approx(p[outcome] / length, abs=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 1)), min_size=1, max_size=30))
def test_log_score_agrees_with_scikit_learn_and_brier_with_scoringrules(rows):
    p = np.array([percent / 100 for percent, _ in rows])
    outcome = np.array([o for _, o in rows])
    both = np.column_stack([p, 1 - p])
    expected = log_loss(1 - outcome, p, labels=[0, 1])
    assert log_score(both, outcome).mean() == pytest.approx(expected, abs=1e-9)
    np.testing.assert_allclose(
        brier(both, outcome), scoringrules.brier_score(1 - outcome, p), atol=1e-9
    )


@settings(deadline=None, max_examples=60)
@given(forecast_and_outcome)
def test_ordered_brier_agrees_with_scoringrules_ranked_probability_score(case):
    p, outcome = case
    expected = scoringrules.rps_score(outcome + 1, np.array(p))
    assert ordered_brier([p], outcome)[0] == pytest.approx(expected / (len(p) - 1), abs=1e-9)


@given(distributions, st.sampled_from([0.0, 0.001, 0.2]))
def test_no_forecast_expects_to_beat_saying_what_is_believed(belief, clip):
    k = len(belief)
    others = np.vstack([np.full((1, k), 1 / k), (np.eye(k) + 1) / (k + 1)])
    likely = [o for o in range(k) if belief[o] > 0]
    for rule, sign in ((log_score, 1), (spherical_score, -1)):
        honest = sum(belief[o] * sign * rule([belief], o)[0] for o in likely)
        expected = sum(belief[o] * sign * rule(others, o) for o in likely)
        assert (expected >= honest - 1e-12).all()
    clipped = log_score([belief], likely[0], clip=clip)[0]
    assert clipped <= (math.inf if clip == 0 else -math.log(clip))


@given(st.integers(2, 9), names)
def test_a_know_nothing_earns_the_stated_score(k, name):
    rows, outcomes = np.full((k, k), 1 / k), np.arange(k)
    assert score(name, rows, outcomes).mean() == pytest.approx(uniform_score(name, k), abs=1e-12)


@given(forecast_and_outcome, names)
def test_the_better_forecast_is_on_the_side_that_the_rule_says(case, name):
    p, outcome = case
    certain = np.eye(len(p))[outcome]
    best, other = (score(name, [row], outcome)[0] for row in (certain, p))
    assert best >= other - 1e-12 if name in HIGHER_IS_BETTER else best <= other + 1e-12


def test_the_ends_of_the_ranges():
    sure = [[1.0, 0.0]]
    assert log_score(sure, 0).tolist() == [0.0]
    assert not np.signbit(log_score(sure, 0))[0]
    assert log_score(sure, 1).tolist() == [math.inf]
    assert log_score(sure, 1, clip=0.001)[0] == pytest.approx(-math.log(0.001))
    assert log_score(sure, 0, clip=0.001)[0] == pytest.approx(-math.log(0.999))
    assert spherical_score(sure, 0).tolist() == [1.0]
    assert spherical_score(sure, 1).tolist() == [0.0]
    assert uniform_log_score(8) == pytest.approx(math.log(8))
    assert uniform_spherical_score(4) == 0.5


def test_ten_thousand_options():
    rows, outcomes = np.full((3, 10_000), 1e-4), np.array([0, 5_000, 9_999])
    for name in ("brier", "log_score", "spherical_score"):
        np.testing.assert_allclose(score(name, rows, outcomes), uniform_score(name, 10_000))
    assert np.isfinite(score("ordered_brier", rows, outcomes)).all()


def test_clipping_moves_both_ends_and_says_how_many():
    p = np.array([0.0, 0.0005, 0.001, 0.5, 0.9995, np.nan])
    np.testing.assert_array_equal(
        clip_probabilities(p, 0.001), [0.001, 0.001, 0.001, 0.5, 0.999, np.nan]
    )
    assert count_clipped(p, 0.001) == 3
    assert count_clipped(p, 0) == 0


# Published example ----------------------------------------------------------------------------


def test_metaculus_die_table():
    """Scores FAQ: 95 % and 83 % on "not a six"; six comes one time in six."""
    rows = [[0.95, 0.05], [0.83, 0.17]]
    usual, six = log_score(rows, 0), log_score(rows, 1)
    assert usual.round(2).tolist() == [0.05, 0.19]
    assert six.round(2).tolist() == [3.0, 1.77]
    assert ((5 * usual + six) / 6).round(2).tolist() == [0.54, 0.45]


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [log_score, spherical_score])
def test_bad_input_is_refused(rule):
    with pytest.raises(ValueError, match=r"sums to 0\.9"):
        rule([[0.5, 0.4]], 0)
    with pytest.raises(ValueError, match=r"probabilities\[0, 0\] is nan"):
        rule([[np.nan, 0.4]], 0)
    with pytest.raises(ValueError, match="outcome is 2, not in"):
        rule([[0.5, 0.5]], 2)


def test_bad_settings_are_refused():
    with pytest.raises(ValueError, match=r"clip must fulfil 0 <= clip < 0.5, got 0.5"):
        log_score([[0.5, 0.5]], 0, clip=0.5)
    with pytest.raises(ValueError, match="rule is 'log', not one of brier, ordered_brier, log"):
        score("log", [[0.5, 0.5]], 0)
    with pytest.raises(ValueError, match="rule is 'log'"):
        uniform_score("log", 2)
    for uniform in (uniform_log_score, uniform_spherical_score):
        with pytest.raises(ValueError, match="k is 1"):
            uniform(1)
