from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.scoring import brier, ordered_brier, uniform_brier, uniform_ordered_brier


def shares(counts):
    return [Fraction(count, sum(counts)) for count in counts]


# Exact distributions over 2 to 6 options, zeros and certainties included.
distributions = st.lists(st.integers(0, 20), min_size=2, max_size=6).filter(any).map(shares)
forecast_and_outcome = distributions.flatmap(
    lambda p: st.tuples(st.just(p), st.integers(0, len(p) - 1))
)
scales = st.sampled_from([1, 2])


def exact_brier(p, outcome):
    return sum((share - (i == outcome)) ** 2 for i, share in enumerate(p))


def exact_ordered(p, outcome):
    """The rule as it is told: cut the order in two in every way, average the Brier scores."""
    scores = []
    for cut in range(1, len(p)):
        below = sum(p[:cut])
        scores.append(exact_brier([below, 1 - below], 0 if outcome < cut else 1))
    return sum(scores) / len(scores)


@given(forecast_and_outcome, scales)
def test_brier_agrees_with_exact_fractions(case, scale):
    p, outcome = case
    expected = float(exact_brier(p, outcome) * scale / 2)
    row = [float(share) for share in p]
    assert brier([row], outcome, scale=scale)[0] == pytest.approx(expected, abs=1e-14)


@given(forecast_and_outcome, scales)
def test_ordered_brier_agrees_with_exact_fractions(case, scale):
    p, outcome = case
    expected = float(exact_ordered(p, outcome) * scale / 2)
    row = [float(share) for share in p]
    assert ordered_brier([row], outcome, scale=scale)[0] == pytest.approx(expected, abs=1e-14)


@given(st.integers(0, 1000).map(lambda n: n / 1000), st.integers(0, 1))
def test_two_options_have_one_score_whatever_the_rule(p, outcome):
    row = [[p, 1 - p]]
    stated = p if outcome == 0 else 1 - p
    assert brier(row, outcome)[0] == pytest.approx((1 - stated) ** 2, abs=1e-14)
    assert ordered_brier(row, outcome)[0] == pytest.approx(brier(row, outcome)[0], abs=1e-14)


@given(distributions)
def test_no_forecast_expects_to_beat_saying_what_is_believed(belief):
    k = len(belief)
    b = np.array([float(share) for share in belief])
    others = np.vstack([np.eye(k), np.full((1, k), 1 / k)])
    for rule in (brier, ordered_brier):
        honest = sum(b[o] * rule([b], o)[0] for o in range(k))
        others_expected = sum(b[o] * rule(others, o) for o in range(k))
        assert (others_expected >= honest - 1e-12).all()


@given(st.integers(2, 9), scales)
def test_a_know_nothing_earns_the_stated_score(k, scale):
    rows = np.full((k, k), 1 / k)
    outcomes = np.arange(k)
    np.testing.assert_allclose(brier(rows, outcomes, scale=scale), uniform_brier(k, scale=scale))
    np.testing.assert_allclose(
        ordered_brier(rows, outcomes, scale=scale).mean(), uniform_ordered_brier(k, scale=scale)
    )


@pytest.mark.parametrize("k", [2, 3, 7])
@pytest.mark.parametrize(("scale", "worst"), [(1, 1.0), (2, 2.0)])
def test_certainty_earns_the_ends_of_the_range(k, scale, worst):
    sure = np.eye(k)
    for rule in (brier, ordered_brier):
        assert rule(sure, np.arange(k), scale=scale).tolist() == [0.0] * k
        assert rule(sure[:1], k - 1, scale=scale).tolist() == [worst]


def test_a_near_miss_costs_less_only_where_options_have_an_order():
    sure_of_first = [[1.0, 0.0, 0.0]]
    assert ordered_brier(sure_of_first, 1)[0] < ordered_brier(sure_of_first, 2)[0]
    assert brier(sure_of_first, 1)[0] == brier(sure_of_first, 2)[0]


def test_no_forecasts_have_no_scores():
    assert brier(np.empty((0, 3)), 1).shape == (0,)
    assert ordered_brier(np.empty((0, 3)), 1).shape == (0,)


# Published examples ---------------------------------------------------------------------------


@pytest.mark.parametrize(("p", "expected"), [([0.7, 0.3], 0.18), ([0.6, 0.1, 0.3], 0.26)])
def test_good_judgment_open_faq(p, expected):
    assert brier([p], 0, scale=2)[0] == pytest.approx(expected, abs=1e-12)
    assert brier([p], 0)[0] == pytest.approx(expected / 2, abs=1e-12)


def test_good_judgment_ordered_categorical_rule():
    # All four outcomes: the published second one alone does not notice a rule that is off by one.
    rows = [[0.25, 0.25, 0.30, 0.20]] * 4
    scores = ordered_brier(rows, [0, 1, 2, 3], scale=2)
    np.testing.assert_allclose(scores, [0.568333, 0.2350, 0.2350, 0.6350], atol=5e-7)


def test_cultivate_labs_ordinal_scoring():
    row = [[0.15, 0.45, 0.25, 0.15]]
    assert brier(row, 2, scale=2)[0] == pytest.approx(0.81, abs=1e-12)
    assert ordered_brier(row, 2, scale=2)[0] == pytest.approx(0.27, abs=1e-12)


def test_brier_1950_table_1():
    rain = np.array([0.7, 0.9, 0.8, 0.4, 0.2, 0, 0, 0, 0, 0.1])
    rows = np.column_stack([rain, 1 - rain])
    outcomes = [1, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert brier(rows, outcomes, scale=2).mean() == pytest.approx(0.19, abs=1e-12)
    assert brier(rows, outcomes).mean() == pytest.approx(0.095, abs=1e-12)


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [brier, ordered_brier])
def test_bad_input_is_refused(rule):
    with pytest.raises(ValueError, match="scale is 3, not 1 or 2"):
        rule([[0.5, 0.5]], 0, scale=3)
    with pytest.raises(ValueError, match=r"sums to 0\.9"):
        rule([[0.5, 0.4]], 0)
    with pytest.raises(ValueError, match="outcome is 2, not in"):
        rule([[0.5, 0.5]], 2)
    with pytest.raises(ValueError, match="outcome must be option indices"):
        rule([[0.5, 0.5]], True)


@pytest.mark.parametrize("uniform", [uniform_brier, uniform_ordered_brier])
def test_one_option_is_no_question(uniform):
    with pytest.raises(ValueError, match="k is 1"):
        uniform(1)
    with pytest.raises(ValueError, match="scale is 0"):
        uniform(2, scale=0)
