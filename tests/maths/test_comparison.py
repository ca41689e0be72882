import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from forecasts.maths.comparison import TOO_FEW, compare, diebold_mariano

scores = st.integers(0, 20).map(lambda n: n / 20)
paired = st.lists(st.tuples(scores, scores), min_size=2, max_size=30).map(np.array)


def rng(seed=0):
    return np.random.default_rng(seed)


@given(paired)
def test_diebold_mariano_at_horizon_1_is_the_paired_t_test(pairs):
    first, second = pairs.T
    found = diebold_mariano(first - second)
    if np.ptp(first - second) < 1e-9:
        assert (found.statistic, found.p_value) == (None, None)
        return
    expected = stats.ttest_rel(first, second)
    assert found.statistic == pytest.approx(expected.statistic, rel=1e-9, abs=1e-9)
    assert found.p_value == pytest.approx(expected.pvalue, rel=1e-9, abs=1e-9)


@given(paired, st.integers(1, 5))
def test_diebold_mariano_agrees_with_the_sums_written_out(pairs, horizon):
    d = pairs[:, 0] - pairs[:, 1]
    n = len(d)
    if horizon >= n:
        return
    mean = sum(d) / n
    gamma = [
        sum((d[t] - mean) * (d[t - k] - mean) for t in range(k, n)) / n for k in range(horizon)
    ]
    variance = (gamma[0] + 2 * sum(gamma[1:])) / n
    found = diebold_mariano(d, horizon=horizon)
    if variance < 1e-12:
        return  # cancelled to rounding: either answer will do
    factor = ((n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n) ** 0.5
    assert found.statistic == pytest.approx(mean / variance**0.5 * factor, abs=1e-9)


@settings(max_examples=15)
@given(st.lists(st.integers(-10, 10).map(lambda n: n / 16), min_size=10, max_size=11))
def test_sign_flips_agree_with_trying_them_all(differences):
    d = np.array(differences)
    found = compare(d, np.zeros(d.size), rng=rng(), replicates=4096)
    signs = np.array(list(itertools.product([1, -1], repeat=d.size)))
    as_far = np.abs(signs @ d) >= abs(d.sum()) - 1e-9
    assert found.p_value == pytest.approx(as_far.mean(), abs=1e-12)


@settings(max_examples=10)
@given(st.integers(0, 1000))
def test_changing_places_changes_the_sign_only(seed):
    a, b = rng(seed).random((2, 25))
    one, other = compare(a, b, rng=rng(1)), compare(b, a, rng=rng(1))
    assert one.difference == pytest.approx(-other.difference)
    assert one.p_value == pytest.approx(other.p_value, abs=0.02)
    assert one.diebold_mariano.statistic == pytest.approx(-other.diebold_mariano.statistic)
    assert one.interval == pytest.approx((-other.interval[1], -other.interval[0]), abs=0.02)


def test_the_interval_is_scipys_bca():
    a, b = rng(4).random((2, 40))
    found = compare(a, b, rng=rng(2))
    expected = stats.bootstrap((a - b,), np.mean, n_resamples=10_000, method="BCa", rng=rng(9))
    assert found.method == "BCa"
    assert found.interval == pytest.approx(tuple(expected.confidence_interval), abs=0.01)
    assert found.interval[0] < found.difference < found.interval[1]


def test_one_question_that_decides_all_falls_back_or_still_has_ends():
    d = np.zeros(12)
    d[3] = 1.0
    found = compare(d, np.zeros(12), rng=rng())
    assert np.isfinite(found.interval).all()
    assert found.p_value == 1.0


def test_the_same_forecasts_are_no_different():
    a = rng(1).random(20)
    found = compare(a, a, rng=rng())
    assert (found.difference, found.interval, found.method) == (0.0, (0.0, 0.0), "percentile")
    assert found.p_value == 1.0
    assert found.diebold_mariano.statistic is None
    constant = compare(a + 0.25, a, rng=rng())
    assert constant.diebold_mariano.p_value is None
    assert constant.p_value < 0.001


def test_who_is_clearly_better_is_found():
    a = rng(1).random(50)
    found = compare(a, a + 0.1 + rng(2).random(50) / 10, rng=rng())
    assert found.interval[1] < 0
    assert max(found.p_value, found.diebold_mariano.p_value) < 0.001


def test_the_same_seed_gives_the_same_answer():
    a, b = rng(3).random((2, 20))
    assert compare(a, b, rng=rng(7)) == compare(a, b, rng=rng(7))


@pytest.mark.parametrize("n", [0, 1, 9])
def test_under_ten_common_questions_it_cannot_be_told(n):
    found = compare(np.zeros(n), np.full(n, 0.5), rng=rng())
    assert found.reason == TOO_FEW
    assert found.difference == (-0.5 if n else None)
    assert (found.interval, found.p_value, found.diebold_mariano) == (None, None, None)


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match=r"first\[1\] is inf, not finite"):
        compare([0.1, np.inf], [0.1, 0.2], rng=rng())
    with pytest.raises(ValueError, match="second has 1 rows, not 2"):
        compare([0.1, 0.2], [0.1], rng=rng())
    with pytest.raises(ValueError, match="first must be 1-d"):
        compare([[0.1]], [0.1], rng=rng())
    with pytest.raises(ValueError, match="replicates must be at least 100, got 99"):
        compare([0.1], [0.1], replicates=99, rng=rng())
    with pytest.raises(ValueError, match="horizon must fulfil 1 <= horizon < 10, got 10"):
        compare(np.zeros(10), np.ones(10), horizon=10, rng=rng())
    with pytest.raises(ValueError, match="at least 2"):
        diebold_mariano([0.1])
    with pytest.raises(ValueError, match=r"differences\[0\] is nan"):
        diebold_mariano([np.nan, 0.1])
