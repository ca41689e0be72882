"""Crowds that need more than sums and a middle, with many standing at once."""

import numpy as np
import pytest

from forecasts.maths.engine import AGGREGATES, NEVER, Forecasts, Questions, Settings, score_all
from forecasts.maths.engine.changes import changes_of
from forecasts.maths.engine.rank_weights import MOST, rank_weighted_medians
from forecasts.maths.engine.trimming import trimmed_means
from forecasts.maths.pooling import pool

DAY = 86_400_000_000
PEOPLE, SLOTS = 60, 50


def spans(rng, updates, values):
    """Rows of PEOPLE forecasters in order of forecaster and time; some days lie between two."""
    begins, ends = [], []
    for _ in range(PEOPLE):
        edges = np.sort(rng.choice(SLOTS + 1, 2 * updates, replace=False))
        begins += edges[::2].tolist()
        ends += edges[1::2].tolist()
    size = PEOPLE * updates
    p = rng.random(size) if values is None else rng.integers(0, values, size) / values
    # As many at one instant as it takes for ties in age to matter.
    made = np.array(begins) * DAY + rng.integers(0, 3, size)
    return np.array(begins, dtype=np.int32), np.array(ends, dtype=np.int32), p, made


def standing(begins, ends, p, made, updates):
    """The same as ``pool`` takes it: (m, d, 2) and (m, d)."""
    stated = np.full((PEOPLE, SLOTS), np.nan)
    when = np.full((PEOPLE, SLOTS), NEVER)
    for row, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        stated[row // updates, begin:end] = p[row]
        when[row // updates, begin:end] = made[row]
    return np.stack([stated, 1 - stated], axis=2), when


@pytest.mark.parametrize("updates", [1, 3, 20])
@pytest.mark.parametrize("values", [None, 10, 2])
def test_both_kernels_say_what_the_definitions_say(updates, values):
    rng = np.random.default_rng(updates)
    # Two questions beside each other, so that what is left of one is not found in the other.
    parts = [spans(rng, updates, values) for _ in range(2)]
    begins, ends, p, made = (np.concatenate(column) for column in zip(*parts, strict=True))
    row_starts = np.array([0, PEOPLE * updates, 2 * PEOPLE * updates])
    slot_starts = np.array([0, SLOTS, 2 * SLOTS])
    changes = changes_of(row_starts, begins, ends, slot_starts)
    trimmed = trimmed_means(row_starts, p, changes, slot_starts)
    by_rank = rank_weighted_medians(row_starts, p, made, changes, slot_starts)
    for q, part in enumerate(parts):
        stated, when = standing(*part, updates)
        here = slice(q * SLOTS, (q + 1) * SLOTS)
        for found, name in ((trimmed, "trimmed_mean"), (by_rank, "metaculus_median")):
            expected = pool(stated, when, name).forecasts[:, 0]
            np.testing.assert_allclose(found[here], expected, rtol=0, atol=1e-12, err_msg=name)


def test_a_large_value_that_is_gone_leaves_nothing_behind():
    """Sums kept by adding and subtracting would be off by what the large one rounded away."""
    begins, ends = np.array([0, 0], dtype=np.int32), np.array([2, 1], dtype=np.int32)
    changes = changes_of(np.array([0, 2]), begins, ends, np.array([0, 2]))
    found = trimmed_means(np.array([0, 2]), np.array([1e-20, 1.0]), changes, np.array([0, 2]))
    assert found.tolist() == [0.5, 1e-20]


def test_a_crowd_that_gives_every_option_nothing_is_flagged():
    """Three sure of a different option each: every median is 0, so the mean, 1/3, stands in."""
    ends = np.array([6 * DAY])
    questions = Questions(np.array([0]), ends, ends, np.array([0]))
    rows = Forecasts(
        np.zeros(4, dtype=int), np.array([0, 0, 1, 2]), np.array([0, 4, 0, 0]) * DAY,
        np.array([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]),
    )  # fmt: skip
    for clock in ("daily", "continuous"):
        found = score_all(questions, rows, Settings(clock=clock), aggregates=AGGREGATES)
        assert found.by_mean["median"].tolist() == [pytest.approx(4 / 6)]
        assert found.crowd["median"][0] == pytest.approx((4 * 1 / 3 + 2 * 1) / 6)
        assert found.by_mean["trimmed_mean"].tolist() == [0.0]


def test_what_rounding_leaves_of_those_who_are_gone_is_no_probability():
    """On day 4 one who is certain remains; sums of what came and went make it 1 + 2e-16."""
    ends = np.array([5 * DAY])
    rows = {
        "question": np.zeros(3, dtype=int),
        "forecaster": np.array([0, 0, 1]),
        "made": np.array([0, 2, 0]) * DAY,
        "expires": np.array([NEVER, 3 * DAY, NEVER]),
    }
    shares = np.array([[2 / 7, 4 / 7, 1 / 7], [0, 1 / 3, 2 / 3], [0, 1, 0]])
    asked = Questions(np.array([0]), ends, ends, np.array([1]))
    for rule in ("brier", "log_score"):
        for p in (shares, shares[:, 1]):
            found = score_all(
                asked, Forecasts(probabilities=p, **rows), Settings(rule), aggregates=["mean"]
            )
            assert np.isfinite(found.crowd["mean"]).all()


def test_too_many_forecasts_for_weights_by_rank_are_refused():
    row_starts, slot_starts = np.array([0, MOST + 1]), np.array([0, 0])
    nothing = np.zeros(MOST + 1, dtype=np.int32)
    changes = changes_of(row_starts, nothing, nothing, slot_starts)
    with pytest.raises(ValueError, match="up to 1900000 forecasts a question, got 1900001"):
        rank_weighted_medians(row_starts, nothing * 0.5, nothing, changes, slot_starts)
