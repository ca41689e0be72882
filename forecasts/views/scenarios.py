"""Scenario sets: what is judged of them, what the indicators imply, and what to watch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlmodel import Session

from db.tables import Question
from db.types import from_us, to_us
from forecasts.maths.checks import Floats, Ints
from forecasts.maths.days import day_marks
from forecasts.maths.scenarios.inference import log_multipliers, normalised
from forecasts.results.scenarios import (
    ScenarioBoard,
    ScenarioSeries,
    ScenarioView,
    SensitivityRow,
    SetRow,
)
from forecasts.views.indicators import Evidence, evidence_of, forecasts_at
from forecasts.views.loading import Asked
from forecasts.views.scenario_facts import (
    Prior,
    Told,
    check_set,
    links_of,
    narratives_of,
    prior_of,
    set_ids,
)
from forecasts.views.scenario_words import gap, notices
from forecasts.views.snapshot import look
from forecasts.views.watching import indicator_views, watch_rows

FACTORS = (1.0, 0.5, 0.25)
"""By how much weights are scaled to show what dependence between indicators would do."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """Probabilities of the scenarios at instants ``at`` (T,); each (T, S), NaN where none."""

    at: Ints
    mine: Floats
    crowd: Floats
    implied: Floats


def scenario_sets(session: Session, *, now: datetime) -> tuple[SetRow, ...]:
    """Every scenario set, by its horizon."""
    snapshot = look(session)
    rows = []
    for key in set_ids(session):
        asked = snapshot.questions[key]
        rows.append(
            SetRow(
                question_id=key,
                title=asked.title,
                status=asked.status(now),
                closes_at=asked.closes_at,
                scenarios=asked.options,
                indicators=len(links_of(session, key)),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.closes_at, row.question_id)))


def scenario_board(
    session: Session, set_id: int, *, me: str | None, now: datetime, crowd: bool = True
) -> ScenarioBoard:
    """Everything about one set: judged and implied probabilities, indicators, what to watch.

    An open indicator counts by my standing forecast, else by the crowd's median; without ``crowd``
    by mine alone, and nothing that others forecast is in the answer. The past is read by the
    prior, likelihoods and weights that hold today.

    Raises
    ------
    NotFound
    """
    snapshot = look(session)
    asked = snapshot.questions[check_set(session, set_id)]
    row = session.get_one(Question, set_id)
    prior, told = prior_of(session, set_id), narratives_of(session, set_id)
    my_id, at = snapshot.by_login(me), _instants(asked, prior, now)
    evidence = [
        evidence_of(snapshot, link, prior, asked, my_id, at, crowd=crowd)
        for link in links_of(session, set_id)
    ]
    mine, theirs = forecasts_at(snapshot, asked, my_id, at)
    if not crowd:
        theirs = np.full_like(theirs, np.nan)
    added = _added(asked, prior, evidence, at)
    judged = _Judged(at, mine, theirs, _implied(prior, added, at))
    ruled_out = _ruled_out(prior, judged)
    silent = bool(np.isnan(judged.implied[-1]).any())
    counting = [] if silent else [one for one in evidence if one.counts]
    return ScenarioBoard(
        question_id=set_id,
        title=asked.title,
        background=row.background,
        criteria=row.criteria,
        status=asked.status(now),
        opens_at=asked.opens_at,
        closes_at=asked.closes_at,
        outcome=None if asked.outcome is None else asked.options[asked.outcome],
        scenarios=_scenarios(asked, told, prior, judged),
        prior=None if prior is None else prior.view,
        indicators=indicator_views(evidence, prior, len(asked.options), now),
        watch=watch_rows(counting, prior, snapshot.questions),
        sensitivity=() if silent else _sensitivity(prior, added[-1:]),
        series=ScenarioSeries(tuple(map(from_us, at.tolist())), mine, theirs, judged.implied),
        gap=gap(asked.options, mine[-1], judged.implied[-1]),
        notices=notices(asked, prior, told, evidence, ruled_out=ruled_out),
    )


def _instants(asked: Asked, prior: Prior | None, now: datetime) -> Ints:
    """The ends of the days since the set opened, or since its prior if earlier; and now."""
    start = asked.opens if prior is None else min(asked.opens, prior.dated)
    until = min(to_us(now), max(asked.ends, start))
    return np.unique(np.append(day_marks(start, until, asked.zone), until))


def _added(asked: Asked, prior: Prior | None, evidence: Sequence[Evidence], at: Ints) -> Floats:
    """What the indicators add to ln P(s) at each instant, (T, S)."""
    total = np.zeros((at.size, len(asked.options)))
    for one in evidence:
        if one.counts and one.indicator is not None and prior is not None:
            total += log_multipliers(prior.shares, one.indicator, one.current)
    return total


def _implied(prior: Prior | None, added: Floats, at: Ints) -> Floats:
    """What the indicators imply, (T, S); NaN before the prior and where nothing is left."""
    found = np.full(added.shape, np.nan)
    if prior is None:
        return found
    logs = _log(prior) + added
    possible = (at >= prior.dated) & ~np.isneginf(logs).all(axis=1)
    if possible.any():
        found[possible] = normalised(logs[possible])
    return found


def _log(prior: Prior) -> Floats:
    with np.errstate(divide="ignore"):
        logs: Floats = np.log(prior.shares)
    return logs


def _ruled_out(prior: Prior | None, judged: _Judged) -> bool:
    """Whether what is known now leaves no scenario."""
    dated = prior is not None and judged.at[-1] >= prior.dated
    return dated and bool(np.isnan(judged.implied[-1]).any())


def _sensitivity(prior: Prior | None, added: Floats) -> tuple[SensitivityRow, ...]:
    """The implied probabilities with every weight scaled: a weight is an exponent, so it scales
    what is added (1, S) to the logarithms."""
    if prior is None:
        return ()
    return tuple(
        SensitivityRow(factor, tuple(normalised(_log(prior) + factor * added)[0].tolist()))
        for factor in FACTORS
    )


def _scenarios(
    asked: Asked, told: dict[int, Told], prior: Prior | None, judged: _Judged
) -> tuple[ScenarioView, ...]:
    rows = []
    for position, name in enumerate(asked.options):
        narrative = told.get(position)
        rows.append(
            ScenarioView(
                position=position,
                name=name,
                narrative=narrative.text if narrative else None,
                narrative_version=narrative.version if narrative else 0,
                told_by=narrative.by if narrative else None,
                told_at=narrative.at if narrative else None,
                mine=_share(judged.mine, position),
                crowd=_share(judged.crowd, position),
                prior=None if prior is None else float(prior.shares[position]),
                implied=_share(judged.implied, position),
            )
        )
    return tuple(rows)


def _share(series: Floats, position: int) -> float | None:
    last = float(series[-1, position])
    return None if np.isnan(last) else last
