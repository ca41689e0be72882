"""Scores of two files, as plain values fit for JSON."""

from dataclasses import replace
from typing import Any

import numpy as np

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


def scorecard(
    questions: list[Asked],
    said: Said,
    settings: Settings,
    *,
    models: bool,
    rng: np.random.Generator,
    ordered_alike: bool = False,
) -> Record:
    """Return ``settings``, ``rows``, ``crowd`` and ``leaderboard``.

    The rule ``brier`` means ``ordered_brier`` on ordered questions, unless ``ordered_alike``.
    Numeric questions earn the quantile score in their own units, have no crowd, and stay out of
    the leaderboard. The crowd is made of persons, and of models where ``models``.

    Raises InvalidInput for rows that make no whole forecast.
    """
    members = said.person | said.model if models else said.person
    rows: list[Record] = []
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
            scores = score_all(group.questions, group.forecasts, own, members=members)
            crowd += _crowd_rows(scores, group, questions)
            clipped += count_clipped(group.forecasts.probabilities, own.clip)
            pooled.append((scores, group))
            found = scores
        rows += _rows(found, group, questions, said.names)
    rows.sort(key=lambda row: (row.pop("place"), row["forecaster"]))
    crowd.sort(key=lambda row: row.pop("place"))
    return {
        "settings": _settings(settings, rules, clipped, questions, models=models),
        "rows": rows,
        "crowd": crowd,
        "leaderboard": _leaderboard(pooled, said.names, settings, rng),
    }


def _settings(
    settings: Settings, rules: dict[str, str], clipped: int, questions: list[Asked], *, models: bool
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
        "crowd": "persons and models" if models else "persons",
        "questions": len(questions),
        "open": sum(asked.outcome is None for asked in questions),
    }


def _rows(found: Averages, group: Group, questions: list[Asked], names: list[str]) -> list[Record]:
    columns = {
        "score": found.score,
        "coverage": found.coverage,
        "days": found.days,
        "forecasts": _counts(found, group.forecasts, group.questions.ends),
    }
    for name in ("relative", "peer", "baseline"):
        nothing = np.full(found.score.size, np.nan)
        columns[name] = getattr(found, name) if isinstance(found, Scores) else nothing
    lists = {name: _nullable(values) for name, values in columns.items()}
    places = np.array(group.asked)[found.question].tolist()
    return [
        {
            "place": place,
            "question_id": questions[place].id,
            "forecaster": names[who],
            **{name: values[i] for name, values in lists.items()},
        }
        for i, (place, who) in enumerate(zip(places, found.forecaster.tolist(), strict=True))
    ]


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
    return [
        {
            "place": place,
            "question_id": questions[place].id,
            "aggregate": name,
            "score": score,
        }
        for name in AGGREGATES
        for place, score in zip(group.asked, _nullable(scores.crowd[name]), strict=True)
    ]


def _leaderboard(
    pooled: list[tuple[Averages, Group]],
    names: list[str],
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
    ranked = sorted(standings, key=lambda one: (sign * one.score, names[one.forecaster]))
    return [
        {
            "forecaster": names[one.forecaster],
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
