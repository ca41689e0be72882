"""What forecasters say about a number, over time: the median and the widest interval."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from forecasts.results.question import Fan, ForecastView, LineRole

_TOLERANCE = 1e-9  # of a level
_Spread = tuple[float | None, float | None, float | None, float | None]
_NOTHING: _Spread = (None, None, None, None)


def fans(record: Iterable[ForecastView], *, me: int | None, until: datetime) -> tuple[Fan, ...]:
    """One fan for each forecaster on a numeric question; who spoke first is first.

    ``record`` is in the order in which things were said. Claimed forecasts are left out, and so is
    what was said at ``until`` or later.
    """
    said = [
        entry
        for entry in record
        if entry.cls != "retrospective" and entry.made_at < until
        and (entry.quantiles or entry.withdrawn)
    ]  # fmt: skip
    first = {entry.forecaster_id: place for place, entry in reversed(list(enumerate(said)))}
    ordered = sorted(said, key=lambda entry: first[entry.forecaster_id])
    by_person = groupby(ordered, key=lambda entry: entry.forecaster_id)
    found = [_fan(list(entries), me, until) for _, entries in by_person]
    return tuple(fan for fan in found if any(value is not None for value in fan.share + fan.median))


def _fan(entries: list[ForecastView], me: int | None, until: datetime) -> Fan:
    steps: list[tuple[datetime, _Spread]] = []
    for entry, after in zip(entries, [*entries[1:], None], strict=True):
        steps.append((entry.made_at, _spread(entry.quantiles)))
        over = entry.expires_at
        if over is not None and over <= until and (after is None or over < after.made_at):
            steps.append((over, _NOTHING))
    median, low, high, share = zip(*(spread for _, spread in steps), strict=True)
    who = entries[0]
    role: LineRole = "source" if who.forecaster_kind == "source" else "other"
    mine = who.forecaster_id == me
    return Fan(
        name="You" if mine else who.forecaster,
        role="me" if mine else role,
        at=tuple(at for at, _ in steps),
        median=median,
        low=low,
        high=high,
        share=share,
    )


def _spread(quantiles: tuple[tuple[float, float], ...]) -> _Spread:
    """Median, ends of the widest central interval, and its share; only what was stated.

    >>> _spread(((0.05, 2.0), (0.5, 7.0), (0.95, 30.0)))
    (7.0, 2.0, 30.0, 0.9)
    """
    median = next((v for level, v in quantiles if abs(level - 0.5) < _TOLERANCE), None)
    for level, low in quantiles:
        for other, high in reversed(quantiles):
            if level < 0.5 and abs(level + other - 1) < _TOLERANCE:
                return median, low, high, round(other - level, 9)
    return median, None, None, None
