"""Lists of questions, with what I, the crowd and the source say about each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session, select

from db.tables import Question
from db.types import to_us
from forecasts.results.questions import FacetValues, QuestionRow, Sort
from forecasts.results.terms import Status
from forecasts.views.question_rows import question_rows, weekly_medians
from forecasts.views.snapshot import Snapshot, look

_STATES: tuple[Status, ...] = ("open", "upcoming", "closed", "resolved", "annulled")
SMALL_FIRST: Mapping[Sort, Callable[[QuestionRow], Any]] = {
    "state": lambda row: _STATES.index(row.status),
    "closes": lambda row: row.closes_at,
    "title": lambda row: row.title.casefold(),
}
"""What is sorted from the first up, unless turned around."""
_LARGE_FIRST: Mapping[Sort, Callable[[QuestionRow], float | None]] = {
    "newest": lambda row: row.opens_at.timestamp(),
    "mine": lambda row: row.mine,
    "crowd": lambda row: row.crowd if row.crowd_size > 1 else None,
    "source": lambda row: row.source,
    "my_change": lambda row: row.change_7d,
    "crowd_change": lambda row: row.crowd_change_7d,
    "change": lambda row: _size(row.crowd_change_7d, row.change_7d),
    "distance": lambda row: _size(_distance(row)),
}


def question_list(
    session: Session,
    *,
    me: str | None,
    now: datetime,
    status: Status | None = None,
    tag: str | None = None,
    publisher: str | None = None,
    text: str | None = None,
    mine: bool = False,
    within: timedelta | None = None,
    sort: Sort = "state",
    reverse: bool = False,
) -> tuple[QuestionRow, ...]:
    """Questions that fit every filter given; by default open ones first, then by close.

    Probabilities and changes are sorted from the largest down, all else from the first up;
    ``reverse`` turns that around. What has no value comes last in both.

    ``within`` takes those that close from now on and within so long; ``text`` those that have each
    of its words in their title, criteria, background, tags or publisher.
    """
    snapshot = look(session)
    rows = question_rows(snapshot, snapshot.questions, me=me, now=now)
    wanted = (text or "").casefold().split()
    words = _words(session, snapshot) if wanted else {}
    chosen = [
        row
        for row in rows.values()
        if (status is None or row.status == status)
        and (tag is None or tag in row.tags)
        and (publisher is None or row.publisher == publisher)
        and (not mine or row.mine_at is not None)
        and (within is None or now <= row.closes_at <= now + within)
        and all(word in words[row.id] for word in wanted)
    ]
    return tuple(_sorted(chosen, sort, reverse))


def question_row(
    session: Session, question_id: int, *, me: str | None, now: datetime
) -> QuestionRow:
    """The row of one question that is known to be there."""
    return question_rows(look(session), [question_id], me=me, now=now)[question_id]


def _words(session: Session, snapshot: Snapshot) -> dict[int, str]:
    """All that a question's own words are, by id, without regard to case."""
    return snapshot.apart.remembered("words", lambda: _load_words(session, snapshot))


def _load_words(session: Session, snapshot: Snapshot) -> dict[int, str]:
    told = session.exec(select(Question.id, Question.criteria, Question.background)).all()
    return {
        key: "\n".join(
            (asked.title, criteria, background, *asked.tags, asked.publisher or "")
        ).casefold()
        for key, criteria, background in told
        if key is not None and (asked := snapshot.questions[key])
    }


def _sorted(rows: list[QuestionRow], sort: Sort, reverse: bool) -> list[QuestionRow]:
    """Equal ones by state and close, whichever way the others run."""
    rows.sort(key=lambda row: (_STATES.index(row.status), row.closes_at, row.id))
    if sort in SMALL_FIRST:
        return sorted(rows, key=SMALL_FIRST[sort], reverse=reverse)
    value = _LARGE_FIRST[sort]
    known = [row for row in rows if value(row) is not None]
    known.sort(key=lambda row: value(row) or 0.0, reverse=not reverse)
    return known + [row for row in rows if value(row) is None]


def _size(*changes: float | None) -> float | None:
    """The first one known, without its sign."""
    return next((abs(change) for change in changes if change is not None), None)


def _distance(row: QuestionRow) -> float | None:
    """Between me and a crowd of more than me."""
    if row.mine is None or row.crowd is None or row.crowd_size < 2:
        return None
    return row.mine - row.crowd


def sparks(
    session: Session, ids: Sequence[int], *, now: datetime
) -> dict[int, tuple[float | None, ...]]:
    """Everyone's median on each of these questions week by week, the last at ``now`` or its end.

    None where nobody stood; a question is left out if nobody ever gave a probability of yes.
    """
    snapshot = look(session)
    return weekly_medians(snapshot, ids, to_us(now))


def facets(session: Session) -> FacetValues:
    """What there is to filter by: tags, publishers, and whoever has forecast."""
    snapshot = look(session)
    return snapshot.remembered("facets", lambda: _facets(snapshot))


def _facets(snapshot: Snapshot) -> FacetValues:
    questions = snapshot.questions.values()
    active = [snapshot.speakers[key] for key in np.unique(snapshot.said.forecaster).tolist()]
    return FacetValues(
        tags=tuple(sorted({tag for asked in questions for tag in asked.tags})),
        publishers=tuple(sorted({asked.publisher for asked in questions if asked.publisher})),
        forecasters=tuple(
            (one.id, one.kind, one.name)
            for one in sorted(active, key=lambda one: (one.kind, one.name))
        ),
        questions=len(questions),
    )
