"""How well the extractor reads articles that it has not learned from.

News reports and analyses of many kinds, invented and marked by people who did not know the rules;
neither rules nor weights were made from them, and none may be: whoever studies one of them moves
it to the articles that are learned from. The floors lie a little below what was measured.
"""

from pathlib import Path

from statement_marks import jaccard, names_the_same, read_marks, tally_all

HELD_BACK = Path(__file__).parents[1] / "data" / "held_back"
MARKS = HELD_BACK / "marks.jsonl"


def test_the_marks_fit_the_texts() -> None:
    for path in HELD_BACK.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for mark in read_marks(MARKS, path.name):
            assert text[mark["start"] : mark["end"]] == mark["quote"]


def test_most_statements_are_found_with_who_said_them_and_little_else() -> None:
    tally = tally_all(sorted(HELD_BACK.glob("*.txt")), MARKS)
    assert tally.recall >= 0.79
    assert tally.precision >= 0.79
    assert tally.traps_hit <= 0.28 * tally.traps
    assert tally.share(lambda found, mark: jaccard(found, mark) >= 0.5) >= 0.93
    assert tally.share(lambda found, mark: found["polarity"] == mark["polarity"]) >= 0.95
    cited = [(f, m) for f, m in tally.pairs if m["speaker_type"] in {"named", "unnamed"}]
    assert len(cited) >= 130
    assert sum(names_the_same(*pair) for pair in cited) >= 0.89 * len(cited)
