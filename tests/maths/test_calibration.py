import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from forecasts.maths import bands, calibration
from forecasts.maths.calibration import (
    bins_of,
    consistency_band,
    consistency_band_of,
    reliability_curve,
)
from forecasts.maths.pairs import check_pairs, pooled

# Probabilities people actually state: whole percents, few enough that ties are common.
stated = st.integers(0, 20).map(lambda n: n / 20)
row = st.tuples(stated, st.booleans(), st.integers(1, 30).map(lambda n: 1 / n), st.integers(0, 6))
resolved = st.lists(row, min_size=1, max_size=60)


def columns(rows):
    p, happened, weights, questions = (np.array(side) for side in zip(*rows, strict=True))
    return p, happened, weights, questions


def curve_of(rows):
    p, happened, weights, questions = columns(rows)
    return reliability_curve(p, happened, weights=weights, questions=questions)


@given(resolved)
def test_agrees_with_scikit_learns_isotonic_regression(rows):
    p, happened, weights, _ = columns(rows)
    curve = curve_of(rows)
    fit = IsotonicRegression().fit(p, happened.astype(float), sample_weight=weights)
    np.testing.assert_allclose(curve.observed, fit.predict(curve.stated), atol=1e-9)


@given(resolved)
def test_decomposition_agrees_with_three_brier_scores(rows):
    p, happened, weights, _ = columns(rows)
    curve = curve_of(rows)

    def score(forecast):
        return np.average((forecast - happened) ** 2, weights=weights)

    recalibrated = curve.observed[np.searchsorted(curve.stated, p)]
    base_rate = np.average(happened, weights=weights)
    assert curve.brier == pytest.approx(score(p), abs=1e-12)
    assert curve.miscalibration == pytest.approx(score(p) - score(recalibrated), abs=1e-12)
    assert curve.discrimination == pytest.approx(score(base_rate) - score(recalibrated), abs=1e-12)
    assert curve.uncertainty == pytest.approx(score(base_rate), abs=1e-12)
    assert min(curve.miscalibration, curve.discrimination, curve.uncertainty) >= 0


@given(resolved, st.randoms())
def test_row_order_does_not_matter(rows, random):
    before = curve_of(rows)
    random.shuffle(rows)
    after = curve_of(rows)
    for field in ("observed", "weight"):
        np.testing.assert_allclose(getattr(after, field), getattr(before, field), atol=1e-12)
    for field in ("stated", "counts", "questions"):
        np.testing.assert_array_equal(getattr(after, field), getattr(before, field))


@given(resolved)
def test_a_row_of_weight_three_is_three_rows(rows):
    p, happened, _, questions = columns(rows)
    repeats = questions + 1
    weighted = reliability_curve(p, happened, weights=repeats)
    repeated = reliability_curve(np.repeat(p, repeats), np.repeat(happened, repeats))
    np.testing.assert_allclose(weighted.observed, repeated.observed, atol=1e-12)
    assert weighted.brier == pytest.approx(repeated.brier, abs=1e-12)


@given(resolved)
def test_each_entry_says_what_is_behind_it(rows):
    curve = curve_of(rows)
    for i, value in enumerate(curve.stated):
        behind = [r for r in rows if r[0] == value]
        assert curve.counts[i] == len(behind)
        assert curve.questions[i] == len({question for *_, question in behind})
        assert curve.weight[i] == pytest.approx(sum(weight for _, _, weight, _ in behind))
    assert (np.diff(curve.stated) > 0).all()
    assert (np.diff(curve.observed) >= 0).all()


def test_right_70_percent_of_the_time_at_70_percent():
    curve = reliability_curve([0.7] * 10, [True] * 7 + [False] * 3)
    assert curve.observed.tolist() == [0.7]
    assert curve.miscalibration == 0
    assert curve.discrimination == 0
    assert curve.questions.tolist() == [10]


def test_a_forecaster_turned_upside_down_has_no_discrimination():
    curve = reliability_curve([0.0, 1.0], [True, False])
    assert curve.observed.tolist() == [0.5, 0.5]
    assert (curve.miscalibration, curve.discrimination, curve.uncertainty) == (0.75, 0, 0.25)


def test_certainty_that_was_right():
    curve = reliability_curve([0, 1], [0, 1], questions=["a", "b"])
    assert (curve.brier, curve.discrimination) == (0, 0.25)


@pytest.mark.parametrize(("p", "happened"), [(0.0, True), (1.0, True), (0.3, False)])
def test_one_forecast_has_a_curve(p, happened):
    curve = reliability_curve([p], [happened])
    assert curve.observed.tolist() == [float(happened)]
    assert curve.uncertainty == 0
    assert curve.brier == pytest.approx((p - happened) ** 2)


# The band -------------------------------------------------------------------------------------


