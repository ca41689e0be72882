"""Which values of an axis are marked, and what stands beside them."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard import formats
from dashboard.reports.svg.scales import Scale

DAY = 86_400.0
MOST = 6
"""Ticks of an axis that does not say how many it may have."""

_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)

Tick = tuple[float, str]  # the value as a number, and its label


def ticks(axis: Any, scale: Scale) -> list[Tick]:
    """The ticks of a figure's axis that lie on its scale; none where its labels are off."""
    if axis.visible is False or axis.showticklabels is False:
        return []
    low, high = min(scale.low, scale.high), max(scale.low, scale.high)
    if axis.tickvals is not None:
        texts = axis.ticktext or [_written(axis, value, 0) for value in axis.tickvals]
        found = [(scale.number(v), str(text)) for v, text in zip(axis.tickvals, texts, strict=True)]
    elif scale.kind == "category":
        found = [(float(place), name) for place, name in enumerate(scale.names)]
    elif scale.kind == "date":
        found = _dates(low, high, axis.nticks or MOST)
    else:
        found = _numbers(axis, low, high, axis.nticks or MOST)
    return [(value, text) for value, text in found if low - 1e-9 <= value <= high + 1e-9]


def _numbers(axis: Any, low: float, high: float, most: int) -> list[Tick]:
    """The multiples of the smallest step of 1, 2 or 5 that are not too many."""
    power = math.floor(math.log10(high - low)) - 2
    steps = (part * 10.0 ** (power + place) for place in range(4) for part in (1, 2, 5))
    step = next(step for step in steps if len(_multiples(step, low, high)) <= most)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return [
        (place * step, _written(axis, place * step, decimals))
        for place in _multiples(step, low, high)
    ]


def _multiples(step: float, low: float, high: float) -> range:
    return range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)


def _written(axis: Any, value: float, decimals: int) -> str:
    text = format(value, axis.tickformat or f",.{decimals}f")
    return f"{axis.tickprefix or ''}{text}{axis.ticksuffix or ''}".replace("-", formats.MINUS)


def _dates(low: float, high: float, most: int) -> list[Tick]:
    """Days or months at even steps; the year stands on the first tick and where it changes."""
    span = (high - low) / DAY
    days = next((step for step in _DAYS if span / step <= most), None)
    found = _days(low, high, days) if days else _firsts(low, high, _months(span, most))
    texts = []
    for place, at in enumerate(found):
        new = place == 0 or at.year != found[place - 1].year
        texts.append(_date_text(at, with_day=days is not None, with_year=new))
    return [(at.timestamp(), text) for at, text in zip(found, texts, strict=True)]


def _date_text(at: datetime, *, with_day: bool, with_year: bool) -> str:
    day = f"{at.day}{formats.NBSP}" if with_day else ""
    year = f"{formats.NBSP}{at.year}" if with_year else ""
    return f"{day}{at:%b}{year}"


def _months(span: float, most: int) -> int:
    return next((step for step in _MONTHS if span / 30.5 / step <= most), _MONTHS[-1])


def _days(low: float, high: float, step: int) -> list[datetime]:
    first = math.ceil(low / DAY)
    return [
        datetime.fromtimestamp(0, UTC) + timedelta(days=day)
        for day in range(first, math.floor(high / DAY) + 1, step)
    ]


def _firsts(low: float, high: float, step: int) -> list[datetime]:
    """The firsts of every ``step``-th month, January's among them."""
    begin, end = (datetime.fromtimestamp(at, UTC) for at in (low, high))
    months = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    found = [datetime(m // 12, m % 12 + 1, 1, tzinfo=UTC) for m in months if m % step == 0]
    return [at for at in found if low <= at.timestamp() <= high]
