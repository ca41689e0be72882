"""The articles of the synthetic record: what its sources said in words, and what came of it."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import SQLModel

from db.ledger import columns_of
from db.tables import Article, Statement, StatementDecision
from db.types import EPOCH, from_us
from forecasts.reading.scales import Estimate, estimate

Columns = dict[str, Any]
Row = tuple[type[SQLModel], Columns]
WORDS = {
    word: estimate(word)
    for word in ("almost certainly", "highly likely", "likely", "unlikely", "remote")
}
POSSIBLE = "may"
_BEFORE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Quoted:
    """An article's rows; its first statement, and the numbers that this was read as."""

    rows: list[Row]
    statement: int
    said: Estimate


class Articles:
    """Every article has two statements: one is merged into a question, the other waits."""

    def __init__(self) -> None:
        self.articles = self.statements = self.decisions = 0

    def write(
        self, publisher: str, speaker: str, share: float, *, possible: bool, at: int
    ) -> Quoted:
        """An article whose first statement says about ``share``."""
        self.articles += 1
        word, said = _worded(share, possible)
        first = f"It is {word} that invented event {self.articles} will happen within the year."
        second = f"Invented event {self.articles} will probably be followed by another one."
        text = f"{first} {second}"
        rows: list[Row] = [
            (
                Article,
                _ARTICLE
                | {
                    "id": self.articles,
                    "title": f"Synthetic outlook {self.articles}",
                    "publisher": publisher,
                    "published": (from_us(at) - _BEFORE).date().isoformat(),
                    "text": text,
                    "content_sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "recorded_at": at,
                },
            )
        ]
        for quote, hedge, numbers in (
            (first, word, said),
            (second, "probably", estimate("probably")),
        ):
            self.statements += 1
            start = text.index(quote)
            statement = {"start": start, "end": start + len(quote), "quote": quote}
            row = {"id": self.statements, "article_id": self.articles, "recorded_at": at}
            rows.append(
                (Statement, _STATEMENT | row | statement | _read_as(hedge, numbers, speaker))
            )
        return Quoted(rows, self.statements - 1, said)

    def merged(self, statement: int, question: int, at: int) -> Row:
        """The decision that takes the statement into a question."""
        self.decisions += 1
        row = {"id": self.decisions, "statement_id": statement, "question_id": question}
        return StatementDecision, _DECISION | row | {"recorded_at": at}


def _worded(share: float, possible: bool) -> tuple[str, Estimate]:
    if possible:
        return POSSIBLE, estimate(POSSIBLE)
    return min(WORDS.items(), key=lambda one: abs(one[1].point - share))


def _read_as(hedge: str, numbers: Estimate, speaker: str) -> Columns:
    return {
        "hedge": hedge,
        "phrase": hedge,
        "probability": numbers.point,
        "probability_low": numbers.low,
        "probability_high": numbers.high,
        "scale": numbers.scale,
        "is_possibility": hedge == POSSIBLE,
        "speaker": speaker,
    }


_THEN = {"recorded_at": EPOCH, "recorded_by": 1}
_ARTICLE = columns_of(
    Article(title="", text="", content_sha256="", published_precision="day", **_THEN)
)
_STATEMENT = columns_of(
    Statement(
        article_id=0, start=0, end=1, quote="", hedge="", polarity="affirm", probability=0,
        probability_low=0, probability_high=0, scale="", speaker="", speaker_kind="named",
        found_by="reader", **_THEN,
    )
)  # fmt: skip
_DECISION = columns_of(
    StatementDecision(statement_id=0, version=1, decision="accepted", question_id=0, **_THEN)
)
