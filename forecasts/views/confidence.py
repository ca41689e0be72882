"""Over- and underconfidence of the parts of a choice: by tag, by forecaster, by period ..."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlmodel import Session

from forecasts.maths.checks import Bools, Ints
from forecasts.maths.pairs import pooled
from forecasts.maths.recalibration import recalibration_of
from forecasts.results.calibration import (
    EVERYTHING,
    Choice,
    ConfidenceRow,
    ConfidenceView,
    Part,
    PartKey,
    Span,
)
from forecasts.views.chosen import Chosen, choose, entering, fits
from forecasts.views.judged import pairs
from forecasts.views.loading import Asked
from forecasts.views.scoring import Counted, count_distinct
from forecasts.views.snapshot import Snapshot, look

MOST = 12
"""Tags, publishers or forecasters that are given: those with the most questions."""

_MOMENT = timedelta(microseconds=1)


def confidence(
    session: Session,
    choice: Choice = EVERYTHING,
    by: Part = "tag",
    *,
    now: datetime,
    spans: Sequence[Span] = (),
) -> ConfidenceView:
    """The recalibration of each part of the forecasts that enter ``calibration``.

    A row says what ``calibration`` says of the choice narrowed to its part. ``spans`` are the
    parts by length of the question and by time before the scheduled close; rows by these and by
    year are in their order, others by the number of questions, the largest first.

    Raises
    ------
    NotFound
        There is no such forecaster.
    """
    snapshot = look(session).settled
    chosen = choose(snapshot, choice, now)

    def work() -> ConfidenceView:
        parts = _parts(snapshot, chosen, choice, by, spans)
        sizes = {key: count_distinct(_asked(snapshot, part)) for key, part in parts.items()}
        keys = [key for key, size in sizes.items() if size]
        if by in ("tag", "publisher", "forecaster"):
            keys.sort(key=lambda key: (-sizes[key], str(key)))
        rows = [
            _row(snapshot, key, _name(snapshot, key, by), parts[key], sizes[key])
            for key in keys[:MOST]
        ]
        return ConfidenceView(chosen.who, by, tuple(rows), len(keys) - len(rows))

    key: Hashable = ("confidence", chosen.key, by, tuple(spans))
    return snapshot.remembered(key, work)


def _parts(
    snapshot: Snapshot, chosen: Chosen, choice: Choice, by: Part, spans: Sequence[Span]
) -> Mapping[PartKey, Counted]:
    """The forecasts of each part; those on several tags' questions are in several."""
    if by == "lead":
        wanted = spans if choice.lead is None else (choice.lead,)
        return {span: entering(snapshot, chosen, replace(choice, lead=span))[0] for span in wanted}
    found = entering(snapshot, chosen, choice)[0]
    if by == "forecaster":
        who = snapshot.said.forecaster[found.rows]
        return {key: _of(found, who == key) for key in np.unique(who).tolist()}
    asked = _asked(snapshot, found)
    keys_of = _KEYS[by]
    members: dict[PartKey, list[int]] = {span: [] for span in spans if by == "length"}
    for question in np.unique(asked).tolist():
        for key in keys_of(snapshot.questions[question], spans):
            members.setdefault(key, []).append(question)
    if by == "year":
        members = dict(sorted(members.items()))
    within = np.zeros(snapshot.ends.size, dtype=np.bool_)
    parts = {}
    for key, own in members.items():
        within[:] = False
        within[own] = True
        parts[key] = _of(found, within[asked])
    return parts


_KEYS: Mapping[str, Callable[[Asked, Sequence[Span]], Sequence[PartKey]]] = {
    "tag": lambda asked, _: asked.tags,
    "publisher": lambda asked, _: [asked.publisher] if asked.publisher else [],
    # A close at midnight belongs to the day that it ends.
    "year": lambda asked, _: [(asked.closes_at - _MOMENT).astimezone(UTC).year],
    "length": lambda asked, spans: [
        span for span in spans if fits(asked, replace(EVERYTHING, length=span))
    ],
}


def _of(found: Counted, chosen: Bools) -> Counted:
    return Counted(found.rows[chosen], found.days[chosen])


def _asked(snapshot: Snapshot, found: Counted) -> Ints:
    return snapshot.said.question[found.rows]


def _name(snapshot: Snapshot, key: PartKey, by: Part) -> str:
    if isinstance(key, int) and by == "forecaster":
        return snapshot.speakers[key].name
    return "" if isinstance(key, tuple) else str(key)


def _row(
    snapshot: Snapshot, key: PartKey, name: str, part: Counted, questions: int
) -> ConfidenceRow:
    rows = pooled(pairs(snapshot, part))
    return ConfidenceRow(
        key=key,
        name=name,
        forecasts=part.rows.size,
        questions=questions,
        said=float(np.average(rows.probabilities, weights=rows.weights)),
        happened=float(np.average(rows.happened, weights=rows.weights)),
        recalibration=recalibration_of(rows),
    )
