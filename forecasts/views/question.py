"""Everything about one question: criteria, lines of the chart, record, scores."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from sqlmodel import Session, select

from db.tables import Article, Question, Statement
from db.types import from_us, to_us
from forecasts.errors import InvalidInput, NotFound, check_id
from forecasts.maths.timeline import NEVER, History
from forecasts.results import Line, LineRole, Preview, QuestionView, ScoreRow
from forecasts.views.inbox import article_head, statement_views
from forecasts.views.loading import (
    Asked,
    Stated,
    forecaster_id,
    load_forecasters,
    load_questions,
    load_stated,
)
from forecasts.views.questions import question_rows
from forecasts.views.record import clarifications, comments, evidence, record, resolutions
from forecasts.views.scoring import crowd_history, score_all, score_history, score_row


def question(session: Session, question_id: int, *, me: str | None, now: datetime) -> QuestionView:
    """All that a question's page shows.

    Raises
    ------
    NotFound
    """
    asked = _asked(session, question_id)
    row = asked.row
    statement = session.get(Statement, row.statement_id) if row.statement_id else None
    article = session.get(Article, statement.article_id) if statement else None
    parent = session.get(Question, row.parent_id) if row.parent_id else None
    return QuestionView(
        row=question_rows(session, {question_id: asked}, me=me, now=now)[question_id],
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
        lines=_lines(session, asked, me, now),
        record=record(session, asked),
        resolutions=resolutions(session, question_id),
        clarifications=clarifications(session, question_id),
        comments=comments(session, question_id),
        evidence=evidence(session, question_id),
        scores=_scores(session, asked),
        ends_at=from_us(asked.ends),
    )


def preview(
    session: Session, question_id: int, *, me: str | None, now: datetime, probability: float
) -> Preview:
    """My score in both outcomes if ``probability`` were saved now and stood to the close."""
    asked = _asked(session, question_id)
    if asked.row.kind != "binary":
        raise InvalidInput("question", question_id, "only yes/no questions have a preview")
    mine = _my_history(session, asked, me)
    now_yes, now_no = _both_ways(asked, mine)
    after_yes, after_no = _both_ways(asked, _with_one_more(mine, to_us(now), probability))
    if after_yes is None or after_no is None:
        raise InvalidInput(
            "question", question_id, "no day is left on which a forecast would count"
        )
    return Preview(after_yes, after_no, now_yes, now_no)


def _asked(session: Session, question_id: int) -> Asked:
    asked = load_questions(session, [check_id("question", question_id)]).get(question_id)
    if asked is None:
        raise NotFound("question", question_id)
    return asked


def _my_history(session: Session, asked: Asked, me: str | None) -> History | None:
    my_id = forecaster_id(session, me)
    live = load_stated(session, {asked.id: asked}, classes=("live",))
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


def _lines(session: Session, asked: Asked, me: str | None, now: datetime) -> tuple[Line, ...]:
    """Step lines of the probability of yes: mine, the crowd's, others', and the source's band.

    With more options, one line an option: mine, or the crowd's while I have none.
    """
    stated = load_stated(session, {asked.id: asked}, classes=("live", "source"), possibilities=True)
    forecasters = load_forecasters(session)
    my_id = forecaster_id(session, me)
    hedge = session.exec(
        select(Statement.hedge).where(Statement.id == asked.row.statement_id)
    ).one_or_none()
    people = [one for one in stated if forecasters[one.forecaster_id].kind == "person"]
    until = min(asked.ends, to_us(now) + 1)
    if asked.row.kind != "binary":
        return _option_lines(asked, people, my_id, until)
    lines = []
    for one in stated:
        kind = forecasters[one.forecaster_id].kind
        name = forecasters[one.forecaster_id].name
        if kind == "source":
            lines.append(_source_line(one, name, hedge, until))
        elif one.forecaster_id == my_id:
            lines.append(_line("You", "me", one.history, until))
        else:
            lines.append(_line(name, "other", one.history, until))
    crowd = crowd_history(people) if len(people) > 1 else None
    if crowd is not None:
        lines.append(_line("Crowd", "crowd", crowd, until))
    return tuple(lines)


def _option_lines(
    asked: Asked, people: Sequence[Stated], my_id: int | None, until: int
) -> tuple[Line, ...]:
    mine = next((one.history for one in people if one.forecaster_id == my_id), None)
    shown = mine or crowd_history(people)
    if shown is None:
        return ()
    role: LineRole = "me" if mine else "crowd"
    return tuple(
        _line(name, role, shown, until, option=option) for option, name in enumerate(asked.options)
    )


def _line(name: str, role: LineRole, history: History, until: int, *, option: int = 0) -> Line:
    """The steps up to ``until``. Where nothing stands the value is None, after the last one again.

    What was said later than the question's end is in the record and not in the line.
    """
    points: list[tuple[int, float | None]] = []
    for row, made in enumerate(history.made):
        after = int(history.made[row + 1]) if row + 1 < len(history.made) else NEVER
        ends = min(after, int(history.expires[row]))
        if made >= until:
            break
        if history.withdrawn[row]:
            points.append((int(made), None))
            continue
        share = float(history.probabilities[row, option])
        points.append((int(made), share))
        expired = ends < after
        if ends <= until and (expired or history.withdrawn[row + 1]):
            points.append((ends, share))  # drawn up to where it ended
            if expired:
                points.append((ends, None))
    return Line(
        name=name,
        role=role,
        at=tuple(from_us(at) for at, _ in points),
        value=tuple(value for _, value in points),
    )


def _source_line(one: Stated, name: str, hedge: str | None, until: int) -> Line:
    line = _line(name, "source", one.history, until)
    ends = [None if end is None else float(end.probabilities[-1, 0]) for end in (one.low, one.high)]
    return Line(line.name, "source", line.at, line.value, ends[0], ends[1], hedge)


def _scores(session: Session, asked: Asked) -> tuple[ScoreRow, ...]:
    """Everyone's score on this question, best first; empty until it is resolved."""
    stated = load_stated(session, {asked.id: asked}, classes=("live", "source"))
    forecasters = load_forecasters(session)
    rows = [
        score_row([one], forecasters[one.stated.forecaster_id])
        for one in score_all([asked], stated)
    ]
    return tuple(sorted(rows, key=lambda row: (row.score, row.forecaster)))
