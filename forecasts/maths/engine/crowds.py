"""What the crowd said at each slot, by each aggregate, and what it scores."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.block import Block
from forecasts.maths.engine.ranks import ranks_of
from forecasts.maths.engine.relative import slot_sums
from forecasts.maths.engine.settings import SweptAggregate
from forecasts.maths.engine.sweep import middles
from forecasts.maths.pooling import EXTREMIZING, HALF_LIFE

_MEDIANS: tuple[SweptAggregate, ...] = ("median", "recency_weighted_median")
_ODDS: tuple[SweptAggregate, ...] = ("geometric_mean_of_odds", "extremized")


@dataclass(frozen=True, slots=True)
class Middle:
    """The crowd at each slot, and the rows that hold the median of everybody's loss."""

    crowd: dict[SweptAggregate, Floats]  # each of shape (slots, C); C = 1 on binary questions
    stands: Bools  # shape (slots,), whether any member's forecast does
    low: Ints  # shape (slots,), -1 where nothing stands
    high: Ints


def crowd_at_slots(block: Block, members: Bools | None, wanted: Iterable[SweptAggregate]) -> Middle:
    """Aggregate the standing forecasts of the members (all if None), one bool a row."""
    asked = set(wanted)
    columns = block.columns
    weights = _weights(block, members, "recency_weighted_median" in asked)
    raw: dict[SweptAggregate, Floats] = {
        name: np.empty((block.slots, columns.shape[1])) for name in asked
    }
    shared = members is None and columns.shape[1] == 1
    low = high = np.empty(0, dtype=np.int64)
    for c in range(columns.shape[1] if shared or asked & set(_MEDIANS) else 0):
        lows, highs = _middles(block, columns[:, c], weights)
        for name, one, two in zip(_MEDIANS, lows, highs, strict=False):
            if name in asked:
                raw[name][:, c] = mean_of_two(columns[:, c], one, two)
        low, high = lows[0], highs[0]
    if not shared:
        ones = np.ones((1, columns.shape[0]))
        # A binary loss is ordered as the probability is, or the other way round.
        values = columns[:, 0] if columns.shape[1] == 1 else block.losses
        lows, highs = _middles(block, values, ones)
        low, high = lows[0], highs[0]
    count, mean = _sums(block, members, asked, raw)
    crowd = {name: _distribution(found, mean) for name, found in raw.items()}
    return Middle(crowd, count > 0.5, low, high)


def mean_of_two(values: Floats, low: Ints, high: Ints) -> Floats:
    """Return the means of the values in two rows; any value where the rows are -1."""
    if not values.size:
        return np.zeros(low.size)
    mean: Floats = (values[low] + values[high]) / 2
    return mean


def _weights(block: Block, members: Bools | None, recency: bool) -> Floats:
    """Return the weights of the two medians, shape (1 or 2, n); 0 for who is no member."""
    weights = np.ones((1 + recency, block.made.size))
    if recency:
        # Relative to the window's end, so that none overflows; none is 0 but where it must be.
        age = (block.made - block.row_ends) * (1 / HALF_LIFE)
        np.exp2(np.maximum(age, -1000.0, out=age), out=weights[1])
    if members is not None:
        weights *= members
    return weights


def _middles(block: Block, values: Floats, weights: Floats) -> tuple[Ints, Ints]:
    spans = (block.begins, block.ends)
    ranks = ranks_of(block.row_starts, *spans, values)
    return middles(block.row_starts, ranks, *spans, weights, block.slot_starts)


def _sums(
    block: Block,
    members: Bools | None,
    asked: set[SweptAggregate],
    raw: dict[SweptAggregate, Floats],
) -> tuple[Floats, Floats]:
    """Fill in the aggregates that are means; return the count and the mean at each slot."""
    columns = block.columns.T
    c = len(columns)
    values = np.empty((1 + c * (1 + bool(asked & set(_ODDS))), block.made.size))
    values[0], values[1 : 1 + c] = 1.0, columns
    if len(values) > 1 + c:
        values[1 + c :] = block.log_odds.T
    if members is not None:
        values *= members
    sums = slot_sums(block.row_starts, block.begins, block.ends, values, block.slot_starts)
    count = np.round(sums[0])
    means = (sums[1:] / np.maximum(count, 1)).T
    mean, mean_odds = means[:, :c], means[:, c:]
    if "mean" in asked:
        raw["mean"] = mean
    for name, factor in zip(_ODDS, (1.0, EXTREMIZING), strict=True):
        if name in asked:
            raw[name] = expit(factor * mean_odds)
    return count, mean


def _distribution(raw: Floats, mean: Floats) -> Floats:
    """Divide options by their sum; where that is 0 the mean stands in. Binary stays as it is."""
    if raw.shape[1] == 1:
        return raw
    total = raw.sum(axis=1, keepdims=True)
    raw = np.where(total == 0, mean, raw)
    total = raw.sum(axis=1, keepdims=True)
    divided: Floats = raw / np.where(total == 0, 1.0, total)
    return divided
