"""The same words by another scale."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.candidate import Candidate
from forecasts.reading.restating import estimate_under, restated
from forecasts.reading.scales import RECOMMENDED, Estimate, entries, scale_names
from forecasts.reading.statements import read_statements

ARTICLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))


def read(text: str, scale: str = RECOMMENDED) -> Candidate:
    (found,) = read_statements(text, published=date(2024, 7, 11), scale=scale)
    return found


@pytest.mark.parametrize(
    ("scale", "low", "point", "high"),
    [
        ("icd203", 0.2, 0.325, 0.45),
        ("phia", 0.25, 0.3, 0.35),
        ("nato", 0.1, 0.25, 0.4),
        ("ipcc", 0, 0.165, 0.33),
        ("kucharski", 0.1, 0.2, 0.25),
    ],
)
def test_unlikely_by_the_published_scales(
    scale: str, low: float, point: float, high: float
) -> None:
    found = restated(read("China is unlikely to complain."), scale)
    numbers = (found.probability_low, found.probability, found.probability_high, found.scale)
    assert numbers == (low, point, high, scale)
    assert found.polarity == "negative"


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("scale", ["icd203", "nato", "kent"])
def test_switching_gives_what_reading_by_that_scale_gives(path: Path, scale: str) -> None:
    text = path.read_text(encoding="utf-8")
    switched = [restated(one, scale) for one in read_statements(text)]
    assert switched == read_statements(text, scale=scale)


@given(
    st.sampled_from(scale_names()),
    st.sampled_from(scale_names()),
    st.sampled_from(sorted(entries(RECOMMENDED))),
)
def test_switching_there_and_back_changes_nothing(first: str, second: str, phrase: str) -> None:
    start = restated(replace(read("Talks will resume."), phrase=phrase, scale="-"), first)
    assert restated(restated(start, second), first) == start
    numbers = estimate_under(start, second)
    assert 0 <= numbers.low <= numbers.point <= numbers.high <= 1
    assert numbers.scale in (second, RECOMMENDED)


def test_no_scale_asked_for_keeps_what_was_read() -> None:
    found = replace(read("Talks will resume."), probability=0.5, scale="an older table")
    assert restated(found, None) == found


def test_a_number_of_the_text_belongs_to_no_scale() -> None:
    found = read("There is a 60% chance that talks will resume.")
    assert (found.scale, found.phrase) == ("stated", None)
    assert restated(found, "nato") == found


@pytest.mark.parametrize(
    ("hedge", "numbers", "expected"),
    [
        ("will likely", (0.55, 0.68, 0.8), Estimate(0.6, 0.75, 0.9, "nato")),
        ("is unlikely to", (0.1, 0.22, 0.35), Estimate(0.1, 0.25, 0.4, "nato")),
        ("could still", (0.25, 0.38, 0.5), Estimate(0.25, 0.38, 0.5, RECOMMENDED)),
        ("quite unheard of", (0.1, 0.2, 0.3), Estimate(0.1, 0.2, 0.3, RECOMMENDED)),
    ],
)
def test_a_statement_stored_without_its_phrase(
    hedge: str, numbers: tuple[float, float, float], expected: Estimate
) -> None:
    low, point, high = numbers
    old = replace(
        read("Talks will resume."),
        hedge=hedge, phrase=None, probability_low=low, probability=point, probability_high=high,
    )  # fmt: skip
    assert estimate_under(old, "nato") == expected


def test_an_unknown_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="scale must be one of"):
        restated(read("Talks will resume."), "guess")
