"""Every aggregate against taking it forecaster by forecaster, and what must hold of all."""

import math
import statistics
from typing import get_args

import numpy as np
import pytest
from crowds import DAY, HOUR, belief, crowds, history
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from forecasts.maths.aggregation import change_points, crowd
from forecasts.maths.pooling import HALF_LIFE, Aggregate, pool
from forecasts.maths.weighted_median import rank_weights

EVERY = get_args(Aggregate)
cases = st.sampled_from([2, 3]).flatmap(
    lambda k: st.tuples(st.just(k), crowds(k, hours=40, most=12))
)
aggregates = st.sampled_from(EVERY)


def made_at(rows, hour):
    return max(made for made, _, _ in rows if made <= hour)


def weighted_median(values, weights):
    """By the words: cumulate the sorted weights until one half is passed, or just reached."""
    half, cumulated = math.fsum(weights) / 2, 0.0
    ordered = sorted(zip(values, weights, strict=True))
    for i, (value, weight) in enumerate(ordered):
        cumulated += weight
        if math.isclose(cumulated, half, rel_tol=1e-12):
            return (value + ordered[i + 1][0]) / 2
        if cumulated > half:
            return value
    raise AssertionError("half was never reached")


def log_odds(p):
    p = min(max(p, 0.001), 0.999)
    return math.log(p / (1 - p))


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def one_option(name, values, made):
    n = len(values)
    if name == "median":
        return statistics.median(values)
    if name == "mean":
        return statistics.fmean(values)
    if name == "trimmed_mean":
        return float(stats.trim_mean(values, 0.1))
    if name == "geometric_mean_of_odds":
        return sigmoid(statistics.fmean(map(log_odds, values)))
    if name == "extremized":
        return sigmoid(1.5 * statistics.fmean(map(log_odds, values)))
    if name == "recency_weighted_median":
        return weighted_median(values, [2 ** ((m - max(made)) / (30 * 24)) for m in made])
    order = sorted(range(n), key=lambda i: made[i])
    rank = {i: place for place, i in enumerate(order, start=1)}
    weights = [math.exp(rank[i] ** 0.5 - n**0.5) if n > 2 else 1.0 for i in range(n)]
    return weighted_median(values, weights)


@settings(deadline=None, max_examples=150)
@given(cases, aggregates)
def test_agrees_with_the_aggregate_taken_option_by_option(case, name):
    k, people = case
    hours = np.arange(-30, 60, 3)
    found = crowd([history(rows, k) for rows in people], hours * HOUR, name)
    for i, hour in enumerate(hours):
        standing = [(p, made_at(rows, hour)) for rows in people if (p := belief(rows, hour))]
        if not standing:
            assert np.isnan(found.forecasts[i]).all()
            assert not found.by_mean[i]
            continue
        said, made = zip(*standing, strict=True)
        options = list(zip(*said, strict=True))
        expected = [one_option(name, option, made) for option in options]
        assert found.by_mean[i] == (sum(expected) == 0)
        if sum(expected) == 0:
            expected = [statistics.fmean(option) for option in options]
        total = sum(expected) if k > 2 else 1
        np.testing.assert_allclose(found.forecasts[i], np.array(expected) / total, atol=1e-9)


@settings(deadline=None)
@given(cases, aggregates)
def test_the_crowd_is_a_distribution_within_the_range_of_its_members(case, name):
    k, people = case
    hours = np.arange(-30, 60)
    found = crowd([history(rows, k) for rows in people], hours * HOUR, name).forecasts
    there = found[~np.isnan(found[:, 0])]
    np.testing.assert_allclose(there.sum(axis=1), 1, atol=1e-9)
    assert ((there >= 0) & (there <= 1)).all()
    if k == 2 and name != "extremized":
        for hour, row in zip(hours, found, strict=True):
            said = [p[0] for rows in people if (p := belief(rows, hour))]
            if said:
                assert min(said) - 0.001001 <= row[0] <= max(said) + 0.001001


@settings(deadline=None)
@given(cases, aggregates, st.integers(1, 3))
def test_people_who_all_agree_are_their_own_crowd(case, name, copies):
    k, people = case
    one = history(people[0], k)
    hours = np.arange(-30, 60, 5) * HOUR
    alone, together = (crowd([one] * n, hours, name).forecasts for n in (1, copies))
    np.testing.assert_allclose(together, alone, atol=1e-12)


@settings(deadline=None)
@given(cases, aggregates)
def test_between_two_change_points_the_crowd_is_constant(case, name):
    k, people = case
    histories = [history(rows, k) for rows in people]
    changes = change_points(histories)
    at, just_before_the_next = changes[:-1], changes[1:]
    np.testing.assert_allclose(
        crowd(histories, at, name).forecasts,
        crowd(histories, just_before_the_next, name, limit="left").forecasts,
        atol=1e-12,
    )


@settings(deadline=None)
@given(cases, st.sampled_from([name for name in EVERY if name != "metaculus_median"]), st.randoms())
def test_the_order_of_the_people_does_not_matter(case, name, random):
    k, people = case
    hours = np.arange(-30, 60, 5) * HOUR
    before = crowd([history(rows, k) for rows in people], hours, name).forecasts
    random.shuffle(people)
    after = crowd([history(rows, k) for rows in people], hours, name).forecasts
    np.testing.assert_allclose(after, before, atol=1e-12)


