"""The decomposition against an independent implementation of the same paper."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_diagnostics.scoring import SquaredError, decompose

from forecasts.maths.calibration import reliability_curve

# Exact binary fractions: numbers that differ only by rounding are ties for one and not the other.
row = st.tuples(st.integers(0, 16).map(lambda n: n / 16), st.booleans(), st.integers(1, 4))
rows = st.lists(row, min_size=2, max_size=40).filter(lambda r: len({o for _, o, _ in r}) == 2)


@settings(max_examples=40)
@given(rows)
def test_decomposition_agrees_with_model_diagnostics(data):
    p, happened, weights = (np.array(side, dtype=float) for side in zip(*data, strict=True))
    curve = reliability_curve(p, happened, weights=weights)
    expected = decompose(
        happened, p, weights=weights, scoring_function=SquaredError(), functional="mean"
    ).row(0, named=True)
    assert curve.miscalibration == pytest.approx(expected["miscalibration"], abs=1e-9)
    assert curve.discrimination == pytest.approx(expected["discrimination"], abs=1e-9)
    assert curve.uncertainty == pytest.approx(expected["uncertainty"], abs=1e-9)
    assert curve.brier == pytest.approx(expected["score"], abs=1e-9)
