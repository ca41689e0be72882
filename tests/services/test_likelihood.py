"""A probability typed as a percentage, as odds or as a word is one number, or one clear refusal."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.errors import InvalidInput
from forecasts.reading.naming import word_for
from forecasts.reading.scales import scale_names
from forecasts.services.likelihood import parse_likelihood


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_odds_on_and_against_are_the_two_sides_of_one_judgement(first, second):
    on, _ = parse_likelihood(f"{first}:{second} on")
    against, _ = parse_likelihood(f"{first} to {second} against")
    assert math.isclose(on, first / (first + second))
    assert math.isclose(on + against, 1)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("37%", 0.37), ("0.37", 0.37), ("3:1 on", 0.75), ("3/1 against", 0.25), ("3:1 for", 0.75),
        ("1 in 4", 0.25), ("evens", 0.5), ("1:1", 0.5), ("2.5 to 1 against", 1 / 3.5),
    ],
)  # fmt: skip
def test_these_are_probabilities(text, share):
    assert parse_likelihood(text) == (pytest.approx(share), None)


def test_a_word_is_read_by_the_scale_named():
    # ICD 203 (2015): likely 55-80 %. PHIA yardstick (2018): likely 55-75 %.
    _, icd = parse_likelihood("Likely", "icd203")
    _, phia = parse_likelihood("likely", "phia")
    assert icd is not None
    assert phia is not None
    assert (icd.low, icd.high, icd.scale) == (0.55, 0.80, "icd203")
    assert (phia.low, phia.high, phia.scale) == (0.55, 0.75, "phia")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3:1", "3:1 on is 75%, 3:1 against is 25%"),
        ("0:1 on", "above 0"),
        ("5 in 4", "cannot exceed"),
        ("could", "not how likely"),
        ("may not", "not how likely"),
        ("purple", "a word such as likely"),
        ("nan", "a word such as likely"),
        ("120%", "between 0 and 1"),
        ("", "a number such as"),
        ("likely " * 30_000, "a word such as likely"),
    ],
)
def test_what_can_be_misread_is_refused_with_the_way_out(text, why):
    with pytest.raises(InvalidInput) as refusal:
        parse_likelihood(text)
    assert why in str(refusal.value)
    assert len(str(refusal.value)) < 400


@given(st.floats(0, 1), st.sampled_from(scale_names()))
def test_the_word_of_a_number_stands_for_a_range_that_holds_it(share, scale):
    found = word_for(share, scale)
    if found is not None:
        word, meant = found
        assert meant.low <= share <= meant.high
        assert parse_likelihood(word, scale) == (meant.point, meant)


def test_gaps_of_a_scale_stay_gaps():
    assert word_for(0.22, "phia") is None  # the yardstick has nothing from 20 to 25 %


@given(st.text(max_size=100))
def test_any_text_is_a_probability_or_refused(text):
    try:
        share, _ = parse_likelihood(text)
    except InvalidInput as refusal:
        share, text = 0.0, str(refusal)
    assert 0 <= share <= 1
