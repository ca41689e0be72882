"""The engine's parts where a small example would not reach, its worked examples and refusals."""

import subprocess
import sys
from datetime import UTC
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from forecasts.maths.calibration import reliability_curve
from forecasts.maths.days import day_marks
from forecasts.maths.engine import (
    Forecasts,
    Questions,
    Settings,
    average_losses,
    score_all,
    time_averages,
)
from forecasts.maths.engine.clusters import clustered
from forecasts.maths.engine.corp import corp_curve
from forecasts.maths.engine.ranks import sorted_by
from forecasts.maths.engine.sweep import middles
from forecasts.maths.engine.windows import window_days

DAY = 86_400_000_000


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    "values",
    [
        rng().random(5000),
        rng().integers(0, 101, 5000) / 100,
        rng().normal(0, 1e-9, 5000) + np.repeat([0.0, 1.0], 2500),  # two crowded buckets
        np.append(rng().random(3000) * 1e-300, 1e300),
        np.sort(rng().random(100))[::-1].copy(),
        np.full(50, 0.3),
        np.array([0.2, 0.1]),
    ],
)
def test_ranking_sorts(values):
    order = sorted_by(values)
    assert sorted(order.tolist()) == list(range(values.size))
    assert (np.diff(values[order]) >= 0).all()


def weighted_median(values, weights):
    order = np.argsort(values, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    low = values[order][np.argmax(share >= 0.5 - 1e-12)]
    return (low + values[order][np.argmax(share > 0.5 + 1e-12)]) / 2


@pytest.mark.parametrize("count", [1, 7, 8, 9, 64, 65, 700])
def test_the_middle_is_found_in_trees_of_every_height(count):
    slots = 40
    random = rng(count)
    begins = random.integers(0, slots, count).astype(np.int32)
    ends = np.minimum(begins + random.integers(0, 12, count), slots).astype(np.int32)
    values = random.integers(0, 30, count) / 30
    # Weights that grow by 2^60: what is left of heavy ones would drown the light ones.
    weights = np.stack([np.ones(count), np.exp2(random.uniform(-60, 0, count))])
    ranks = np.full(count, -1, dtype=np.int32)
    standing = np.flatnonzero(begins < ends)
    ranks[standing[np.argsort(values[standing], kind="stable")]] = np.arange(standing.size)
    low, high = middles(np.array([0, count]), ranks, begins, ends, weights, np.array([0, slots]))
    for slot in range(slots):
        here = (begins <= slot) & (slot < ends)
        for w in range(2):
            if not here.any():
                assert low[w, slot] == -1
                continue
            found = (values[low[w, slot]] + values[high[w, slot]]) / 2
            assert found == pytest.approx(weighted_median(values[here], weights[w][here]))


def test_clustering_is_stable_whatever_the_order_of_time():
    random = rng(5)
    n = 4000
    rows = Forecasts(
        question=random.integers(0, 9, n),
        forecaster=random.integers(0, 7, n),
        made=random.integers(0, 50, n),
        probabilities=np.arange(n) / n,
    )
    found = clustered(rows)
    order = np.lexsort((rows.made, rows.forecaster, rows.question))
    np.testing.assert_array_equal(found.probabilities, rows.probabilities[order])


def test_windows_are_those_of_day_marks():
    zones = (UTC, UTC, ZoneInfo("Europe/Berlin"), UTC, ZoneInfo("America/Sao_Paulo"))
    opens = np.array([0, 5 * DAY + 7, 19_811 * DAY, 3, 17_838 * DAY + 9])
    ends = np.array([DAY, 9 * DAY + 6, 19_815 * DAY, 3, 17_840 * DAY])
    days = window_days(Questions(opens, ends, ends, np.zeros(5, dtype=int), zones))
    for i in range(5):
        expected = day_marks(int(opens[i]), int(ends[i]), zones[i])
        found = days.marks[days.starts[i] : days.starts[i + 1]]
        np.testing.assert_array_equal(found, expected)


@limits(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), min_size=1))
def test_the_fast_corp_curve_is_the_readable_one(pairs):
    p, y = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    fast, slow = corp_curve(p, y), reliability_curve(p, y)
    for name in ("stated", "observed", "counts", "questions", "weight"):
        np.testing.assert_allclose(getattr(fast, name), getattr(slow, name), rtol=0, atol=1e-12)
    for name in ("miscalibration", "discrimination", "uncertainty"):
        assert getattr(fast, name) == pytest.approx(getattr(slow, name), abs=1e-12)


