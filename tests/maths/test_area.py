"""The interval of the area under the ROC curve, against its definition pair by pair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit
from scipy.stats import t as student

from forecasts.maths.area import area_interval
from forecasts.maths.discrimination import roc_curve

percents = st.integers(0, 20).map(lambda n: n / 20)
rows = st.lists(
    st.tuples(percents, st.booleans(), st.sampled_from([0.25, 1.0, 2.0]), st.integers(0, 6)),
    min_size=3,
    max_size=25,
)


def defined(p, y, w, q, level):
    """Every event against every non-event, one at a time."""
    weight = {kind: sum(wi for wi, yi in zip(w, y, strict=True) if yi == kind) for kind in (0, 1)}
    if not weight[0] or not weight[1] or len(set(q)) < 3:
        return None

    def wins(a, b):
        return (a > b) + (a == b) / 2

    placed = [
        sum(wj * (wins(pi, pj) if yi else wins(pj, pi)) for pj, yj, wj in others if yj != yi)
        / weight[1 - yi]
        for pi, yi in zip(p, y, strict=True)
        for others in [list(zip(p, y, w, strict=True))]
    ]
    area = sum(wi * v for wi, yi, v in zip(w, y, placed, strict=True) if yi) / weight[1]
    if not 1e-12 < area < 1 - 1e-12:
        return None
    parts = dict.fromkeys(q, 0.0)
    for wi, yi, qi, v in zip(w, y, q, placed, strict=True):
        parts[qi] += wi / weight[yi] * (v - area)
    count = len(parts)
    error = np.sqrt(count / (count - 1) * sum(part**2 for part in parts.values()))
    half = student.ppf((1 + level) / 2, count - 1) * error / (area * (1 - area))
    return expit(logit(area) - half), expit(logit(area) + half)


@settings(max_examples=60)
@given(rows, st.sampled_from([0.8, 0.95]))
def test_it_is_the_definition(found, level):
    p, y, w, q = (list(column) for column in zip(*found, strict=True))
    y = [int(one) for one in y]
    expected = defined(p, y, w, q, level)
    interval = area_interval(p, y, weights=w, questions=q, level=level)
    if expected is None:
        assert interval is None
        return
    assert interval == pytest.approx(expected, abs=1e-9)
    assert 0 <= interval[0] <= roc_curve(p, y, weights=w).area + 1e-12 <= interval[1] + 2e-12


def test_repeating_every_forecast_on_its_question_adds_nothing():
    rng = np.random.default_rng(3)
    p = rng.random(40).round(2)
    y = rng.random(40) < p
    q = np.arange(40)
    once = area_interval(p, y, questions=q)
    thrice = area_interval(np.tile(p, 3), np.tile(y, 3), questions=np.tile(q, 3))
    assert thrice == pytest.approx(once)
    pretended = area_interval(np.tile(p, 3), np.tile(y, 3))
    assert pretended[1] - pretended[0] < 0.7 * (once[1] - once[0])


def test_it_covers_the_truth_about_as_often_as_it_says():
    # Forecasts of events are N(1, 1) and of others N(0, 1) in some unit: the area is Phi(1/sqrt 2).
    truth, rng, hits = 0.760249938906, np.random.default_rng(5), 0
    for _ in range(300):
        y = rng.random(60) < 0.4
        low, high = area_interval(expit(rng.normal(y, 1)), y)
        hits += low <= truth <= high
    assert 0.91 <= hits / 300 <= 0.98


@pytest.mark.parametrize("level", [0, 1, -0.5, float("nan")])
def test_a_level_outside_its_domain_is_refused(level):
    with pytest.raises(ValueError, match="level must fulfil"):
        area_interval([0.1, 0.9, 0.5], [0, 1, 1], level=level)
