"""Articles, the statements found in them, and what still waits for a decision."""

import dataclasses
from collections import Counter
from collections.abc import Iterable

from sqlmodel import Session, col, select

from db.tables import Article, Statement, StatementDecision
from forecasts.errors import NotFound, check_id
from forecasts.reading.candidate import Candidate
from forecasts.reading.furniture import furniture_spans
from forecasts.reading.neighbours import nearest
from forecasts.results import ArticleHead, ArticleView, InboxItem, PartialDate, StatementView


def inbox(session: Session) -> tuple[InboxItem, ...]:
    """Every article with how many of its statements wait, the latest stored first."""
    decisions = latest_decisions(session)
    total: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    for statement_id, article_id in session.exec(select(Statement.id, Statement.article_id)):
        total[article_id] += 1
        decision = decisions.get(statement_id or 0)
        waiting[article_id] += decision is None or decision.decision == "waiting"
    articles = session.exec(select(Article).order_by(col(Article.id).desc()))
    return tuple(
        InboxItem(head=article_head(row), waiting=waiting[key], total=total[key])
        for row in articles
        if (key := row.id) is not None
    )


def article(session: Session, article_id: int) -> ArticleView:
    """One article with its text and all its statements by position."""
    row = session.get(Article, check_id("article", article_id))
    if row is None:
        raise NotFound("article", article_id)
    statements = session.exec(
        select(Statement)
        .where(Statement.article_id == article_id)
        .order_by(col(Statement.start), col(Statement.end))
    ).all()
    return ArticleView(
        head=article_head(row),
        text=row.text,
        furniture=tuple(furniture_spans(row.text)),
        statements=statement_views(session, statements),
    )


def nearly_the_same(session: Session, article_id: int) -> tuple[tuple[ArticleHead, float], ...]:
    """Other articles that share most of this one's words, with the share, likest first."""
    rows = {row.id: row for row in session.exec(select(Article)) if row.id is not None}
    own = rows.pop(article_id)
    alike = nearest(own.text, {key: row.text for key, row in rows.items()})
    return tuple((article_head(rows[key]), share) for key, share in alike)


def statement(session: Session, statement_id: int) -> StatementView:
    """One statement and what became of it."""
    row = session.get(Statement, check_id("statement", statement_id))
    if row is None:
        raise NotFound("statement", statement_id)
    return statement_views(session, [row])[0]


def as_candidate(view: StatementView) -> Candidate:
    """A stored statement as the reader would hand it over, for drafting a question."""
    return Candidate(
        **{field.name: getattr(view, field.name) for field in dataclasses.fields(Candidate)}
    )


def statement_views(session: Session, rows: Iterable[Statement]) -> tuple[StatementView, ...]:
    """Rows as results, with the decision that holds."""
    decisions = latest_decisions(session)
    return tuple(_statement(row, decisions.get(row.id or 0)) for row in rows)


def latest_decisions(session: Session) -> dict[int, StatementDecision]:
    """The decision that holds, by statement."""
    rows = session.exec(select(StatementDecision).order_by(col(StatementDecision.version)))
    return {row.statement_id: row for row in rows}


def article_head(row: Article) -> ArticleHead:
    """An article without its text."""
    return ArticleHead(
        id=row.id or 0,
        title=row.title,
        publisher=row.publisher,
        author=row.author,
        url=row.url,
        published=PartialDate.of(row.published, row.published_precision, row.published_stated),
        recorded_at=row.recorded_at,
    )


def _statement(row: Statement, decision: StatementDecision | None) -> StatementView:
    return StatementView(
        id=row.id or 0,
        article_id=row.article_id,
        start=row.start,
        end=row.end,
        quote=row.quote,
        hedge=row.hedge,
        polarity=row.polarity,
        probability=row.probability,
        probability_low=row.probability_low,
        probability_high=row.probability_high,
        scale=row.scale,
        is_possibility=row.is_possibility,
        horizon=row.horizon,
        horizon_start=row.horizon_start,
        horizon_end=row.horizon_end,
        speaker=row.speaker,
        speaker_kind=row.speaker_kind,
        condition=row.condition,
        actors=tuple(name for name in row.actors.split("; ") if name),
        decision="waiting" if decision is None else decision.decision,
        reason=None if decision is None else decision.reason,
        question_id=None if decision is None else decision.question_id,
    )
