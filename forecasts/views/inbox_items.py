"""The articles of the inbox, and how many statements of each still wait for a decision."""

from collections import Counter
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from db.tables import Article, Statement, StatementDecision
from forecasts.results.articles import ArticleHead, InboxItem
from forecasts.results.terms import PartialDate
from forecasts.views.snapshot import look

_HEADS = columns(
    col(Article.id),
    col(Article.title),
    col(Article.publisher),
    col(Article.author),
    col(Article.url),
    col(Article.published),
    col(Article.published_precision),
    col(Article.published_stated),
    col(Article.recorded_at),
)


class Texts(NamedTuple):
    """What no decision about a statement changes."""

    heads: tuple[ArticleHead, ...]  # the latest stored first
    article: dict[int, int]  # of each statement
    statements: Counter[int]  # of each article


def inbox(session: Session) -> tuple[InboxItem, ...]:
    """Every article with how many of its statements wait, the latest stored first."""
    snapshot = look(session)
    texts = snapshot.texts.remembered("texts", lambda: load_texts(session))
    return snapshot.remembered("inbox", lambda: inbox_items(session, texts))


def load_texts(session: Session) -> Texts:
    """Heads of articles and where statements stand, without the words, most of the record."""
    heads = session.connection().execute(_HEADS.order_by(col(Article.id).desc()))
    article = dict(session.exec(select(Statement.id, Statement.article_id)).all())
    return Texts(
        heads=tuple(map(article_head, heads)),
        article={key: of for key, of in article.items() if key is not None},
        statements=Counter(article.values()),
    )


def inbox_items(session: Session, texts: Texts) -> tuple[InboxItem, ...]:
    """The articles with what waits as ``session`` sees it."""
    one = StatementDecision
    decided = select(one.statement_id, one.decision).order_by(col(one.version))
    decisions = dict(session.exec(decided).all())  # the highest version holds
    closed = Counter(
        texts.article[key] for key, decision in decisions.items() if decision != "waiting"
    )
    return tuple(
        InboxItem(
            head=head,
            waiting=texts.statements[head.id] - closed[head.id],
            total=texts.statements[head.id],
        )
        for head in texts.heads
    )


def article_head(row: Article | Row[*tuple[Any, ...]]) -> ArticleHead:
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
