import numpy as np
import pytest
from crowds import DAY, HOUR, belief, crowds, history
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.common import common_scores
from forecasts.maths.comparison import compare
from forecasts.maths.panel import read_panel
from forecasts.maths.relative import skill
from forecasts.maths.windows import reference, window_scores


@given(crowds(2, most=2).filter(lambda crowd: len(crowd) == 2), st.integers(1, 80))
def test_both_are_averaged_over_the_hours_they_share(crowd, ends):
    panel = read_panel(
        [history(rows, 2) for rows in crowd], opens=0, ends=ends * HOUR, clock="continuous"
    )
    both = [pair for hour in range(ends) if all(pair := [belief(rows, hour) for rows in crowd])]
    found = common_scores(panel, 0, *panel.forecasts)
    if not both:
        assert found is None
        return
    expected = np.mean([[(1 - p[0]) ** 2 for p in pair] for pair in both], axis=0)
    np.testing.assert_allclose(found, expected, atol=1e-9)


@given(crowds(3, most=3), st.integers(1, 80))
def test_against_oneself_and_against_the_uniform_forecast(crowd, ends):
    panel = read_panel([history(rows, 3) for rows in crowd], opens=0, ends=ends * HOUR)
    uniform = np.full(panel.forecasts.shape[1:], 1 / 3)
    for own, alone in zip(panel.forecasts, window_scores(panel, 1), strict=True):
        assert (common_scores(panel, 1, own, own) is None) == (alone is None)
        if alone is not None:
            score, even = common_scores(panel, 1, own, uniform)
            assert score == pytest.approx(alone.mean, abs=1e-12)
            assert even == pytest.approx(1 / 3, abs=1e-12)
            assert skill(even, even) == 0


def test_two_forecasters_are_compared_against_the_crowd_without_them():
    def yes(p):
        return history([(0, [p, 1 - p], None)], 2)

    firsts, seconds = [], []
    for i in range(12):
        panel = read_panel([yes(0.9), yes(0.6 + i / 100), yes(0.7)], opens=0, ends=2 * DAY)
        pair = common_scores(panel, 0, panel.forecasts[0], reference(panel, 0))
        firsts.append(pair[0])
        seconds.append(pair[1])
    assert skill(np.mean(firsts), np.mean(seconds)) > 0.8
    assert compare(firsts, seconds, rng=np.random.default_rng(0)).interval[1] < 0


def test_bad_input_is_refused():
    panel = read_panel([history([(0, [0.5, 0.5], None)], 2)], opens=0, ends=DAY)
    good = panel.forecasts[0]
    with pytest.raises(ValueError, match=r"second has shape \(2,\), not \(1, 2\)"):
        common_scores(panel, 0, good, good[0])
    with pytest.raises(ValueError, match=r"sums to 1\.5"):
        common_scores(panel, 0, good, good * 1.5)
