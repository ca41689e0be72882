"""Everything about one question: criteria, lines of the chart, record, scores."""

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from db.tables import Article, Question, ScenarioSet, Statement
from db.types import from_us
from forecasts.errors import NotFound, check_id
from forecasts.results.daily import NumberScore
from forecasts.results.question import ConditionalView, ForecastView, QuestionView
from forecasts.results.scores import ScoreRow
from forecasts.views.fans import fans
from forecasts.views.inbox import statement_views
from forecasts.views.inbox_items import article_head
from forecasts.views.lines import lines
from forecasts.views.loading import Asked
from forecasts.views.numbers import number_scores, outcome_of, said_of_number
from forecasts.views.question_rows import question_rows
from forecasts.views.record import clarifications, comments, evidence, record, resolutions
from forecasts.views.score_rows import score_rows
from forecasts.views.scoring import scored, settings_of
from forecasts.views.snapshot import Snapshot, look


def question(session: Session, question_id: int, *, me: str | None, now: datetime) -> QuestionView:
    """All that a question's page shows.

    Raises
    ------
    NotFound
    """
    snapshot = look(session)
    asked = asked_of(snapshot, question_id)
    row = session.get_one(Question, asked.id)
    statement = session.get(Statement, row.statement_id) if row.statement_id else None
    article = session.get(Article, statement.article_id) if statement else None
    parent = session.get(Question, row.parent_id) if row.parent_id else None
    entries = record(session, asked)
    until = min(from_us(asked.ends), now)
    return QuestionView(
        row=question_rows(snapshot, [asked.id], me=me, now=now)[asked.id],
        options=asked.options,
        background=row.background,
        criteria=row.criteria,
        resolution_source=row.resolution_source,
        base_rate=row.base_rate,
        base_rate_class=row.base_rate_class,
        zone=row.zone or "UTC",
        unit=row.unit,
        statement=statement_views(session, [statement])[0] if statement else None,
        article=article_head(article) if article else None,
        parent_id=row.parent_id,
        parent_title=parent.title if parent else None,
        parent_outcome=row.parent_outcome,
        parent_failed=asked.parent_failed,
        lines=lines(session, snapshot, asked, row.statement_id, me, now),
        record=entries,
        resolutions=resolutions(session, question_id),
        clarifications=clarifications(session, question_id),
        comments=comments(session, question_id),
        evidence=evidence(session, question_id),
        scores=_scores(snapshot, asked),
        ends_at=from_us(asked.ends),
        fans=fans(entries, me=snapshot.by_login(me), until=until),
        conditional=_conditional(session, snapshot, asked, now),
        number_scores=_number_scores(asked, entries),
        is_scenario_set=session.get(ScenarioSet, asked.id) is not None,
    )


def _conditional(
    session: Session, snapshot: Snapshot, asked: Asked, now: datetime
) -> tuple[ConditionalView, ...]:
    """The questions asked on one of this one's outcomes, by id."""
    rows = session.exec(
        select(Question.id, Question.parent_outcome)
        .where(Question.parent_id == asked.id)
        .order_by(col(Question.id))
    )
    return tuple(
        ConditionalView(key, child.title, outcome or "", child.status(now))
        for key, outcome in rows
        if key is not None and (child := snapshot.questions[key])
    )


def asked_of(snapshot: Snapshot, question_id: int) -> Asked:
    """The question with an id, or NotFound."""
    asked = snapshot.questions.get(check_id("question", question_id))
    if asked is None:
        raise NotFound("question", question_id)
    return asked


def _scores(snapshot: Snapshot, asked: Asked) -> tuple[ScoreRow, ...]:
    """Everyone's score on this question, best first; empty until it is resolved."""
    found = scored(snapshot, settings_of(retrospective=False, possibilities=False))
    here = found.of(found.question == asked.id)
    speakers = [snapshot.speakers[key] for key in here.forecaster.tolist()]
    rows = score_rows(here, np.arange(len(speakers)), [(one, one.name) for one in speakers])
    return tuple(sorted(rows, key=lambda row: (row.score, row.forecaster)))


def _number_scores(asked: Asked, entries: Iterable[ForecastView]) -> tuple[NumberScore, ...]:
    """Everyone's score on a number, best first; empty until it is resolved."""
    observed = outcome_of(asked)
    if observed is None:
        return ()
    return number_scores(asked, said_of_number(entries), observed, asked.ends)