def band_row_by_row(p, weights, questions, level, replicates, rng):
    """The same band with every row kept, refitted by scikit-learn."""
    ids = sorted(set(questions))
    curves = []
    for _ in range(replicates):
        luck = dict(zip(ids, rng.random(len(ids)), strict=True))
        happened = [float(luck[q] < value) for value, q in zip(p, questions, strict=True)]
        fit = IsotonicRegression().fit(p, happened, sample_weight=weights)
        curves.append(fit.predict(np.unique(p)))
    return np.quantile(curves, [(1 - level) / 2, 1 - (1 - level) / 2], axis=0)


@settings(max_examples=20, deadline=None)
@given(resolved, st.integers(0, 2**32))
def test_band_agrees_with_refitting_every_row(rows, seed):
    p, _, weights, questions = columns(rows)
    band = consistency_band(
        p,
        weights=weights,
        questions=questions,
        level=0.8,
        replicates=25,
        rng=np.random.default_rng(seed),
    )
    low, high = band_row_by_row(p, weights, questions, 0.8, 25, np.random.default_rng(seed))
    np.testing.assert_allclose(band.low, low, atol=1e-9)
    np.testing.assert_allclose(band.high, high, atol=1e-9)
    np.testing.assert_array_equal(band.stated, np.unique(p))


def test_the_band_of_many_rows_is_the_readable_one(monkeypatch):
    """Rows pooled beforehand, and the compiled function, change nothing."""
    rng = np.random.default_rng(4)
    p, happened = rng.integers(0, 21, 9000) / 20, rng.integers(0, 2, 9000)
    rows = check_pairs(p, happened, rng.random(9000) + 0.1, rng.integers(0, 700, 9000))
    found = consistency_band_of(pooled(rows), replicates=70, rng=np.random.default_rng(1))
    monkeypatch.setattr(bands, "COMPILED_FROM", 10_000)
    plain = consistency_band_of(rows, replicates=70, rng=np.random.default_rng(1))
    assert pooled(rows).weights.size > 5_000
    np.testing.assert_allclose(found.low, plain.low, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.high, plain.high, rtol=0, atol=1e-12)
    one, other = calibration.curve_of(pooled(rows)), calibration.curve_of(rows)
    np.testing.assert_array_equal(one.counts, other.counts)
    np.testing.assert_array_equal(one.questions, other.questions)
    np.testing.assert_allclose(one.observed, other.observed, rtol=0, atol=1e-12)
    for few, all_rows in zip(bins_of(pooled(rows)), bins_of(rows), strict=True):
        assert dataclasses.astuple(few) == pytest.approx(dataclasses.astuple(all_rows), abs=1e-12)


def test_certainties_leave_no_room():
    band = consistency_band([0, 0, 1], rng=np.random.default_rng(1))
    assert band.low.tolist() == band.high.tolist() == [0.0, 1.0]


def test_a_hundred_updates_on_one_question_are_one_event():
    p = [0.5] * 100
    alone = consistency_band(p, questions=[7] * 100, rng=np.random.default_rng(1))
    assert (alone.low[0], alone.high[0]) == (0.0, 1.0)
    apart = consistency_band(p, replicates=4000, rng=np.random.default_rng(1))
    # The 5 % and 95 % points of a binomial share of 100 at one half are 0.42 and 0.58.
    assert apart.low[0] == pytest.approx(0.42, abs=0.011)
    assert apart.high[0] == pytest.approx(0.58, abs=0.011)


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"probabilities": [0.5, 1.5]}, r"probabilities\[1\] is 1.5"),
        ({"probabilities": []}, "probabilities must be 1-d and not empty"),
        ({"happened": [1, 0.5]}, r"happened\[1\] is 0.5, not 0 or 1"),
        ({"happened": [1, float("nan")]}, r"happened\[1\] is nan"),
        ({"happened": [1]}, "happened has 1 rows, not 2"),
        ({"happened": [[1, 0]]}, "happened must be 1-d"),
        ({"weights": [1, 0]}, r"weights\[1\] is 0.0, not positive and finite"),
        ({"weights": [1, float("inf")]}, r"weights\[1\] is inf"),
        ({"weights": [1, float("nan")]}, r"weights\[1\] is nan"),
        ({"weights": [1, 1, 1]}, "weights has 3 rows, not 2"),
        ({"questions": [1.0, 2.0]}, "questions must be integers or strings"),
        ({"questions": [1]}, "questions has 1 rows, not 2"),
    ],
)
def test_bad_rows_are_refused(arguments, message):
    good = {"probabilities": [0.5, 0.5], "happened": [1, 0]}
    with pytest.raises(ValueError, match=message):
        reliability_curve(**(good | arguments))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"level": 1.0}, "level must fulfil 0 < level < 1, got 1.0"),
        ({"level": float("nan")}, "level must fulfil"),
        ({"replicates": 0}, "replicates must be at least 1, got 0"),
    ],
)
def test_bad_band_arguments_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        consistency_band([0.5], rng=np.random.default_rng(1), **options)
