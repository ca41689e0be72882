"""What stands for an indicator at each instant, and whether it can be counted."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasts.maths.aggregation import crowd_median, standing
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.scenarios.inference import Indicator, reference
from forecasts.results.scenarios import IndicatorState
from forecasts.views.loading import Asked
from forecasts.views.scenario_facts import Link, Prior
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import rows_of, stated_on

WHY: dict[IndicatorState, str] = {
    "open": "counts by the forecast that stands",
    "unknown": "open, and there is no forecast to count: it adds nothing yet",
    "resolved": "counts by how it turned out",
    "after": "turned out after the set ended: counts by what stood then",
    "before": "turned out before the prior was made, which holds it already: left out",
    "annulled": "annulled, so it settles nothing: left out",
    "unjudged": "not yet judged: left out until every scenario has likelihoods",
    "impossible": "what is known of it has an outcome that no scenario allows: left out; "
    "correct the likelihoods or the forecast",
}
_COUNTING: tuple[IndicatorState, ...] = ("open", "unknown", "resolved", "after")
Origin = Literal["me", "crowd", "outcome"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One indicator of a set, over T instants the last of which is now.

    ``current`` has shape (T, K), NaN where nothing is known. ``indicator`` is None where the
    prior or a likelihood is missing. ``barred`` is how many instants since the prior are left
    out because of an outcome that no scenario allows. ``met`` is the chance that its conditions
    beyond those of the set are met, None where no forecast says.
    """

    link: Link
    asked: Asked
    state: IndicatorState
    indicator: Indicator | None
    current: Floats
    origin: Origin | None
    barred: int
    met: float | None

    @property
    def counts(self) -> bool:
        """Whether it takes part in what the indicators imply."""
        return self.indicator is not None and self.state in _COUNTING

    @property
    def still_open(self) -> bool:
        """Whether its answer is still to come, within the time of the set."""
        return self.state in ("open", "unknown")


def evidence_of(
    snapshot: Snapshot,
    link: Link,
    prior: Prior | None,
    futures: Asked,
    my_id: int | None,
    at: Ints,
    *,
    crowd: bool = True,
) -> Evidence:
    """An indicator of a set as it stands at each instant, by my forecast, else the crowd's median.

    Without ``crowd`` by mine alone.
    """
    asked = snapshot.questions[link.question_id]
    likelihoods = link.likelihoods(len(asked.options), len(futures.options))
    judged = not np.isnan(likelihoods).any()
    current, origin = _current(snapshot, asked, my_id, at, crowd=crowd)
    indicator = Indicator(likelihoods, link.weight) if judged and prior is not None else None
    state = _state(asked, judged, prior, int(at[-1]), known=origin is not None)
    barred = 0
    if indicator is not None and prior is not None:
        nowhere = reference(prior.shares, indicator) == 0
        impossible: Bools = np.any(current[:, nowhere] > 0, axis=1)
        current[impossible] = np.nan
        barred = int((impossible & (at >= prior.dated)).sum())
        if impossible[-1] and state in _COUNTING:
            state, origin = "impossible", None
    met = _chance_met(snapshot, asked, futures, my_id, at[-1:], crowd=crowd)
    return Evidence(link, asked, state, indicator, current, origin, barred, met)


def _conditions(snapshot: Snapshot, asked: Asked) -> list[tuple[int, str]]:
    """What a question is asked on, what that is asked on, and so on."""
    found = []
    while asked.condition is not None:
        found.append(asked.condition)
        asked = snapshot.questions[asked.condition[0]]
    return found


def _chance_met(
    snapshot: Snapshot,
    asked: Asked,
    futures: Asked,
    my_id: int | None,
    at: Ints,
    *,
    crowd: bool,
) -> float | None:
    """How probable the conditions are that a set does not share, at the instant ``at`` (1,).

    Each is asked on the one after it, so that their chances multiply. None where no forecast says.
    """
    chance, shared = 1.0, _conditions(snapshot, futures)
    for key, supposed in _conditions(snapshot, asked):
        if (key, supposed) in shared:
            continue
        parent = snapshot.questions[key]
        current, origin = _current(snapshot, parent, my_id, at, crowd=crowd)
        if origin is None:
            return None
        chance *= float(current[-1, parent.options.index(supposed)])
    return chance


def forecasts_at(
    snapshot: Snapshot, asked: Asked, my_id: int | None, at: Ints
) -> tuple[Floats, Floats]:
    """My forecast of a question and the crowd's median at each instant, (T, K) each.

    After the question's end, what stood at its end. NaN where nothing stands.
    """
    rows = _rows(snapshot, asked)
    held = np.minimum(at, asked.ends)
    return _mine_at(snapshot, asked, rows, my_id, held), _crowd_at(snapshot, asked, rows, held)


def _current(
    snapshot: Snapshot, asked: Asked, my_id: int | None, at: Ints, *, crowd: bool
) -> tuple[Floats, Origin | None]:
    rows, held = _rows(snapshot, asked), np.minimum(at, asked.ends)
    found = _mine_at(snapshot, asked, rows, my_id, held)
    origin: Origin | None = "crowd" if np.isnan(found[-1, 0]) else "me"
    if crowd and (lacking := np.isnan(found[:, 0])).any():
        found[lacking] = _crowd_at(snapshot, asked, rows, held[lacking])
    if asked.resolution is not None and asked.outcome is not None:
        known = at >= asked.resolution.known
        found[known] = np.eye(len(asked.options))[asked.outcome]
        origin = "outcome" if known[-1] else origin
    return found, None if np.isnan(found[-1, 0]) else origin


def _rows(snapshot: Snapshot, asked: Asked) -> Ints:
    return rows_of(snapshot, classes=("live",), persons=True, question=asked.id)


def _mine_at(snapshot: Snapshot, asked: Asked, rows: Ints, my_id: int | None, at: Ints) -> Floats:
    own = stated_on(snapshot, asked, rows[snapshot.said.forecaster[rows] == (my_id or 0)])
    if not own:
        return np.full((at.size, len(asked.options)), np.nan)
    return standing(own[0].history, at, limit="right")[0]


def _crowd_at(snapshot: Snapshot, asked: Asked, rows: Ints, at: Ints) -> Floats:
    histories = [one.history for one in stated_on(snapshot, asked, rows)]
    if not histories:
        return np.full((at.size, len(asked.options)), np.nan)
    return crowd_median(histories, at)


def _state(
    asked: Asked, judged: bool, prior: Prior | None, last: int, *, known: bool
) -> IndicatorState:
    """``last`` is now, or the end of the set if earlier."""
    held = asked.resolution
    if asked.parent_failed or (held is not None and asked.outcome is None):
        return "annulled"
    if not judged:
        return "unjudged"
    if held is not None:
        if prior is not None and held.known <= prior.dated:
            return "before"
        return "resolved" if held.known <= last else "after"
    return "open" if known else "unknown"
