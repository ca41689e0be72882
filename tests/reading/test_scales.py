"""Estimative words and their numbers."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.scales import entries, estimate, normal_form, scale_names, wordings

ROWS = [
    row
    for row in csv.DictReader(
        files("forecasts.reading").joinpath("phrases.csv").read_text(encoding="utf-8").splitlines()
    )
    if row["point"]
]
PREFIXES = {
    "recommended": "RECOMMENDED",
    "icd203": "ICD 203",
    "phia": "UK PHIA",
    "nato": "NATO",
    "kent": "Kent",
    "ipcc": "IPCC",
    "efsa": "EFSA",
    "kesselman": "Kesselman",
    "zonination": "zonination",
    "mauboussin": "Mauboussin",
    "kucharski": "Kucharski",
    "fagen-ulmschneider": "Fagen",
}
named = st.sampled_from([(s, phrase) for s in scale_names() for phrase in entries(s)])


def scale_of(row: dict[str, str]) -> str:
    return next(s for s, prefix in PREFIXES.items() if row["source"].startswith(prefix))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['source'][:12]}: {r['phrase'][:30]}")
def test_every_phrase_maps_under_its_own_standard_to_exactly_its_range(row: dict[str, str]) -> None:
    expected = tuple(float(row[column]) for column in ("low", "point", "high"))
    for wording in wordings(row["phrase"]):
        found = estimate(wording, scale_of(row))
        assert (found.low, found.point, found.high) == expected
        assert found.scale == scale_of(row)


@given(named)
def test_numbers_are_ordered_probabilities(entry: tuple[str, str]) -> None:
    found = estimate(entry[1], entry[0])
    assert 0 <= found.low <= found.point <= found.high <= 1


@given(named)
def test_the_complement_of_the_complement_is_the_same_judgement(entry: tuple[str, str]) -> None:
    found = estimate(entry[1], entry[0])
    twice = found.complement().complement()
    assert (twice.low, twice.point, twice.high) == pytest.approx(
        (found.low, found.point, found.high)
    )


@given(named)
def test_very_moves_away_from_even_and_never_past_the_end(entry: tuple[str, str]) -> None:
    found = estimate(entry[1], entry[0])
    stronger = found.stronger()
    assert 0 <= stronger.low <= stronger.point <= stronger.high <= 1
    assert abs(stronger.point - 0.5) >= abs(found.point - 0.5)


@given(named, st.sampled_from(scale_names()))
def test_a_word_that_a_standard_lacks_is_read_by_another_and_marked(
    entry: tuple[str, str], scale: str
) -> None:
    try:
        found = estimate(entry[1], scale)
    except ValueError:
        assert entry[1] not in entries("recommended")
        return
    assert found.scale in {scale, "recommended"}


def test_very_is_half_as_far_from_the_end_by_mosteller_and_youtz() -> None:
    # Kent's "probable" is 75 % give or take 12, and his table has no "very probable".
    found = estimate("very probable", "kent")
    assert (found.low, found.point, found.high) == (0.815, 0.875, 0.935)
    assert found.scale == "kent"


def test_not_is_the_complement_as_in_kents_own_table() -> None:
    certain, denied = estimate("almost certain", "kent"), estimate("almost certainly not", "kent")
    assert (denied.low, denied.point, denied.high) == (0.02, 0.07, 0.12)
    assert certain.complement().point == denied.point
    assert estimate("almost certainly not", "icd203").point == pytest.approx(0.03)
    assert estimate("not unlikely", "icd203") == estimate("unlikely", "icd203").complement()


def test_a_litotes_is_no_complement() -> None:
    assert estimate("not impossible").point == estimate("cannot be ruled out").point == 0.15


def test_fallback_to_the_recommended_scale_is_marked() -> None:
    assert estimate("is set to", "nato").scale == "recommended"
    assert estimate("highly likely", "nato").scale == "nato"


@pytest.mark.parametrize(
    ("wording", "form"),
    [
        ("is expected to", "expected"),
        ("May not (affirmative event)", "may not"),
        ("won’t", "will not"),
    ],
)
def test_normal_form(wording: str, form: str) -> None:
    assert normal_form(wording) == form


def test_refusals() -> None:
    with pytest.raises(ValueError, match="scale must be one of"):
        estimate("likely", "oracle")
    with pytest.raises(ValueError, match="no scale has the phrase 'purple'"):
        estimate("purple")
