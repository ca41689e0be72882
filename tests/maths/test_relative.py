import math
import statistics

import numpy as np
import pytest
from crowds import DAY, HOUR, belief, crowds, history
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.maths.panel import read_panel
from forecasts.maths.relative import baseline_score, peer_score, relative_brier, skill

cases = st.sampled_from([2, 3]).flatmap(
    lambda k: st.tuples(st.just(k), crowds(k), st.integers(0, k - 1))
)
lengths = st.tuples(st.integers(1, 80), st.integers(0, 60))
clocks = st.sampled_from(["daily", "continuous"])


def panel_of(case, length, clock):
    k, crowd, _ = case
    ends, rest = length
    return read_panel(
        [history(rows, k) for rows in crowd],
        opens=0,
        ends=ends * HOUR,
        closes=(ends + rest) * HOUR,
        clock=clock,
    )


def hours_of(clock, ends):
    if clock == "continuous":
        return list(range(ends))
    return [hour - 1 for hour in ([h for h in range(1, ends + 1) if h % 24 == 0] or [ends])]


def clipped(p):
    return min(max(p, 0.001), 0.999)


@settings(deadline=None)
@given(cases, lengths, clocks)
def test_relative_brier_agrees_with_taking_the_median_hour_by_hour(case, length, clock):
    _, crowd, outcome = case
    hours = hours_of(clock, length[0])
    found = relative_brier(panel_of(case, length, clock), outcome)
    for who in range(len(crowd)):
        ahead = []
        for hour in hours:
            scores = [
                None if p is None else sum((x - (i == outcome)) ** 2 for i, x in enumerate(p)) / 2
                for p in (belief(other, hour) for other in crowd)
            ]
            if scores[who] is not None:
                middle = statistics.median([s for s in scores if s is not None])
                ahead.append(scores[who] - middle)
        if ahead:
            expected = statistics.fmean(ahead) * len(ahead) / len(hours)
            assert found[who] == pytest.approx(expected, abs=1e-9)
        else:
            assert np.isnan(found[who])


@settings(deadline=None)
@given(cases, lengths, clocks)
def test_peer_and_baseline_agree_with_the_formulas_hour_by_hour(case, length, clock):
    k, crowd, outcome = case
    hours = hours_of(clock, length[0])
    scheduled = len(hours_of(clock, sum(length)))
    panel = panel_of(case, length, clock)
    peer, baseline = peer_score(panel, outcome), baseline_score(panel, outcome)
    for who in range(len(crowd)):
        against, above = 0.0, 0.0
        for hour in hours:
            said = [belief(rows, hour) for rows in crowd]
            logs = [math.log(clipped(p[outcome])) for p in said if p is not None]
            if said[who] is None:
                continue
            own = math.log(clipped(said[who][outcome]))
            above += (own + math.log(k)) / math.log(k)
            if len(logs) > 1:
                others = (sum(logs) - own) / (len(logs) - 1)
                against += own - others
        assert peer[who] == pytest.approx(100 * against / scheduled, abs=1e-9)
        assert baseline[who] == pytest.approx(100 * above / scheduled, abs=1e-9)


@settings(deadline=None)
@given(cases, lengths, clocks)
def test_peer_scores_always_sum_to_zero(case, length, clock):
    panel = panel_of(case, length, clock)
    assert peer_score(panel, case[2]).sum() == pytest.approx(0, abs=1e-9)


@settings(deadline=None)
@given(cases, lengths, clocks)
def test_whoever_says_what_the_other_says_is_ahead_of_nobody(case, length, clock):
    k, crowd, outcome = case
    panel = panel_of((k, [crowd[0]] * 3, outcome), length, clock)
    np.testing.assert_allclose(peer_score(panel, outcome), 0, atol=1e-9)
    relative = relative_brier(panel, outcome)
    np.testing.assert_allclose(relative[~np.isnan(relative)], 0, atol=1e-12)


@given(st.floats(0, 1), st.floats(0.01, 1))
def test_skill_is_zero_at_the_reference_and_one_at_perfection(score, reference):
    assert skill(reference, reference) == 0
    assert skill(0.0, reference) == 1
    assert skill(score, reference) == pytest.approx(1 - score / reference)
    assert skill(1.0, min(reference, 0.99), rule="spherical_score") == pytest.approx(1)


# Published examples ---------------------------------------------------------------------------


def yes(*rows):
    return history([(24 * (day - 1), [p, 1 - p], None) for day, p in rows], 2)


