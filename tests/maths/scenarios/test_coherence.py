"""Coherence against other solvers, by hand, and its laws."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import minimize

from forecasts.maths.scenarios.coherence import project
from forecasts.maths.scenarios.conditions import CONDITIONAL_LIMIT, Conditions, Given
from forecasts.maths.scenarios.worlds import WORLD_LIMIT, Implies, Partition, worlds

shares = st.floats(0, 1)


def onto_simplex(p):
    """Projection onto the simplex by bisection on the common shift (no solver)."""
    low, high = -2.0, 2.0
    for _ in range(200):
        shift = (low + high) / 2
        if sum(max(x - shift, 0) for x in p) > 1:
            low = shift
        else:
            high = shift
    return [max(x - shift, 0) for x in p]


@given(st.lists(shares, min_size=2, max_size=7))
def test_a_partition_is_the_projection_onto_the_simplex(p):
    found = project(p, [Partition(tuple(range(len(p))))])
    assert found.events == pytest.approx(onto_simplex(p), abs=1e-7)


def pooled(p):
    """Isotonic regression by its max-min formula (Barlow et al., 1972)."""
    n = len(p)
    return [
        max(min(np.mean(p[a:b]) for b in range(i + 1, n + 1)) for a in range(i + 1))
        for i in range(n)
    ]


@given(st.lists(shares, min_size=2, max_size=7))
def test_deadlines_in_a_row_are_isotonic_regression(p):
    chain = [Implies(i, i + 1) for i in range(len(p) - 1)]
    assert project(p, chain).events == pytest.approx(pooled(p), abs=1e-7)


@given(st.integers(0, 2**32 - 1))
def test_agrees_with_a_general_solver_over_the_worlds(seed):
    rng = np.random.default_rng(seed)
    n = 5
    relations = [Partition((0, 1, 2)), Implies(0, 3), Implies(4, 3)]
    p = rng.random(n)
    possible = worlds(n, relations).astype(float)
    other = minimize(
        lambda w: ((w @ possible - p) ** 2).sum(),
        np.full(len(possible), 1 / len(possible)),
        jac=lambda w: 2 * possible @ (w @ possible - p),
        bounds=[(0, 1)] * len(possible),
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    found = project(p, relations)
    assert found.distance <= np.sqrt(other.fun) + 1e-7
    assert found.events == pytest.approx(other.x @ possible, abs=1e-4)


@given(st.lists(st.sampled_from([0.0, 0.1, 0.35, 0.5, 0.9, 1.0]) | shares, min_size=5, max_size=5))
@example([0.42, 0.55, 0.25, 0.93, 1.0])  # of which scipy 1.17's nnls moved the last one to 0.62
def test_no_world_pulls_the_answer_nearer_whatever_is_stated(p):
    relations = [Partition((0, 2))]
    found = project([*p, 0.1], relations).events
    pulls = (worlds(6, relations) - found) @ (np.array([*p, 0.1]) - found)
    assert pulls.max() <= 1e-12
    free = [1, 3, 4, 5]
    assert found[free] == pytest.approx(np.array([*p, 0.1])[free], abs=1e-12)


@given(shares, shares, shares, st.integers(0, 2**32 - 1))
def test_what_comes_from_a_distribution_is_left_alone(a, b, c, seed):
    joint = np.random.default_rng(seed).dirichlet(np.ones(4))  # rain and wind, in that order
    rain, wind = joint[0] + joint[1], joint[0] + joint[2]
    both = [Given(1, 0, True, joint[0] / rain), Given(1, 0, False, joint[2] / (1 - rain))]
    found = project([rain, wind], [], both)
    assert found.distance == pytest.approx(0, abs=1e-6)
    # Whatever is stated: the answer itself is coherent, and no coherent point drawn is nearer.
    stated = project([a, b], [], [Given(1, 0, True, c)])
    again = project(stated.events, [], [Given(1, 0, True, float(stated.given[0]))])
    assert again.distance == pytest.approx(0, abs=1e-6)
    drawn = np.linalg.norm([rain - a, wind - b, joint[0] / rain - c])
    assert stated.distance <= drawn + 1e-6


def test_total_probability_against_a_fine_grid():
    stated = (0.9, 0.5, 0.8, 0.4)
    found = project(stated[:2], [], [Given(0, 1, True, 0.8), Given(0, 1, False, 0.4)])
    grid = np.linspace(0, 1, 201)
    parent, given_yes, given_no = np.meshgrid(grid, grid, grid, indexing="ij", sparse=True)
    event = parent * given_yes + (1 - parent) * given_no
    apart = (event - 0.9) ** 2 + (parent - 0.5) ** 2 + (given_yes - 0.8) ** 2
    apart = apart + (given_no - 0.4) ** 2
    assert found.distance == pytest.approx(np.sqrt(apart.min()), abs=1e-3)
    assert found.distance <= np.sqrt(apart.min())


def test_a_general_solver_that_creeps_along_the_boundary_is_not_followed():
    """Events 4 and 1, of which 1 all but rules out 4: P(4) <= 1 - P(1) (1 - P(4|1))."""
    stated = [0.5, 0.001, np.nan, 0.05, 1.0]
    found = project(stated, [], [Given(4, 1, True, 0.08), Given(2, 3, True, 0.95)])
    rare, given_rare = np.linspace(0, 0.001, 101)[:, np.newaxis], np.linspace(0.07, 0.09, 101)
    apart = (rare - 0.001) ** 2 + (given_rare - 0.08) ** 2 + (rare * (1 - given_rare)) ** 2
    assert found.distance == pytest.approx(np.sqrt(apart.min()), rel=1e-4)


def test_no_world_pulls_the_answer_nearer_among_the_most_that_are_solved():
    rng = np.random.default_rng(3)
    for _ in range(3):
        possible = worlds(8, []).astype(float)
        given_two = [Given(0, 1, True, rng.random()), Given(2, 0, False, rng.random())]
        conditions = Conditions(possible, rng.random(8), given_two)
        shares = conditions.nearest_worlds()
        least = conditions.misfit(shares)
        assert (len(shares), shares.sum()) == (CONDITIONAL_LIMIT, pytest.approx(1))
        for world in np.eye(CONDITIONAL_LIMIT):
            assert conditions.misfit(shares + 1e-4 * (world - shares)) >= least - 1e-10


def test_by_hand():
    assert project([0.7, 0.5], [Partition((0, 1))]).events == pytest.approx([0.6, 0.4])
    june_december = project([0.5, 0.3], [Implies(0, 1)])
    assert june_december.events == pytest.approx([0.4, 0.4])
    assert june_december.distance == pytest.approx(0.02**0.5)


def test_two_exclusive_parts_cannot_outweigh_the_whole():
    # No pair of these is incoherent by itself; the three are.
    relations = [Partition((0, 1, 2)), Implies(0, 3), Implies(1, 3)]
    found = project([0.4, 0.4, 0.2, 0.5], relations)
    assert found.events[0] + found.events[1] <= found.events[3] + 1e-9
    assert found.distance == pytest.approx(np.linalg.norm(found.events - [0.4, 0.4, 0.2, 0.5]))


def test_an_event_without_a_forecast_ties_the_others_but_costs_nothing():
    found = project([0.6, np.nan, 0.5], [Implies(0, 1), Implies(1, 2)])
    assert found.events == pytest.approx([0.55, np.nan, 0.55], nan_ok=True)


def test_worlds_are_those_that_satisfy_the_relations():
    found = {tuple(row) for row in worlds(4, [Partition((0, 2)), Implies(1, 3)])}
    expected = {
        w
        for w in itertools.product([False, True], repeat=4)
        if w[0] + w[2] == 1 and (not w[1] or w[3])
    }
    assert found == expected


def test_refusals():
    with pytest.raises(ValueError, match=r"probabilities\[1\] is 1.2, not in"):
        project([0.2, 1.2], [])
    with pytest.raises(ValueError, match=r"two or more different events among 0\.\.1"):
        project([0.2, 0.2], [Implies(0, 2)])
    with pytest.raises(ValueError, match="two or more different events"):
        project([0.2, 0.2], [Partition((1, 1))])
    with pytest.raises(ValueError, match="contradict each other"):
        worlds(2, [Partition((0, 1)), Implies(0, 1), Implies(1, 0)])
    with pytest.raises(ValueError, match=f"more than {WORLD_LIMIT} worlds"):
        worlds(12, [])
    with pytest.raises(ValueError, match="more than 256"):
        project([0.5] * 9, [], [Given(0, 1, True, 0.5)])
    with pytest.raises(ValueError, match=r"is not in \[0, 1\]"):
        project([0.5, 0.5], [], [Given(0, 1, True, 1.5)])
    with pytest.raises(ValueError, match="must be 1-d and not empty"):
        project([], [])


def test_a_condition_may_be_impossible_and_the_others_still_count():
    """The nearest lets event 0 be impossible and goes on among what is left; found by SLSQP."""
    given = [Given(1, 2, True, 0.74), Given(1, 0, True, 0.94), Given(1, 0, False, 0.92)]
    found = project([0.11, 0.19, 0.11], [Implies(1, 2)], given)
    assert found.distance == pytest.approx(0.68026171, abs=1e-7)
    assert found.events == pytest.approx([0, 0.378184, 0.424819], abs=1e-5)
    assert found.given == pytest.approx([0.890225, 0.94, 0.378184], abs=1e-5)
