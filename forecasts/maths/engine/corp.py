"""The CORP reliability curve of many unweighted rows: sorting is all that costs."""

import numpy as np
import numpy.typing as npt
from numba import njit

from forecasts.maths.calibration import ReliabilityCurve
from forecasts.maths.checks import (
    Bools,
    Floats,
    Ints,
    check_probabilities,
    check_same_length,
    refuse_first,
)

# See clusters.py: compiled functions call only compiled functions of their own file.


def corp_curve(probabilities: npt.ArrayLike, happened: npt.ArrayLike) -> ReliabilityCurve:
    """Return ``calibration.reliability_curve`` of rows of equal weight, a question each.

    Arguments and errors are those of ``reliability_curve``.
    """
    p = check_probabilities(probabilities)
    y = np.asarray(happened)
    if y.shape != p.shape:
        check_same_length(p.size, happened=np.atleast_1d(y))
        raise ValueError(f"happened must be 1-d, got shape {y.shape}")
    yes = y == 1
    refuse_first(~(yes | (y == 0)), y, name="happened", rule="not 0 or 1")
    # Sorting two sets of values is much faster than sorting rows, and merging them is linear.
    ours, others = parted(np.require(p, requirements=["C", "W"]), yes)
    ours.sort()
    others.sort()
    stated, counts, events = merged(ours, others)
    observed = pooled_adjacent(events, counts)
    base_rate = float(events.sum()) / p.size
    raw, fitted, spread = gains(stated, observed, events, counts, base_rate)
    return ReliabilityCurve(
        stated=stated,
        observed=observed,
        counts=counts,
        questions=counts,
        weight=counts.astype(np.float64),
        miscalibration=max(0.0, raw - fitted),
        discrimination=spread,
        uncertainty=base_rate * (1 - base_rate),
    )


@njit(cache=True, nogil=True)
def gains(
    stated: Floats, observed: Floats, events: Ints, counts: Ints, base_rate: float
) -> tuple[float, float, float]:
    """Return the mean squares of stated - frequency, observed - frequency, observed - base rate."""
    raw, fitted, spread, n = 0.0, 0.0, 0.0, 0
    for i in range(stated.size):
        frequency = events[i] / counts[i]
        raw += counts[i] * (stated[i] - frequency) ** 2
        fitted += counts[i] * (observed[i] - frequency) ** 2
        spread += counts[i] * (observed[i] - base_rate) ** 2
        n += counts[i]
    return raw / n, fitted / n, spread / n


@njit(cache=True, nogil=True)
def parted(values: Floats, yes: Bools) -> tuple[Floats, Floats]:
    """Return the values where ``yes``, and the others."""
    ours, others = np.empty(values.size + 1), np.empty(values.size + 1)
    i = 0
    for row in range(values.size):
        # Written to both, and then over the one: there is no branch to be guessed wrong.
        ours[i] = others[row - i] = values[row]
        i += yes[row]
    return ours[:i], others[: values.size - i]


@njit(cache=True, nogil=True)
def merged(yes: Floats, no: Floats) -> tuple[Floats, Ints, Ints]:
    """Return the distinct values of two sorted arrays, how often each occurs, and in ``yes``."""
    size = yes.size + no.size
    stated, counts, events = np.empty(size), np.empty(size, np.int64), np.empty(size, np.int64)
    i, last, count, among, before = 0, -1, 0, 0, np.nan
    for n in range(size):
        # As in ``parted``: which of two random values is smaller is hard to guess.
        ours = yes[i] if i < yes.size else np.inf
        other = no[n - i] if n - i < no.size else np.inf
        event = ours <= other
        value = ours if event else other
        new = value != before
        last += new
        count, among = (0 if new else count) + 1, (0 if new else among) + event
        stated[last], counts[last], events[last] = value, count, among
        i, before = i + event, value
    return stated[: last + 1], counts[: last + 1], events[: last + 1]


@njit(cache=True, nogil=True)
def pooled_adjacent(events: Ints, counts: Ints) -> Floats:
    """Return the non-decreasing frequencies nearest to events/counts, weighted by the counts.

    Neighbours that fall are pooled (Ayer et al. 1955). Frequencies are compared as whole
    numbers, so that equal ones are equal.
    """
    block_events, block_counts, ends = np.empty((3, events.size), dtype=np.int64)
    last = -1
    for i in range(events.size):
        last += 1
        block_events[last], block_counts[last], ends[last] = events[i], counts[i], i + 1
        while (
            last > 0
            and block_events[last - 1] * block_counts[last]
            >= block_events[last] * block_counts[last - 1]
        ):
            last -= 1
            block_events[last] += block_events[last + 1]
            block_counts[last] += block_counts[last + 1]
            ends[last] = i + 1
    fitted = np.empty(events.size)
    start = 0
    for block in range(last + 1):
        fitted[start : ends[block]] = block_events[block] / block_counts[block]
        start = ends[block]
    return fitted