def test_the_fast_corp_curve_is_that_of_scikit_learn():
    p = rng(2).random(3000)
    y = (rng(3).random(3000) < p**2).astype(float)
    curve = corp_curve(p, y)
    expected = IsotonicRegression().fit(p, y).predict(curve.stated)
    np.testing.assert_allclose(curve.observed, expected, rtol=0, atol=1e-9)


def one_question(**changes):
    values = {"opens": [0], "closes": [4 * DAY], "ends": [4 * DAY], "outcome": [0]}
    return Questions(**(values | changes))


def test_the_ready_made_losses_of_any_unit_are_averaged():
    rows = Forecasts(
        np.zeros(2, dtype=np.int32),
        np.zeros(2, dtype=np.int32),
        np.array([1, 2 * DAY + 1]),
        np.array([300.0, -100.0]),
        checked=True,
    )
    assert average_losses(one_question(), rows).score.tolist() == [100.0]


def test_a_lone_forecaster_has_no_peers_and_no_forecast_no_row():
    found = score_all(one_question(), Forecasts([0], [3], [1], [0.7]))
    assert (found.forecaster.tolist(), found.peer.tolist()) == ([3], [0.0])
    empty = score_all(one_question(), Forecasts([], [], [], []))
    assert empty.score.size == 0
    assert np.isnan(empty.crowd["median"]).all()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Forecasts([0], [0], [0], [1.5]), r"probabilities\[0\] is 1.5, not in \[0, 1\]"),
        (lambda: Forecasts([0], [0], [0], [np.nan]), r"probabilities\[0\] is nan"),
        (lambda: Forecasts([0], [0], [0], [[0.5, 0.4]]), r"probabilities\[0\] sums to 0.9, not 1"),
        (lambda: Forecasts([-1], [0], [0], [0.5]), r"question\[0\] is -1, negative"),
        (lambda: Forecasts([0], [0], [0.5], [0.5]), "made must be whole numbers"),
        (lambda: Forecasts([0], [0, 1], [0], [0.5]), "forecaster has 2 rows, not 1"),
        (lambda: one_question(outcome=[-1]), r"outcome\[0\] is -1, negative"),
        (lambda: one_question(opens=[-(2**60)]), r"opens\[0\] .* years 2 to 9997"),
        (lambda: one_question(zones=(UTC, UTC)), "zones has 2 entries, not 1"),
        (lambda: Settings(rule="brie"), "rule is 'brie', not one of brier"),
        (lambda: Settings(clip=0), "clip must fulfil"),
        (lambda: score_all(one_question(), Forecasts([1], [0], [0], [0.5])), "question 1 is not"),
        (
            lambda: score_all(one_question(outcome=[2]), Forecasts([0], [0], [0], [0.5])),
            "outcome 2 is no option of 2",
        ),
        (
            lambda: score_all(
                one_question(), Forecasts([0], [2], [0], [0.5]), members=np.array([True])
            ),
            "members has 1 entries",
        ),
        (
            lambda: time_averages(
                one_question(), Forecasts([0], [0], [0], [0.5]), Settings(before_first="crowd")
            ),
            "only skip is possible",
        ),
        (lambda: corp_curve([0.5], [2]), r"happened\[0\] is 2, not 0 or 1"),
    ],
)
def test_bad_input_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_importing_the_engine_loads_no_compiler():
    code = "import sys, forecasts.maths.engine; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
