"""Everything about one question: criteria, lines of the chart, record, scores."""

from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from db.tables import Article, Question, Statement
from db.types import from_us, to_us
from forecasts.errors import InvalidInput, NotFound, check_id
from forecasts.maths.timeline import NEVER, History
from forecasts.results.question import ConditionalView, Preview, QuestionView
from forecasts.results.scores import ScoreRow
from forecasts.views.fans import fans
from forecasts.views.inbox import article_head, statement_views
from forecasts.views.lines import lines
from forecasts.views.loading import Asked
from forecasts.views.question_rows import question_rows
from forecasts.views.record import clarifications, comments, evidence, record, resolutions
from forecasts.views.score_rows import score_rows
from forecasts.views.scoring import score_history, scored, settings_of
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import rows_of, stated_on


def question(session: Session, question_id: int, *, me: str | None, now: datetime) -> QuestionView:
    """All that a question's page shows.

    Raises
    ------
    NotFound
    """
    snapshot = look(session)
    asked = _asked(snapshot, question_id)
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


def preview(
    session: Session, question_id: int, *, me: str | None, now: datetime, probability: float
) -> Preview:
    """My score in both outcomes if ``probability`` were saved now and stood to the close."""
    snapshot = look(session)
    asked = _asked(snapshot, question_id)
    if asked.kind != "binary":
        raise InvalidInput("question", question_id, "only yes/no questions have a preview")
    mine = _my_history(snapshot, asked, me)
    now_yes, now_no = _both_ways(asked, mine)
    after_yes, after_no = _both_ways(asked, _with_one_more(mine, to_us(now), probability))
    if after_yes is None or after_no is None:
        raise InvalidInput(
            "question", question_id, "no day is left on which a forecast would count"
        )
    return Preview(after_yes, after_no, now_yes, now_no)


def _asked(snapshot: Snapshot, question_id: int) -> Asked:
    asked = snapshot.questions.get(check_id("question", question_id))
    if asked is None:
        raise NotFound("question", question_id)
    return asked


def _my_history(snapshot: Snapshot, asked: Asked, me: str | None) -> History | None:
    my_id = snapshot.by_login(me)
    rows = rows_of(snapshot, classes=("live",), question=asked.id)
    live = stated_on(snapshot, asked, rows)
    return next((one.history for one in live if one.forecaster_id == my_id), None)


def _with_one_more(mine: History | None, at: int, probability: float) -> History:
    # A clock may have been set back since: what is said now comes after what was said before.
    made = [at] if mine is None else [*mine.made, max(at, *mine.made)]
    shares = [[probability, 1 - probability]]
    rows = shares if mine is None else [*mine.probabilities.tolist(), *shares]
    return History(
        made=np.array(made),
        probabilities=np.array(rows),
        withdrawn=np.array([*(() if mine is None else mine.withdrawn), False]),
        expires=np.array([*(() if mine is None else mine.expires), NEVER]),
    )


def _both_ways(asked: Asked, history: History | None) -> tuple[float | None, float | None]:
    if history is None:
        return None, None
    timed = [score_history(asked, history, outcome, asked.closes) for outcome in (0, 1)]
    yes, no = (None if one is None else one.mean for one in timed)
    return yes, no


def _scores(snapshot: Snapshot, asked: Asked) -> tuple[ScoreRow, ...]:
    """Everyone's score on this question, best first; empty until it is resolved."""
    found = scored(snapshot, settings_of(retrospective=False, possibilities=False))
    here = found.of(found.question == asked.id)
    speakers = [snapshot.speakers[key] for key in here.forecaster.tolist()]
    rows = score_rows(here, np.arange(len(speakers)), [(one, one.name) for one in speakers])
    return tuple(sorted(rows, key=lambda row: (row.score, row.forecaster)))
