import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.aggregation import change_points, crowd_median
from forecasts.maths.timeline import NEVER, History


def history(*rows):
    """Rows of (made, distribution or None for a withdrawal, expiry or NEVER), sorted."""
    k = next((len(p) for _, p, _ in rows if p is not None), 2)
    return History(
        made=[made for made, _, _ in rows],
        probabilities=np.array(
            [[np.nan] * k if p is None else p for _, p, _ in rows], dtype=float
        ).reshape(len(rows), k),
        withdrawn=[p is None for _, p, _ in rows],
        expires=[expires for _, _, expires in rows],
    )


def distributions(k):
    counts = st.lists(st.integers(0, 4), min_size=k, max_size=k).filter(any)
    return counts.map(lambda c: [n / sum(c) for n in c])


def crowds(k):
    row = st.tuples(
        st.integers(0, 12),
        st.one_of(st.none(), distributions(k)),
        st.one_of(st.just(NEVER), st.integers(0, 14)),
    )
    said = st.lists(row, min_size=1, max_size=5).map(lambda rows: sorted(rows, key=lambda r: r[0]))
    spoke = said.filter(lambda rows: any(p is not None for _, p, _ in rows))
    return st.lists(spoke, min_size=1, max_size=6)


any_crowd = st.sampled_from([2, 3, 4]).flatmap(crowds)


def standing_at(moment, rows):
    said = [(p, expires) for made, p, expires in rows if made <= moment]
    if not said or said[-1][0] is None or said[-1][1] <= moment:
        return None
    return said[-1][0]


def crowd_at(moment, crowd):
    standing = [p for rows in crowd if (p := standing_at(moment, rows)) is not None]
    if not standing:
        return None
    middle = [statistics.median(option) for option in zip(*standing, strict=True)]
    if len(middle) == 2:
        return middle
    if sum(middle) == 0:
        middle = [statistics.fmean(option) for option in zip(*standing, strict=True)]
    return [m / sum(middle) for m in middle]


@given(any_crowd)
def test_agrees_with_the_median_taken_forecaster_by_forecaster(crowd):
    instants = np.arange(-1, 16)
    found = crowd_median([history(*rows) for rows in crowd], instants)
    for moment, row in zip(instants, found, strict=True):
        expected = crowd_at(moment, crowd)
        if expected is None:
            assert np.isnan(row).all()
        else:
            np.testing.assert_allclose(row, expected, atol=1e-12)
            assert row.sum() == pytest.approx(1, abs=1e-12)


@given(any_crowd)
def test_between_change_points_the_crowd_does_not_change(crowd):
    histories = [history(*rows) for rows in crowd]
    changes = change_points(histories)
    assert (np.diff(changes) > 0).all()
    instants = np.arange(-1, 16)
    every = crowd_median(histories, instants)
    for i in range(1, len(instants)):
        if instants[i] not in changes:
            np.testing.assert_array_equal(every[i], every[i - 1])


@given(any_crowd, st.randoms())
def test_the_order_of_the_forecasters_does_not_matter(crowd, random):
    histories = [history(*rows) for rows in crowd]
    instants = np.arange(15)
    before = crowd_median(histories, instants)
    random.shuffle(histories)
    np.testing.assert_allclose(crowd_median(histories, instants), before, atol=1e-15)


def test_many_instants_are_computed_in_blocks_with_the_same_result(monkeypatch):
    rng = np.random.default_rng(1)
    histories = [
        history(*((int(made), [p, 1 - p], NEVER) for made, p in zip(times, ps, strict=True)))
        for times, ps in zip(
            np.sort(rng.integers(0, 500, (7, 20)), axis=1), rng.random((7, 20)), strict=True
        )
    ]
    instants = np.arange(500)
    whole = crowd_median(histories, instants)
    monkeypatch.setattr("forecasts.maths.aggregation._BLOCK", 100)
    np.testing.assert_array_equal(crowd_median(histories, instants), whole)


def test_a_forecast_counts_at_the_instant_it_is_made_and_not_when_it_expires():
    crowd = crowd_median([history((5, [0.2, 0.8], 8))], np.array([4, 5, 7, 8]))
    assert np.isnan(crowd[:, 0]).tolist() == [True, False, False, True]


def test_the_median_of_four_is_the_mean_of_the_middle_two():
    said = [history((0, [p, 1 - p], NEVER)) for p in (0.1, 0.2, 0.4, 0.9)]
    np.testing.assert_allclose(crowd_median(said, np.array([0])), [[0.3, 0.7]])


def test_the_mean_stands_in_where_all_medians_are_zero():
    said = [history((0, p, NEVER)) for p in ([1, 0, 0], [0, 1, 0], [0, 0, 1])]
    np.testing.assert_allclose(crowd_median(said, np.array([0])), [[1 / 3] * 3])


def test_an_expiry_after_the_next_forecast_changes_nothing():
    said = history((1, [0.2, 0.8], 9), (4, [0.3, 0.7], 6), (8, None, 10))
    assert change_points([said]).tolist() == [1, 4, 6, 8]


def test_nobody_never_changes():
    assert change_points([]).tolist() == []
    assert change_points([history()]).tolist() == []


def test_a_crowd_in_which_nobody_spoke_is_nan():
    assert np.isnan(crowd_median([history()], np.array([0, 1]))).all()
    assert crowd_median([history()], np.array([], dtype=np.int64)).shape == (0, 2)


def test_bad_input_is_refused():
    two, three = history((0, [0.2, 0.8], NEVER)), history((0, [0.2, 0.3, 0.5], NEVER))
    with pytest.raises(ValueError, match=r"one number of options, got \[2, 3\]"):
        crowd_median([two, three], np.array([0]))
    with pytest.raises(ValueError, match=r"one number of options, got \[\]"):
        crowd_median([], np.array([0]))
    with pytest.raises(ValueError, match="instants must be whole microseconds"):
        crowd_median([two], np.array([0.5]))
