"""What an outcome would do to everybody's scores, worked out without recording it."""

from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from db.tables import Question
from db.types import to_us
from forecasts.errors import InvalidInput
from forecasts.results.settlement import ScoreChange, SettlementEffect
from forecasts.views.loading import Asked, Held
from forecasts.views.numbers import NumberSaid, number_scores, outcome_of, said_of_number
from forecasts.views.question import asked_of
from forecasts.views.record import record
from forecasts.views.scoring import Scored, score_history, scored, settings_of
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import rows_of, stated_on

_Losses = dict[int, float]  # by forecaster


def settlement_effect(
    session: Session, question_id: int, *, outcome: str | None, known_at: datetime
) -> SettlementEffect:
    """Everybody's scores with the question settled so, beside those they have now.

    ``outcome`` is an option's name; None annuls. Questions asked on condition of this one gain or
    lose their scores with it. Numeric questions are scored in their own unit and change no mean.

    Raises
    ------
    NotFound
    InvalidInput
        The outcome of a numeric question is no number.
    """
    snapshot = look(session)
    asked = asked_of(snapshot, question_id)
    held = Held("annulled" if outcome is None else "resolved", outcome, to_us(known_at))
    if asked.kind == "numeric":
        return _number_effect(session, asked, replace(asked, resolution=held))
    settled = _with_conditional(session, snapshot, replace(asked, resolution=held))
    now = scored(snapshot, settings_of(retrospective=False, possibilities=False))
    before = {key: _losses_now(now, key) for key in settled}
    after = {key: _losses_then(snapshot, one) for key, one in settled.items()}
    people = set().union(*before.values(), *after.values())
    changes = [_change(snapshot, now, one, question_id, before, after) for one in people]
    return SettlementEffect(
        changes=tuple(sorted((one for one in changes if _differs(one)), key=_largest_first)),
        conditional=tuple(
            (key, one.title, one.is_scored)
            for key, one in settled.items()
            if key != question_id and before[key] != after[key]
        ),
    )


def _number_effect(session: Session, asked: Asked, settled: Asked) -> SettlementEffect:
    """The scores on a number as they are and as they would be; nothing hangs on its outcome."""
    said = said_of_number(record(session, asked))
    before, after = _number_losses(asked, said), _number_losses(settled, said)
    changes = [
        ScoreChange(
            forecaster_id=one.forecaster_id,
            forecaster=one.forecaster,
            forecaster_kind=one.forecaster_kind,
            before=before.get(one.forecaster_id),
            after=after.get(one.forecaster_id),
            mean_before=None,
            mean_after=None,
        )
        for one in said
    ]
    found = sorted((one for one in changes if _differs(one)), key=lambda one: one.forecaster)
    return SettlementEffect(tuple(found), (), number=True)


def _number_losses(asked: Asked, said: list[NumberSaid]) -> _Losses:
    try:
        observed = outcome_of(asked)
        scores = () if observed is None else number_scores(asked, said, observed, asked.ends)
    except ValueError:  # no number, or none that is finite
        outcome = asked.resolution.outcome if asked.resolution else None
        raise InvalidInput("outcome", outcome, "must be a number") from None
    return {one.forecaster_id: one.score for one in scores}


def _with_conditional(session: Session, snapshot: Snapshot, changed: Asked) -> dict[int, Asked]:
    """The question as it would be, and every question asked on its condition, however far down."""
    found = {changed.id: changed}
    rows = session.exec(
        select(Question.id, Question.parent_id, Question.parent_outcome)
        .where(col(Question.parent_id).is_not(None))
        .order_by(col(Question.id))  # a parent is asked before its children
    )
    for key, parent_id, wanted in rows:
        parent = found.get(parent_id or 0)
        if key is not None and parent is not None:
            held = parent.resolution
            failed = parent.parent_failed or (held is not None and held.outcome != wanted)
            found[key] = replace(snapshot.questions[key], parent_failed=failed)
    return found


def _losses_now(now: Scored, question: int) -> _Losses:
    here = now.of(now.question == question)
    return dict(zip(here.forecaster.tolist(), here.score.tolist(), strict=True))


def _losses_then(snapshot: Snapshot, asked: Asked) -> _Losses:
    outcome = asked.outcome
    if outcome is None or asked.parent_failed:
        return {}
    rows = rows_of(snapshot, classes=("live", "source"), question=asked.id)
    timed = {
        one.forecaster_id: score_history(asked, one.history, outcome, asked.ends)
        for one in stated_on(snapshot, asked, rows)
    }
    return {who: found.mean for who, found in timed.items() if found is not None}


def _change(
    snapshot: Snapshot,
    now: Scored,
    who: int,
    question: int,
    before: dict[int, _Losses],
    after: dict[int, _Losses],
) -> ScoreChange:
    own = now.score[now.forecaster == who]
    lost = [losses[who] for losses in before.values() if who in losses]
    gained = [losses[who] for losses in after.values() if who in losses]
    number = own.size - len(lost) + len(gained)
    total = float(own.sum()) - sum(lost) + sum(gained)
    speaker = snapshot.speakers[who]
    return ScoreChange(
        forecaster_id=who,
        forecaster=speaker.name,
        forecaster_kind=speaker.kind,
        before=before[question].get(who),
        after=after[question].get(who),
        mean_before=float(np.mean(own)) if own.size else None,
        mean_after=total / number if number else None,
    )


def _differs(one: ScoreChange) -> bool:
    pairs = ((one.before, one.after), (one.mean_before, one.mean_after))
    return any(
        (a is None) != (b is None) or (a is not None and b is not None and abs(a - b) > 1e-12)
        for a, b in pairs
    )


def _largest_first(one: ScoreChange) -> tuple[float, str]:
    if one.mean_before is None or one.mean_after is None:
        return -1.0, one.forecaster
    return -abs(one.mean_after - one.mean_before), one.forecaster
