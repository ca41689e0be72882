"""What the crowd said at each slot, by each aggregate, and what all forecasters have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from forecasts.maths.checks import Bools, Floats
from forecasts.maths.engine.block import Block
from forecasts.maths.engine.changes import Changes, changes_of
from forecasts.maths.engine.columns import Codes
from forecasts.maths.engine.losses import recency
from forecasts.maths.engine.rank_weights import rank_weighted_medians
from forecasts.maths.engine.slots import slot_sums
from forecasts.maths.engine.sweep import middles
from forecasts.maths.engine.tree import middles_of_one
from forecasts.maths.engine.trimming import trimmed_means
from forecasts.maths.pooling import EXTREMIZING, Aggregate

_MEDIANS: dict[Aggregate, int] = {"median": 0, "recency_weighted_median": 2}
"""Where ``sweep.middles`` has the two values of each."""

_ODDS: dict[Aggregate, float] = {"geometric_mean_of_odds": 1.0, "extremized": EXTREMIZING}
"""What the mean of the log-odds is multiplied by."""

_NOWHERE = np.iinfo(np.int32).max
Spans = tuple[Codes, Codes]


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the members' standing forecasts say at each slot."""

    said: Floats  # shape (aggregates, slots, C); C = 1 on binary questions
    stands: Bools  # shape (slots,), whether any member's forecast does
    by_mean: Bools  # shape (aggregates, slots), where the mean stood in; empty on binary questions


@dataclass(frozen=True, slots=True)
class Common:
    """What each forecaster is held against at each slot, made of all forecasters."""

    count: Floats  # shape (slots,), how many stand
    middle: Floats  # shape (2, slots), the middle two of ``Block.losses``; NaN where nothing stands
    logs: Floats  # shape (v, slots), the sums of ``Block.logs``


@dataclass(frozen=True, slots=True)
class _Option:
    """One option at each slot."""

    count: Floats  # shape (slots,)
    mean: Floats  # shape (slots,)
    logs: Floats  # shape (2, slots), sums of log p and log (1 - p); (0, slots) if not needed
    middle: Floats  # shape (4, slots) or (2, slots), of ``sweep.middles``
    trimmed: Floats  # shape (slots,), or empty if not needed
    by_rank: Floats  # shape (slots,), or empty if not needed


def crowds(
    block: Block, members: Bools | None, wanted: Sequence[Aggregate]
) -> tuple[Crowd, Common]:
    """Aggregate the standing forecasts of the members (all if None), one bool a row."""
    asked = set(wanted)
    weights = np.empty((0, block.made.size))
    if "recency_weighted_median" in asked:
        weights = recency(block.row_starts, block.made, block.questions.ends)
    everyone = (block.begins, block.ends)
    # Whoever is no member stands nowhere.
    spans = everyone if members is None else (np.where(members, block.begins, _NOWHERE), block.ends)
    count = 1 if block.binary else block.rows.options
    changes = None
    if asked & {"trimmed_mean", "metaculus_median"}:
        changes = changes_of(block.row_starts, spans[0], spans[1], block.slot_starts)
    needed = members is None and block.binary
    options = [
        _option(block, spans, c, weights, asked, changes, needed=needed) for c in range(count)
    ]
    crowd = _crowd(block, options, wanted)
    if not block.binary:
        return crowd, _common_of_many(block, everyone)
    if members is not None:
        options = [_option(block, everyone, 0, weights[:0], set(), None, needed=True)]
    yes = options[0]
    # A binary loss is ordered as the probability is, or the other way round.
    return crowd, Common(yes.count, yes.middle[:2], yes.logs)


def median_crowd(block: Block) -> Crowd:
    """Aggregate everyone's standing forecasts by the median, and work out nothing else."""
    spans, weights = (block.begins, block.ends), np.empty((0, block.made.size))
    columns = range(1 if block.binary else block.rows.options)
    options = [_option(block, spans, c, weights, {"median"}, None, needed=False) for c in columns]
    return _crowd(block, options, ("median",))


