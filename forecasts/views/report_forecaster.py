"""Everything about one forecaster, for a report."""

from datetime import datetime

import numpy as np
from sqlmodel import Session

from db.types import from_us, to_us
from forecasts.errors import InvalidInput, NotFound
from forecasts.maths.checks import Ints
from forecasts.results.calibration import Choice
from forecasts.results.reports import ForecasterReport, QuestionScore, Standing
from forecasts.results.scores import ScoreRow, ScoreSettings
from forecasts.views.calibration import calibration
from forecasts.views.chosen import claimed, counting
from forecasts.views.columns import LIVE, RETROSPECTIVE, SOURCE
from forecasts.views.loading import Speaker
from forecasts.views.restated import quantiles_of
from forecasts.views.score_rows import score_rows
from forecasts.views.score_series import trailing
from forecasts.views.scores import ranked
from forecasts.views.scoring import Scored, count_distinct, scored
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import standing_at

SHOWN = 200
"""Questions told one by one; the others are counted."""

ENOUGH = 10
"""Questions from which a forecaster has a rank."""


def forecaster_report(
    session: Session, forecaster_id: int, *, now: datetime, settings: ScoreSettings
) -> ForecasterReport:
    """A forecaster's whole record up to ``now``, scored by ``settings``.

    Raises
    ------
    NotFound
    """
    snapshot = look(session)
    who = snapshot.speakers.get(forecaster_id)
    if who is None:
        raise NotFound("forecaster", forecaster_id)
    everything = scored(snapshot, settings)
    mine = everything.by(who.id)
    standing = _standing_rows(snapshot, who.id, now)
    return ForecasterReport(
        id=who.id,
        name=who.name,
        kind=who.kind,
        publisher=who.publisher or None,
        said=_said(snapshot, who.id, settings),
        questions=_questions(snapshot, who.id),
        row=_row(mine, who),
        rank=_rank(snapshot, everything, who, settings),
        series=trailing(who.name, "me", snapshot, mine) if mine.question.size else None,
        calibration=calibration(session, counting(Choice(forecaster_id=who.id), settings), now=now),
        scored=_scored(snapshot, mine),
        scored_in_all=mine.question.size,
        standing=tuple(_standing(session, snapshot, row) for row in standing[:SHOWN].tolist()),
        standing_in_all=standing.size,
        settings=settings,
    )


def find_forecaster(session: Session, text: str) -> int:
    """The id of the forecaster meant by an id, a login or a name.

    Raises
    ------
    NotFound
        Nobody goes by it.
    InvalidInput
        Several do; their ids are named.
    """
    speakers = look(session).speakers
    if text.isascii() and text.isdigit() and int(text) in speakers:
        return int(text)
    by_login = [one.id for one in speakers.values() if one.login == text]
    same = by_login or [one.id for one in speakers.values() if one.name == text]
    alike = same or [one.id for one in speakers.values() if one.name.casefold() == text.casefold()]
    if not alike:
        raise NotFound("forecaster", text)
    if len(alike) > 1:
        ids = ", ".join(map(str, sorted(alike)))
        raise InvalidInput("forecaster", text, f"several go by it; give one of the ids {ids}")
    return alike[0]


def _said(snapshot: Snapshot, who: int, settings: ScoreSettings) -> tuple[tuple[str, int], ...]:
    """What is recorded of a forecaster, each kind with its count."""
    said = snapshot.said
    rows = np.flatnonzero(said.forecaster == who)
    classes, withdrawn = said.classes(rows), said.withdrawn(rows)
    vague = said.possibilities(rows)
    apart = "" if settings.possibilities else ", not scored"
    counts = (
        ("live forecasts", (classes == LIVE) & ~withdrawn),
        ("statements as forecasts", (classes == SOURCE) & ~withdrawn & ~vague),
        (f"bare possibilities (may, could){apart}", vague),
        (claimed(settings), (classes == RETROSPECTIVE) & ~withdrawn & ~vague),
        ("withdrawals", withdrawn),
    )
    return tuple((name, int(chosen.sum())) for name, chosen in counts if chosen.any())


def _questions(snapshot: Snapshot, who: int) -> int:
    return count_distinct(snapshot.said.question[snapshot.said.forecaster == who])


def _row(mine: Scored, who: Speaker) -> ScoreRow | None:
    if not mine.question.size:
        return None
    (row,) = score_rows(mine, np.zeros(mine.question.size, dtype=np.int64), [(who, who.name)])
    return row


def _rank(
    snapshot: Snapshot, everything: Scored, who: Speaker, settings: ScoreSettings
) -> tuple[int, int] | None:
    """The place among those of the same kind who are scored on enough questions."""
    ids, group, number = np.unique(everything.forecaster, return_inverse=True, return_counts=True)
    enough = [
        place
        for place, key in enumerate(ids.tolist())
        if number[place] >= ENOUGH and snapshot.speakers[key].kind == who.kind
    ]
    chosen = np.isin(group, enough)
    if who.id not in ids[enough]:
        return None
    heads = [(snapshot.speakers[key], "") for key in ids[enough].tolist()]
    places = np.searchsorted(enough, group[chosen])
    rows = ranked(score_rows(everything.of(chosen), places, heads), settings)
    return [row.forecaster_id for row in rows].index(who.id) + 1, len(rows)


def _scored(snapshot: Snapshot, mine: Scored) -> tuple[QuestionScore, ...]:
    """The questions that ended last."""
    order = np.lexsort((-mine.question, -snapshot.ends[mine.question]))[:SHOWN]
    chosen = mine.of(order)
    return tuple(
        QuestionScore(
            question_id=key,
            title=snapshot.questions[key].title,
            outcome=_outcome(snapshot, key),
            ended_at=from_us(snapshot.questions[key].ends),
            score=score,
            uniform=uniform,
            coverage=coverage,
            days=days,
        )
        for key, score, uniform, coverage, days in zip(
            chosen.question.tolist(),
            chosen.score.tolist(),
            chosen.uniform.tolist(),
            chosen.coverage.tolist(),
            chosen.days.tolist(),
            strict=True,
        )
    )


def _outcome(snapshot: Snapshot, key: int) -> str:
    held = snapshot.questions[key].resolution
    return held.outcome if held is not None and held.outcome is not None else ""


def _standing_rows(snapshot: Snapshot, who: int, now: datetime) -> Ints:
    """The forecasts in force on questions without an outcome, the first to close first."""
    said = snapshot.said
    rows = np.flatnonzero(
        (said.forecaster == who)
        & np.isin(said.classes(slice(None)), [LIVE, SOURCE])
        & ~said.possibilities(slice(None))
    )
    found = standing_at(said, rows, np.full(rows.size, to_us(now)))
    open_ = [row for row in found.tolist() if row >= 0 and _is_open(snapshot, row)]
    open_.sort(key=lambda row: snapshot.questions[int(said.question[row])].closes)
    return np.array(open_, dtype=np.int64)


def _is_open(snapshot: Snapshot, row: int) -> bool:
    return not snapshot.questions[int(snapshot.said.question[row])].is_settled


def _standing(session: Session, snapshot: Snapshot, row: int) -> Standing:
    said = snapshot.said
    asked = snapshot.questions[int(said.question[row])]
    shares: list[float] = []
    if asked.options:
        (shares,) = said.distributions(np.array([row]), len(asked.options)).tolist()
    return Standing(
        question_id=asked.id,
        title=asked.title,
        options=asked.options,
        closes_at=asked.closes_at,
        made_at=from_us(int(said.made[row])),
        probabilities=tuple(shares),
        quantiles=() if asked.options else quantiles_of(session, int(said.id[row])),
    )