# By hand --------------------------------------------------------------------------------------


def at_one_instant(rows, made=None):
    forecasts = np.array(rows, dtype=float)[:, np.newaxis, :]
    times = np.zeros(len(rows), dtype=np.int64) if made is None else np.array(made)
    return forecasts, times[:, np.newaxis]


def yes(*values):
    return [[p, 1 - p] for p in values]


def test_metaculus_weights():
    """Oldest first: weights .4809217, .7277212 and 1, median 0.7."""
    found = pool(*at_one_instant(yes(0.8, 0.7, 0.6), [1, 2, 3]), "metaculus_median")
    assert found.forecasts[0, 0] == pytest.approx(0.7)
    weights = rank_weights(*at_one_instant(yes(0.8, 0.7, 0.6), [1, 2, 3]))[:, 0]
    np.testing.assert_allclose(weights, [0.4809217, 0.7277212, 1], atol=5e-8)
    assert np.average([0.8, 0.7, 0.6], weights=weights) == pytest.approx(0.6764979, abs=5e-8)
    # With only two there are no weights, so the newer does not win.
    found = pool(*at_one_instant(yes(0.8, 0.6), [1, 2]), "metaculus_median")
    assert found.forecasts[0, 0] == pytest.approx(0.7)


def test_after_one_half_life_two_old_forecasts_weigh_as_much_as_a_new_one():
    said = at_one_instant(yes(0.1, 0.1, 0.9), [0, 0, HALF_LIFE])
    assert pool(*said, "recency_weighted_median").forecasts[0, 0] == pytest.approx(0.5)
    older = at_one_instant(yes(0.1, 0.1, 0.9), [0, 0, HALF_LIFE + DAY])
    assert pool(*older, "recency_weighted_median").forecasts[0, 0] == pytest.approx(0.9)
    slow = pool(*older, "recency_weighted_median", half_life=100 * HALF_LIFE)
    assert slow.forecasts[0, 0] == pytest.approx(0.1)


def test_odds_by_hand():
    said = at_one_instant(yes(0.5, 0.8))
    odds = pool(*said, "geometric_mean_of_odds").forecasts[0, 0]
    assert odds / (1 - odds) == pytest.approx(2)
    pushed = pool(*said, "extremized", extremizing=2.0).forecasts[0, 0]
    assert pushed / (1 - pushed) == pytest.approx(4)


def test_only_odds_are_clipped_and_it_is_said_how_often():
    said = at_one_instant(yes(0.0, 0.5, 1.0))
    assert pool(*said, "geometric_mean_of_odds").clipped == 4
    assert pool(*said, "geometric_mean_of_odds").forecasts[0, 0] == pytest.approx(0.5)
    assert pool(*said, "mean").clipped == 0


def test_trimming_begins_with_ten_forecasters():
    nine = at_one_instant(yes(*[0.5] * 8, 1.0))
    ten = at_one_instant(yes(*[0.5] * 9, 1.0))
    assert pool(*nine, "trimmed_mean").forecasts[0, 0] > 0.5
    assert pool(*ten, "trimmed_mean").forecasts[0, 0] == 0.5


def test_where_every_option_is_0_the_mean_stands_in_and_is_flagged():
    said = at_one_instant([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    for name in ("median", "recency_weighted_median"):
        found = pool(*said, name)
        assert found.by_mean.tolist() == [True]
        np.testing.assert_allclose(found.forecasts[0], 1 / 3)


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"aggregate": "mode"}, "aggregate is 'mode', not one of"),
        ({"extremizing": 0.0}, "extremizing must be positive and finite, got 0"),
        ({"half_life": np.inf}, "half_life must be positive and finite, got inf"),
        ({"clip": 0.0}, r"clip must fulfil 0 < clip < 0\.5, got 0"),
    ],
)
def test_bad_settings_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        pool(*at_one_instant(yes(0.5)), **settings)


def test_bad_shapes_are_refused():
    forecasts, made = at_one_instant(yes(0.5))
    with pytest.raises(ValueError, match=r"forecasts must have shape \(m, d, K\), got \(1, 2\)"):
        pool(forecasts[:, 0], made)
    with pytest.raises(ValueError, match=r"made has shape \(1,\), not \(1, 1\)"):
        pool(forecasts, made[0])


@pytest.mark.parametrize(
    ("share", "message"),
    [
        ([0.5, 0.6], r"forecasts\.sum\(axis=2\)\[1, 0\] is 1\.1, not 1"),
        ([1.5, -0.5], r"forecasts\[1, 0, 0\] is 1\.5, not in \[0, 1\]"),
        ([0.5, np.nan], r"forecasts\[1, 0, 1\] is nan, not in \[0, 1\]"),
    ],
)
def test_what_stands_must_be_a_distribution(share, message):
    with pytest.raises(ValueError, match=message):
        pool(*at_one_instant([[0.5, 0.5], share]))