def _crowd(block: Block, options: Sequence[_Option], wanted: Sequence[Aggregate]) -> Crowd:
    said = np.empty((len(wanted), block.slots, len(options)))
    for c, option in enumerate(options):
        for i, name in enumerate(wanted):
            said[i, :, c] = _said(name, option)
    # Sums of what comes and goes are rounded: a mean of what lies in [0, 1] may not quite.
    np.clip(said, 0, 1, out=said)
    by_mean = np.zeros((0, 0), dtype=np.bool_)
    if not block.binary:
        by_mean = _divide(said, np.stack([one.mean for one in options], axis=1).clip(0, 1))
    return Crowd(said, options[0].count > 0, by_mean)


def _option(
    block: Block,
    spans: Spans,
    option: int,
    weights: Floats,
    asked: set[Aggregate],
    changes: Changes | None,
    *,
    needed: bool,
) -> _Option:
    """Pool one option; what none of the asked needs is left out unless it is ``needed``."""
    column = block.column(option)
    nothing = np.empty((0, column.size))
    logs = block.logs_of(option) if needed or asked & _ODDS.keys() else nothing
    sums = slot_sums(block.row_starts, *spans, column, logs, block.slot_starts)
    count = sums[0]
    middle = nothing
    if needed or asked & _MEDIANS.keys():
        middle = _middles(block, spans, column, weights)
    trimmed = by_rank = nothing
    if changes is not None:
        rows, slots = (block.row_starts, column), (changes, block.slot_starts)
        if "trimmed_mean" in asked:
            trimmed = trimmed_means(*rows, *slots)
        if "metaculus_median" in asked:
            by_rank = rank_weighted_medians(*rows, block.made, *slots)
    return _Option(count, sums[1] / np.maximum(count, 1), sums[2:], middle, trimmed, by_rank)


def _said(name: Aggregate, option: _Option) -> Floats:
    if name in _MEDIANS:
        at = _MEDIANS[name]
        found: Floats = (option.middle[at] + option.middle[at + 1]) / 2
    elif name in _ODDS:
        odds = (option.logs[0] - option.logs[1]) / np.maximum(option.count, 1)
        found = expit(_ODDS[name] * odds)
    elif name == "trimmed_mean":
        found = option.trimmed
    elif name == "metaculus_median":
        found = option.by_rank
    else:
        found = option.mean
    return found


def _common_of_many(block: Block, everyone: Spans) -> Common:
    losses, (logs, _) = block.losses[0], block.logs
    sums = slot_sums(block.row_starts, *everyone, losses, logs, block.slot_starts)
    middle = np.full((2, block.slots), np.nan)
    if block.briers:
        middle = _middles(block, everyone, losses, np.empty((0, losses.size)))
    return Common(sums[0], middle, sums[2:])


def _middles(block: Block, spans: Spans, values: Floats, weights: Floats) -> Floats:
    found, moves = middles(block.row_starts, *spans, values, weights, block.slot_starts)
    for q in np.flatnonzero(moves < 0):
        rows = slice(block.row_starts[q], block.row_starts[q + 1])
        slots = slice(block.slot_starts[q], block.slot_starts[q + 1])
        found[:, slots] = middles_of_one(
            spans[0][rows],
            spans[1][rows],
            values[rows],
            weights[:, rows],
            slots.stop - slots.start,
        )
    return found


def _divide(said: Floats, mean: Floats) -> Bools:
    """Divide options by their sum, in place; return where that is 0 and the mean stands in."""
    nothing: Bools = said.sum(axis=2) == 0
    said[:] = np.where(nothing[:, :, np.newaxis], mean, said)
    total = said.sum(axis=2, keepdims=True)
    said /= np.where(total == 0, 1.0, total)
    return nothing
