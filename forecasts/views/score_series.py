"""Scores over time: trailing means over the questions that ended."""

import numpy as np

from db.types import from_us
from forecasts.maths.checks import Floats
from forecasts.results.scores import ScoreRow, ScoreSeries, SeriesRole
from forecasts.views.scoring import Scored
from forecasts.views.snapshot import Snapshot

TRAILING = 20  # questions behind each point of a series
CROWD = "The crowd"
MOST_SERIES = 20
"""Others with a line of their own: those with the most questions. No chart can tell more apart."""


def score_series(
    snapshot: Snapshot,
    found: Scored,
    sources: Scored,
    crowd: Scored,
    rows: list[ScoreRow],
    my_id: int | None,
) -> tuple[ScoreSeries, ...]:
    """All sources together, the crowd, the reader, and the busiest others of ``rows``."""
    lines = []
    if sources.question.size:
        lines.append(trailing("All sources", "source", snapshot, sources))
    if crowd.question.size:
        lines.append(trailing(CROWD, "crowd", snapshot, crowd))
    others = [row for row in rows if row.forecaster_kind != "source" and row.forecaster_id != my_id]
    others.sort(key=lambda row: (-row.questions, row.forecaster_id))
    if (mine := found.by(my_id)).question.size:
        lines.append(trailing("You", "me", snapshot, mine))
    lines += [
        trailing(row.forecaster, "other", snapshot, found.by(row.forecaster_id))
        for row in others[:MOST_SERIES]
    ]
    return tuple(lines)


def trailing(name: str, role: SeriesRole, snapshot: Snapshot, found: Scored) -> ScoreSeries:
    """The mean over the last scores settled, at the end of each question's window."""
    ends = snapshot.ends[found.question]
    order = np.lexsort((found.question, ends))
    ends = ends[order]
    last = np.flatnonzero(np.append(ends[1:] != ends[:-1], True))
    until = np.append(0.0, np.cumsum(found.score[order]))
    first = np.maximum(0, last + 1 - TRAILING)
    mean: Floats = (until[last + 1] - until[first]) / (last + 1 - first)
    return ScoreSeries(
        name=name,
        role=role,
        at=tuple(from_us(at) for at in ends[last].tolist()),
        value=tuple(np.maximum(mean, 0.0).tolist()),
        questions=tuple((last + 1 - first).tolist()),
    )
