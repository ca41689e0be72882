"""One source's statements, a sheet at a time, and how its words came out."""

from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Article, Statement
from forecasts.results.calibration import Choice, WordRow
from forecasts.results.sources import BecameQuestion, SourceKey, SourceStatement
from forecasts.views.fitness import fitness
from forecasts.views.inbox import statement_views
from forecasts.views.inbox_items import article_head
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.stated_rows import by_source, stated_rows
from forecasts.views.words import words


def source_statements(
    session: Session, key: SourceKey, *, now: datetime, first: int = 0, most: int = 10
) -> tuple[SourceStatement, ...]:
    """``most`` of the source's statements from the place ``first`` on, the newest article first."""
    snapshot = look(session)
    shown = by_source(stated_rows(session, snapshot)).get(key, [])[first : first + most]
    ids = [row.id for row in shown]
    rows = session.exec(select(Statement).where(col(Statement.id).in_(ids))).all()
    views = {view.id: view for view in statement_views(session, rows)}
    articles = session.exec(
        select(Article).where(col(Article.id).in_({row.article_id for row in shown}))
    )
    heads = {head.id: head for head in map(article_head, articles)}
    judged = fitness(session, ids)
    return tuple(
        SourceStatement(
            view=views[row.id],
            head=heads[row.article_id],
            fitness=judged[row.id].score,
            reasons=judged[row.id].reasons,
            question=_question(snapshot, row.question_id, now),
        )
        for row in shown
    )


def _question(snapshot: Snapshot, key: int | None, now: datetime) -> BecameQuestion | None:
    if key is None:
        return None
    asked = snapshot.questions[key]
    held = asked.resolution
    return BecameQuestion(
        asked.id, asked.title, asked.status(now), None if held is None else held.outcome
    )


def words_came_true(session: Session, key: SourceKey, *, now: datetime) -> dict[str, WordRow]:
    """How often what the source said in each word came true, as ``words`` counts it."""
    if key.speaker is None:
        choice = Choice(forecaster_kind="source", publisher=key.publisher)
        return {row.word: row for row in words(session, choice, now=now).rows}
    speakers = look(session).settled.speakers.items()
    own = [
        number
        for number, one in speakers
        if one.kind == "source" and SourceKey(one.name, one.publisher) == key
    ]
    if not own:  # nothing of it was accepted yet
        return {}
    choice = Choice(forecaster_id=own[0])
    return {row.word: row for row in words(session, choice, now=now).rows}
