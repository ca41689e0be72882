"""Whether forecasts of linked questions could all be right, and how far off they are."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
from sqlmodel import Session

from db.types import to_us
from forecasts.maths.checks import Floats
from forecasts.maths.scenarios.coherence import Projection, project
from forecasts.results.coherence import CoherenceFinding, CoherenceView, Incoherence
from forecasts.results.terms import ForecastClass
from forecasts.views.coherence_findings import Checked, Said, findings, titles
from forecasts.views.loading import Asked
from forecasts.views.relations import (
    End,
    Group,
    Linked,
    groups_of,
    load_relations,
    open_together,
)
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import rows_of, standing_at


def coherence(session: Session, *, me: str | None, now: datetime) -> CoherenceView:
    """Find my standing forecasts on open questions that cannot all be right; and everybody's."""
    snapshot = look(session)
    questions = snapshot.questions
    relations = load_relations(session, questions)
    mine = _mine(snapshot, relations, snapshot.by_login(me), now)
    return CoherenceView(
        findings=findings(questions, mine),
        checked=len(mine),
        relations=tuple(linked.view for linked in relations),
        not_checked=tuple(
            dict.fromkeys(
                (*_unsolved(questions, relations, now), *_unmeasured(questions, relations))
            )
        ),
        forecasters=incoherence(session, now=now),
    )


def not_checked(session: Session, *, open_at: datetime | None = None) -> tuple[str, ...]:
    """The linked questions that ``incoherence`` could not measure, and why.

    With ``open_at``, those that ``contradictions`` could not check then.
    """
    questions = look(session).questions
    relations = load_relations(session, questions)
    if open_at is None:
        return _unmeasured(questions, relations)
    return _unsolved(questions, relations, open_at)


def contradictions(
    session: Session, *, me: str | None, now: datetime
) -> tuple[CoherenceFinding, ...]:
    """My standing forecasts on open questions that cannot all be right, the farthest first.

    Questions that can no longer be forecast are left out.
    """
    snapshot = look(session)
    relations = load_relations(session, snapshot.questions)
    return findings(snapshot.questions, _mine(snapshot, relations, snapshot.by_login(me), now))


def incoherence(session: Session, *, now: datetime) -> tuple[Incoherence, ...]:
    """Everybody's mean distance from coherence, the most coherent first; LOWER is better.

    Each group of linked questions is taken at the last moment when all of them were open. Where
    some had ended before others opened, each part that was open together is a group.
    """
    snapshot = look(session)
    distances: dict[int, list[float]] = {}
    relations = load_relations(session, snapshot.questions)
    for group, last in open_together(relations, snapshot.questions):
        if group.fault() is not None:
            continue
        everybody = _said(snapshot, group, min(to_us(now), last), ("live", "source"))
        for who, said in everybody.items():
            for one in _check(snapshot, group, said):
                distances.setdefault(who, []).append(one.nearest.distance)
    rows = [
        Incoherence(
            forecaster_id=who,
            forecaster=snapshot.speakers[who].name,
            forecaster_kind=snapshot.speakers[who].kind,
            distance=float(np.mean(found)),
            groups=len(found),
        )
        for who, found in distances.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.distance, row.forecaster_id)))


def _mine(
    snapshot: Snapshot, relations: Iterable[Linked], my_id: int | None, now: datetime
) -> list[Checked]:
    """The groups of open questions in which I have two forecasts or more."""
    questions, found = snapshot.questions, list[Checked]()
    for group in groups_of(_still_open(relations, questions, now), questions):
        if group.fault() is None:
            said = _said(snapshot, group, to_us(now), ("live",)).get(my_id or 0, {})
            found += _check(snapshot, group, said)
    return found


def _unsolved(
    questions: Mapping[int, Asked], relations: Iterable[Linked], now: datetime
) -> tuple[str, ...]:
    return _faults(questions, groups_of(_still_open(relations, questions, now), questions))


def _unmeasured(questions: Mapping[int, Asked], relations: Sequence[Linked]) -> tuple[str, ...]:
    together = [group for group, _ in open_together(relations, questions)]
    measured = {linked for group in together for linked in group.relations}
    apart = [
        f"{titles(questions, sorted(linked.questions))}: never open at the same time."
        for linked in relations
        if linked not in measured
    ]
    return (*_faults(questions, together), *apart)


def _faults(questions: Mapping[int, Asked], groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(
        f"{titles(questions, group.questions)}: {fault}."
        for group in groups
        if (fault := group.fault())
    )


def _still_open(
    relations: Iterable[Linked], questions: Mapping[int, Asked], now: datetime
) -> list[Linked]:
    return [
        linked
        for linked in relations
        if all(questions[key].status(now) in ("open", "upcoming") for key in linked.questions)
    ]


def _said(
    snapshot: Snapshot, group: Group, at: int, classes: Iterable[ForecastClass]
) -> dict[int, dict[End, float]]:
    """What each forecaster gives to each outcome at an instant, by forecaster."""
    found: dict[int, dict[End, float]] = {}
    said = snapshot.said
    for key in {*group.questions, *(linked.first[0] for linked in group.given)}:
        options = snapshot.questions[key].options
        rows = rows_of(snapshot, classes=classes, question=key)
        stands = standing_at(said, rows, np.full(rows.size, at))
        stands = stands[stands >= 0]
        shares = said.distributions(stands, len(options))
        for who, row in zip(said.forecaster[stands].tolist(), shares.tolist(), strict=True):
            held = found.setdefault(who, {})
            held.update({(key, name): share for name, share in zip(options, row, strict=True)})
    return found


def _check(snapshot: Snapshot, group: Group, said: Said) -> list[Checked]:
    """The group held against what was said; nothing where fewer than two questions were.

    What is nearest depends on nothing else, so it is worked out once and outlives acts.
    """
    if len({key for key, _ in said}) < 2:
        return []
    given = tuple(linked for linked in group.given if linked.first in said)
    stated = _stated(group, said)
    conditions = tuple(group.condition(linked, said[linked.first]) for linked in given)
    solved: dict[Hashable, Projection] = snapshot.settled.remembered("nearest coherent", dict)
    key = (group.binding, stated.tobytes(), conditions)
    if key not in solved:
        solved[key] = project(stated, group.binding, conditions)
    return [Checked(group, given, said, solved[key])]


def _stated(group: Group, said: Said) -> Floats:
    """The forecast of each event, (n,), NaN if none."""
    return np.array(
        [np.nan if end in group.follows else said.get(end, np.nan) for end in group.events]
    )
