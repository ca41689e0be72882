"""Forecasts and questions as columns: what the engine works on."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

import numpy as np
import numpy.typing as npt

from forecasts.maths.checks import Bools, Floats, Ints, check_same_length, refuse_first
from forecasts.maths.timeline import NEVER

Codes = npt.NDArray[np.int32]

EARLIEST, LATEST = -62_104_060_800_000_000, 253_339_228_800_000_000
"""The first instants of the years 2 and 9998: days can be counted between them."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Settled questions with the same number of options. Instants are microseconds, UTC.

    ValueError if the lengths differ, an instant lies outside the years 2 to 9997, a window ends
    after its close, or an outcome is negative.
    """

    opens: Ints
    """Shape (q,)."""

    closes: Ints
    """Shape (q,), the scheduled close."""

    ends: Ints
    """Shape (q,), the earlier of the close and the moment the outcome was known."""

    outcome: Ints
    """Shape (q,), index of the option that came true; 0 is "yes" on a binary question."""

    zones: tuple[tzinfo, ...] = ()
    """Whose calendar days, one per question; UTC for all if empty."""

    def __post_init__(self) -> None:
        for name in ("opens", "closes", "ends", "outcome"):
            object.__setattr__(self, name, _column(getattr(self, name), np.int64, name))
        zones = self.zones or (UTC,) * len(self.opens)
        object.__setattr__(self, "zones", zones)
        if len(zones) != len(self.opens):
            raise ValueError(f"zones has {len(zones)} entries, not {len(self.opens)}")
        check_same_length(len(self.opens), closes=self.closes, ends=self.ends, outcome=self.outcome)
        for name in ("opens", "closes", "ends"):
            at = getattr(self, name)
            far = (at < EARLIEST) | (at >= LATEST)
            refuse_first(far, at, name=name, rule="not in the years 2 to 9997")
        refuse_first(self.ends > self.closes, self.ends, name="ends", rule="after the close")
        refuse_first(self.outcome < 0, self.outcome, name="outcome", rule="negative")

    def __len__(self) -> int:
        return len(self.opens)


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Forecasts in any order of questions and forecasters.

    Of one forecaster's rows on one question made at the same instant the last one stands, so
    these must come in the order in which they were recorded.

    ValueError if the lengths differ, a code is negative or over 2^31 - 1, or a row of probabilities
    is no distribution.
    """

    question: Codes
    """Shape (n,), index into ``Questions``."""

    forecaster: Codes
    """Shape (n,), codes 0, 1, ..."""

    made: Ints
    """Shape (n,), microseconds since the epoch, UTC."""

    probabilities: Floats
    """Shape (n,), of "yes"; or (n, K), each row summing to 1. Ignored where withdrawn."""

    withdrawn: Bools | None = None
    """Shape (n,), after which rows nothing stands; None where there are none."""

    expires: Ints | None = None
    """Shape (n,), NEVER where a row does not expire; None where none does."""

    checked: bool = field(default=False, repr=False)
    """Set on columns cut out of checked ones."""

    def __post_init__(self) -> None:
        if self.checked:
            return
        for name, kind in (("question", np.int32), ("forecaster", np.int32), ("made", np.int64)):
            object.__setattr__(self, name, _column(getattr(self, name), kind, name))
        p = np.asarray(self.probabilities, dtype=np.float64)
        check_same_length(len(self.made), question=self.question, forecaster=self.forecaster)
        check_same_length(len(self.made), probabilities=p)
        if self.withdrawn is not None:
            object.__setattr__(self, "withdrawn", _plain(self.withdrawn, np.bool_))
            check_same_length(len(self.made), withdrawn=np.asarray(self.withdrawn))
        if self.expires is not None:
            object.__setattr__(self, "expires", _column(self.expires, np.int64, "expires"))
            check_same_length(len(self.made), expires=np.asarray(self.expires))
        for name in ("question", "forecaster"):
            codes = getattr(self, name)
            refuse_first(codes < 0, codes, name=name, rule="negative")
        _check_probabilities(p, self.withdrawn)
        if p.ndim == 2 and p.shape[1] == 2:
            p = p[:, 0]
        if self.withdrawn is not None:
            p = np.where(
                self.withdrawn if p.ndim == 1 else self.withdrawn[:, np.newaxis], np.nan, p
            )
        object.__setattr__(self, "probabilities", _plain(p, np.float64))

    def __len__(self) -> int:
        return len(self.made)

    @property
    def options(self) -> int:
        """How many options each forecast is over."""
        return 2 if self.probabilities.ndim == 1 else int(self.probabilities.shape[1])

    def take(self, rows: Ints | slice) -> "Forecasts":
        """Return these rows of all columns."""
        return Forecasts(
            self.question[rows],
            self.forecaster[rows],
            self.made[rows],
            self.probabilities[rows],
            None if self.withdrawn is None else self.withdrawn[rows],
            None if self.expires is None else self.expires[rows],
            checked=True,
        )


def no_flags(forecasts: Forecasts) -> tuple[Bools, Ints]:
    """Return withdrawals and expiries as arrays, empty where there are none."""
    withdrawn = forecasts.withdrawn
    expires = forecasts.expires
    return (
        np.empty(0, dtype=np.bool_) if withdrawn is None else withdrawn,
        np.empty(0, dtype=np.int64) if expires is None else expires,
    )


def _column(values: npt.ArrayLike, kind: type[np.integer[Any]], name: str) -> npt.NDArray[Any]:
    column = np.asarray(values)
    if column.ndim != 1:
        raise ValueError(f"{name} must be 1-d, got shape {column.shape}")
    if column.size and column.dtype.kind not in "iu":
        raise ValueError(f"{name} must be whole numbers, got dtype {column.dtype}")
    if column.dtype != kind:  # a code that is too large must not become another one
        least, most = np.iinfo(kind).min, np.iinfo(kind).max
        beyond = (column < least) | (column > most)
        refuse_first(beyond, column, name=name, rule=f"not in {least}..{most}")
    return _plain(column, kind)


def _plain(values: npt.ArrayLike, kind: type[np.generic]) -> npt.NDArray[Any]:
    """Return the values without gaps, and writeable: for others kernels are compiled anew."""
    return np.require(values, kind, ["C", "W"])


def _check_probabilities(p: Floats, withdrawn: Bools | None) -> None:
    if p.ndim not in (1, 2) or (p.ndim == 2 and p.shape[1] < 2):
        raise ValueError(f"probabilities must have shape (n,) or (n, K), got {p.shape}")
    # Written this way round so that NaN is bad too.
    bad = ~((p >= 0) & (p <= 1))
    if p.ndim == 2:
        bad |= (np.abs(p.sum(axis=1) - 1) > 1e-6)[:, np.newaxis]
    if withdrawn is not None:
        bad &= ~withdrawn if p.ndim == 1 else ~withdrawn[:, np.newaxis]
    if not bad.any():
        return
    row = int(np.argmax(bad if p.ndim == 1 else bad.any(axis=1)))
    if p.ndim == 2 and not ((p[row] < 0) | (p[row] > 1) | np.isnan(p[row])).any():
        raise ValueError(f"probabilities[{row}] sums to {p[row].sum():.9g}, not 1")
    refuse_first(bad, p, name="probabilities", rule="not in [0, 1]")


__all__ = ["NEVER", "Codes", "Forecasts", "Questions", "no_flags"]
