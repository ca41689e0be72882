"""Every statement of the record in brief, by the source whose forecast it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlmodel import Session, col

from db.tables import Article, Statement
from db.tables.statement import Decision
from forecasts.reading.restating import listed_wording
from forecasts.reading.scales import normal_form, scale_names
from forecasts.reading.speakers.speaker import scored_speaker
from forecasts.results.sources import BANDS, SourceKey, Wording, WordUse
from forecasts.views.inbox import latest_decisions
from forecasts.views.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement: who made it, in which words, and what became of it."""

    id: int
    article_id: int
    source: SourceKey
    word: str | None  # None: a number of its own
    low: float
    point: float
    high: float
    possibility: bool
    decision: Decision
    question_id: int | None


def stated_rows(session: Session, snapshot: Snapshot) -> tuple[Stated, ...]:
    """All statements, the newest article's first, by their place in it."""
    return snapshot.remembered("stated rows", lambda: _load(session))


def _load(session: Session) -> tuple[Stated, ...]:
    decisions = latest_decisions(session)
    one = Statement
    columns: tuple[Any, ...] = (
        one.id,
        one.article_id,
        one.hedge,
        one.phrase,
        one.probability_low,
        one.probability,
        one.probability_high,
        one.scale,
        one.is_possibility,
        one.speaker,
        one.speaker_kind,
        Article.author,
        Article.publisher,
        Article.title,
    )
    query = (
        select(*columns)
        .join(Article, col(Article.id) == one.article_id)
        .order_by(col(one.article_id).desc(), col(one.start))
    )
    found = []
    for row in session.connection().execute(query):
        name = scored_speaker(
            row.speaker,
            row.speaker_kind,
            author=row.author,
            publisher=row.publisher,
            title=row.title,
        )
        decision = decisions.get(row.id)
        found.append(
            Stated(
                id=row.id,
                article_id=row.article_id,
                source=SourceKey(name, row.publisher or ""),
                word=_word(row),
                low=row.probability_low,
                point=row.probability,
                high=row.probability_high,
                possibility=row.is_possibility,
                decision="waiting" if decision is None else decision.decision,
                question_id=None if decision is None else decision.question_id,
            )
        )
    return tuple(found)


def by_source(rows: Iterable[Stated]) -> dict[SourceKey, list[Stated]]:
    """The statements of each speaker, and again of each publisher that is named."""
    found: dict[SourceKey, list[Stated]] = defaultdict(list)
    for row in rows:
        found[row.source].append(row)
        if row.source.publisher:
            found[SourceKey(None, row.source.publisher)].append(row)
    return found


def wording(rows: Sequence[Stated]) -> Wording:
    """The words used, how many bare possibilities, and how strong the estimates are."""
    uses: dict[tuple[str, bool], list[Stated]] = defaultdict(list)
    for row in rows:
        if row.word is not None:
            uses[row.word, row.possibility].append(row)
    words = [
        WordUse(
            word,
            len(same),
            min(row.low for row in same),
            max(row.high for row in same),
            possibility,
        )
        for (word, possibility), same in uses.items()
    ]
    estimates = [row.point for row in rows if not row.possibility]
    bands = Counter(np.digitize(estimates, BANDS).tolist())
    return Wording(
        words=tuple(sorted(words, key=lambda use: (-use.count, use.word))),
        numbers=sum(row.word is None for row in rows),
        possibilities=sum(row.possibility for row in rows),
        bands=tuple(bands[place] for place in range(len(BANDS) + 1)),
    )


def _word(row: Any) -> str | None:
    if row.phrase is None and row.scale not in scale_names():
        return None
    return listed_wording(row) or normal_form(row.hedge)
