"""Both clocks, the policies for the time before the first forecast, and coverage."""

import statistics
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from crowds import DAY, HOUR, before_first, belief, crowds, history
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.maths.panel import read_panel
from forecasts.maths.timeline import daily_score
from forecasts.maths.windows import reference, window_scores

cases = st.sampled_from([2, 3]).flatmap(
    lambda k: st.tuples(st.just(k), crowds(k, most=4), st.integers(0, k - 1))
)
windows = st.tuples(st.integers(-24, 30), st.integers(1, 80))
clocks = st.sampled_from(["daily", "continuous"])
policies = st.sampled_from(["skip", "uniform", "crowd"])


def hours_of(clock, opens, ends):
    """The hours whose beginnings show what stands at each tick, one an hour or one a day."""
    if clock == "continuous":
        return list(range(opens, ends))
    last = [hour for hour in range(opens + 1, ends + 1) if hour % 24 == 0] or [ends]
    return [hour - 1 for hour in last]


def brier_of(p, outcome):
    return sum((share - (i == outcome)) ** 2 for i, share in enumerate(p)) / 2


def median_of(standing, k):
    if not standing:
        return [1 / k] * k
    middle = [statistics.median(option) for option in zip(*standing, strict=True)]
    if sum(middle) == 0:
        middle = [statistics.fmean(option) for option in zip(*standing, strict=True)]
    return [m / sum(middle) for m in middle]


def brute_force(crowd, who, k, outcome, hours, policy):
    scores, stood = [], 0
    for hour in hours:
        own = belief(crowd[who], hour)
        stood += own is not None
        if own is None and before_first(crowd[who], hour) and policy != "skip":
            others = [belief(rows, hour) for i, rows in enumerate(crowd) if i != who]
            standing = [p for p in others if p is not None]
            own = median_of(standing if policy == "crowd" else [], k)
        if own is not None:
            scores.append(brier_of(own, outcome))
    return (statistics.fmean(scores), stood / len(hours), len(scores) - stood) if stood else None


@settings(max_examples=200, deadline=None)
@given(cases, windows, clocks, policies)
def test_agrees_with_exploding_the_window_hour_by_hour(case, window, clock, policy):
    k, crowd, outcome = case
    opens, ends = window[0], window[0] + window[1]
    panel = read_panel(
        [history(rows, k) for rows in crowd], opens=opens * HOUR, ends=ends * HOUR, clock=clock
    )
    hours = hours_of(clock, opens, ends)
    unit = HOUR if clock == "continuous" else 1
    for who, found in enumerate(window_scores(panel, outcome, before_first=policy)):
        expected = brute_force(crowd, who, k, outcome, hours, policy)
        if expected is None:
            assert found is None
            continue
        mean, coverage, imputed = expected
        assert found.mean == pytest.approx(mean, abs=1e-9)
        assert found.coverage == pytest.approx(coverage, abs=1e-12)
        assert found.stood == pytest.approx(coverage * len(hours) * unit)
        assert found.imputed == imputed * unit


@settings(deadline=None)
@given(cases, windows, st.sampled_from(["UTC", "Asia/Kathmandu", "America/Sao_Paulo"]))
def test_the_daily_clock_agrees_with_the_score_of_a_single_history(case, window, zone):
    k, crowd, outcome = case
    opens, ends = window[0] * HOUR, (window[0] + window[1]) * HOUR
    histories = [history(rows, k) for rows in crowd]
    panel = read_panel(histories, opens=opens, ends=ends, zone=ZoneInfo(zone))
    for one, found in zip(histories, window_scores(panel, outcome), strict=True):
        alone = daily_score(one, outcome, opens=opens, ends=ends, zone=ZoneInfo(zone))
        assert (found is None) == (alone is None)
        if found is not None:
            assert found.mean == pytest.approx(alone.mean, abs=1e-12)
            assert (found.coverage, found.stood) == (alone.coverage, alone.daily.size)


@settings(deadline=None)
@given(cases, windows)
def test_what_is_imputed_is_never_covered(case, window):
    k, crowd, outcome = case
    panel = read_panel(
        [history(rows, k) for rows in crowd],
        opens=window[0] * HOUR,
        ends=(window[0] + window[1]) * HOUR,
    )
    skipped, *filled = (
        window_scores(panel, outcome, before_first=policy)
        for policy in ("skip", "uniform", "crowd")
    )
    for scores in filled:
        for one, other in zip(skipped, scores, strict=True):
            assert (one is None) == (other is None)
            if one is not None:
                assert (one.coverage, one.imputed) == (other.coverage, 0)


@settings(deadline=None)
@given(cases, windows, clocks)
def test_a_forecaster_alone_is_imputed_the_uniform_forecast(case, window, clock):
    k, crowd, outcome = case
    panel = read_panel(
        [history(crowd[0], k)],
        opens=window[0] * HOUR,
        ends=(window[0] + window[1]) * HOUR,
        clock=clock,
    )
    alone, uniform = (
        window_scores(panel, outcome, before_first=policy) for policy in ("crowd", "uniform")
    )
    assert alone == uniform


