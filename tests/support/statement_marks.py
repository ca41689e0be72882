"""Found statements against statements marked by hand.

Matching: a found statement and a marked one belong together if they share half of their
characters (Jaccard) or stand in the same sentence; each is used once, best overlap first.
Statements that touch only a neutral mark count neither for nor against.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from forecasts.reading.documents.heads import head_of
from forecasts.reading.extract import extract_records

Span = dict[str, Any]
Agrees = Callable[[Span, Span], bool]
_SENTENCE = re.compile(r".+?(?:[.!?][\"”’)\]]*(?=\s+[\"“‘(\[A-Z0-9•-])|$)", re.S)
_ABBREVIATED = re.compile(r"\b(?:U\.S|U\.K|U\.N|Mr|Mrs|Dr|Gen|Prof|Sen|St|vs|No|[A-Z])\.[\"”]?$")


DATA = Path(__file__).parents[1] / "data"


@dataclass
class Tally:
    """Pairs of (found, marked) over all articles, and what stayed alone."""

    pairs: list[tuple[Span, Span]]
    missed: list[Span]
    spurious: list[Span]
    traps: int
    traps_hit: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.pairs + other.pairs, self.missed + other.missed, self.spurious + other.spurious,
            self.traps + other.traps, self.traps_hit + other.traps_hit,
        )  # fmt: skip

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


def read_marks(marks: Path, article: str) -> list[Span]:
    lines = marks.read_text(encoding="utf-8").splitlines()
    return [mark for line in lines if (mark := json.loads(line))["file"] == article]


def families() -> list[tuple[str, list[float]]]:
    """Sentences that stand for a kind of grammar, and the probability of each statement in them."""
    lines = (DATA / "families.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(text.replace("\\n", "\n"), [float(p) for p in ps.split()]) for text, ps in pairs]


def published(text: str) -> date | None:
    """The date that the text itself declares."""
    declared = head_of(text).published()
    return declared and declared[0]


def tally_all(articles: Iterable[Path], marks: Path) -> Tally:
    """What the extractor finds in ``articles``, one against the other."""
    total = Tally([], [], [], 0, 0)
    for path in sorted(articles):
        text = path.read_text(encoding="utf-8")
        found = list(extract_records(path.name, text, published=published(text)))
        total += tally_article(text, found, read_marks(marks, path.name))
    return total


def names_the_same(found: Span, mark: Span) -> bool:
    """Whether the speakers share a word that is no article and no title."""
    idle = {"the", "a", "an", "of", "mr", "ms", "dr"}
    said = set(re.findall(r"\w+", found["speaker"].lower())) - idle
    return bool(said & (set(re.findall(r"\w+", mark["speaker"].lower())) - idle))


def is_near_the_middle(found: Span, mark: Span) -> bool:
    middle = (mark["probability_low"] + mark["probability_high"]) / 2
    return bool(abs(found["probability"] - middle) <= 0.1)
