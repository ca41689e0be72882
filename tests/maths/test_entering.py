import numpy as np
import pytest
from crowds import DAY, HOUR, belief, belief_before, crowds, history
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.entering import entering, old_enough

one = crowds(3, most=1).map(lambda crowd: crowd[0])
windows = st.tuples(st.integers(-24, 30), st.integers(0, 80))


def enter(rows, window, which):
    opens, length = window
    said = history(rows, 3)
    return entering(said, opens=opens * HOUR, ends=(opens + length) * HOUR, which=which)


@given(one, windows)
def test_each_choice_agrees_with_a_replay_of_the_hours(rows, window):
    opens, ends = window[0], window[0] + window[1]
    days = [hour for hour in range(opens + 1, ends + 1) if hour % 24 == 0]
    days = days or ([ends] if opens < ends else [])
    stood = [p for hour in range(opens, ends) if (p := belief(rows, hour))]
    daily = [p for hour in days if (p := belief_before(rows, hour))]
    last = belief_before(rows, ends) if opens < ends else None
    expected = {"daily": daily, "first": stood[:1], "last": [last] if last else []}
    for which, values in expected.items():
        found = enter(rows, window, which)
        assert found.probabilities.tolist() == values
        assert found.weights.tolist() == [1 / len(values) for _ in values]
    every = enter(rows, window, "every").probabilities.tolist()
    assert {tuple(p) for p in every} == {tuple(p) for p in stood}


def test_a_change_of_mind_within_the_hour_still_counts_as_stated():
    rows = [(0, [1, 0, 0], None), (0, [0, 1, 0], None), (5, [0, 1, 0], None)]
    assert len(enter(rows, (0, 24), "every").weights) == 2


def test_a_question_enters_once_its_close_has_passed():
    assert old_enough([DAY, 2 * DAY, 3 * DAY], 2 * DAY).tolist() == [True, True, False]


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="which is 'best', not one of daily, last, first, every"):
        enter([], (0, 24), "best")
    with pytest.raises(ValueError, match="closes must be whole microseconds"):
        old_enough(np.array([0.5]), 0)
