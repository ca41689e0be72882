"""A statement that somebody points at."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.candidate import Candidate
from forecasts.reading.marking import Pointed, candidate_at, located

TEXT = (
    "China is unlikely to complain. Talks will\nresume in May if Bonn agrees, said Anna Schmidt. "
    "There is a 60% chance of rain. It is a tall order for the party to keep its seats. "
    "He says China is unlikely to complain."
)


def pointed(quote: str, hedge: str = "", **more: str) -> Candidate:
    return candidate_at(TEXT, Pointed(quote, hedge, **more), published=date(2024, 1, 1))  # type: ignore[arg-type]


def test_a_quotation_is_found_whatever_white_space_is_between_its_words() -> None:
    found = pointed(" Talks will resume  in May ")
    assert TEXT[found.start : found.end] == found.quote == "Talks will\nresume in May"
    assert (found.hedge, found.polarity, found.probability) == ("will", "affirm", 0.95)
    assert (found.horizon_end, found.speaker_kind) == (date(2024, 5, 31), "author")


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("China is unlikely to complain", "more than once"),
        ("China will complain", "does not stand in the article"),
        ("alks will", "does not stand in the article"),
        ("talks will", "does not stand in the article"),
        ("  ", "1 to 1,000 characters"),
        ("x" * 1_001, "1 to 1,000 characters"),
    ],
)
def test_a_quotation_that_is_absent_or_ambiguous_is_refused(quote: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        pointed(quote)


def test_places_that_overlap_are_two_places() -> None:
    with pytest.raises(ValueError, match="more than once"):
        located("la la la", "la la")


def test_a_percentage_in_the_words_is_taken_as_it_stands() -> None:
    found = pointed("There is a 60% chance of rain")
    assert (found.probability_low, found.probability, found.scale) == (0.6, 0.6, "stated")


def test_words_that_no_scale_lists_need_a_wording_they_stand_for() -> None:
    quote = "It is a kind of miracle for the party to keep its seats"
    text = f"{quote}."
    with pytest.raises(ValueError, match="no scale lists the words “kind of miracle”"):
        candidate_at(text, Pointed(quote, "kind of miracle"), published=None)
    found = candidate_at(text, Pointed(quote, "kind of miracle", "unlikely"), published=None)
    assert (found.hedge, found.phrase, found.polarity) == (
        "kind of miracle",
        "unlikely",
        "negative",
    )
    assert (found.probability_low, found.probability, found.probability_high) == (0.1, 0.22, 0.35)


def test_no_words_of_likelihood_and_none_named() -> None:
    with pytest.raises(ValueError, match="no words of likelihood"):
        candidate_at("The sun set in May.", Pointed("The sun set in May"), published=None)
    with pytest.raises(ValueError, match="words of likelihood “maybe”: does not stand"):
        pointed("Talks will resume", "maybe")


def test_words_of_likelihood_and_a_condition_may_come_twice() -> None:
    text = "If elected, he will go and she will stay. If elected, they rest."
    pointing = Pointed("he will go and she will stay", "will", condition="If elected")
    found = candidate_at(text, pointing, published=None)
    assert (found.hedge, found.condition) == ("will", "If elected")


def test_the_reader_may_say_that_the_words_speak_against_it() -> None:
    found = pointed("Talks will resume", "will", polarity="negative")
    assert (found.polarity, found.phrase) == ("negative", "will not")
    assert found.probability == pytest.approx(0.05)


def test_speaker_and_condition_as_pointed_out() -> None:
    found = pointed("Talks will resume in May", speaker="Anna Schmidt", condition="if Bonn\nagrees")
    assert (found.speaker, found.speaker_kind) == ("Anna Schmidt", "named")
    assert found.condition == "if Bonn agrees"
    assert pointed("Talks will resume", speaker="two officials").speaker_kind == "unnamed"
    with pytest.raises(ValueError, match="condition “if Rome agrees”: does not stand"):
        pointed("Talks will resume", condition="if Rome agrees")


@given(st.text(alphabet="ab \n.(+*", max_size=30), st.data())
def test_what_is_located_is_the_quotation(text: str, data: st.DataObject) -> None:
    borders = st.integers(0, len(text))
    first, last = sorted(data.draw(st.tuples(borders, borders)))
    quote = text[first:last]
    try:
        start, end = located(text, quote)
    except ValueError:
        return
    assert text[start:end].split() == quote.split()
    assert not re.match(r"\w", text[end : end + 1]) or not text[end - 1].isalnum()
