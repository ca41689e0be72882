"""What was said about a number, and how it scored in the number's own unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np

from db.types import to_us
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.days import day_marks
from forecasts.maths.quantiles import quantile_score
from forecasts.maths.timeline import NEVER, standing_rows
from forecasts.results.daily import NumberScore
from forecasts.results.question import ForecastView
from forecasts.views.loading import Asked

Quantiles = tuple[tuple[float, float], ...]  # (level, value), levels rising


@dataclass(frozen=True, slots=True)
class NumberSaid:
    """What one forecaster said about a number, in the order in which it was said.

    Unlike ``maths.numeric.QuantileHistory``, each row may state levels of its own.
    """

    forecaster_id: int
    forecaster: str
    forecaster_kind: Literal["person", "source", "model"]
    made: Ints
    withdrawn: Bools
    expires: Ints
    quantiles: tuple[Quantiles, ...]  # empty where withdrawn

    def losses(self, observed: float) -> Floats:
        """What each row scores if ``observed`` comes out; NaN where withdrawn."""
        return np.array([loss(stated, observed) for stated in self.quantiles])


def loss(stated: Quantiles, observed: float) -> float:
    """The ``quantile_score`` of one forecast; NaN of none.

    >>> loss(((0.25, 8.0), (0.75, 12.0)), 13.0)
    2.0
    """
    if not stated:
        return float("nan")
    levels, values = zip(*stated, strict=True)
    return float(quantile_score([values], levels, observed)[0])


def outcome_of(asked: Asked) -> float | None:
    """The number that came out; None while it is not known or the question is not scored."""
    held = asked.resolution
    if asked.kind != "numeric" or held is None or held.state != "resolved" or asked.parent_failed:
        return None
    return None if held.outcome is None else float(held.outcome)


def said_of_number(record: Iterable[ForecastView]) -> list[NumberSaid]:
    """The scored forecasts of each forecaster; ``record`` is in the order of what was said."""
    counted = [entry for entry in record if entry.cls in ("live", "source")]
    by_person = groupby(
        sorted(counted, key=lambda entry: entry.forecaster_id), lambda entry: entry.forecaster_id
    )
    return [_said(list(entries)) for _, entries in by_person]


def _said(entries: list[ForecastView]) -> NumberSaid:
    return NumberSaid(
        forecaster_id=entries[0].forecaster_id,
        forecaster=entries[0].forecaster,
        forecaster_kind=entries[0].forecaster_kind,
        made=np.array([to_us(entry.made_at) for entry in entries]),
        withdrawn=np.array([entry.withdrawn for entry in entries]),
        expires=np.array(
            [NEVER if entry.expires_at is None else to_us(entry.expires_at) for entry in entries]
        ),
        quantiles=tuple(entry.quantiles for entry in entries),
    )


def number_scores(
    asked: Asked, said: Iterable[NumberSaid], observed: float, ends: int
) -> tuple[NumberScore, ...]:
    """Everyone's time-averaged score had ``observed`` come out at ``ends``, best first."""
    scores = (number_score(asked, one, observed, ends) for one in said)
    found = [score for score in scores if score is not None]
    return tuple(sorted(found, key=lambda row: (row.score, row.forecaster)))


def number_score(asked: Asked, said: NumberSaid, observed: float, ends: int) -> NumberScore | None:
    """One forecaster's; None if nothing of theirs stood at the end of a day."""
    marks = day_marks(asked.opens, ends, asked.zone)
    rows = standing_rows(said, marks)
    daily = said.losses(observed)[rows[rows >= 0]]
    if not daily.size:
        return None
    return NumberScore(
        forecaster_id=said.forecaster_id,
        forecaster=said.forecaster,
        forecaster_kind=said.forecaster_kind,
        score=float(daily.mean()),
        coverage=daily.size / marks.size,
        days=daily.size,
    )


def crowd_losses(everyone: Sequence[NumberSaid], marks: Ints, observed: float) -> Floats:
    """What the median of the standing forecasts scores at each mark; NaN where nobody stands.

    At each level that all of them state, the median of their values; these do not cross.
    """
    found = np.full(marks.size, np.nan)
    if not everyone:
        return found
    standing = np.stack([standing_rows(one, marks) for one in everyone])
    columns, which = np.unique(standing, axis=1, return_inverse=True)
    for place, rows in enumerate(columns.T.tolist()):
        stated = [one.quantiles[row] for one, row in zip(everyone, rows, strict=True) if row >= 0]
        found[which.ravel() == place] = loss(median_quantiles(stated), observed)
    return found


def median_quantiles(stated: Sequence[Quantiles]) -> Quantiles:
    """The median value at every level that all forecasts state; empty if there is none.

    >>> median_quantiles([((0.5, 7.0),), ((0.25, 1.0), (0.5, 9.0))])
    ((0.5, 8.0),)
    """
    if not stated:
        return ()
    shared = set.intersection(*({level for level, _ in one} for one in stated))
    return tuple(
        (level, float(np.median([dict(one)[level] for one in stated]))) for level in sorted(shared)
    )
