"""The questions behind a point of the reliability diagram."""

from datetime import datetime

import numpy as np
from sqlmodel import Session

from forecasts.maths.bins import decimal_bins
from forecasts.maths.checks import Ints
from forecasts.maths.pairs import sums
from forecasts.results.calibration import EVERYTHING, Behind, BehindRow, Choice
from forecasts.views.chosen import choose, entering
from forecasts.views.columns import WIDTH
from forecasts.views.judged import Judged, judged
from forecasts.views.snapshot import Snapshot, look

SAME = 1e-9
"""A level that was written out and read again lies within this of the one stated."""

_OPTIONS = 2**16  # more than a question has


def behind(
    session: Session,
    choice: Choice = EVERYTHING,
    *,
    now: datetime,
    tenth: int | None = None,
    level: float | None = None,
    most: int = 50,
) -> Behind:
    """The questions on which the forecasts of ``calibration`` lay in a tenth, or at a level.

    ``tenth`` counts from 0, [0, .1), to 9, [.9, 1]. At most so many rows are given, those first
    where what was said and what happened lie farthest apart.

    Raises
    ------
    NotFound
        There is no such forecaster.
    ValueError
        Not exactly one of ``tenth`` and ``level`` is given.
    """
    if (tenth is None) == (level is None):
        raise ValueError(f"tenth is {tenth} and level is {level}: one of them must be given")
    snapshot = look(session).settled
    chosen = choose(snapshot, choice, now)

    def work() -> Behind:
        entries = judged(snapshot, entering(snapshot, chosen, choice)[0])
        p = entries.probability
        here = decimal_bins(p) == tenth if level is None else np.abs(p - level) <= SAME
        return _grouped(snapshot, entries, np.flatnonzero(here), most)

    return snapshot.remembered(("behind", chosen.key, tenth, level, most), work)


def _grouped(snapshot: Snapshot, entries: Judged, here: Ints, most: int) -> Behind:
    said = snapshot.said
    row, weight = entries.row[here], entries.weight[here]
    keys, first, place = np.unique(
        said.question[row] * _OPTIONS + entries.option[here],
        return_index=True,
        return_inverse=True,
    )
    if not keys.size:
        return Behind((), 0, 0, None)
    question, option = np.divmod(keys, _OPTIONS)
    mean = sums(place, weight * entries.probability[here], keys.size) / sums(
        place, weight, keys.size
    )
    happened = entries.happened[here][first]
    # Who spoke of each: distinct pairs of outcome and forecaster.
    voices = np.unique(place * WIDTH + said.forecaster[row]) // WIDTH
    people = np.bincount(voices, minlength=keys.size)
    order = np.lexsort((keys, -np.abs(mean - happened)))[:most]
    columns = (part[order].tolist() for part in (question, option, mean, happened, people))
    return Behind(
        rows=tuple(_row(snapshot, *found) for found in zip(*columns, strict=True)),
        outcomes=keys.size,
        questions=int(np.unique(question).size),
        happened=float(np.average(entries.happened[here], weights=weight)),
    )


def _row(
    snapshot: Snapshot, question: int, option: int, said: float, happened: float, people: int
) -> BehindRow:
    asked = snapshot.questions[question]
    name = None if asked.kind == "binary" else asked.options[option]
    return BehindRow(question, asked.title, name, said, happened == 1, people)
