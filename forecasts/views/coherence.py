"""Whether forecasts of linked questions could all be right, and how far off they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session

from db.types import to_us
from forecasts.maths.checks import Floats
from forecasts.maths.scenarios.coherence import Projection, project
from forecasts.results.coherence import CoherenceFinding, CoherenceView, Incoherence, StatedEvent
from forecasts.results.terms import ForecastClass
from forecasts.views.loading import Asked
from forecasts.views.relations import (
    End,
    Group,
    Linked,
    groups_of,
    load_relations,
    outcome_words,
)
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import rows_of, standing_at

TOLERANCE = 1e-3
"""Forecasts nearer than this to coherent ones are called coherent: a tenth of a point."""

Said = Mapping[End, float]
"""What one forecaster gives to each outcome at an instant."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A group as one forecaster sees it, and the coherent probabilities nearest to that."""

    group: Group
    given: tuple[Linked, ...]
    said: Said
    nearest: Projection


def coherence(session: Session, *, me: str | None, now: datetime) -> CoherenceView:
    """Find my standing forecasts on open questions that cannot all be right; and everybody's.

    Questions that can no longer be forecast are left out of the findings. The measure of every
    forecaster takes each group at the last moment when all its questions were open.
    """
    snapshot = look(session)
    questions = snapshot.questions
    relations = load_relations(session, questions)
    groups = groups_of(relations, questions)
    my_id = snapshot.by_login(me)
    mine: list[_Checked] = []
    for group in groups_of(_still_open(relations, questions, now), questions):
        if group.fault() is None:
            said = _said(snapshot, group, to_us(now), ("live",)).get(my_id or 0, {})
            mine += _check(group, said)
    findings = [_finding(questions, one) for one in mine if one.nearest.distance > TOLERANCE]
    return CoherenceView(
        findings=tuple(sorted(findings, key=lambda one: -one.distance)),
        checked=len(mine),
        relations=tuple(linked.view for linked in relations),
        not_checked=tuple(
            f"{_titles(questions, group)}: {fault}." for group in groups if (fault := group.fault())
        ),
        forecasters=_forecasters(snapshot, [one for one in groups if one.fault() is None], now),
    )


def _still_open(
    relations: Iterable[Linked], questions: Mapping[int, Asked], now: datetime
) -> list[Linked]:
    return [
        linked
        for linked in relations
        if all(questions[key].status(now) in ("open", "upcoming") for key in _ids(linked))
    ]


def _ids(linked: Linked) -> set[int]:
    return {linked.first[0], linked.second[0], *(key for key, _ in linked.outright)}


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


def _check(group: Group, said: Said) -> list[_Checked]:
    """The group held against what was said; nothing where fewer than two questions were."""
    if len({key for key, _ in said}) < 2:
        return []
    given = tuple(linked for linked in group.given if linked.first in said)
    nearest = project(
        _stated(group, said),
        group.binding,
        [group.condition(linked, said[linked.first]) for linked in given],
    )
    return [_Checked(group, given, said, nearest)]


def _stated(group: Group, said: Said) -> Floats:
    """The forecast of each event, (n,), NaN if none."""
    return np.array(
        [np.nan if end in group.follows else said.get(end, np.nan) for end in group.events]
    )


def _finding(questions: Mapping[int, Asked], one: _Checked) -> CoherenceFinding:
    pairs: list[tuple[End, End | None, float, float]] = [
        (end, None, one.said[end], float(nearest))
        for end, nearest in zip(one.group.events, one.nearest.events, strict=True)
        if not np.isnan(nearest)
    ]
    pairs += [
        (linked.first, linked.condition, one.said[linked.first], float(nearest))
        for linked, nearest in zip(one.given, one.nearest.given, strict=True)
    ]
    events = [
        StatedEvent(
            question_id=end[0],
            title=questions[end[0]].title,
            outcome=end[1],
            condition=f"if {outcome_words(questions, condition)}" if condition else None,
            stated=stated,
            nearest=nearest,
        )
        for end, condition, stated, nearest in pairs
    ]
    events.sort(key=lambda event: -abs(event.nearest - event.stated))
    return CoherenceFinding(
        sentence=_sentence(events),
        relations=tuple(linked.view.sentence for linked in one.group.relations),
        events=tuple(events),
        distance=one.nearest.distance,
    )


def _sentence(events: Sequence[StatedEvent]) -> str:
    moved = [event for event in events if abs(event.nearest - event.stated) >= TOLERANCE / 2]
    changes = "; ".join(
        f"“{event.title}”{'' if event.outcome == 'yes' else f' ({event.outcome})'} "
        f"{event.stated * 100:.1f} % → {event.nearest * 100:.1f} %"
        for event in moved
    )
    return (
        f"{len(events)} linked probabilities cannot all be right. "
        f"The smallest change that mends them: {changes}."
    )


def _titles(questions: Mapping[int, Asked], group: Group) -> str:
    return "; ".join(f"“{questions[key].title}”" for key in group.questions)


def _forecasters(
    snapshot: Snapshot, groups: Sequence[Group], now: datetime
) -> tuple[Incoherence, ...]:
    """Everybody's mean distance from coherence, the most coherent first."""
    distances: dict[int, list[float]] = {}
    for group in groups:
        ids = {key for linked in group.relations for key in _ids(linked)}
        last = min(snapshot.questions[key].ends for key in ids) - 1
        everybody = _said(snapshot, group, min(to_us(now), last), ("live", "source"))
        for who, said in everybody.items():
            for one in _check(group, said):
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
