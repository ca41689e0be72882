"""How well the extractor finds the statements marked by hand in five articles.

Matching: a found statement and a marked one belong together if they share half of their
characters (Jaccard) or stand in the same sentence; each is used once, best overlap first.
Statements that touch only a neutral mark count neither for nor against.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from forecasts.reading.extract import extract_records

DATA = Path(__file__).parents[1] / "data"
Span = dict[str, Any]
Agrees = Callable[[Span, Span], bool]
_SENTENCE = re.compile(r".+?(?:[.!?][\"”’)\]]*(?=\s+[\"“‘(\[A-Z0-9•-])|$)", re.S)
_ABBREVIATED = re.compile(r"\b(?:U\.S|U\.K|U\.N|Mr|Mrs|Dr|Gen|Prof|Sen|St|vs|No|[A-Z])\.[\"”]?$")


@dataclass
class Tally:
    """Pairs of (found, marked) over all articles, and what stayed alone."""

    pairs: list[tuple[Span, Span]]
    missed: list[Span]
    spurious: list[Span]
    traps: int
    traps_hit: int

    @property
    def recall(self) -> float:
        return len(self.pairs) / (len(self.pairs) + len(self.missed))

    @property
    def precision(self) -> float:
        return len(self.pairs) / (len(self.pairs) + len(self.spurious))

    def share(self, agrees: Agrees) -> float:
        verdicts = [agrees(found, marked) for found, marked in self.pairs]
        return sum(verdicts) / len(verdicts)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        first_of_line = True
        for piece in _SENTENCE.finditer(line.group()):
            start, end = line.start() + piece.start(), line.start() + piece.end()
            if not text[start:end].strip():
                continue
            if not first_of_line and _ABBREVIATED.search(text[slice(*spans[-1])]):
                spans[-1] = (spans[-1][0], end)
            else:
                start += len(text[start:end]) - len(text[start:end].lstrip())
                spans.append((start, end))
            first_of_line = False
    return spans


def jaccard(a: Span, b: Span) -> float:
    shared: int = max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
    together: int = a["end"] - a["start"] + b["end"] - b["start"] - shared
    return shared / together


def tally_article(text: str, found: list[Span], marks: list[Span]) -> Tally:
    spans = sentence_spans(text)

    def where(span: Span) -> set[int]:
        return {i for i, (s, e) in enumerate(spans) if span["start"] < e and span["end"] > s}

    core = [m for m in marks if m["is_forecast_core"]]
    neutral = [m for m in marks if m["neutral"]]
    traps = [m for m in marks if not m["is_forecast_core"] and not m["neutral"]]
    near = sorted(
        (
            (jaccard(f, m), i, j)
            for i, f in enumerate(found)
            for j, m in enumerate(core)
            if jaccard(f, m) >= 0.5 or where(f) & where(m)
        ),
        reverse=True,
    )
    of_found: dict[int, int] = {}
    for _, i, j in near:
        if i not in of_found and j not in of_found.values():
            of_found[i] = j
    alone = [f for i, f in enumerate(found) if i not in of_found]
    excused = [
        f
        for f in alone
        if any(where(f) & where(n) for n in neutral) and not any(where(f) & where(c) for c in core)
    ]
    return Tally(
        pairs=[(found[i], core[j]) for i, j in of_found.items()],
        missed=[c for j, c in enumerate(core) if j not in of_found.values()],
        spurious=[f for f in alone if f not in excused],
        traps=len(traps),
        traps_hit=sum(any(where(f) & where(t) for f in alone) for t in traps),
    )


def read_marks(article: str) -> list[Span]:
    lines = (DATA / "statements_gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [mark for line in lines if (mark := json.loads(line))["file"] == article]


@pytest.fixture(scope="module")
def tally() -> Tally:
    total = Tally([], [], [], 0, 0)
    for path in sorted((DATA / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        one = tally_article(text, list(extract_records(path.name, text)), read_marks(path.name))
        total.pairs += one.pairs
        total.missed += one.missed
        total.spurious += one.spurious
        total.traps += one.traps
        total.traps_hit += one.traps_hit
    print(
        f"\nprecision {total.precision:.3f} recall {total.recall:.3f} of {len(total.pairs)} pairs"
    )
    return total


def test_the_marks_fit_the_texts() -> None:
    for path in (DATA / "articles").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for mark in read_marks(path.name):
            assert text[mark["start"] : mark["end"]] == mark["quote"]


def test_a_perfect_reader_scores_one_and_an_empty_one_nothing() -> None:
    path = next((DATA / "articles").glob("001*.txt"))
    text, marks = path.read_text(encoding="utf-8"), read_marks(path.name)
    perfect = tally_article(text, [m for m in marks if m["is_forecast_core"]], marks)
    assert (perfect.precision, perfect.recall) == (1, 1)
    assert tally_article(text, [], marks).recall == 0
    careless = tally_article(text, [m for m in marks if not m["is_forecast_core"]], marks)
    assert careless.traps_hit == careless.traps


def test_every_statement_but_the_one_in_the_page_furniture_is_found(tally: Tally) -> None:
    assert [m["quote"][:18] for m in tally.missed] == ["could lead to a de"]
    assert tally.recall >= 0.95


def test_what_is_found_is_a_statement(tally: Tally) -> None:
    assert tally.precision >= 0.95
    assert tally.traps_hit <= 0.05 * tally.traps


def test_probabilities_lie_near_the_middle_of_the_marked_range(tally: Tally) -> None:
    def near(found: Span, mark: Span) -> bool:
        middle = (mark["probability_low"] + mark["probability_high"]) / 2
        return bool(abs(found["probability"] - middle) <= 0.1)

    assert tally.share(near) >= 0.97


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
    for found, mark in cited:
        shared = set(found["speaker"].lower().split()) & set(
            re.sub(r"[()]", " ", mark["speaker"].lower()).split()
        )
        assert shared, (found["speaker"], mark["speaker"])
