"""Do events called 70 % happen 70 % of the time?"""

from datetime import datetime
from typing import TypedDict

import numpy as np
from sqlmodel import Session

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
from forecasts.maths.pairs import Pairs, pooled
from forecasts.results.calibration import EVERYTHING, CalibrationView, Choice, DiscriminationView
from forecasts.views.chosen import Chosen, choose, entering
from forecasts.views.discrimination import discrimination_of
from forecasts.views.entered import TOLD
from forecasts.views.judged import pairs
from forecasts.views.scoring import SEED, count_distinct
from forecasts.views.snapshot import Snapshot, look


def calibration(session: Session, choice: Choice = EVERYTHING, *, now: datetime) -> CalibrationView:
    """Reliability of the chosen forecasts, with the numbers behind the diagram.

    Only questions whose scheduled close has passed enter, unless ``all_questions``: those that
    can resolve yes early but no only at the deadline look too often yes while they are young.

    Raises
    ------
    NotFound
        There is no such forecaster.
    """
    return _answer(session, choice, now)[0]


def discrimination(
    session: Session, choice: Choice = EVERYTHING, *, now: datetime
) -> DiscriminationView:
    """Whether the same forecasts were higher before what happened than before what did not.

    Raises
    ------
    NotFound
        There is no such forecaster.
    """
    return _answer(session, choice, now)[1]


def _answer(
    session: Session, choice: Choice, now: datetime
) -> tuple[CalibrationView, DiscriminationView]:
    """Both at once: most of the work is to find the forecasts that enter."""
    snapshot = look(session).settled
    chosen = choose(snapshot, choice, now)
    return snapshot.remembered(
        ("calibration", chosen.key), lambda: _views(snapshot, chosen, choice)
    )


def _views(
    snapshot: Snapshot, chosen: Chosen, choice: Choice
) -> tuple[CalibrationView, DiscriminationView]:
    rows, reasons = entering(snapshot, chosen, choice)
    found = pooled(pairs(snapshot, rows))
    view = CalibrationView(
        who=chosen.who,
        entering=TOLD[choice.which],
        **_reliability(found),
        forecasts=rows.rows.size,
        questions=count_distinct(snapshot.said.question[rows.rows]),
        left_out=reasons,
        settings=chosen.settings,
    )
    return view, discrimination_of(found)


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
