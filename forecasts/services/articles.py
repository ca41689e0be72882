"""Storing what was read: an article and the statements found in it."""

import hashlib
from collections.abc import Sequence

from sqlmodel import select

from db.tables import Article, ArticleSketch, Statement
from forecasts.dates import first_day
from forecasts.errors import ArticleAlreadyStored, InvalidInput
from forecasts.reading.candidate import Candidate
from forecasts.reading.neighbours import sketch
from forecasts.results.terms import PartialDate
from forecasts.services.acts import Record, key_of, recorded
from forecasts.services.inputs import check_choice, check_line
from forecasts.services.questions import check_url

LONGEST_ARTICLE = 2_000_000  # characters
FINDERS = ("analyst", "assistant")  # who may add a statement to a stored article


@recorded("article")
def add_article(
    record: Record,
    *,
    text: str,
    title: str,
    publisher: str | None = None,
    author: str | None = None,
    url: str | None = None,
    published: PartialDate | None = None,
    candidates: Sequence[Candidate] = (),
    marked: Sequence[Candidate] = (),
) -> int:
    """Store an article exactly as given, with its statements waiting for a decision.

    ``candidates`` were found by the reader, ``marked`` by an analyst.

    Raises
    ------
    ArticleAlreadyStored, InvalidInput
    """
    _check_article(record, text, published)
    article = record.add(
        Article(
            title=check_line("title", title),
            publisher=check_line("publisher", publisher or "", required=False) or None,
            author=check_line("author", author or "", required=False) or None,
            url=check_url(url),
            published=first_day(published.day, published.precision) if published else None,
            published_precision=published.precision if published else None,
            published_stated=published.stated if published else True,
            text=text,
            content_sha256=content_digest(text),
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )
    record.session.add(ArticleSketch(article_id=key_of(article), sketch=sketch(text)))
    for found_by, statements in (("reader", candidates), ("analyst", marked)):
        for candidate in statements:
            add_statement(record, article, candidate, found_by)
    return key_of(article)


@recorded("statement")
def mark_statement(
    record: Record, *, article_id: int, candidate: Candidate, found_by: str = "analyst"
) -> int:
    """Add a statement that the reader missed; an analyst marked it or took it over."""
    article = record.get(Article, article_id, "article")
    return add_statement(record, article, candidate, check_choice("found by", found_by, FINDERS))


def add_statement(record: Record, article: Article, candidate: Candidate, found_by: str) -> int:
    """Write one statement, whose quote must stand in the article at its offsets."""
    if article.text[candidate.start : candidate.end] != candidate.quote:
        raise InvalidInput("quote", candidate.quote, "does not stand in the article at its place")
    held = record.session.exec(
        select(Statement.id).where(
            Statement.article_id == key_of(article),
            Statement.start == candidate.start,
            Statement.end == candidate.end,
        )
    ).first()
    if held is not None:
        raise InvalidInput("quote", candidate.quote, f"is statement {held} already")
    statement = record.add(
        Statement(
            article_id=key_of(article),
            start=candidate.start,
            end=candidate.end,
            quote=candidate.quote,
            hedge=candidate.hedge,
            polarity=candidate.polarity,
            probability=candidate.probability,
            probability_low=candidate.probability_low,
            probability_high=candidate.probability_high,
            scale=candidate.scale,
            is_possibility=candidate.is_possibility,
            horizon=candidate.horizon,
            horizon_start=candidate.horizon_start,
            horizon_end=candidate.horizon_end,
            speaker=candidate.speaker,
            speaker_kind=candidate.speaker_kind,
            condition=candidate.condition,
            actors="; ".join(candidate.actors),
            phrase=candidate.phrase,
            confidence=candidate.confidence,
            found_by=found_by,
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )
    return key_of(statement)


def content_digest(text: str) -> str:
    """What makes two articles the same: their words, whatever the white space between them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _check_article(record: Record, text: str, published: PartialDate | None) -> None:
    if not text.strip():
        raise InvalidInput("article", text, "has no text")
    if len(text) > LONGEST_ARTICLE:
        raise InvalidInput(
            "article", text, f"has {len(text):,} characters; {LONGEST_ARTICLE:,} are allowed"
        )
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise InvalidInput("article", ascii(text[:80]), "is not text (U+0000 or half a pair)")
    if published and first_day(published.day, published.precision) > record.now.date():
        raise InvalidInput("published", published.day.isoformat(), "lies in the future")
    digest = content_digest(text)
    twin = record.session.exec(select(Article).where(Article.content_sha256 == digest)).first()
    if twin is not None:
        raise ArticleAlreadyStored(key_of(twin), twin.title)
