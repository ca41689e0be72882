"""Mean scores of forecasters or publishers, as the rows of a table."""

from collections.abc import Sequence

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.leaderboard import resampled_intervals
from forecasts.maths.pairs import count_questions, sums
from forecasts.results.scores import ScoreRow
from forecasts.views.loading import Speaker
from forecasts.views.scoring import SEED, Scored

REPLICATES = 1000


def score_rows(found: Scored, groups: Ints, heads: Sequence[tuple[Speaker, str]]) -> list[ScoreRow]:
    """The mean over questions of each group of entries, with 95 % intervals by question.

    ``groups`` has shape (p,): places in ``heads``, each a forecaster and the name to show. Every
    group has an entry.
    """
    size = len(heads)
    entries = np.bincount(groups, minlength=size)

    def mean(values: Floats) -> list[float]:
        return list((sums(groups, values, size) / entries).tolist())

    ranged = np.bincount(groups, weights=~np.isnan(found.at_low), minlength=size) > 0
    low, high = (np.where(np.isnan(end), found.score, end) for end in (found.at_low, found.at_high))
    distinct = count_questions(groups, found.question, size)
    intervals = resampled_intervals(
        groups,
        found.question,
        found.score,
        size,
        replicates=REPLICATES,
        rng=np.random.default_rng(SEED),
    )
    columns = zip(
        heads,
        distinct.tolist(),
        mean(found.score),
        mean(found.uniform),
        ranged.tolist(),
        mean(low),
        mean(high),
        mean(found.coverage),
        np.bincount(groups, weights=found.days, minlength=size).tolist(),
        intervals,
        strict=True,
    )
    return [
        ScoreRow(
            forecaster_id=speaker.id,
            forecaster=name,
            forecaster_kind=speaker.kind,
            publisher=speaker.publisher or None,
            questions=questions,
            score=value,
            uniform=uniform,
            at_low=at_low if words else None,
            at_high=at_high if words else None,
            coverage=coverage,
            days=int(days),
            interval=interval,
        )
        for (
            (speaker, name), questions, value, uniform, words, at_low, at_high, coverage, days,
            interval,
        ) in columns
    ]  # fmt: skip
