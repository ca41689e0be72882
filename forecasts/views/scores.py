"""Who was right: persons, sources and publishers on the same settled questions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import numpy as np
from sqlmodel import Session

from forecasts.results.scores import Scoreboard, ScoreRow, ScoreSettings
from forecasts.views.crowd_scores import NOBODY, crowd_scored
from forecasts.views.heat_map import heat_map
from forecasts.views.left_out import left_out
from forecasts.views.loading import Speaker, narrowed
from forecasts.views.losses import clipped_count
from forecasts.views.score_rows import score_rows
from forecasts.views.score_series import CROWD, score_series
from forecasts.views.scoring import (
    Scored,
    chosen_questions,
    count_distinct,
    counted,
    scored,
)
from forecasts.views.snapshot import Snapshot, look

DEFAULT = ScoreSettings()
"""Brier scores from 0 to 1 by days, of live forecasts and sources' estimates."""


def scoreboard(
    session: Session,
    *,
    now: datetime,
    settings: ScoreSettings = DEFAULT,
    tag: str | None = None,
    publisher: str | None = None,
    me: str | None = None,
) -> Scoreboard:
    """Scores on the questions settled by ``now``, best first within each group."""
    snapshot = look(session).settled
    my_id = snapshot.by_login(me)
    return snapshot.remembered(
        ("scoreboard", settings, tag, publisher, my_id),
        lambda: _scoreboard(snapshot, settings, tag, publisher, my_id),
    )


def _scoreboard(
    snapshot: Snapshot,
    settings: ScoreSettings,
    tag: str | None,
    publisher: str | None,
    my_id: int | None,
) -> Scoreboard:
    questions = narrowed(snapshot.questions, tag=tag, publisher=publisher)
    everything = scored(snapshot, settings)
    found = everything.of(chosen_questions(snapshot, questions)[everything.question])
    theirs = crowd_scored(snapshot, settings)
    theirs = theirs.of(chosen_questions(snapshot, questions)[theirs.question])
    by_source = {key for key, one in snapshot.speakers.items() if one.kind == "source"}
    sources = found.of(np.isin(found.forecaster, list(by_source)))
    rows, publishers, crowd = snapshot.remembered(
        ("rows of the board", settings, tag, publisher),  # the same for every reader
        lambda: (_by_speaker(snapshot, found), by_publisher(snapshot, sources), _crowd_row(theirs)),
    )
    return Scoreboard(
        settings=settings,
        people=ranked((row for row in rows if row.forecaster_kind != "source"), settings),
        sources=ranked((row for row in rows if row.forecaster_kind == "source"), settings),
        publishers=ranked(publishers, settings),
        heat=heat_map(snapshot, found, my_id),
        series=score_series(snapshot, found, sources, theirs, rows, my_id),
        resolved=sum(
            asked.resolution is not None and asked.resolution.state == "resolved"
            for asked in questions
        ),
        scored=count_distinct(found.question),
        crowd=crowd,
        clipped=clipped_count(snapshot, counted(snapshot, settings).rows, settings),
        left_out=left_out(snapshot, questions, settings),
    )


def _by_speaker(snapshot: Snapshot, found: Scored) -> list[ScoreRow]:
    who, groups = np.unique(found.forecaster, return_inverse=True)
    speakers = [snapshot.speakers[key] for key in who.tolist()]
    return score_rows(found, groups, [(one, one.name) for one in speakers], adjusted=True)


def _crowd_row(found: Scored) -> ScoreRow | None:
    """The row of the crowd; None where there was none."""
    if not found.question.size:
        return None
    nobody = Speaker(NOBODY, "person", CROWD, "", None)
    (row,) = score_rows(found, np.zeros(found.question.size, dtype=np.int64), [(nobody, CROWD)])
    return replace(row, forecaster_kind="crowd", unadjusted="the crowd is no forecaster")


def by_publisher(snapshot: Snapshot, sources: Scored) -> list[ScoreRow]:
    """The sources' scores grouped by the publisher named with them."""
    heads: dict[str, Speaker] = {}
    for key in np.unique(sources.forecaster).tolist():
        speaker = snapshot.speakers[key]
        if speaker.publisher:
            heads.setdefault(speaker.publisher, speaker)
    places = {name: place for place, name in enumerate(heads)}
    place = np.full(max(snapshot.speakers, default=0) + 1, -1)
    for key, speaker in snapshot.speakers.items():
        place[key] = places.get(speaker.publisher, -1)
    groups = place[sources.forecaster]
    named = groups >= 0
    return score_rows(
        sources.of(named), groups[named], [(one, name) for name, one in heads.items()]
    )


def ranked(rows: Iterable[ScoreRow], settings: ScoreSettings) -> tuple[ScoreRow, ...]:
    """Best first; of equals, those with more questions."""
    sign = -1 if settings.higher_is_better else 1
    return tuple(sorted(rows, key=lambda row: (sign * row.score, -row.questions, row.forecaster)))
