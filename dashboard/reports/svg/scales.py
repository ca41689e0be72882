"""Where a value lies on an axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import numpy as np

Kind = Literal["number", "date", "category"]


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight axis: ``low`` lies at pixel ``start``, ``high`` at pixel ``end``."""

    kind: Kind
    low: float
    high: float
    start: float
    end: float
    names: tuple[str, ...] = ()  # of a category axis, at 0, 1, 2, ...

    def at(self, value: Any) -> float:
        """The pixel of a value as a figure holds it."""
        return self.pixel(self.number(value))

    def pixel(self, number: float) -> float:
        """The pixel of a value that is a number already."""
        where = (number - self.low) / (self.high - self.low)
        return self.start + where * (self.end - self.start)

    def number(self, value: Any) -> float:
        """A value as a number: dates are seconds since 1970 on the clock that they show."""
        if self.kind == "category" and isinstance(value, str):
            return float(self.names.index(value))
        return seconds(value) if self.kind == "date" else float(value)


def seconds(value: Any) -> float:
    """A date of any type that Plotly takes, as its own clock shows it."""
    if isinstance(value, np.datetime64):
        return float(value.astype("datetime64[us]").astype(np.int64)) / 1e6
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(found, datetime):
        found = datetime(found.year, found.month, found.day)  # noqa: DTZ001 - the clock it shows
    return found.replace(tzinfo=UTC).timestamp()


def kind_of(axis: Any, values: Iterable[Any]) -> Kind:
    """What an axis shows: what it says, or what the first value on it is."""
    if axis.type in ("date", "category"):
        kind: Kind = axis.type
        return kind
    first = next((value for value in values if value is not None), None)
    if isinstance(first, date | np.datetime64):
        return "date"
    return "category" if isinstance(first, str) else "number"


def scale(axis: Any, values: list[Any], *, start: float, end: float, zero: bool = False) -> Scale:
    """The scale of a figure's axis between two pixels.

    ``values`` are all on it, and give its ends where the figure states none; ``zero`` puts 0
    among them.
    """
    kind = kind_of(axis, values)
    names = tuple(dict.fromkeys(str(one) for one in values)) if kind == "category" else ()
    loose = Scale(kind, 0.0, 1.0, start, end, names)
    if axis.range is not None:
        low, high = (loose.number(one) for one in axis.range)
    elif names:
        low, high = -0.5, len(names) - 0.5
    else:
        low, high = _reach([loose.number(one) for one in values if one is not None], zero)
    if axis.autorange == "reversed":
        low, high = high, low
    return Scale(kind, low, high, start, end, names)


def _reach(numbers: list[float], zero: bool) -> tuple[float, float]:
    """From the lowest to the highest with a little air; 0 stays at the end if it is one."""
    found = [number for number in numbers if np.isfinite(number)] + [0.0] * zero
    low, high = min(found, default=0.0), max(found, default=1.0)
    air = 0.06 * (high - low) or abs(high) or 1.0
    return (low if zero and low == 0 else low - air), high + air
