"""How well the extractor reads publishers other than those of the seed articles.

Articles of many kinds, written and marked for this by people who did not know the
rules, with as many traps as statements. The rules were then mended by construction, so the floors
are what they must not fall below; they are no measure of texts that nobody has looked at.
"""

from pathlib import Path

import pytest
from statement_marks import (
    Tally,
    is_near_the_middle,
    jaccard,
    names_the_same,
    read_marks,
    tally_all,
)

PRACTICE = Path(__file__).parents[1] / "data" / "practice"
MARKS = PRACTICE / "marks.jsonl"
FIRST = 12  # articles the rules were first mended on; the later ones hold more ellipses


@pytest.fixture(scope="module")
def tally() -> Tally:
    return tally_all(sorted(PRACTICE.glob("*.txt"))[:FIRST], MARKS)


@pytest.fixture(scope="module")
def later() -> Tally:
    return tally_all(sorted(PRACTICE.glob("*.txt"))[FIRST:], MARKS)


def test_the_later_articles_are_read_too(later: Tally) -> None:
    assert later.recall >= 0.94
    assert later.precision >= 0.94
    assert later.traps_hit <= 0.05 * later.traps
    cited = [(f, m) for f, m in later.pairs if m["speaker_type"] in {"named", "unnamed"}]
    assert len(cited) >= 80
    assert sum(names_the_same(*pair) for pair in cited) >= 0.95 * len(cited)


def test_the_marks_fit_the_texts() -> None:
    marks = 0
    for path in PRACTICE.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for mark in read_marks(MARKS, path.name):
            assert text[mark["start"] : mark["end"]] == mark["quote"]
            marks += 1
    assert marks > 250


def test_statements_are_found_and_little_else(tally: Tally) -> None:
    assert tally.recall >= 0.95
    assert tally.precision >= 0.93
    assert tally.traps_hit <= 0.06 * tally.traps


def test_numbers_and_polarity_agree(tally: Tally) -> None:
    assert tally.share(is_near_the_middle) >= 0.92
    assert tally.share(lambda found, mark: found["polarity"] == mark["polarity"]) >= 0.96


def test_spans_horizons_and_conditions_agree(tally: Tally) -> None:
    assert tally.share(lambda found, mark: jaccard(found, mark) >= 0.5) >= 0.92
    assert tally.share(lambda found, mark: bool(found["horizon"]) == bool(mark["horizon"])) >= 0.87
    assert tally.share(lambda f, m: bool(f["condition"]) == bool(m["condition"])) >= 0.91


def test_quoted_speakers_are_named(tally: Tally) -> None:
    cited = [(f, m) for f, m in tally.pairs if m["speaker_type"] in {"named", "unnamed"}]
    assert len(cited) >= 18
    assert sum(names_the_same(*pair) for pair in cited) >= 0.85 * len(cited)
