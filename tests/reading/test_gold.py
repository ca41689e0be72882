"""How well the extractor finds the statements marked by hand in the five seed articles."""

from pathlib import Path

import pytest
from statement_marks import (
    Tally,
    is_near_the_middle,
    jaccard,
    names_the_same,
    read_marks,
    tally_all,
    tally_article,
)

DATA = Path(__file__).parents[1] / "data"
MARKS = DATA / "statements_gold.jsonl"


@pytest.fixture(scope="module")
def tally() -> Tally:
    return tally_all((DATA / "articles").glob("*.txt"), MARKS)


def test_the_marks_fit_the_texts() -> None:
    for path in (DATA / "articles").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for mark in read_marks(MARKS, path.name):
            assert text[mark["start"] : mark["end"]] == mark["quote"]


def test_a_perfect_reader_scores_one_and_an_empty_one_nothing() -> None:
    path = next((DATA / "articles").glob("001*.txt"))
    text, marks = path.read_text(encoding="utf-8"), read_marks(MARKS, path.name)
    perfect = tally_article(text, [m for m in marks if m["is_forecast_core"]], marks)
    assert (perfect.precision, perfect.recall) == (1, 1)
    assert tally_article(text, [], marks).recall == 0
    careless = tally_article(text, [m for m in marks if not m["is_forecast_core"]], marks)
    assert careless.traps_hit == careless.traps


def test_every_statement_but_the_one_in_the_page_furniture_is_found(tally: Tally) -> None:
    assert [m["quote"][:18] for m in tally.missed] == ["could lead to a de"]
    assert tally.recall >= 0.95


def test_what_is_found_is_a_statement(tally: Tally) -> None:
    assert tally.precision >= 0.97
    assert tally.traps_hit <= 0.03 * tally.traps


def test_probabilities_lie_near_the_middle_of_the_marked_range(tally: Tally) -> None:
    assert tally.share(is_near_the_middle) >= 0.97


def test_polarity_agrees(tally: Tally) -> None:
    assert tally.share(lambda found, mark: found["polarity"] == mark["polarity"]) >= 0.97


def test_spans_overlap_by_half(tally: Tally) -> None:
    assert tally.share(lambda found, mark: jaccard(found, mark) >= 0.5) >= 0.95


@pytest.mark.parametrize("key", ["horizon", "condition"])
def test_horizons_and_conditions_are_seen_where_they_are(tally: Tally, key: str) -> None:
    assert tally.share(lambda found, mark: bool(found[key]) == bool(mark[key])) >= 0.95


def test_quoted_speakers_are_named(tally: Tally) -> None:
    cited = [(f, m) for f, m in tally.pairs if m["speaker_type"] in {"named", "unnamed"}]
    assert len(cited) >= 8
    assert all(names_the_same(found, mark) for found, mark in cited)
