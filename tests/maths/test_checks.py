import re

import numpy as np
import pytest

from forecasts.maths.checks import (
    check_distribution,
    check_instants,
    check_options,
    check_probabilities,
)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0.2, 1.2], "p[1] is 1.2, not in [0, 1]"),
        ([-0.1], "p[0] is -0.1, not in [0, 1]"),
        ([0.2, float("nan")], "p[1] is nan, not in [0, 1]"),
        ([float("inf")], "p[0] is inf, not in [0, 1]"),
        ([], "p must be 1-d and not empty, got shape (0,)"),
        ([[0.5]], "p must be 1-d and not empty, got shape (1, 1)"),
    ],
)
def test_a_bad_probability_is_named(values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        check_probabilities(values, name="p")


def test_the_ends_of_the_range_are_probabilities():
    assert check_probabilities([0, 1]).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[0.5, 0.5], [0.5, 0.4]], "rows[1] = [0.5, 0.4] sums to 0.9, not 1"),
        ([[0.5, 0.5], [0.5, float("nan")]], "rows[1, 1] is nan, not in [0, 1]"),
        ([[1.5, -0.5]], "rows[0, 0] is 1.5, not in [0, 1]"),
        ([0.5, 0.5], "rows must have shape (n, K) with K >= 2, got (2,)"),
        ([[1.0]], "rows must have shape (n, K) with K >= 2, got (1, 1)"),
    ],
)
def test_a_bad_distribution_is_named(rows, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        check_distribution(rows, name="rows")


def test_a_sum_is_right_within_a_millionth_and_never_renormalised():
    row = [0.3, 0.3, 0.3999995]
    assert check_distribution([row]).tolist() == [row]
    with pytest.raises(ValueError, match="not 1"):
        check_distribution([[0.3, 0.3, 0.399998]])


@pytest.mark.parametrize("outcome", [True, 1.0, "0", [0, 1, 0], 2, -1, [0, 2], None])
def test_what_is_not_an_option_is_refused(outcome):
    with pytest.raises(ValueError, match=r"^outcome"):
        check_options(outcome, 2, 2)


def test_one_outcome_stands_for_all_rows():
    assert check_options(np.int32(1), 3, 4).tolist() == [1, 1, 1, 1]


def test_instants_are_whole_microseconds():
    with pytest.raises(ValueError, match="made must be whole microseconds"):
        check_instants([1.5], name="made")
    with pytest.raises(ValueError, match="made must be 1-d"):
        check_instants([[1]], name="made")
    assert check_instants([], name="made").dtype == np.int64
