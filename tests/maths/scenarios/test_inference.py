"""Inference over scenarios against exact enumeration, published examples and its laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.scenarios.inference import Indicator, implied, reference

SETS = 1_000


def random_set(rng):
    scenarios = int(rng.integers(2, 9))
    prior = rng.dirichlet(np.ones(scenarios))
    likelihoods, current = [], []
    for _ in range(int(rng.integers(1, 6))):
        k = int(rng.integers(2, 5))
        likelihoods.append(rng.dirichlet(np.ones(k), scenarios).T)
        resolved = rng.random() < 0.4
        current.append(np.eye(k)[rng.integers(k)] if resolved else rng.dirichlet(np.ones(k)))
    return prior, likelihoods, current


def enumerated(prior, likelihoods, current):
    """The definition, term by term over every joint outcome of the indicators."""
    weight = []
    for s, p0 in enumerate(prior):
        joint = np.array(float(p0))
        for table, q in zip(likelihoods, current, strict=True):
            expected = [sum(p * x for p, x in zip(prior, row, strict=True)) for row in table]
            factors = [b / e * row[s] for b, e, row in zip(q, expected, table, strict=True)]
            joint = np.multiply.outer(joint, factors)
        weight.append(math.fsum(joint.ravel()))
    return [w / math.fsum(weight) for w in weight]


def test_agrees_with_enumeration_of_every_joint_outcome():
    rng = np.random.default_rng(7)
    worst = 0.0
    for _ in range(SETS):
        prior, likelihoods, current = random_set(rng)
        indicators = [Indicator(table) for table in likelihoods]
        found = implied(prior, indicators, [[q] for q in current])[0]
        worst = max(worst, np.abs(found - enumerated(prior, likelihoods, current)).max())
    print(f"{SETS} random sets, largest difference {worst:.1e}")
    assert worst <= 1e-12


def test_bayes_mammography():
    # D. M. Eddy, "Probabilistic reasoning in clinical medicine", in Judgment under Uncertainty,
    # ed. Kahneman, Slovic, Tversky, 1982: prior 1 %, true positives 79.2 %, false ones 9.6 %.
    x_ray = Indicator(np.array([[0.792, 0.096], [0.208, 0.904]]))
    assert implied([0.01, 0.99], [x_ray], [[[1, 0]]])[0, 0] == pytest.approx(0.077, abs=5e-4)


def test_jeffrey_cloth_by_candlelight():
    # R. C. Jeffrey, The Logic of Decision, 1965, ch. 11: green .3, blue .3, violet .4 become
    # .7, .25, .05; sold tomorrow with .4, .4, .8. The chance of a sale falls from .56 to .42.
    colours = np.array([0.3, 0.3, 0.4])
    sold = np.array([0.4, 0.4, 0.8])
    prior = np.array([colours @ sold, colours @ (1 - sold)])
    assert prior[0] == pytest.approx(0.56)
    table = np.array([colours * sold / prior[0], colours * (1 - sold) / prior[1]]).T
    found = implied(prior, [Indicator(table)], [[[0.7, 0.25, 0.05]]])
    assert found[0, 0] == pytest.approx(0.42, abs=1e-12)


@st.composite
def boards(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    prior, likelihoods, current = random_set(rng)
    weights = draw(st.lists(st.floats(0, 1), min_size=len(likelihoods), max_size=len(likelihoods)))
    indicators = [Indicator(t, w) for t, w in zip(likelihoods, weights, strict=True)]
    return prior, indicators, [[q] for q in current], rng


@given(boards())
def test_probabilities_sum_to_one_and_order_does_not_matter(board):
    prior, indicators, current, rng = board
    found = implied(prior, indicators, current)
    assert found.sum() == pytest.approx(1, abs=1e-12)
    order = rng.permutation(len(indicators))
    again = implied(prior, [indicators[i] for i in order], [current[i] for i in order])
    assert again == pytest.approx(found, abs=1e-12)


@given(boards())
def test_what_says_nothing_changes_nothing(board):
    prior, indicators, current, _ = board
    found = implied(prior, indicators, current)
    flat = Indicator(np.tile([[0.3], [0.7]], len(prior)))
    expected = implied(prior, [*indicators, flat], [*current, [[1.0, 0.0]]])
    assert expected == pytest.approx(found, abs=1e-12)
    unknown = Indicator(indicators[0].likelihoods)
    k = len(unknown.likelihoods)
    same = implied(prior, [*indicators, unknown], [*current, [[np.nan] * k]])
    assert np.array_equal(same, found)
    left_out = [Indicator(one.likelihoods, 0) for one in indicators]
    assert implied(prior, left_out, current)[0] == pytest.approx(prior)


@given(boards())
def test_forecasting_what_the_prior_expects_changes_nothing(board):
    prior, indicators, _, _ = board
    expected = [[reference(prior, one)] for one in indicators]
    assert implied(prior, indicators, expected)[0] == pytest.approx(prior, abs=1e-12)


def test_every_instant_has_its_own_row():
    test = Indicator(np.array([[0.9, 0.2], [0.1, 0.8]]))
    rows = [[np.nan, np.nan], [0.5, 0.5], [1, 0]]
    found = implied([0.1, 0.9], [test], [rows])
    assert found.shape == (3, 2)
    for row, one in zip(found, rows, strict=True):
        assert np.array_equal(implied([0.1, 0.9], [test], [[one]])[0], row)


def test_certainty_is_honoured():
    only_first = Indicator(np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert implied([0.1, 0.9], [only_first], [[[1, 0]]])[0].tolist() == [1, 0]
    with pytest.raises(ValueError, match="instant 0: what is known rules out every scenario"):
        implied([0.1, 0.9], [only_first, only_first], [[[1, 0]], [[0, 1]]])


@pytest.mark.parametrize(
    ("prior", "table", "current", "reason"),
    [
        ([0.5, 0.6], [[0.5, 0.5], [0.5, 0.5]], [[1, 0]], r"prior\[0\].* sums to 1.1"),
        ([0.5, 0.5], [[0.5, 0.5], [0.4, 0.5]], [[1, 0]], r"likelihoods by scenario\[0\].*0.9"),
        ([0.5, 0.5], [[np.nan, 0.5], [0.5, 0.5]], [[1, 0]], r"likelihoods by scenario\[0, 0\]"),
        ([0.2, 0.3, 0.5], [[0.5, 0.5], [0.5, 0.5]], [[1, 0]], "for 2 scenarios.*is for 3"),
        ([0.5, 0.5], [[0.5, 0.5], [0.5, 0.5]], [[0.4, 0.4]], r"current\[0\].*sums to 0.8"),
        ([0.5, 0.5], [[0.5, 0.5], [0.5, 0.5]], [[1, 0, 0]], r"shape \(T, 2\), got \(1, 3\)"),
        ([0.5, 0.5], [[0.0, 0.0], [1.0, 1.0]], [[0.1, 0.9]], r"current\[0, 0\] is 0.1, more than"),
    ],
)
def test_refusals_name_argument_and_value(prior, table, current, reason):
    with pytest.raises(ValueError, match=reason):
        implied(prior, [Indicator(np.array(table))], [current])


def test_a_weight_outside_its_range_and_a_missing_forecast_are_refused():
    with pytest.raises(ValueError, match=r"weight is 1.5, not in \[0, 1\]"):
        Indicator(np.full((2, 2), 0.5), 1.5)
    with pytest.raises(ValueError, match="1 indicators, but 0 current"):
        implied([0.5, 0.5], [Indicator(np.full((2, 2), 0.5))], [])
