"""What people type: exactly one way to be read, or one line that says why not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.errors import InvalidInput, TrackerError
from forecasts.services.inputs import (
    check_probabilities,
    check_text,
    folded,
    parse_probability,
)


@given(st.integers(0, 10_000))
def test_a_share_and_its_percentage_are_the_same(basis_points):
    share = parse_probability(f"{basis_points / 10_000:.4f}")
    assert math.isclose(share, parse_probability(f"{basis_points / 100:.2f}%"), abs_tol=1e-15)
    assert share == basis_points / 10_000


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0.37", 0.37),
        ("37%", 0.37),
        (".5", 0.5),
        ("0", 0.0),
        ("1", 1.0),
        ("100%", 1.0),
        (" 7% ", 0.07),
    ],
)
def test_these_are_probabilities(text, share):
    assert parse_probability(text) == share


@pytest.mark.parametrize(
    "text",
    ["", " ", "-0.01", "1.0000001", "101%", "nan", "inf", "0,35", "1e-3", "37 %", "37%%", "½",
     "٣٧%", "０.５", "0.5\n", "0x1", "+0.5", "1_0%", "fifty", "0.5 0.6", "9" * 400, "%", "."],
)  # fmt: skip
def test_nothing_else_is(text):
    with pytest.raises(InvalidInput) as refusal:
        parse_probability(text)
    assert str(refusal.value).startswith("probability ")
    assert "\n" not in str(refusal.value)


@given(st.text())
def test_any_text_is_a_probability_or_refused(text):
    try:
        share = parse_probability(text)
    except TrackerError as refusal:
        share, text = 0.0, str(refusal)
    assert 0 <= share <= 1
    assert "\n" not in text


OPTIONS = ("a", "b", "c")


@pytest.mark.parametrize(
    ("shares", "total"), [((0.5, 0.3, 0.22), "1.02"), ((0.2, 0.2, 0.2), "0.6"), ((0, 0, 0), "0")]
)
def test_a_sum_that_misses_1_is_named(shares, total):
    with pytest.raises(InvalidInput, match=f"sum to {total}, not to 1"):
        check_probabilities(shares, OPTIONS)


def test_a_sum_within_the_tolerance_is_kept_as_given():
    assert check_probabilities((0.3, 0.3, 0.4000005), OPTIONS) == (0.3, 0.3, 0.4000005)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "e" + "\u0301" * 10_000, "x" * 100_001, ""])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(InvalidInput, match=r"^note ") as refusal:
        check_text("note", text)
    assert len(str(refusal.value)) < 250
    str(refusal.value).encode()  # can be printed


@pytest.mark.parametrize(
    "text", ["Việt Nam", "مرحبا", "'; DROP TABLE forecast; --", "{0.__class__}", "%s"]
)
def test_what_is_text_is_kept(text):
    assert check_text("note", text) == text


def test_names_are_compared_as_readers_do():
    assert folded("Yes") == folded("yes ") == folded("Ｙes")
    assert folded("yes") != folded("no")
