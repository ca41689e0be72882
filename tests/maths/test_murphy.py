from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.bins import binned_reliability, quantile_reliability
from forecasts.maths.murphy import murphy_by_bin, murphy_by_value

# Ties are the rule, 0 and 1 occur, and values meet the edges of the bins.
stated = st.integers(0, 20).map(lambda n: n / 20)
anything = st.one_of(stated, st.floats(0, 1))
rows = st.lists(
    st.tuples(anything, st.booleans(), st.integers(1, 30).map(lambda n: 1 / n)),
    min_size=1,
    max_size=60,
)
kinds = st.sampled_from(["decimal", "quantile"])


def columns(data):
    p, happened, weights = (np.array(side) for side in zip(*data, strict=True))
    return p, happened, weights


@given(rows, kinds)
def test_five_terms_are_the_brier_score_exactly(data, bins):
    p, happened, weights = columns(data)
    expected = np.average((p - happened) ** 2, weights=weights)
    for found in (
        murphy_by_value(p, happened, weights=weights),
        murphy_by_bin(p, happened, weights=weights, bins=bins),
    ):
        assert found.brier == pytest.approx(expected, abs=1e-12)
        assert min(found.reliability, found.resolution, found.within_variance) >= 0
        assert 0 <= found.uncertainty <= 0.25
        base_rate = np.average(happened, weights=weights)
        assert found.uncertainty == pytest.approx(base_rate * (1 - base_rate), abs=1e-12)


@given(rows, kinds)
def test_the_terms_are_those_of_the_bins_shown(data, kind):
    p, happened, weights = columns(data)
    found = murphy_by_bin(p, happened, weights=weights, bins=kind)
    show = binned_reliability if kind == "decimal" else quantile_reliability
    bins = show(p, happened, weights=weights)
    assert found.groups == len(bins)
    if kind == "decimal":
        # Rows within rounding below an edge belong above it, as in the bins themselves.
        inside = [(np.floor(np.round(p * 10, 9)).clip(0, 9) == round(b.low * 10)) for b in bins]
    else:
        inside = [(p >= b.low) & ((p < b.high) | (b is bins[-1])) for b in bins]
    share = np.array([weights[i].sum() for i in inside]) / weights.sum()
    assert share.sum() == pytest.approx(1)
    reliability = sum(
        s * (b.mean_forecast - b.observed) ** 2 for s, b in zip(share, bins, strict=True)
    )
    base_rate = np.average(happened, weights=weights)
    resolution = sum(s * (b.observed - base_rate) ** 2 for s, b in zip(share, bins, strict=True))
    assert found.reliability == pytest.approx(reliability, abs=1e-9)
    assert found.resolution == pytest.approx(resolution, abs=1e-9)


@given(rows)
def test_by_distinct_value_nothing_is_left_within(data):
    p, happened, weights = columns(data)
    found = murphy_by_value(p, happened, weights=weights)
    assert found.within_variance == pytest.approx(0, abs=1e-12)
    assert found.within_covariance == pytest.approx(0, abs=1e-12)
    assert found.groups == np.unique(p).size


@given(rows, st.randoms(), kinds)
def test_row_order_does_not_matter(data, random, kind):
    before = murphy_by_bin(*columns(data)[:2], bins=kind)
    random.shuffle(data)
    after = murphy_by_bin(*columns(data)[:2], bins=kind)
    assert after.reliability == pytest.approx(before.reliability, abs=1e-12)
    assert after.groups == before.groups


@given(rows, st.integers(1, 12))
def test_quantile_bins_hold_every_row_and_part_no_equals(data, count):
    p, happened, weights = columns(data)
    bins = quantile_reliability(p, happened, weights=weights, bins=count)
    assert sum(b.forecasts for b in bins) == p.size
    assert len(bins) <= min(count, np.unique(p).size)
    assert (bins[0].low, bins[-1].high) == (0.0, 1.0)
    for one, following in pairwise(bins):
        assert one.high == following.low
    for b in bins:
        inside = (p >= b.low) & ((p < b.high) | (b is bins[-1]))
        assert inside.sum() == b.forecasts
        assert np.average(p[inside], weights=weights[inside]) == pytest.approx(b.mean_forecast)


@given(st.integers(1, 8), st.integers(1, 6))
def test_distinct_values_are_shared_out_evenly(count, each):
    p = np.arange(1, count * each + 1) / (count * each + 1)
    bins = quantile_reliability(p, np.ones(p.size), bins=count)
    assert [b.forecasts for b in bins] == [each] * count


def test_by_hand():
    p, happened = [0.2, 0.2, 0.8, 0.8], [0, 1, 1, 1]
    found = murphy_by_value(p, happened)
    assert found.reliability == pytest.approx((0.3**2 + 0.2**2) / 2)
    assert found.resolution == pytest.approx(0.25**2)
    assert found.uncertainty == pytest.approx(0.1875)
    assert found.groups == 2


def test_bad_input_is_refused():
    for rule in (murphy_by_value, murphy_by_bin, quantile_reliability):
        with pytest.raises(ValueError, match=r"probabilities\[0\] is nan"):
            rule([np.nan], [0])
        with pytest.raises(ValueError, match=r"happened\[1\] is 2"):
            rule([0.5, 0.5], [0, 2])
        with pytest.raises(ValueError, match="must be 1-d and not empty"):
            rule([], [])
    with pytest.raises(ValueError, match="bins is 'ten', not decimal or quantile"):
        murphy_by_bin([0.5], [0], bins="ten")
    with pytest.raises(ValueError, match="bins must be at least 1, got 0"):
        quantile_reliability([0.5], [0], bins=0)
