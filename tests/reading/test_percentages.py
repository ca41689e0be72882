"""Probabilities that a text gives as numbers: laws of their reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.chances.percentages import closing_odds, stated_odds, stated_percentage

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
counts = st.integers(1, 10)


@given(counts, counts, st.sampled_from([" ", "-"]), st.booleans())
def test_so_many_in_so_many_is_a_share(part: int, whole: int, gap: str, spelt: bool) -> None:
    said = [WORDS[n - 1] if spelt else str(n) for n in (part, whole)]
    found = stated_odds(f"at {said[0]}{gap}in{gap}{said[1]}")
    share = round(part / whole, 4)
    assert found == ((share, share) if part <= whole else None)


@given(counts, counts)
def test_odds_against_and_on_are_complements(left: int, right: int) -> None:
    against = stated_odds(f"{WORDS[left - 1]} to {WORDS[right - 1]} against")
    on = stated_odds(f"{left} to {right} on")
    assert against is not None
    assert on is not None
    assert against[0] + on[0] == pytest.approx(1, abs=2e-4)


@given(st.integers(10, 90), st.integers(10, 90), st.sampled_from("-–/"))
def test_a_split_is_one_only_of_a_hundred(left: int, right: int, between: str) -> None:
    found = stated_odds(f"put it at {left}{between}{right}")
    assert found == ((left / 100, left / 100) if left + right == 100 else None)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_percentage_is_read_lowest_first(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert stated_percentage(f"a {one}-{other}% chance") == (low / 100, high / 100)
    assert stated_percentage(f"{one} per cent") == (one / 100, one / 100)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("two-thirds", 0.6667),
        ("one third", 0.3333),
        ("three-quarters", 0.75),
        ("sixty-forty", 0.6),
        ("three to one against", 0.25),
        ("a third war", None),
        ("growth of 250%", None),
    ],
)
def test_what_is_said_in_words(text: str, share: float | None) -> None:
    assert stated_percentage(text) == (None if share is None else (share, share))


@pytest.mark.parametrize("whole", WORDS[1:])
def test_odds_count_at_the_end_alone_where_they_may_be_a_share(whole: str) -> None:
    assert closing_odds(f"an invasion at one in {whole}.") is not None
    assert closing_odds(f"the party one in {whole} seats") is None
    assert closing_odds("two-thirds") is None
    assert closing_odds("the vote at 52-48") is None
    assert closing_odds("a strike at sixty-forty") == (0.6, 0.6)
