import numpy as np
import pytest
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.maths.discrimination import forecasts_by_outcome, roc_curve

stated = st.integers(0, 10).map(lambda n: n / 10)
rows = st.lists(
    st.tuples(stated, st.booleans(), st.integers(1, 30).map(lambda n: 1 / n)),
    min_size=2,
    max_size=40,
).filter(lambda data: len({happened for _, happened, _ in data}) == 2)


def columns(data):
    p, happened, weights = (np.array(side) for side in zip(*data, strict=True))
    return p, happened, weights


@settings(max_examples=60)
@given(rows)
def test_agrees_with_scikit_learn(data):
    p, happened, weights = columns(data)
    found = roc_curve(p, happened, weights=weights)
    expected = sklearn.metrics.roc_auc_score(happened, p, sample_weight=weights)
    assert found.area == pytest.approx(expected, abs=1e-9)
    alarms, hits, thresholds = sklearn.metrics.roc_curve(
        happened, p, sample_weight=weights, drop_intermediate=False
    )
    np.testing.assert_allclose(found.false_alarms, alarms, atol=1e-9)
    np.testing.assert_allclose(found.hits, hits, atol=1e-9)
    np.testing.assert_array_equal(found.thresholds, thresholds)


@given(rows)
def test_the_area_is_the_chance_of_ranking_a_pair_rightly(data):
    p, happened, weights = columns(data)
    right, total = 0.0, 0.0
    for a, wa in zip(p[happened], weights[happened], strict=True):
        for b, wb in zip(p[~happened], weights[~happened], strict=True):
            right += wa * wb * (1.0 if a > b else 0.5 if a == b else 0.0)
            total += wa * wb
    assert roc_curve(p, happened, weights=weights).area == pytest.approx(right / total, abs=1e-9)


@given(rows)
def test_only_the_ranks_matter_and_turning_them_round_mirrors_the_area(data):
    p, happened, _ = columns(data)
    area = roc_curve(p, happened).area
    assert roc_curve(p**2 / 2, happened).area == pytest.approx(area, abs=1e-12)
    assert roc_curve(1 - p, happened).area == pytest.approx(1 - area, abs=1e-12)


@given(rows)
def test_forecasts_by_outcome_put_together_are_all_forecasts(data):
    p, happened, weights = columns(data)
    found = forecasts_by_outcome(p, happened, weights=weights)
    assert found.events.sum() == pytest.approx(1)
    assert found.non_events.sum() == pytest.approx(1)
    base_rate = np.average(happened, weights=weights)
    together = base_rate * found.events + (1 - base_rate) * found.non_events
    for value, share in zip(found.stated, together, strict=True):
        assert share == pytest.approx(weights[p == value].sum() / weights.sum())
    assert found.mean_of_events == pytest.approx(found.events @ found.stated)
    assert found.mean_of_non_events == pytest.approx(found.non_events @ found.stated)


# Published example ----------------------------------------------------------------------------

EVENT = [0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1]
FIRST = [0.8, 0.8, 0, 1, 1, 0.6, 0.4, 0.8, 0, 0, 0.2, 0, 0, 1, 1]
SECOND = [
    *[0.928, 0.576, 0.008, 0.944, 0.832, 0.816, 0.136, 0.584],
    *[0.032, 0.016, 0.28, 0.024, 0, 0.984, 0.952],
]


@pytest.mark.parametrize(("p", "area"), [(FIRST, 0.839286), (SECOND, 0.875)])
def test_mason_and_graham(p, area):
    assert roc_curve(p, EVENT).area == pytest.approx(area, abs=5e-7)


# The edges ------------------------------------------------------------------------------------


def test_one_kind_of_outcome_has_no_curve():
    for outcome in (0, 1):
        found = roc_curve([0.2, 0.8], [outcome] * 2)
        assert (found.area, found.reason) == (None, "every outcome is the same")
        assert found.hits.size == found.thresholds.size == 0
    none = forecasts_by_outcome([0.2, 0.8], [0, 0])
    assert (none.events, none.mean_of_events) == (None, None)
    assert none.mean_of_non_events == pytest.approx(0.5)


def test_a_constant_forecast_tells_nothing_apart():
    assert roc_curve([0.3] * 4, [0, 1, 1, 0]).area == 0.5


def test_bad_input_is_refused():
    for rule in (roc_curve, forecasts_by_outcome):
        with pytest.raises(ValueError, match=r"probabilities\[1\] is 1\.5"):
            rule([0.5, 1.5], [0, 1])
        with pytest.raises(ValueError, match="happened has 1 rows, not 2"):
            rule([0.5, 0.5], [0])
        with pytest.raises(ValueError, match=r"weights\[0\] is 0"):
            rule([0.5, 0.5], [0, 1], weights=[0, 1])
