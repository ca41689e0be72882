"""What cannot all be right among one forecaster's linked forecasts, in events and sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.maths.scenarios.coherence import Projection
from forecasts.results.coherence import CoherenceFinding, StatedEvent
from forecasts.views.loading import Asked
from forecasts.views.relations import End, Group, Linked, outcome_words

TOLERANCE = 1e-3
"""Forecasts nearer than this to coherent ones are called coherent: a tenth of a point."""

Said = Mapping[End, float]
"""What one forecaster gives to each outcome at an instant."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A group as one forecaster sees it, and the coherent probabilities nearest to that."""

    group: Group
    given: tuple[Linked, ...]
    said: Said
    nearest: Projection


def findings(
    questions: Mapping[int, Asked], checked: Iterable[Checked]
) -> tuple[CoherenceFinding, ...]:
    """The groups that are not coherent, the farthest first."""
    found = [_finding(questions, one) for one in checked if one.nearest.distance > TOLERANCE]
    return tuple(sorted(found, key=lambda one: -one.distance))


def _finding(questions: Mapping[int, Asked], one: Checked) -> CoherenceFinding:
    pairs: list[tuple[End, End | None, float, float]] = [
        (end, None, one.said[end], float(nearest))
        for end, nearest in zip(one.group.events, one.nearest.events, strict=True)
        if not np.isnan(nearest)
    ]
    pairs += [
        (linked.first, linked.condition, one.said[linked.first], float(nearest))
        for linked, nearest in zip(one.given, one.nearest.given, strict=True)
    ]
    events = [
        StatedEvent(
            question_id=end[0],
            title=questions[end[0]].title,
            outcome=end[1],
            condition=f"if {outcome_words(questions, condition)}" if condition else None,
            stated=stated,
            nearest=nearest,
        )
        for end, condition, stated, nearest in pairs
    ]
    events.sort(key=lambda event: -abs(event.nearest - event.stated))
    return CoherenceFinding(
        sentence=_sentence(events),
        relations=tuple(linked.view.sentence for linked in one.group.relations),
        events=tuple(events),
        distance=one.nearest.distance,
    )


def _sentence(events: Sequence[StatedEvent]) -> str:
    moved = [event for event in events if abs(event.nearest - event.stated) >= TOLERANCE / 2]
    changes = "; ".join(
        f"“{event.title}”{'' if event.outcome == 'yes' else f' ({event.outcome})'} "
        f"{event.stated * 100:.1f} % → {event.nearest * 100:.1f} %"
        for event in moved
    )
    return (
        f"{len(events)} linked probabilities cannot all be right. "
        f"The smallest change that mends them: {changes}."
    )


def titles(questions: Mapping[int, Asked], keys: Iterable[int]) -> str:
    """The titles of questions in one line."""
    return "; ".join(f"“{questions[key].title}”" for key in keys)
