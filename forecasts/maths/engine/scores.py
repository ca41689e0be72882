"""Scores of all forecasters on all questions, beside each other's and the crowd's."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.block import Block, make_block
from forecasts.maths.engine.clusters import clustered, starts_of
from forecasts.maths.engine.columns import Forecasts, Questions, no_flags
from forecasts.maths.engine.crowds import Crowd, crowds
from forecasts.maths.engine.losses import row_losses
from forecasts.maths.engine.relative import (
    first_slots,
    pair_sums,
    question_sums,
    running,
)
from forecasts.maths.engine.settings import AGGREGATES, Scores, Settings
from forecasts.maths.pooling import Aggregate

_DAY = 86_400_000_000.0
_BLOCK = 100_000  # numbers that one thread works on at a time
_FEW = 20_000  # not worth being shared among threads
_QUESTION = 100  # what a question takes besides its rows, counted in rows


def score_all(
    questions: Questions,
    forecasts: Forecasts,
    settings: Settings,
    *,
    members: Bools | None,
    aggregates: Collection[Aggregate],
    threads: int,
) -> Scores:
    """See ``forecasts.maths.engine.score_all``."""
    rows = clustered(forecasts)
    wanted = tuple(name for name in AGGREGATES if name in aggregates)
    if settings.before_first == "crowd" and "median" not in wanted:
        wanted = ("median", *wanted)
    starts = starts_of(rows.question, len(questions))
    columns = 1 if rows.probabilities.ndim == 1 else rows.options
    bounds = _bounds(starts, columns, threads)

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
    return parts[0] if len(parts) == 1 else _joined(parts, wanted)


def _bounds(starts: Ints, columns: int, threads: int) -> list[tuple[int, int]]:
    """Cut the questions into runs that are about equally much work."""
    count = len(starts) - 1
    work = np.cumsum((np.diff(starts) + _QUESTION) * columns)
    whole = int(work[-1]) if count else 0
    if whole < _FEW:
        return [(0, count)]
    size = min(_BLOCK, whole // (2 * threads))
    cuts = np.searchsorted(work, np.arange(size, whole, size)) + 1
    edges = np.unique(np.concatenate([[0], cuts, [count]]))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _some(questions: Questions, first: int, last: int) -> Questions:
    part = slice(first, last)
    return Questions(
        questions.opens[part],
        questions.closes[part],
        questions.ends[part],
        questions.outcome[part],
        questions.zones[part],
    )


def _score_block(block: Block, members: Bools | None, wanted: tuple[Aggregate, ...]) -> Scores:
    crowd, common = crowds(block, members, wanted)
    weight = block.slot_weights
    pairs = (block.pair_starts, block.pair_question)
    losses_of, targets, factor = block.losses
    own = pair_sums(
        *pairs,
        block.begins,
        block.ends,
        losses_of,
        targets,
        factor,
        *block.logs,
        block.slot_starts,
        np.stack([weight, common.loss, common.count, common.logs]),
    )
    withdrawn, _ = no_flags(block.rows)
    first, count = first_slots(*pairs, block.made, withdrawn, block.begins, block.questions.ends)
    losses = _crowd_losses(block, crowd)
    median = losses[wanted.index("median")] if "median" in wanted else None
    filled, filled_weight = _imputed(block, first, median)
    stood, q = own[:, 0], block.pair_question
    something = stood > 0
    spoken = np.where(crowd.stands, weight, 0.0)
    totals = question_sums(np.stack([weight, spoken, *(spoken * losses)]), block.slot_starts)
    whole, heard = totals[0], totals[1]
    scheduled = np.maximum(block.scheduled, 1.0)[q]
    k = block.rows.options

    def where_stood(values: Floats) -> Floats:
        return np.where(something, values, np.nan)

    return Scores(
        question=block.rows.question[block.pair_starts[:-1]],
        forecaster=block.rows.forecaster[block.pair_starts[:-1]],
        score=where_stood((own[:, 1] + filled) / np.where(something, stood + filled_weight, 1.0)),
        coverage=stood / np.maximum(whole, 1.0)[q],
        days=stood if block.settings.clock == "daily" else stood / _DAY,
        forecasts=count,
        relative=where_stood(
            own[:, 3] / np.maximum(whole, 1.0)[q] if block.briers else np.nan * stood
        ),
        peer=where_stood(100 * own[:, 4] / scheduled),
        baseline=where_stood(100 * (own[:, 2] + stood * np.log(k)) / np.log(k) / scheduled),
        crowd=dict(zip(wanted, _means(totals[2:], heard), strict=True)),
        by_mean=_by_mean(crowd, spoken, heard, wanted, block),
    )


def _means(totals: Floats, weight: Floats) -> Floats:
    """Return ``totals / weight``, NaN where nothing weighs."""
    return np.where(weight > 0, totals / np.where(weight > 0, weight, 1.0), np.nan)


def _by_mean(
    crowd: Crowd, spoken: Floats, heard: Floats, wanted: tuple[Aggregate, ...], block: Block
) -> dict[Aggregate, Floats]:
    """Return on which share of its time, ``heard``, each crowd gave every option 0."""
    if block.binary:
        return {name: np.zeros(heard.size) for name in wanted}
    stood_in = question_sums(np.where(crowd.by_mean, spoken, 0.0), block.slot_starts)
    return dict(zip(wanted, stood_in / np.where(heard > 0, heard, 1.0), strict=True))


def _crowd_losses(block: Block, crowd: Crowd) -> Floats:
    """Return what each crowd scores at each slot, and what equal odds do where it is silent.

    Shape (aggregates, slots).
    """
    said = crowd.said
    said[:, ~crowd.stands] = 1 / block.rows.options
    outcome = np.tile(block.slot_outcome, len(said))
    flat = said.reshape(-1) if block.binary else said.reshape(-1, said.shape[2])
    return row_losses(flat, outcome, block.settings).reshape(said.shape[:2])


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


def _joined(parts: list[Scores], wanted: tuple[Aggregate, ...]) -> Scores:
    names = ("question", "forecaster", "score", "coverage", "days", "forecasts")
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in (*names, "relative", "peer", "baseline")
    }
    crowd = {name: np.concatenate([part.crowd[name] for part in parts]) for name in wanted}
    by_mean = {name: np.concatenate([part.by_mean[name] for part in parts]) for name in wanted}
    return Scores(**columns, crowd=crowd, by_mean=by_mean)
