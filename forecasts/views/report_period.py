"""What happened in a period, for a report."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from sqlalchemy import func
from sqlmodel import Session, col, select

from db.tables import Article, Question, Resolution, Statement
from db.types import to_us
from forecasts.errors import InvalidInput
from forecasts.maths.checks import Ints
from forecasts.results.calibration import Choice
from forecasts.results.questions import QuestionRow
from forecasts.results.reports import PeriodReport, Settled
from forecasts.results.scores import ScoreRow, ScoreSettings
from forecasts.views.calibration import calibration
from forecasts.views.chosen import claimed, counting
from forecasts.views.columns import LIVE, RETROSPECTIVE, SOURCE
from forecasts.views.left_out import left_out
from forecasts.views.loading import Asked
from forecasts.views.question_rows import question_rows
from forecasts.views.score_rows import score_rows
from forecasts.views.scores import ranked
from forecasts.views.scoring import Scored, chosen_questions, count_distinct, scored
from forecasts.views.snapshot import Snapshot, look

SHOWN = 200
"""Questions told one by one; the others are counted."""

Span = tuple[datetime, datetime]


def period_report(
    session: Session, first: date, last: date, *, now: datetime, settings: ScoreSettings
) -> PeriodReport:
    """What was asked, said and settled from ``first`` to ``last``, scored by ``settings``.

    Raises
    ------
    InvalidInput
        ``last`` lies before ``first``.
    """
    if last < first:
        raise InvalidInput("period", f"{first} to {last}", "the last day lies before the first")
    snapshot = look(session)
    begin = datetime.combine(first, time(), UTC)
    end = datetime.combine(last, time(), UTC) + timedelta(days=1)
    within = [
        asked for asked in snapshot.questions.values() if begin < asked.closes_at <= end
    ]  # by the scheduled close; one at midnight belongs to the day that it ends
    everything = scored(snapshot, settings)
    found = everything.of(chosen_questions(snapshot, within)[everything.question])
    rows = _rows(snapshot, found)
    settled = _settled(session, snapshot, (begin, end), now)
    choice = counting(
        Choice(forecaster_kind="person", closed_from=begin, closed_before=end), settings
    )
    return PeriodReport(
        first=first,
        last=last,
        counts=_counts(session, snapshot, (begin, end), settings),
        people=ranked((row for row in rows if row.forecaster_kind != "source"), settings),
        sources=ranked((row for row in rows if row.forecaster_kind == "source"), settings),
        scored=count_distinct(found.question),
        calibration=calibration(session, choice, now=now),
        settled=settled[:SHOWN],
        settled_in_all=len(settled),
        waiting=_waiting(snapshot, within, now),
        settings=settings,
        left_out=left_out(snapshot, within, settings),
    )


def _rows(snapshot: Snapshot, found: Scored) -> list[ScoreRow]:
    who, groups = np.unique(found.forecaster, return_inverse=True)
    speakers = [snapshot.speakers[key] for key in who.tolist()]
    return score_rows(found, groups, [(one, one.name) for one in speakers], adjusted=True)


def _settled(
    session: Session, snapshot: Snapshot, span: Span, now: datetime
) -> tuple[Settled, ...]:
    """The questions whose outcome became known within, as it holds now."""
    begin, end = map(to_us, span)
    held = {
        asked.id: asked.resolution
        for asked in snapshot.questions.values()
        if asked.resolution is not None and begin <= asked.resolution.known < end
    }
    rows = question_rows(snapshot, list(held), me=None, now=now) if held else {}
    known = {
        key: (state, at, precision)
        for key, state, at, precision in session.exec(
            select(
                Resolution.question_id,
                Resolution.state,
                Resolution.known_at,
                Resolution.known_precision,
            ).order_by(col(Resolution.version))
        )
        if key in rows
    }
    latest = sorted(rows.values(), key=lambda row: (known[row.id][1], row.id), reverse=True)
    return tuple(Settled(row, *known[row.id]) for row in latest)


def _waiting(snapshot: Snapshot, within: list[Asked], now: datetime) -> tuple[QuestionRow, ...]:
    """Closed by now, and without an outcome."""
    ids = [asked.id for asked in within if asked.status(now) == "closed"][:SHOWN]
    return tuple(question_rows(snapshot, ids, me=None, now=now).values()) if ids else ()


def _counts(
    session: Session, snapshot: Snapshot, span: Span, settings: ScoreSettings
) -> tuple[tuple[str, int], ...]:
    """What was recorded within, each kind with its count."""
    said = snapshot.said
    begin, end = map(to_us, span)
    rows = np.flatnonzero((begin <= said.recorded) & (said.recorded < end))
    rows = rows[~said.withdrawn(rows)]
    classes = said.classes(rows)
    recorded = (
        ("articles read", Article),
        ("forecast statements found in them", Statement),
        ("questions asked", Question),
    )
    return (
        *((name, _recorded(session, table, span)) for name, table in recorded),
        ("forecasts of persons and models", int((classes == LIVE).sum())),
        ("statements taken as their sources’ forecasts", int((classes == SOURCE).sum())),
        (claimed(settings), int((classes == RETROSPECTIVE).sum())),
        ("people who forecast", _people(snapshot, rows[classes == LIVE])),
    )


def _recorded(
    session: Session, table: type[Article] | type[Statement] | type[Question], span: Span
) -> int:
    at = col(table.recorded_at)
    return session.exec(
        select(func.count()).select_from(table).where(at >= span[0], at < span[1])
    ).one()


def _people(snapshot: Snapshot, rows: Ints) -> int:
    return int(np.unique(snapshot.said.forecaster[rows]).size)
