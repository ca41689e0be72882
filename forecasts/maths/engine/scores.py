"""Scores of all forecasters on all questions, beside each other's and the crowd's."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.block import Block, make_block
from forecasts.maths.engine.clusters import clustered, starts_of
from forecasts.maths.engine.columns import Forecasts, Questions
from forecasts.maths.engine.crowds import Middle, crowd_at_slots, mean_of_two
from forecasts.maths.engine.losses import row_losses
from forecasts.maths.engine.relative import (
    first_slots,
    pair_sums,
    question_sums,
    running,
    slot_sums,
)
from forecasts.maths.engine.settings import AGGREGATES, Scores, Settings, SweptAggregate

_DAY = 86_400_000_000.0
_BLOCK = 200_000  # rows that one thread works on at a time


def score_all(
    questions: Questions,
    forecasts: Forecasts,
    settings: Settings,
    *,
    members: Bools | None,
    aggregates: Collection[SweptAggregate],
    threads: int,
) -> Scores:
    """See ``forecasts.maths.engine.score_all``."""
    rows = clustered(forecasts)
    wanted = tuple(name for name in AGGREGATES if name in aggregates)
    if settings.before_first == "crowd" and "median" not in wanted:
        wanted = ("median", *wanted)
    starts = starts_of(rows.question, len(questions))
    bounds = _bounds(starts, threads)

    def part(one: tuple[int, int]) -> Scores:
        first, last = one
        block = make_block(
            questions if len(bounds) == 1 else _some(questions, first, last),
            rows.take(slice(int(starts[first]), int(starts[last]))),
            settings,
            offset=first,
        )
        member = None if members is None else members[block.rows.forecaster]
        return _score_block(block, member, wanted)

    if threads == 1 or len(bounds) == 1:
        parts = [part(one) for one in bounds]
    else:
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(part, bounds))
    return _joined(parts, wanted)


def _bounds(starts: Ints, threads: int) -> list[tuple[int, int]]:
    """Cut the questions into runs of about equally many rows."""
    count = len(starts) - 1
    size = max(1, min(_BLOCK, int(starts[-1]) // (2 * threads)))
    cuts = np.searchsorted(starts, np.arange(0, int(starts[-1]), size))
    edges = np.unique(np.concatenate([[0], cuts, [count]]))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)) or [(0, 0)]


def _some(questions: Questions, first: int, last: int) -> Questions:
    part = slice(first, last)
    return Questions(
        questions.opens[part],
        questions.closes[part],
        questions.ends[part],
        questions.outcome[part],
        questions.zones[part],
    )


def _score_block(block: Block, members: Bools | None, wanted: tuple[SweptAggregate, ...]) -> Scores:
    middle = crowd_at_slots(block, members, wanted)
    weight = block.slot_weights
    own = pair_sums(
        block.pair_starts,
        block.pair_question,
        block.begins,
        block.ends,
        block.losses,
        block.logs,
        block.slot_starts,
        _running_sums(block, middle),
    )
    first, count = first_slots(block.pair_starts, block.begins, _counted(block))
    crowd_losses = _crowd_losses(block, middle, wanted)
    filled, filled_weight = _imputed(block, first, crowd_losses.get("median"))
    stood, q = own[:, 0], block.pair_question
    something = stood > 0
    spoken = np.where(middle.stands, weight, 0.0)
    totals = question_sums(
        np.stack([weight, spoken, *(spoken * losses for losses in crowd_losses.values())]),
        block.slot_starts,
    )
    whole, heard = totals[0], totals[1]
    scheduled = np.maximum(block.scheduled, 1.0)[q]
    k = block.rows.options
    briers = block.settings.rule in ("brier", "ordered_brier")

    def where_stood(values: Floats) -> Floats:
        return np.where(something, values, np.nan)

    return Scores(
        question=block.rows.question[block.pair_starts[:-1]],
        forecaster=block.rows.forecaster[block.pair_starts[:-1]],
        score=where_stood((own[:, 1] + filled) / np.where(something, stood + filled_weight, 1.0)),
        coverage=stood / np.maximum(whole, 1.0)[q],
        days=stood if block.settings.clock == "daily" else stood / _DAY,
        forecasts=count,
        relative=where_stood(own[:, 3] / np.maximum(whole, 1.0)[q] if briers else np.nan * stood),
        peer=where_stood(100 * own[:, 4] / scheduled),
        baseline=where_stood(100 * (own[:, 2] + stood * np.log(k)) / np.log(k) / scheduled),
        crowd={
            name: np.where(heard > 0, total / np.where(heard > 0, heard, 1.0), np.nan)
            for name, total in zip(crowd_losses, totals[2:], strict=True)
        },
    )


def _running_sums(block: Block, middle: Middle) -> Floats:
    """Return the sums that ``pair_sums`` takes differences of."""
    values = np.stack([np.ones(block.made.size), block.logs])
    here = slot_sums(block.row_starts, block.begins, block.ends, values, block.slot_starts)
    count = np.round(here[0])
    factor = np.where(count > 1, count / np.maximum(count - 1, 1), 0.0)
    mean_log = here[1] / np.maximum(count, 1)
    loss = mean_of_two(block.losses, middle.low, middle.high)
    weight = block.slot_weights
    middle_loss = np.where(count > 0, loss, 0.0) * weight
    columns = [weight, middle_loss, weight * factor, weight * factor * mean_log]
    return running(np.stack(columns, axis=1), block.slot_starts)


def _counted(block: Block) -> Bools:
    """Which rows are forecasts made before the end of their window."""
    counted: Bools = block.made < block.row_ends
    return counted if block.rows.withdrawn is None else counted & ~block.rows.withdrawn


def _crowd_losses(
    block: Block, middle: Middle, wanted: tuple[SweptAggregate, ...]
) -> dict[SweptAggregate, Floats]:
    """Return what each crowd scores at each slot, and what equal odds do where it is silent."""
    if not wanted:
        return {}
    said = np.concatenate([middle.crowd[name] for name in wanted])
    said[~np.tile(middle.stands, len(wanted))] = 1 / block.rows.options
    outcome = np.tile(block.slot_outcome, len(wanted))
    flat = said[:, 0] if said.shape[1] == 1 else said
    losses = row_losses(flat, outcome, block.settings).reshape(len(wanted), block.slots)
    return dict(zip(wanted, losses, strict=True))


def _imputed(block: Block, first: Ints, crowd: Floats | None) -> tuple[Floats, Floats]:
    """Return the loss imputed to each pair before its first forecast, and its weight."""
    if block.settings.before_first == "skip" or not block.made.size:
        return np.zeros(first.size), np.zeros(first.size)
    if block.settings.before_first == "uniform" or crowd is None:
        equal = np.full((block.slots, block.rows.options), 1 / block.rows.options)
        crowd = row_losses(equal, block.slot_outcome, block.settings)
    weight = block.slot_weights
    until = running(np.stack([weight * crowd, weight], axis=1), block.slot_starts)
    origin = block.slot_starts[block.pair_question] + block.pair_question
    return until[origin + first, 0], until[origin + first, 1]


def _joined(parts: list[Scores], wanted: tuple[SweptAggregate, ...]) -> Scores:
    names = ("question", "forecaster", "score", "coverage", "days", "forecasts")
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in (*names, "relative", "peer", "baseline")
    }
    crowd = {name: np.concatenate([part.crowd[name] for part in parts]) for name in wanted}
    return Scores(**columns, crowd=crowd)