# By hand --------------------------------------------------------------------------------------


def yes(*rows):
    return history([(hour, [p, 1 - p], None) for hour, p in rows], 2)


def test_the_continuous_clock_weighs_each_value_by_how_long_it_stood():
    panel = read_panel([yes((0, 0.6), (5, 0.9))], opens=0, ends=10 * HOUR, clock="continuous")
    (score,) = window_scores(panel, 0)
    assert score.mean == pytest.approx(0.085, abs=1e-12)
    assert (score.coverage, score.stood) == (1.0, 10 * HOUR)


def test_fatebook_open_for_seven_tenths_of_a_day():
    """Its debug tests: 90 % from 0.2 d on costs 0.02 in all, over both options."""
    panel = read_panel([yes((4.8, 0.9))], opens=0, ends=round(16.8 * HOUR), clock="continuous")
    (score,) = window_scores(panel, 0, scale=2)
    assert score.mean == pytest.approx(0.02, abs=1e-12)
    assert score.coverage == pytest.approx(5 / 7)


@pytest.mark.parametrize(
    ("policy", "mean", "imputed"),
    [("skip", 0.01, 0), ("uniform", (0.25 + 0.01) / 2, 2), ("crowd", (0.04 + 0.01) / 2, 2)],
)
def test_two_days_before_the_first_forecast_by_policy(policy, mean, imputed):
    panel = read_panel([yes((48, 0.9)), yes((0, 0.8))], opens=0, ends=4 * DAY)
    late, early = window_scores(panel, 0, before_first=policy)
    assert late.mean == pytest.approx(mean, abs=1e-12)
    assert (late.coverage, late.imputed) == (0.5, imputed)
    assert (early.mean, early.coverage) == (pytest.approx(0.04, abs=1e-12), 1.0)


def test_the_crowd_of_a_policy_has_its_members_only():
    everyone = [yes((48, 0.9)), yes((0, 0.8)), yes((0, 0.4))]
    panel = read_panel(everyone, opens=0, ends=4 * DAY)
    members = np.array([True, True, False])
    said = reference(panel, 0, members=members)
    np.testing.assert_allclose(said[:, 0], 0.8)
    np.testing.assert_allclose(reference(panel, 1, members=members)[:, 0], [0.5, 0.5, 0.9, 0.9])
    np.testing.assert_allclose(reference(panel, 0)[:, 0], 0.6)
    (late, *_) = window_scores(panel, 0, before_first="crowd", members=members)
    assert late.mean == pytest.approx((0.04 + 0.01) / 2, abs=1e-12)


def test_a_failed_certainty_costs_infinity_unless_it_is_clipped():
    panel = read_panel([yes((0, 0.0)), yes((0, 0.5))], opens=0, ends=2 * DAY)
    lost, half = window_scores(panel, 0, rule="log_score")
    assert (lost.mean, half.mean) == (np.inf, pytest.approx(np.log(2)))
    clipped, _ = window_scores(panel, 0, rule="log_score", clip=0.001)
    assert clipped.mean == pytest.approx(-np.log(0.001))


def test_an_empty_window_scores_nobody():
    for clock in ("daily", "continuous"):
        panel = read_panel([yes((0, 0.5))], opens=DAY, ends=DAY, clock=clock)
        assert window_scores(panel, 0, before_first="uniform") == [None]
        assert panel.coverage.tolist() == [0.0]


# Refusals -------------------------------------------------------------------------------------


def test_bad_input_is_refused():
    one = yes((0, 0.5))
    with pytest.raises(ValueError, match="clock is 'hourly', not one of daily, continuous"):
        read_panel([one], opens=0, ends=DAY, clock="hourly")
    with pytest.raises(ValueError, match="closes is 0, before the window's end"):
        read_panel([one], opens=0, ends=DAY, closes=0)
    with pytest.raises(ValueError, match="must share one number of options, got"):
        read_panel([], opens=0, ends=DAY)
    with pytest.raises(ValueError, match=r"must share one number of options, got \[2, 3\]"):
        read_panel([one, history([(0, [0.2, 0.3, 0.5], None)], 3)], opens=0, ends=DAY)
    panel = read_panel([one], opens=0, ends=DAY)
    with pytest.raises(ValueError, match="before_first is 'zero', not one of skip, uniform, crowd"):
        window_scores(panel, 0, before_first="zero")
    with pytest.raises(ValueError, match="aggregate is 'mode', not one of median, mean"):
        window_scores(panel, 0, aggregate="mode")
    with pytest.raises(ValueError, match="outcome is 2"):
        window_scores(panel, 2)
    with pytest.raises(ValueError, match=r"members has shape \(2,\), not \(1,\)"):
        reference(panel, 0, members=np.array([True, True]))
