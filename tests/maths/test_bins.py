from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.bins import binned_reliability, wilson_interval

permille = st.integers(0, 1000)
row = st.tuples(permille, st.booleans(), st.integers(1, 30).map(lambda n: 1 / n), st.integers(0, 6))


@given(st.lists(row, min_size=1, max_size=60))
def test_agrees_with_sorting_decimals_into_bins(rows):
    groups = {}
    for thousandths, *rest in rows:
        decimal = Decimal(thousandths) / 1000
        edge = min(int(decimal * 10), 9)
        groups.setdefault(edge, []).append((float(decimal), *rest))

    p, happened, weights, questions = zip(*((n / 1000, *rest) for n, *rest in rows), strict=True)
    bins = binned_reliability(p, happened, weights=weights, questions=questions)
    assert [b.low for b in bins] == [edge / 10 for edge in sorted(groups)]
    for b, edge in zip(bins, sorted(groups), strict=True):
        inside = groups[edge]
        total = sum(w for _, _, w, _ in inside)
        assert b.mean_forecast == pytest.approx(sum(v * w for v, _, w, _ in inside) / total)
        assert b.observed == pytest.approx(sum(w for _, y, w, _ in inside if y) / total)
        assert b.forecasts == len(inside)
        assert b.questions == len({q for *_, q in inside})
        assert 0 <= b.wilson_low <= b.observed + 1e-9
        assert b.observed - 1e-9 <= b.wilson_high <= 1


@pytest.mark.parametrize("p", [0.3, 0.1 + 0.2, 1 - 0.7, 3 * 0.1, 0.3999])
def test_three_tenths_belong_to_the_fourth_bin_however_they_were_computed(p):
    (only,) = binned_reliability([p], [True])
    assert (only.low, only.high) == (0.3, 0.4)


@pytest.mark.parametrize(
    ("p", "low"), [(0.0, 0.0), (1 - 0.9, 0.1), (0.7, 0.7), (0.8999, 0.8), (0.9, 0.9), (1.0, 0.9)]
)
def test_bins_are_closed_on_the_left_and_the_last_on_both_sides(p, low):
    (only,) = binned_reliability([p], [False])
    assert only.low == low


def test_the_mean_forecast_is_not_the_midpoint():
    (only,) = binned_reliability([0.90, 0.91], [1, 1])
    assert only.mean_forecast == pytest.approx(0.905)


def test_updates_on_one_question_do_not_narrow_the_interval():
    (one,) = binned_reliability([0.5], [1])
    (many,) = binned_reliability([0.5] * 50, [1] * 50, questions=[3] * 50)
    assert (many.forecasts, many.questions) == (50, 1)
    assert (many.wilson_low, many.wilson_high) == (one.wilson_low, one.wilson_high)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_of_newcombe_1998_table_1(successes, n, low, high):
    assert wilson_interval(successes / n, n) == pytest.approx((low, high), abs=5e-5)


def test_bad_rows_are_refused():
    with pytest.raises(ValueError, match=r"probabilities\[0\] is nan"):
        binned_reliability([float("nan")], [1])
