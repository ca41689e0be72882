"""The step lines of a question's chart: mine, the crowd's, others', and the sources' bands."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from sqlmodel import Session, select

from db.tables import Statement
from db.types import from_us, to_us
from forecasts.maths.aggregation import change_points, crowd_median
from forecasts.maths.timeline import NEVER, History
from forecasts.results.question import Line, LineRole
from forecasts.views.loading import Asked
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import Stated, rows_of, stated_on


def lines(
    session: Session,
    snapshot: Snapshot,
    asked: Asked,
    statement_id: int | None,
    me: str | None,
    now: datetime,
) -> tuple[Line, ...]:
    """Step lines of the probability of yes: mine, the crowd's, others', and the source's band.

    With more options, a line an option of mine, and one of the crowd's if somebody else spoke.
    """
    rows = rows_of(snapshot, classes=("live", "source"), possibilities=True, question=asked.id)
    stated = stated_on(snapshot, asked, rows)
    forecasters = snapshot.speakers
    my_id = snapshot.by_login(me)
    hedge = session.exec(select(Statement.hedge).where(Statement.id == statement_id)).one_or_none()
    people = [one for one in stated if forecasters[one.forecaster_id].kind == "person"]
    until = min(asked.ends, to_us(now) + 1)
    if asked.kind != "binary":
        return _option_lines(asked, people, my_id, until)
    found = []
    for one in stated:
        kind = forecasters[one.forecaster_id].kind
        name = forecasters[one.forecaster_id].name
        if kind == "source":
            found.append(_source_line(one, name, hedge, until))
        elif one.forecaster_id == my_id:
            found.append(_line("You", "me", one.history, until))
        else:
            found.append(_line(name, "other", one.history, until))
    crowd = _crowd_history(people) if len(people) > 1 else None
    if crowd is not None:
        found.append(_line("Crowd", "crowd", crowd, until))
    return tuple(found)


def _option_lines(
    asked: Asked, people: Sequence[Stated], my_id: int | None, until: int
) -> tuple[Line, ...]:
    mine = next((one.history for one in people if one.forecaster_id == my_id), None)
    crowd = _crowd_history(people) if mine is None or len(people) > 1 else None
    shown: list[tuple[LineRole, History | None]] = [("me", mine), ("crowd", crowd)]
    return tuple(
        _line(name, role, history, until, option=option)
        for role, history in shown
        if history is not None
        for option, name in enumerate(asked.options)
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


def _crowd_history(members: Sequence[Stated]) -> History | None:
    """The median of the members' standing forecasts as a history of its own."""
    histories = [one.history for one in members]
    if not histories:
        return None
    at = change_points(histories)
    crowd = crowd_median(histories, at)
    return History(
        made=at,
        probabilities=crowd,
        withdrawn=np.isnan(crowd[:, 0]),
        expires=np.full(at.size, NEVER),
    )
