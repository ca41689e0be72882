"""Who scores how well on which tag."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.pairs import count_questions, sums
from forecasts.results.scores import HeatCell, HeatMap, HeatRow, SeriesRole
from forecasts.views.scoring import Scored
from forecasts.views.snapshot import Snapshot

MOST_TAGS, MOST_ROWS = 12, 12
"""What a screen holds: those with the most questions behind them."""


def heat_map(snapshot: Snapshot, found: Scored, my_id: int | None) -> HeatMap:
    """Mean scores by tag of the reader, of all sources together, and of the busiest others."""
    asked = np.unique(found.question)
    tagged = Counter(tag for key in asked.tolist() for tag in snapshot.questions[key].tags)
    tags = sorted(tagged.items(), key=lambda one: (-one[1], one[0]))
    shown = tags[:MOST_TAGS]
    heads, groups = _rows(snapshot, found, my_id)
    columns = [
        _column(found, groups, len(heads), _having(snapshot, asked, tag)) for tag, _ in shown
    ]
    cells = [tuple(column[place] for column in columns) for place in range(len(heads))]
    rows = [
        HeatRow(name, role, own)
        for (name, role), own in zip(heads, cells, strict=True)
        if any(own)  # or it has scores on no question with one of these tags
    ]
    return HeatMap(
        tags=tuple(shown),
        rows=tuple(rows[:MOST_ROWS]),
        tags_left_out=len(tags) - len(shown),
        rows_left_out=len(rows) - len(rows[:MOST_ROWS]),
    )


def _rows(
    snapshot: Snapshot, found: Scored, my_id: int | None
) -> tuple[list[tuple[str, SeriesRole]], Ints]:
    """The rows' names and roles, and the place of each entry: the reader, sources, the busiest."""
    who, entries = np.unique(found.forecaster, return_counts=True)
    sources = [key for key in who.tolist() if snapshot.speakers[key].kind == "source"]
    busiest = [key for _, key in sorted(zip(-entries, who, strict=True))]
    others = [key for key in busiest if key != my_id and key not in set(sources)]
    heads: list[tuple[str, SeriesRole]] = []
    place = np.full(max(snapshot.speakers, default=0) + 1, -1)
    if my_id is not None and my_id in who:
        place[my_id] = len(heads)
        heads.append(("You", "me"))
    if sources:
        place[sources] = len(heads)
        heads.append(("All sources", "source"))
    for key in others:
        place[key] = len(heads)
        heads.append((snapshot.speakers[int(key)].name, "other"))
    return heads, place[found.forecaster]


def _having(snapshot: Snapshot, asked: Ints, tag: str) -> Ints:
    return np.array([key for key in asked.tolist() if tag in snapshot.questions[key].tags])


def _column(found: Scored, groups: Ints, size: int, questions: Ints) -> Sequence[HeatCell | None]:
    """One tag's cells: the mean over the entries, of which sources have several a question."""
    having = np.zeros(int(found.question.max(initial=0)) + 1, dtype=np.bool_)
    having[questions] = True
    own = having[found.question]
    entries = np.bincount(groups[own], minlength=size)

    def mean(values: Floats) -> list[float]:
        return list((sums(groups[own], values[own], size) / np.maximum(entries, 1)).tolist())

    counts = count_questions(groups[own], found.question[own], size).tolist()
    columns = zip(counts, mean(found.score), mean(found.uniform), strict=True)
    return [HeatCell(*cell) if cell[0] else None for cell in columns]
