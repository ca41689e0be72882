"""Do events called 70 % happen 70 % of the time?"""

from datetime import datetime
from typing import TypedDict

import numpy as np
from sqlmodel import Session

from forecasts.errors import NotFound
from forecasts.maths.calibration import (
    Band,
    Bin,
    Recalibration,
    ReliabilityCurve,
    bins_of,
    consistency_band_of,
    curve_of,
    recalibration_of,
)
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.pairs import Pairs, pooled
from forecasts.results.calibration import CalibrationView
from forecasts.results.scores import ScoreSettings
from forecasts.views.left_out import left_out
from forecasts.views.loading import Asked, narrowed
from forecasts.views.scoring import (
    SEED,
    Counted,
    chosen_questions,
    count_distinct,
    counted,
    settings_of,
)
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.standing import pair_starts

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
    snapshot = look(session).settled
    settings = settings_of(retrospective=retrospective, possibilities=possibilities)
    who, chosen = _chosen(snapshot, forecaster_id, forecaster_kind)
    questions = narrowed(snapshot.questions, tag=tag, publisher=publisher)
    old = [asked for asked in questions if all_questions or asked.closes_at <= now]
    # Which questions are old enough depends on the time, and their number says which they are.
    key = (settings, forecaster_id, forecaster_kind, publisher, tag, len(old))
    return snapshot.remembered(
        ("calibration", *key), lambda: _view(snapshot, who, chosen, questions, old, settings)
    )


def _chosen(
    snapshot: Snapshot, forecaster_id: int | None, kind: str | None
) -> tuple[str, frozenset[int]]:
    """Whose forecasts they are: in words, and as ids."""
    if forecaster_id is not None:
        if forecaster_id not in snapshot.speakers:
            raise NotFound("forecaster", forecaster_id)
        return snapshot.speakers[forecaster_id].name, frozenset({forecaster_id})
    groups = {"person": "All persons", "source": "All sources", "model": "All models"}
    chosen = frozenset(who for who, one in snapshot.speakers.items() if kind in (None, one.kind))
    return groups.get(kind or "", "Everyone"), chosen


def _view(
    snapshot: Snapshot,
    who: str,
    chosen: frozenset[int],
    questions: list[Asked],
    old: list[Asked],
    settings: ScoreSettings,
) -> CalibrationView:
    found = counted(snapshot, settings)
    own = np.isin(snapshot.said.forecaster[found.rows], list(chosen))
    asked = snapshot.said.question[found.rows]
    within = own & chosen_questions(snapshot, questions)[asked]
    entering = own & chosen_questions(snapshot, old)[asked]
    rows = Counted(found.rows[entering], found.days[entering])
    reasons = left_out(snapshot, questions, settings, by=chosen)
    early = count_distinct(asked[within]) - count_distinct(asked[entering])
    return CalibrationView(
        who=who,
        entering=ENTERING,
        **_reliability(pooled(pairs(snapshot, rows))),
        forecasts=rows.rows.size,
        questions=count_distinct(asked[entering]),
        left_out=(*reasons, (EARLY, early)) if early else reasons,
        settings=settings,
    )


class _Parts(TypedDict):
    curve: ReliabilityCurve | None
    band: Band | None
    bins: tuple[Bin, ...]
    recalibration: Recalibration | None


def _reliability(found: Pairs) -> _Parts:
    if not found.probabilities.size:
        return {"curve": None, "band": None, "bins": (), "recalibration": None}
    return {
        "curve": curve_of(found),
        "band": consistency_band_of(found, rng=np.random.default_rng(SEED)),
        "bins": bins_of(found),
        "recalibration": recalibration_of(found),
    }


def pairs(snapshot: Snapshot, found: Counted) -> Pairs:
    """Probabilities, outcomes, weights and questions, one entry a forecast and option.

    The rows that stood at the ends of a question's days share the weight 1 by their days, so
    the weighted Brier score of binary pairs is the mean of the time-averaged scores. More than
    two options enter as K one-versus-rest pairs of weight 1/K each.
    """
    said = snapshot.said
    starts = pair_starts(said, found.rows)
    total = np.add.reduceat(found.days, starts) if starts.size else found.days
    weight = found.days / np.repeat(total, np.diff(np.append(starts, found.rows.size)))
    question = said.question[found.rows]
    options = snapshot.options[question]
    outcome = snapshot.outcome[question]
    parts: list[tuple[Floats, Floats, Floats, Ints]] = []
    for k in np.unique(options).tolist():
        own = np.flatnonzero(options == k)
        shown = np.arange(k if k > 2 else 1)
        stated = said.distributions(found.rows[own], k)[:, shown]
        happened: Bools = shown == outcome[own][:, np.newaxis]
        parts.append(
            (
                stated.ravel(),
                happened.ravel().astype(np.float64),
                np.repeat(weight[own] / shown.size, shown.size),
                np.repeat(question[own], shown.size),
            )
        )
    if not parts:
        nothing = np.empty(0)
        return Pairs(nothing, nothing, nothing, nothing.astype(np.int64), nothing.astype(np.int64))
    p, y, w, ids = (np.concatenate(column) for column in zip(*parts, strict=True))
    place = np.zeros(snapshot.ends.size, dtype=np.int64)
    place[ids] = 1
    return Pairs(p, y, w, (np.cumsum(place) - 1)[ids], np.ones(p.size, dtype=np.int64))
