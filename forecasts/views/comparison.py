"""Is one forecaster better than another, or was it luck?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np
from sqlmodel import Session

from db.types import from_us
from forecasts.errors import NotFound
from forecasts.maths.checks import Floats
from forecasts.maths.comparison import compare
from forecasts.maths.panel import ClockName, ticks
from forecasts.maths.timeline import standing_rows
from forecasts.maths.verbal import AtEnds, depends_on_mapping
from forecasts.results.comparison import ComparedQuestion, Party, ScoreComparison
from forecasts.results.scores import ScoreSettings
from forecasts.views.loading import Asked, narrowed
from forecasts.views.scoring import SEED
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.voices import (
    COLUMNS,
    Voice,
    crowd_voice,
    equal_voice,
    forecaster_voices,
)

Who = int | Literal["crowd", "equal odds"]
"""A forecaster's id; the median of the other persons' live forecasts; or 1/K on every option."""

NAMES: dict[str, Party] = {
    "crowd": Party("The crowd", "crowd"),
    "equal odds": Party("A know-nothing", "other"),
}


def comparison(
    session: Session,
    first: int,
    second: Who,
    *,
    settings: ScoreSettings,
    tag: str | None = None,
    publisher: str | None = None,
    me: str | None = None,
) -> ScoreComparison:
    """Both on the settled questions they share, each scored over their common time.

    The policy for the time before the first forecast does not matter: that time is not common.

    Raises
    ------
    NotFound
        There is no such forecaster.
    """
    snapshot = look(session).settled
    for who in (first, second):
        if isinstance(who, int) and who not in snapshot.speakers:
            raise NotFound("forecaster", who)
    settings = replace(settings, before_first="skip")
    my_id = snapshot.by_login(me)
    key = ("comparison", settings, tag, publisher, first, second, my_id)
    return snapshot.remembered(
        key, lambda: _compared(snapshot, first, second, settings, tag, publisher, my_id)
    )


def _compared(
    snapshot: Snapshot,
    first: int,
    second: Who,
    settings: ScoreSettings,
    tag: str | None,
    publisher: str | None,
    my_id: int | None,
) -> ScoreComparison:
    questions = narrowed(snapshot.questions, tag=tag, publisher=publisher)
    pairs = list(_common(snapshot, first, second, settings, questions))
    pairs.sort(key=lambda pair: (pair[0].ends, pair[0].id))
    scores = np.array([both for _, both in pairs]).reshape(-1, 2, len(COLUMNS))
    middle = scores[:, :, COLUMNS.index("probability")]
    ends = [AtEnds(*one) for one in scores.mean(axis=0).tolist()] if pairs else []
    return ScoreComparison(
        first=_party(snapshot, first, my_id),
        second=_party(snapshot, second, my_id),
        settings=settings,
        questions=tuple(
            ComparedQuestion(asked.id, asked.title, from_us(asked.ends), one, other)
            for (asked, _), (one, other) in zip(pairs, middle.tolist(), strict=True)
        ),
        means=(ends[0].middle, ends[1].middle) if ends else None,
        test=compare(middle[:, 0], middle[:, 1], rng=np.random.default_rng(SEED)),
        depends_on_words=bool(ends) and depends_on_mapping(*ends),
    )


def _common(
    snapshot: Snapshot, first: int, second: Who, settings: ScoreSettings, questions: list[Asked]
) -> Iterator[tuple[Asked, Floats]]:
    """Each question on which both stood at the same time, with their scores, (2, 3)."""
    mine = forecaster_voices(snapshot, first, settings)
    theirs = forecaster_voices(snapshot, second, settings) if isinstance(second, int) else {}
    for asked in questions:
        one = mine.get(asked.id)
        if one is None:
            continue
        if second == "crowd":
            other = crowd_voice(snapshot, asked, first, settings)
        elif second == "equal odds":
            other = equal_voice(snapshot, asked, settings)
        else:
            other = theirs.get(asked.id)
        both = None if other is None else _together(asked, one, other, settings.clock)
        if both is not None:
            yield asked, both


def _together(asked: Asked, one: Voice, other: Voice, clock: ClockName) -> Floats | None:
    """Both scores averaged over the time on which both stand, (2, 3); None if there is none."""
    at, weights, limit = ticks(
        (one, other), opens=asked.opens, ends=asked.ends, clock=clock, zone=asked.zone
    )
    rows = [standing_rows(voice, at, limit=limit) for voice in (one, other)]
    both = (rows[0] >= 0) & (rows[1] >= 0)
    if not both.any():
        return None
    means: list[Floats] = [
        np.average(voice.losses[:, own[both]], axis=1, weights=weights[both])
        for voice, own in zip((one, other), rows, strict=True)
    ]
    return np.stack(means)


def _party(snapshot: Snapshot, who: Who, my_id: int | None) -> Party:
    if not isinstance(who, int):
        return NAMES[who]
    if who == my_id:
        return Party("You", "me")
    speaker = snapshot.speakers[who]
    return Party(speaker.name, "source" if speaker.kind == "source" else "other")
