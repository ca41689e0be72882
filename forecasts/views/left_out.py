"""What a scored answer leaves out, and why."""

from collections import Counter
from collections.abc import Collection

import numpy as np

from forecasts.results.scores import ScoreSettings
from forecasts.views.columns import RETROSPECTIVE
from forecasts.views.loading import Asked
from forecasts.views.scoring import chosen_questions
from forecasts.views.snapshot import Snapshot


def left_out(
    snapshot: Snapshot,
    questions: Collection[Asked],
    settings: ScoreSettings,
    *,
    by: frozenset[int] | None = None,
) -> tuple[tuple[str, int], ...]:
    """What a scored answer leaves out, each with its reason and count.

    ``by`` narrows the forecasts counted to those of some forecasters.
    """
    counts = Counter(reason for asked in questions if (reason := _unscored(asked)))
    said = snapshot.said
    asked_about = chosen_questions(snapshot, (asked for asked in questions if asked.is_scored))
    rows = asked_about[said.question] & ~said.withdrawn(slice(None))
    if by is not None:
        rows &= np.isin(said.forecaster, list(by))
    vague = rows & said.possibilities(slice(None)) & (not settings.possibilities)
    claimed = rows & ~vague & (said.classes(slice(None)) == RETROSPECTIVE)
    claimed &= "retrospective" not in settings.classes
    late = rows & ~vague & ~claimed & (said.made >= snapshot.ends[said.question])
    for reason, chosen in (
        ("bare possibilities (may, might, could)", vague),
        ("retrospective forecasts", claimed),
        ("forecasts made when the outcome was known or the question closed", late),
    ):
        if chosen.any():
            counts[reason] = int(chosen.sum())
    return tuple(counts.items())


def _unscored(asked: Asked) -> str | None:
    """Why a settled question is scored for nobody; None if it is, or is not settled."""
    if asked.parent_failed:
        return "questions whose condition was not met"
    if asked.resolution is None:
        return None
    if asked.resolution.state != "resolved":
        return "annulled questions"
    if asked.kind == "numeric":
        return "numeric questions, whose scores are in their own units"
    return None
