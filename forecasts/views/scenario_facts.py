"""What the record says of a scenario set: its prior, narratives and indicators, as they hold."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from db.tables import (
    Forecaster,
    IndicatorLikelihood,
    IndicatorLink,
    Narrative,
    ScenarioPrior,
    ScenarioPriorShare,
    ScenarioSet,
)
from db.types import to_us
from forecasts.errors import NotFound, check_id
from forecasts.maths.checks import Floats
from forecasts.results.scenarios import Likelihood, PriorView
from forecasts.views.own_words import own_words


@dataclass(frozen=True, slots=True)
class Told:
    """The narrative of a scenario that holds."""

    text: str
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Prior:
    """The prior that holds: ``shares`` has shape (S,), ``dated`` is microseconds."""

    view: PriorView
    shares: Floats
    dated: int


@dataclass(frozen=True, slots=True)
class Link:
    """An indicator in force; ``cells`` by (scenario, outcome)."""

    question_id: int
    version: int
    weight: float
    note: str
    cells: dict[tuple[int, int], Likelihood]

    def likelihoods(self, outcomes: int, scenarios: int) -> Floats:
        """P(o|s), shape (K, S), NaN where nobody has judged."""
        found = np.full((outcomes, scenarios), np.nan)
        for (scenario, outcome), cell in self.cells.items():
            found[outcome, scenario] = cell.probability
        return found


def set_ids(session: Session) -> list[int]:
    """Every scenario set, in the order in which they were made."""
    return list(
        session.exec(select(ScenarioSet.question_id).order_by(col(ScenarioSet.question_id)))
    )


def check_set(session: Session, set_id: int) -> int:
    """``set_id`` if it is a scenario set; else ``NotFound``."""
    if session.get(ScenarioSet, check_id("scenario set", set_id)) is None:
        raise NotFound("scenario set", set_id)
    return set_id


def prior_of(session: Session, set_id: int) -> Prior | None:
    """The prior with the highest version; None if none was stated."""
    found = session.exec(
        select(ScenarioPrior, Forecaster.name)
        .join(Forecaster, col(Forecaster.id) == ScenarioPrior.recorded_by)
        .where(ScenarioPrior.set_id == set_id)
        .order_by(col(ScenarioPrior.version).desc())
    ).first()
    if found is None:
        return None
    row, name = found
    shares = session.exec(
        select(ScenarioPriorShare.probability)
        .where(ScenarioPriorShare.prior_id == row.id)
        .order_by(col(ScenarioPriorShare.position))
    ).all()
    said = own_words(session, ScenarioPrior, col(ScenarioPrior.id) == row.id)
    note = said.get(row.id or 0, row.note)
    view = PriorView(row.version, row.dated_at, tuple(shares), note, row.recorded_at, name)
    return Prior(view, np.array(shares), to_us(row.dated_at))


def narratives_of(session: Session, set_id: int) -> dict[int, Told]:
    """The narrative that holds, by position of the scenario."""
    rows = session.exec(
        select(Narrative, Forecaster.name)
        .join(Forecaster, col(Forecaster.id) == Narrative.recorded_by)
        .where(Narrative.set_id == set_id)
        .order_by(col(Narrative.version))
    )
    said = own_words(session, Narrative, col(Narrative.set_id) == set_id)
    return {
        row.position: Told(said.get(row.id or 0, row.text), row.version, name, row.recorded_at)
        for row, name in rows
    }


def links_of(session: Session, set_id: int) -> list[Link]:
    """The indicators in force, by question id."""
    rows = session.exec(
        select(IndicatorLink)
        .where(IndicatorLink.set_id == set_id)
        .order_by(col(IndicatorLink.version))
    )
    latest = {row.question_id: row for row in rows}
    active = sorted((row for row in latest.values() if row.active), key=lambda row: row.question_id)
    cells: dict[int, dict[tuple[int, int], Likelihood]] = {row.id or 0: {} for row in active}
    for key, scenario, outcome, probability, words, scale in _cells(session, set_id):
        if key in cells:
            cells[key][scenario, outcome] = Likelihood(probability, words, scale)
    said = own_words(session, IndicatorLink, col(IndicatorLink.set_id) == set_id)
    return [
        Link(
            row.question_id,
            row.version,
            row.weight,
            said.get(row.id or 0, row.note),
            cells[row.id or 0],
        )
        for row in active
    ]


def _cells(
    session: Session, set_id: int
) -> list[tuple[int, int, int, float, str | None, str | None]]:
    row = IndicatorLikelihood
    query = (
        select(  # type: ignore[call-overload]
            row.indicator_id, row.scenario, row.outcome, row.probability, row.words, row.scale
        )
        .join(IndicatorLink, col(IndicatorLink.id) == row.indicator_id)
        .where(IndicatorLink.set_id == set_id)
    )
    return list(session.exec(query))
