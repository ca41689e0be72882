"""Mean scores of forecasters or publishers, as the rows of a table."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.leaderboard import question_adjusted
from forecasts.maths.pairs import count_questions, sums
from forecasts.maths.resampling import resampled_intervals
from forecasts.results.scores import ScoreRow
from forecasts.views.loading import Speaker
from forecasts.views.scoring import SEED, Scored

REPLICATES = 1000


def score_rows(
    found: Scored,
    groups: Ints,
    heads: Sequence[tuple[Speaker, str]],
    *,
    adjusted: bool = False,
) -> list[ScoreRow]:
    """The mean over questions of each group of entries, with 95 % intervals by question.

    ``groups`` has shape (p,): places in ``heads``, each a forecaster and the name to show. Every
    group has an entry. ``adjusted`` asks for question-adjusted scores too; then a group has one
    entry a question.
    """
    columns = _means(found, groups, len(heads))
    columns["interval"] = resampled_intervals(
        groups,
        found.question,
        found.score,
        len(heads),
        replicates=REPLICATES,
        rng=np.random.default_rng(SEED),
    )
    if adjusted and groups.size:
        fitted = question_adjusted(groups, found.question, found.score)
        columns["adjusted"] = [one.score for one in fitted]
        columns["unadjusted"] = [one.reason for one in fitted]
    return [
        ScoreRow(
            forecaster_id=speaker.id,
            forecaster=name,
            forecaster_kind=speaker.kind,
            publisher=speaker.publisher or None,
            **{column: values[place] for column, values in columns.items()},
        )
        for place, (speaker, name) in enumerate(heads)
    ]


def _means(found: Scored, groups: Ints, size: int) -> dict[str, list[Any]]:
    """What each group's row says, by the name of the field."""
    entries = np.bincount(groups, minlength=size)

    def mean(values: Floats) -> list[Any]:
        return list((sums(groups, values, size) / entries).tolist())

    ranged = np.bincount(groups, weights=~np.isnan(found.at_low), minlength=size) > 0

    def at_end(values: Floats) -> list[Any]:
        means = mean(np.where(np.isnan(values), found.score, values))
        return [value if has else None for value, has in zip(means, ranged, strict=True)]

    return {
        "questions": count_questions(groups, found.question, size).tolist(),
        "score": mean(found.score),
        "uniform": mean(found.uniform),
        "at_low": at_end(found.at_low),
        "at_high": at_end(found.at_high),
        "coverage": mean(found.coverage),
        "days": sums(groups, found.days, size).tolist(),
    }