def test_cultivate_labs_cubs():
    cubs = [yes((1, 0.90), (4, 0.95)), yes((1, 0.25), (3, 0.20)), yes((6, 0.99))]
    panel = read_panel(cubs, opens=0, ends=7 * DAY)
    relative = relative_brier(panel, 0, scale=2)
    assert relative[1] == pytest.approx(0.7942857, abs=5e-8)
    assert relative[2] == pytest.approx(-0.0013714, abs=5e-8)
    assert relative[0] == pytest.approx(-0.43, abs=5e-3)


@pytest.mark.parametrize(("p", "expected"), [(0.999, 99.9), (0.001, -897)])
def test_metaculus_baseline_of_a_binary_question(p, expected):
    panel = read_panel([yes((1, p))], opens=0, ends=DAY)
    assert baseline_score(panel, 0)[0] == pytest.approx(expected, abs=0.5)
    assert baseline_score(panel, 0)[0] == pytest.approx(100 * math.log2(2 * p), abs=1e-9)


@pytest.mark.parametrize(("p", "expected"), [(0.999, 99.95), (0.001, -232)])
def test_metaculus_baseline_of_eight_options(p, expected):
    said = history([(0, [p, *[(1 - p) / 7] * 7], None)], 8)
    panel = read_panel([said], opens=0, ends=DAY)
    assert baseline_score(panel, 0)[0] == pytest.approx(expected, abs=0.5)


def test_metaculus_baseline_over_five_days():
    said = yes((2, 0.4), (3, 0.7), (5, 0.8))
    for clock in ("daily", "continuous"):
        panel = read_panel([said], opens=0, ends=5 * DAY, clock=clock)
        assert baseline_score(panel, 0)[0] == pytest.approx(27, abs=0.5)
    days = [
        baseline_score(read_panel([said], opens=day * DAY, ends=(day + 1) * DAY), 0)[0]
        for day in range(5)
    ]
    assert [round(score) for score in days] == [0, -32, 49, 49, 68]


def test_metaculus_peer_scores_of_three_log_scores():
    """Log scores -1, 1 and 2, shifted so that they are probabilities: -2.5, 0.5 and 2."""
    panel = read_panel([yes((1, math.exp(s - 3))) for s in (-1, 1, 2)], opens=0, ends=DAY)
    np.testing.assert_allclose(peer_score(panel, 0), [-250, 50, 200], atol=1e-9)


def test_metaculus_largest_peer_score():
    panel = read_panel([yes((1, 0.999)), yes((1, 0.001))], opens=0, ends=DAY)
    np.testing.assert_allclose(peer_score(panel, 0), [691, -691], atol=0.5)


def test_an_outcome_known_early_leaves_the_rest_of_the_schedule_at_zero():
    said = [yes((1, 0.9)), yes((1, 0.6))]
    full, early = (read_panel(said, opens=0, ends=days * DAY, closes=10 * DAY) for days in (10, 2))
    np.testing.assert_allclose(peer_score(early, 0), peer_score(full, 0) / 5)
    np.testing.assert_allclose(baseline_score(early, 0), baseline_score(full, 0) / 5)
    np.testing.assert_allclose(relative_brier(early, 0), relative_brier(full, 0))


# Refusals -------------------------------------------------------------------------------------


def test_skill_without_a_meaning_is_none():
    assert skill(0.1, 0.0) is None
    assert skill(math.inf, math.inf, rule="log_score") is None
    assert skill(0.5, 1.0, rule="spherical_score") is None
    assert skill(math.inf, 0.7, rule="log_score") == -math.inf
    assert skill(0.7, math.inf, rule="log_score") == 1


def test_bad_input_is_refused():
    panel = read_panel([yes((1, 0.5))], opens=0, ends=DAY)
    with pytest.raises(ValueError, match="score is nan"):
        skill(math.nan, 0.1)
    with pytest.raises(ValueError, match=r"reference is -0\.1"):
        skill(0.1, -0.1)
    with pytest.raises(ValueError, match="rule is 'brie', not one of brier, ordered_brier"):
        skill(0.1, 0.2, rule="brie")
    with pytest.raises(ValueError, match="rule is 'log_score', not brier or ordered_brier"):
        relative_brier(panel, 0, rule="log_score")
    for rule in (peer_score, baseline_score):
        with pytest.raises(ValueError, match="outcome is 2"):
            rule(panel, 2)
        with pytest.raises(ValueError, match=r"clip must fulfil 0 < clip < 0\.5"):
            rule(panel, 0, clip=0)
