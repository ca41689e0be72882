"""Indicators as a reader sees them: how far they tell scenarios apart, which to watch."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from forecasts.maths.checks import Floats
from forecasts.maths.scenarios.watching import (
    UNINFORMATIVE_BITS,
    diagnosticity,
    log_likelihood_ratios,
    watch_each,
)
from forecasts.results.scenarios import IndicatorView, WatchRow
from forecasts.views.indicators import WHY, Evidence
from forecasts.views.loading import Asked
from forecasts.views.relations import outcome_words
from forecasts.views.scenario_facts import Prior


def indicator_views(
    evidence: Sequence[Evidence], prior: Prior | None, scenarios: int, now: datetime
) -> tuple[IndicatorView, ...]:
    """The most diagnostic first; those that cannot be measured last."""
    rows = [_view(one, prior, scenarios, now) for one in evidence]
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.diagnosticity is None,
                -(row.diagnosticity or 0.0),
                row.question_id,
            ),
        )
    )


def watch_rows(
    counting: Sequence[Evidence], prior: Prior | None, questions: Mapping[int, Asked]
) -> tuple[WatchRow, ...]:
    """What each open indicator could still do, the most informative first."""
    if prior is None:
        return ()
    still_open = [place for place, one in enumerate(counting) if one.still_open]
    used = [one.indicator for one in counting if one.indicator is not None]
    found = watch_each(prior.shares, used, [one.current[-1] for one in counting], still_open)
    rows = []
    for place, one in zip(still_open, found, strict=True):
        asked, met = counting[place].asked, counting[place].met
        rows.append(
            WatchRow(
                question_id=asked.id,
                title=asked.title,
                closes_at=asked.closes_at,
                information=one.information * (1.0 if met is None else met),
                swing=one.swing,
                outcomes=asked.options,
                chances=tuple(one.outcomes.tolist()),
                after=tuple(_row_or_none(row) for row in one.after),
                condition=asked.condition and outcome_words(questions, asked.condition),
                met=met,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.information, row.question_id)))


def _row_or_none(row: Floats) -> tuple[float, ...] | None:
    return None if np.isnan(row).any() else tuple(row.tolist())


def _view(one: Evidence, prior: Prior | None, scenarios: int, now: datetime) -> IndicatorView:
    asked, link = one.asked, one.link
    bits, ratios = None, None
    if one.indicator is not None and prior is not None:
        bits = diagnosticity(prior.shares, one.indicator)
        ratios = tuple(
            tuple(None if np.isnan(ratio) else float(ratio) for ratio in row)
            for row in log_likelihood_ratios(prior.shares, one.indicator)
        )
    return IndicatorView(
        question_id=asked.id,
        title=asked.title,
        kind=asked.kind,
        status=asked.status(now),
        closes_at=asked.closes_at,
        outcomes=asked.options,
        outcome=None if asked.outcome is None else asked.options[asked.outcome],
        state=one.state,
        why=WHY[one.state],
        weight=link.weight,
        note=link.note,
        version=link.version,
        likelihoods=tuple(
            tuple(link.cells.get((scenario, outcome)) for scenario in range(scenarios))
            for outcome in range(len(asked.options))
        ),
        current=_row_or_none(one.current[-1]),
        current_from=one.origin,
        diagnosticity=bits,
        ratios=ratios,
        tells_apart=None if bits is None else bits > UNINFORMATIVE_BITS,
    )
