"""How well statements could be settled one day, as far as there is time to judge them."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from db.tables import Article, Statement
from forecasts.reading.drafting.resolvability import Resolvability, resolvability
from forecasts.views.inbox import as_candidate, statement_views
from forecasts.views.inbox_items import article_head


def fitness(session: Session, ids: Collection[int]) -> dict[int, Resolvability]:
    """The judgement of each of the statements with these ids.

    It takes some 5 ms a statement the first time: ask for what is shown.
    """
    rows = session.exec(select(Statement).where(col(Statement.id).in_(ids))).all()
    keys = {row.article_id for row in rows}
    articles = session.exec(select(Article).where(col(Article.id).in_(keys)))
    published = {head.id: head.published for head in map(article_head, articles)}
    return {
        view.id: resolvability(
            as_candidate(view),
            published=date.exact if (date := published[view.article_id]) else None,
        )
        for view in statement_views(session, rows)
    }
