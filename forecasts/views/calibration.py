"""Do events called 70 % happen 70 % of the time?"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from sqlmodel import Session

from forecasts.errors import NotFound
from forecasts.maths.calibration import (
    binned_reliability,
    consistency_band,
    recalibration,
    reliability_curve,
)
from forecasts.maths.checks import Floats, Ints
from forecasts.maths.timeline import standing_rows
from forecasts.results import CalibrationView, ScoreSettings
from forecasts.views.loading import chosen_questions, load_forecasters, load_stated
from forecasts.views.scores import settings_of
from forecasts.views.scoring import SEED, Scored, left_out, score_all

ENTERING = (
    "the forecast standing at the end of each day, each forecaster’s questions weighing the same"
)
EARLY = "resolved questions whose scheduled close lies ahead (early yes would be over-counted)"


def calibration(
    session: Session,
    *,
    now: datetime,
    forecaster_id: int | None = None,
    forecaster_kind: str | None = None,
    publisher: str | None = None,
    tag: str | None = None,
    retrospective: bool = False,
    possibilities: bool = False,
    all_questions: bool = False,
) -> CalibrationView:
    """Reliability of the chosen forecasts, with the numbers behind the diagram.

    Only questions whose scheduled close has passed enter, unless ``all_questions``: those that
    can resolve yes early but no only at the deadline look too often yes while they are young.

    Raises
    ------
    NotFound
        There is no such forecaster.
    """
    settings = settings_of(retrospective=retrospective, possibilities=possibilities)
    questions = chosen_questions(session, tag=tag, publisher=publisher)
    who, chosen = _chosen(session, forecaster_id, forecaster_kind)
    stated = load_stated(
        session, questions, classes=settings.classes, possibilities=possibilities, by=chosen
    )
    scored = score_all(questions.values(), stated)
    entering = [one for one in scored if all_questions or one.asked.row.closes_at <= now]
    reasons = left_out(session, questions.values(), settings, by=chosen)
    early = len({one.asked.id for one in scored}) - len({one.asked.id for one in entering})
    return _view(who, entering, (*reasons, (EARLY, early)) if early else reasons, settings)


def _chosen(
    session: Session, forecaster_id: int | None, kind: str | None
) -> tuple[str, frozenset[int]]:
    """Whose forecasts they are: in words, and as ids."""
    forecasters = load_forecasters(session)
    if forecaster_id is not None:
        if forecaster_id not in forecasters:
            raise NotFound("forecaster", forecaster_id)
        return forecasters[forecaster_id].name, frozenset({forecaster_id})
    groups = {"person": "All persons", "source": "All sources", "model": "All models"}
    chosen = frozenset(who for who, row in forecasters.items() if kind in (None, row.kind))
    return groups.get(kind or "", "Everyone"), chosen


def _view(
    who: str,
    scored: Sequence[Scored],
    reasons: tuple[tuple[str, int], ...],
    settings: ScoreSettings,
) -> CalibrationView:
    p, happened, weights, questions = pairs(scored)
    empty = not p.size
    rng = np.random.default_rng(SEED)
    return CalibrationView(
        who=who,
        entering=ENTERING,
        curve=None
        if empty
        else reliability_curve(p, happened, weights=weights, questions=questions),
        band=None if empty else consistency_band(p, weights=weights, questions=questions, rng=rng),
        bins=() if empty else binned_reliability(p, happened, weights=weights, questions=questions),
        recalibration=None
        if empty
        else recalibration(p, happened, weights=weights, questions=questions),
        forecasts=sum(len(np.unique(_rows(one))) for one in scored),
        questions=len({one.asked.id for one in scored}),
        left_out=reasons,
        settings=settings,
    )


def pairs(scored: Sequence[Scored]) -> tuple[Floats, Floats, Floats, Ints]:
    """Probabilities, outcomes, weights and questions, one entry a forecast and option.

    The rows that stood at the ends of a question's days share the weight 1 by their days, so
    the weighted Brier score of binary pairs is the mean of the time-averaged scores. More than
    two options enter as K one-versus-rest pairs of weight 1/K each.
    """
    p: list[Floats] = []
    happened: list[Floats] = []
    weights: list[Floats] = []
    questions: list[Ints] = []
    for one in scored:
        rows, days = np.unique(_rows(one), return_counts=True)
        options = np.arange(len(one.asked.options) if len(one.asked.options) > 2 else 1)
        stated = one.stated.history.probabilities[rows][:, options]
        p.append(stated.ravel())
        happened.append(np.tile((options == one.asked.outcome).astype(np.float64), rows.size))
        weights.append(np.repeat(days / days.sum() / options.size, options.size))
        questions.append(np.full(stated.size, one.asked.id, dtype=np.int64))
    if not p:
        nothing = np.empty(0)
        return nothing, nothing, nothing, np.empty(0, dtype=np.int64)
    return (
        np.concatenate(p),
        np.concatenate(happened),
        np.concatenate(weights),
        np.concatenate(questions),
    )


def _rows(one: Scored) -> Ints:
    """Which forecast stood at the end of each scored day."""
    return standing_rows(one.stated.history, one.timed.marks)
