"""A number forecast by quantiles over time, and its score in the number's own unit."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

import numpy as np

from forecasts.maths.checks import (
    Bools,
    Floats,
    Ints,
    check_instants,
    check_same_length,
    refuse_first,
)
from forecasts.maths.panel import ClockName, ticks
from forecasts.maths.quantiles import quantile_score
from forecasts.maths.timeline import standing_rows
from forecasts.maths.windows import WindowScore


@dataclass(frozen=True, slots=True)
class QuantileHistory:
    """What ONE forecaster said about ONE number, by quantiles of the same levels throughout.

    Order, expiry and withdrawal are those of ``History``. Array-likes are converted; ValueError
    if the instants are not sorted whole numbers, the lengths differ, or a row that is not
    withdrawn is none that ``quantile_score`` takes.
    """

    made: Ints
    """Shape (n,), non-decreasing, microseconds since the epoch (UTC)."""

    quantiles: Floats
    """Shape (n, J); a row is ignored, and may be NaN, where withdrawn."""

    levels: Floats
    """Shape (J,), strictly increasing, in (0, 1)."""

    withdrawn: Bools
    """Shape (n,)."""

    expires: Ints
    """Shape (n,), NEVER where a row has no expiry."""

    def __post_init__(self) -> None:
        made = check_instants(self.made, name="made")
        expires = check_instants(self.expires, name="expires")
        withdrawn = np.asarray(self.withdrawn, dtype=np.bool_)
        q = np.asarray(self.quantiles, dtype=np.float64)
        levels = np.asarray(self.levels, dtype=np.float64)
        check_same_length(len(made), quantiles=q, withdrawn=withdrawn, expires=expires)
        backwards = np.diff(made, prepend=made[:1]) < 0
        refuse_first(backwards, made, name="made", rule="earlier than the row before it")
        if q.ndim != 2:
            raise ValueError(f"quantiles must have shape (n, J), got {q.shape}")
        # Scoring any number checks every row, so that a later score cannot fail.
        quantile_score(np.where(withdrawn[:, np.newaxis], 0.0, q), levels, 0.0)
        values = {"made": made, "quantiles": q, "levels": levels, "withdrawn": withdrawn}
        for name, array in {**values, "expires": expires}.items():
            object.__setattr__(self, name, array)


def numeric_score(
    history: QuantileHistory,
    observed: float,
    *,
    opens: int,
    ends: int,
    clock: ClockName = "daily",
    zone: tzinfo = UTC,
) -> WindowScore | None:
    """Average ``quantile_score`` over the part of the window on which a forecast stood.

    Lower is better, >= 0, in the unit of ``observed``: never pooled with other questions. Time
    before the first forecast is left out, because no forecast of an unknown number knows
    nothing.

    Parameters
    ----------
    history : QuantileHistory
    observed : float
        What came out, finite.
    opens, ends, clock, zone
        See ``read_panel``.

    Returns
    -------
    WindowScore, or None if nothing stood in the window

    Raises
    ------
    ValueError
        If ``observed`` is not finite, or as ``read_panel``.
    """
    at, weights, limit = ticks([history], opens=opens, ends=ends, clock=clock, zone=zone)
    rows = standing_rows(history, at, limit=limit)
    stood = rows >= 0
    scores = quantile_score(history.quantiles[rows[stood]], history.levels, observed)
    if not scores.size:
        return None
    total = float(weights[stood].sum())
    return WindowScore(
        mean=float(np.average(scores, weights=weights[stood])),
        coverage=total / float(weights.sum()),
        stood=total,
        imputed=0.0,
    )
