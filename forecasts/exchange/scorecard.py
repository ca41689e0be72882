"""Scores of two files, as plain values fit for JSON."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from forecasts.exchange.asked import Asked
from forecasts.exchange.said import Said
from forecasts.exchange.stated import Group, groups
from forecasts.maths.checks import Bools, Floats
from forecasts.maths.clipping import count_clipped
from forecasts.maths.engine import (
    AGGREGATES,
    Averages,
    Forecasts,
    Scores,
    Settings,
    average_losses,
    score_all,
)
from forecasts.maths.leaderboard import leaderboard
from forecasts.maths.rules import HIGHER_IS_BETTER

Record = dict[str, Any]
_BATCH = 10_000


def scorecard(
    questions: list[Asked],
    said: Said,
    settings: Settings,
    *,
    models: bool,
    rng: np.random.Generator,
    ordered_alike: bool = False,
    progress: Callable[[str, int], None] = lambda _what, _count: None,
) -> Record:
    """Return ``settings``, ``rows``, ``crowd`` and ``leaderboard``; ``rows`` is a ``Rows``.

    The rule ``brier`` means ``ordered_brier`` on ordered questions, unless ``ordered_alike``.
    Numeric questions earn the quantile score in their own units, have no crowd, and stay out of
    the leaderboard. The crowd is made of persons, and of models where ``models``. Relative, peer
    and adjusted scores are among all kinds of forecasters, named in the settings. A crowd's
    ``by_mean`` is the share of its time on which it gave every option 0, so that the mean stood
    in. ``progress`` hears what was done, and how much of it.

    Raises InvalidInput for rows that make no whole forecast.
    """
    members = said.person | said.model if models else said.person
    tables: list[pa.Table] = []
    crowd: list[Record] = []
    rules: dict[str, str] = {}
    pooled: list[tuple[Averages, Group]] = []
    clipped = 0
    for group in groups(questions, said):
        own = settings
        if group.kind == "numeric":
            rules[group.kind] = "quantile_score"
            numeric = replace(settings, before_first="skip")
            found: Averages = average_losses(group.questions, group.forecasts, numeric)
        else:
            if group.kind == "ordered" and settings.rule == "brier" and not ordered_alike:
                own = replace(settings, rule="ordered_brier")
            rules[group.kind] = own.rule
            scores = score_all(
                group.questions, group.forecasts, own, members=members, aggregates=AGGREGATES
            )
            crowd += _crowd_rows(scores, group, questions)
            clipped += count_clipped(group.forecasts.probabilities, own.clip)
            pooled.append((scores, group))
            found = scores
        tables.append(_table(found, group))
        progress(f"{group.kind} questions scored", len(group.questions))
    crowd.sort(key=lambda row: row.pop("place"))
    return {
        "settings": {
            **_settings(settings, rules, clipped, questions),
            "crowd": "persons and models" if models else "persons",
            "among": sorted({said.kind(code) for code in range(len(said.names))}),
        },
        "rows": Rows(tables, [asked.id for asked in questions], said.names),
        "crowd": crowd,
        "leaderboard": _leaderboard(pooled, said, settings, rng),
    }


def _settings(
    settings: Settings, rules: dict[str, str], clipped: int, questions: list[Asked]
) -> Record:
    return {
        "rules": rules,
        "direction": "higher" if settings.rule in HIGHER_IS_BETTER else "lower",
        "scale": settings.scale,
        "clock": settings.clock,
        "zones": sorted({str(asked.zone) for asked in questions}),
        "before_first": settings.before_first,
        "clip": settings.clip,
        "clipped": clipped,
        "questions": len(questions),
        "open": sum(asked.outcome is None for asked in questions),
    }


class Rows:
    """The scores of everyone on every question, kept as columns until each is asked for.

    Iterating gives plain values by question, as the file has them, then by name.
    """

    def __init__(self, tables: list[pa.Table], ids: list[str], names: list[str]) -> None:
        by = [("place", "ascending"), ("who", "ascending")]  # names are sorted, so codes are
        self._columns = pa.concat_tables(tables).sort_by(by) if tables else None
        self._ids, self._names = ids, names

    def __len__(self) -> int:
        return 0 if self._columns is None else int(self._columns.num_rows)

    def __iter__(self) -> Iterator[Record]:
        for batch in [] if self._columns is None else self._columns.to_batches(_BATCH):
            for row in batch.to_pylist():
                place, who = row.pop("place"), row.pop("who")
                yield {"question_id": self._ids[place], "forecaster": self._names[who], **row}


def _table(found: Averages, group: Group) -> pa.Table:
    columns: dict[str, Any] = {
        "score": found.score,
        "coverage": found.coverage,
        "days": found.days,
        "forecasts": _counts(found, group.forecasts, group.questions.ends),
    }
    for name in ("relative", "peer", "baseline"):
        nothing = np.full(found.score.size, np.nan)
        columns[name] = getattr(found, name) if isinstance(found, Scores) else nothing
    places = np.array(group.asked, dtype=np.int32)[found.question]
    return pa.table(
        {
            "place": places,
            "who": found.forecaster,
            **{name: pa.array(values, from_pandas=True) for name, values in columns.items()},
        }
    )


def _counts(found: Averages, forecasts: Forecasts, ends: np.ndarray[Any, Any]) -> Any:
    """Return how many forecasts each row of ``found`` has before the window's end."""
    if isinstance(found, Scores):
        return found.forecasts
    counted = forecasts.made < ends[forecasts.question]
    if forecasts.withdrawn is not None:
        counted &= ~forecasts.withdrawn
    width = int(forecasts.forecaster.max()) + 1
    key = forecasts.question.astype(np.int64) * width + forecasts.forecaster
    pairs = found.question.astype(np.int64) * width + found.forecaster
    return np.bincount(np.searchsorted(pairs, key), weights=counted, minlength=pairs.size).astype(
        np.int64
    )


