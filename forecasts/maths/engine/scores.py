"""Scores of all forecasters on all questions, beside each other's and the crowd's."""

import math
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine.block import Block, make_block
from forecasts.maths.engine.clusters import clustered, starts_of
from forecasts.maths.engine.columns import Forecasts, Questions, no_flags
from forecasts.maths.engine.crowds import Crowd, crowds
from forecasts.maths.engine.losses import row_losses
from forecasts.maths.engine.relative import (
    crowd_means,
    first_slots,
    pair_scores,
)
from forecasts.maths.engine.settings import AGGREGATES, Scores, Settings
from forecasts.maths.engine.slots import running
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
    wanted = tuple(name for name in AGGREGATES if name in aggregates)
    if settings.before_first == "crowd" and "median" not in wanted:
        wanted = ("median", *wanted)

    def part(one: tuple[Questions, Forecasts, int]) -> Scores:
        block = make_block(*one[:2], settings, offset=one[2])
        member = None if members is None else members[block.rows.forecaster]
        return _score_block(block, member, wanted)

    cut = _cut(questions, clustered(forecasts), threads)
    if threads == 1 or len(cut) == 1:
        parts = [part(one) for one in cut]
    else:
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(part, cut))
    return parts[0] if len(parts) == 1 else _joined(parts, wanted)


def _cut(
    questions: Questions, rows: Forecasts, threads: int
) -> list[tuple[Questions, Forecasts, int]]:
    """Cut the questions into runs that are about equally much work, each with its first's code."""
    columns = 1 if rows.probabilities.ndim == 1 else rows.options
    whole = (len(rows) + len(questions) * _QUESTION) * columns
    if whole < _FEW:
        return [(questions, rows, 0)]
    starts = starts_of(rows.question, len(questions))
    work = np.cumsum((np.diff(starts) + _QUESTION) * columns)
    size = min(_BLOCK, whole // (2 * threads))
    cuts = np.searchsorted(work, np.arange(size, whole, size)) + 1
    edges = np.unique(np.concatenate([[0], cuts, [len(questions)]])).tolist()
    return [
        (
            _some(questions, first, last),
            rows.take(slice(int(starts[first]), int(starts[last]))),
            first,
        )
        for first, last in pairwise(edges)
    ]


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
    # Where no crowd stands, equal odds do: nothing of it counts, unless it is imputed.
    crowd.said[:, ~crowd.stands] = 1 / block.rows.options
    pairs = (block.pair_starts, block.pair_question)
    withdrawn, _ = no_flags(block.rows)
    first, count = first_slots(*pairs, block.made, withdrawn, block.begins, block.questions.ends)
    score, coverage, stood, relative, peer, baseline = pair_scores(
        pairs,
        (block.begins, block.ends),
        block.losses,
        block.logs,
        (block.slot_starts, block.slot_weights, block.scheduled),
        (common.count, common.middle, common.logs),
        _imputed(block, first, crowd, wanted),
        math.log(block.rows.options),
    )
    spoken = (crowd.stands, block.slot_weights, block.slot_starts)
    means = crowd_means(block.losses_of(crowd.said), *spoken)
    shares = np.zeros(means.shape)
    if not block.binary:
        stood_in = crowd.by_mean.astype(np.float64), np.empty(0), 0.0
        shares = np.nan_to_num(crowd_means(stood_in, *spoken))
    return Scores(
        question=block.rows.question[block.pair_starts[:-1]],
        forecaster=block.pair_forecaster,
        score=score,
        coverage=coverage,
        days=stood if block.settings.clock == "daily" else stood / _DAY,
        forecasts=count,
        relative=relative if block.briers else np.full(relative.size, np.nan),
        peer=peer,
        baseline=baseline,
        crowd=dict(zip(wanted, means, strict=True)),
        by_mean=dict(zip(wanted, shares, strict=True)),
    )


def _imputed(block: Block, first: Ints, crowd: Crowd, wanted: tuple[Aggregate, ...]) -> Floats:
    """Return the loss imputed to each pair before its first forecast, and its weight, (2, p)."""
    if block.settings.before_first == "skip" or not block.made.size:
        return np.zeros((2, first.size))
    if block.settings.before_first == "uniform":
        said = np.full((block.slots, block.rows.options), 1 / block.rows.options)
    else:
        said = crowd.said[wanted.index("median")]
    if block.binary:
        said = said[:, 0]
    loss = row_losses(said, block.slot_outcome, block.settings)
    weight = block.slot_weights
    until = running(np.stack([weight * loss, weight], axis=1), block.slot_starts)
    origin = block.slot_starts[block.pair_question] + block.pair_question
    return np.ascontiguousarray(until[origin + first].T)


def _joined(parts: list[Scores], wanted: tuple[Aggregate, ...]) -> Scores:
    names = ("question", "forecaster", "score", "coverage", "days", "forecasts")
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in (*names, "relative", "peer", "baseline")
    }
    crowd = {name: np.concatenate([part.crowd[name] for part in parts]) for name in wanted}
    by_mean = {name: np.concatenate([part.by_mean[name] for part in parts]) for name in wanted}
    return Scores(**columns, crowd=crowd, by_mean=by_mean)
