"""What each publisher and quoted expert stated, what became of it, and how right it was."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from sqlmodel import Session

from forecasts.maths.resampling import LEAST_QUESTIONS
from forecasts.reading.drafting.resolvability import Resolvability
from forecasts.results.scores import ScoreRow, ScoreSettings
from forecasts.results.sources import SourceKey, SourceRow, Sources
from forecasts.views.columns import ALL, SOURCE
from forecasts.views.fitness import fitness
from forecasts.views.scores import DEFAULT, scoreboard
from forecasts.views.scoring import scored
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.stated_rows import Stated, by_source, stated_rows, wording

JUDGED = 300
"""Statements whose resolvability is judged for one look: the newest of every speaker."""


def sources(session: Session, *, now: datetime) -> Sources:
    """Every source with a statement or a forecast, those with the most statements first."""
    snapshot = look(session)
    return snapshot.remembered("sources", lambda: _sources(session, snapshot, now))


def _sources(session: Session, snapshot: Snapshot, now: datetime) -> Sources:
    stated = stated_rows(session, snapshot)
    groups = by_source(stated)
    board = scoreboard(session, now=now)
    scores = {_key_of(snapshot, row): row for row in board.sources}
    scores |= {SourceKey(None, row.forecaster): row for row in board.publishers}
    asked = _asked(snapshot)
    judged = fitness(session, _newest(groups))
    rates = _base_rates(snapshot, DEFAULT)
    rows = [
        _row(snapshot, key, groups.get(key, []), scores.get(key), asked, judged, rates)
        for key in groups.keys() | scores.keys() | asked.keys()
    ]
    rows.sort(
        key=lambda row: (-row.statements, -row.questions, row.key.speaker or "", row.key.publisher)
    )
    return Sources(
        settings=board.settings,
        speakers=tuple(row for row in rows if row.key.speaker is not None),
        publishers=tuple(row for row in rows if row.key.speaker is None),
        statements=len(stated),
        possibilities=sum(row.possibility for row in stated),
    )


def _row(
    snapshot: Snapshot,
    key: SourceKey,
    stated: Sequence[Stated],
    score: ScoreRow | None,
    asked: Mapping[SourceKey, set[int]],
    judged: Mapping[int, Resolvability],
    rates: Mapping[SourceKey, tuple[int, int]],
) -> SourceRow:
    questions = asked.get(key, set()) | {row.question_id for row in stated if row.question_id}
    fit = [judged[row.id].score for row in stated if row.id in judged]
    came_true, of = rates.get(key, (0, 0))
    return SourceRow(
        key=key,
        statements=len(stated),
        waiting=sum(row.decision == "waiting" for row in stated),
        dismissed=sum(row.decision == "dismissed" for row in stated),
        wording=wording(stated),
        fitness=float(np.mean(fit)) if fit else None,
        judged=len(fit),
        questions=len(questions),
        settled=sum(snapshot.questions[one].is_settled for one in questions),
        score=score,
        base_rate=came_true / of * (1 - came_true / of) if of >= LEAST_QUESTIONS else None,
        came_true=came_true if of else None,
    )


def _key_of(snapshot: Snapshot, row: ScoreRow) -> SourceKey:
    speaker = snapshot.speakers[row.forecaster_id]
    return SourceKey(speaker.name, speaker.publisher)


def _keys(snapshot: Snapshot) -> dict[int, list[SourceKey]]:
    """As which sources a forecaster counts: itself, and its publisher."""
    return {
        key: [SourceKey(one.name, one.publisher)]
        + ([SourceKey(None, one.publisher)] if one.publisher else [])
        for key, one in snapshot.speakers.items()
        if one.kind == "source"
    }


def _asked(snapshot: Snapshot) -> dict[SourceKey, set[int]]:
    """The questions on which each source has a forecast."""
    said = snapshot.said
    rows = np.flatnonzero(said.classes(ALL) == SOURCE)
    pairs = np.unique(np.stack([said.forecaster[rows], said.question[rows]], axis=1), axis=0)
    found: dict[SourceKey, set[int]] = {}
    keys = _keys(snapshot)
    for who, question in pairs.tolist():
        for key in keys.get(who, ()):
            found.setdefault(key, set()).add(question)
    return found


def _base_rates(snapshot: Snapshot, settings: ScoreSettings) -> dict[SourceKey, tuple[int, int]]:
    """How many of each source's scored questions came true, of how many; yes/no ones only."""
    found = scored(snapshot, settings)
    settled = snapshot.settled
    happened = (settled.outcome[found.question] == 0).tolist()
    binary = settled.binary[found.question].tolist()
    keys = _keys(settled)
    counts: dict[SourceKey, list[int]] = {}
    other: set[SourceKey] = set()
    for who, yes, two in zip(found.forecaster.tolist(), happened, binary, strict=True):
        for key in keys.get(who, ()):
            if not two:
                other.add(key)
            count = counts.setdefault(key, [0, 0])
            count[0] += yes
            count[1] += 1
    return {key: (yes, of) for key, (yes, of) in counts.items() if key not in other}


def _newest(groups: Mapping[SourceKey, Sequence[Stated]]) -> list[int]:
    """The newest statements of every speaker, as many of each, ``JUDGED`` at most."""
    speakers = [rows for key, rows in groups.items() if key.speaker is not None]
    each = max(1, JUDGED // max(len(speakers), 1))
    return [row.id for rows in speakers for row in rows[:each]][:JUDGED]