def _crowd_rows(scores: Scores, group: Group, questions: list[Asked]) -> list[Record]:
    rows: list[Record] = []
    for name in AGGREGATES:
        columns = zip(
            group.asked,
            _nullable(scores.crowd[name]),
            scores.by_mean[name].tolist(),
            strict=True,
        )
        rows += [
            {
                "place": place,
                "question_id": questions[place].id,
                "aggregate": name,
                "score": value,
                "by_mean": share,
            }
            for place, value, share in columns
        ]
    return rows


def _leaderboard(
    pooled: list[tuple[Averages, Group]],
    said: Said,
    settings: Settings,
    rng: np.random.Generator,
) -> list[Record]:
    if not pooled:
        return []
    who = np.concatenate([found.forecaster for found, _ in pooled])
    where = np.concatenate([np.array(group.asked)[found.question] for found, group in pooled])
    score = np.concatenate([found.score for found, _ in pooled])
    coverage = np.concatenate([found.coverage for found, _ in pooled])
    stood: Bools = ~np.isnan(score)
    if not stood.any():
        return []
    standings = leaderboard(who[stood], where[stood], score[stood], coverage[stood], rng=rng)
    sign = -1 if settings.rule in HIGHER_IS_BETTER else 1
    ranked = sorted(standings, key=lambda one: (sign * one.score, one.forecaster))
    return [
        {
            "forecaster": said.names[one.forecaster],
            "kind": said.kind(one.forecaster),
            "questions": one.questions,
            "coverage": one.coverage,
            "score": one.score,
            "interval": one.interval,
            "adjusted": one.adjusted,
            "reason": one.reason,
        }
        for one in ranked
    ]


def _nullable(values: Floats) -> list[Any]:
    """Return plain numbers, None for NaN."""
    return [None if value != value else value for value in values.tolist()]
