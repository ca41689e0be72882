import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from forecasts.maths.calibration import confidence_band, reliability_curve

row = st.tuples(
    st.integers(0, 20).map(lambda n: n / 20),
    st.booleans(),
    st.integers(1, 30).map(lambda n: 1 / n),
    st.integers(0, 6),
)
resolved = st.lists(row, min_size=1, max_size=30)


def columns(rows):
    return tuple(np.array(side) for side in zip(*rows, strict=True))


def band_of(rows, seed=0, **settings):
    p, happened, weights, questions = columns(rows)
    rng = np.random.default_rng(seed)
    return confidence_band(p, happened, weights=weights, questions=questions, rng=rng, **settings)


@settings(max_examples=30)
@given(resolved)
def test_one_replicate_is_scikit_learns_fit_of_the_questions_drawn(rows):
    p, happened, weights, questions = columns(rows)
    codes = np.unique(questions, return_inverse=True)[1]
    count = codes.max() + 1
    drawn = np.random.default_rng(5).integers(count, size=count)
    taken = np.concatenate([np.flatnonzero(codes == question) for question in drawn])
    # Outside what it has seen, scikit-learn clips; between, it interpolates, as defined.
    fit = IsotonicRegression(out_of_bounds="clip").fit(
        p[taken], happened[taken].astype(float), sample_weight=weights[taken]
    )
    band = band_of(rows, 5, replicates=1)
    np.testing.assert_allclose(band.low, fit.predict(band.stated), atol=1e-9)
    np.testing.assert_array_equal(band.low, band.high)


@settings(max_examples=30)
@given(resolved)
def test_the_band_rises_within_0_and_1_and_widens_with_its_level(rows):
    narrow, wide = (band_of(rows, level=level, replicates=40) for level in (0.5, 0.9))
    for band in (narrow, wide):
        assert ((band.low >= 0) & (band.low <= band.high) & (band.high <= 1)).all()
        assert (np.diff(band.low) >= -1e-12).all()
        assert (np.diff(band.high) >= -1e-12).all()
    assert (wide.low <= narrow.low + 1e-12).all()
    assert (wide.high >= narrow.high - 1e-12).all()


def test_a_single_question_has_no_width_and_lies_on_the_curve():
    rows = [(0.2, False, 1.0, 3), (0.6, True, 1.0, 3), (0.9, False, 2.0, 3)]
    band = band_of(rows, replicates=10)
    curve = reliability_curve([0.2, 0.6, 0.9], [0, 1, 0], weights=[1, 1, 2])
    np.testing.assert_allclose(band.low, curve.observed)
    np.testing.assert_allclose(band.high, curve.observed)


def test_repeating_every_row_as_an_update_does_not_narrow_the_band():
    rng = np.random.default_rng(3)
    p = np.round(rng.random(200), 1)
    rows = [(value, rng.random() < value, 1.0, i) for i, value in enumerate(p)]
    once, often = band_of(rows), band_of(rows * 20)
    np.testing.assert_allclose(often.low, once.low, atol=1e-9)
    np.testing.assert_allclose(often.high, once.high, atol=1e-9)


def test_the_true_curve_lies_inside_about_as_often_as_stated():
    """Right forecasts: the diagonal is the truth. 90 % pointwise, in the middle of the data."""
    inside = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        p = rng.choice([0.1, 0.3, 0.5, 0.7, 0.9], size=400)
        band = confidence_band(p, rng.random(400) < p, replicates=200, rng=rng)
        inside.append((band.low <= band.stated) & (band.stated <= band.high))
    assert 0.8 <= np.mean(inside) <= 0.97


def test_bad_input_is_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="level must fulfil 0 < level < 1, got 1"):
        confidence_band([0.5], [1], level=1, rng=rng)
    with pytest.raises(ValueError, match="replicates must be at least 1, got 0"):
        confidence_band([0.5], [1], replicates=0, rng=rng)
    with pytest.raises(ValueError, match=r"happened\[0\] is 0\.5"):
        confidence_band([0.5], [0.5], rng=rng)
