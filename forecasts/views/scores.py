"""Who was right: persons, sources and publishers on the same settled questions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import numpy as np
from sqlmodel import Session

from db.types import from_us
from forecasts.maths.checks import Floats
from forecasts.maths.pairs import sums
from forecasts.results.scores import (
    Scoreboard,
    ScoreRow,
    ScoreSeries,
    ScoreSettings,
    SeriesRole,
    TagRow,
)
from forecasts.views.left_out import left_out
from forecasts.views.loading import Speaker, narrowed
from forecasts.views.score_rows import score_rows
from forecasts.views.scoring import (
    Scored,
    chosen_questions,
    count_distinct,
    scored,
    settings_of,
)
from forecasts.views.snapshot import Snapshot, look

TRAILING = 20  # questions behind each point of a series
MOST_SERIES = 20
"""Others with a line of their own: those with the most questions. No chart can tell more apart."""


def scoreboard(
    session: Session,
    *,
    now: datetime,
    tag: str | None = None,
    publisher: str | None = None,
    retrospective: bool = False,
    possibilities: bool = False,
    me: str | None = None,
) -> Scoreboard:
    """Scores on the questions settled by ``now``, best first within each group."""
    snapshot = look(session).settled
    settings = settings_of(retrospective=retrospective, possibilities=possibilities)
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
    by_source = {key for key, one in snapshot.speakers.items() if one.kind == "source"}
    sources = found.of(np.isin(found.forecaster, list(by_source)))
    rows = _by_speaker(snapshot, found)
    return Scoreboard(
        settings=settings,
        people=_ranked(row for row in rows if row.forecaster_kind != "source"),
        sources=_ranked(row for row in rows if row.forecaster_kind == "source"),
        publishers=_ranked(_by_publisher(snapshot, sources)),
        by_tag=_by_tag(snapshot, found.by(my_id), sources),
        series=_series(snapshot, found, sources, rows, my_id),
        resolved=sum(
            asked.resolution is not None and asked.resolution.state == "resolved"
            for asked in questions
        ),
        scored=count_distinct(found.question),
        left_out=left_out(snapshot, questions, settings),
    )


def _by_speaker(snapshot: Snapshot, found: Scored) -> list[ScoreRow]:
    who, groups = np.unique(found.forecaster, return_inverse=True)
    speakers = [snapshot.speakers[key] for key in who.tolist()]
    return score_rows(found, groups, [(one, one.name) for one in speakers])


def _by_publisher(snapshot: Snapshot, sources: Scored) -> list[ScoreRow]:
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


def _ranked(rows: Iterable[ScoreRow]) -> tuple[ScoreRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.score, -row.questions, row.forecaster)))


def _by_tag(snapshot: Snapshot, mine: Scored, sources: Scored) -> tuple[TagRow, ...]:
    rows = []
    for name, found in (("You", mine), ("Sources", sources)):
        ids, question = np.unique(found.question, return_inverse=True)
        entries = np.bincount(question, minlength=ids.size)
        total = sums(question, found.score, ids.size)
        uniform = sums(question, found.uniform, ids.size)
        tags: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(ids.tolist()):
            for tag in snapshot.questions[key].tags:
                tags[tag].append(place)
        rows += [
            TagRow(
                tag=tag,
                forecaster=name,
                questions=len(places),
                score=float(total[places].sum() / entries[places].sum()),
                uniform=float(uniform[places].sum() / entries[places].sum()),
            )
            for tag, places in tags.items()
        ]
    return tuple(sorted(rows, key=lambda row: (row.tag, row.forecaster != "You")))


def _series(
    snapshot: Snapshot,
    found: Scored,
    sources: Scored,
    rows: list[ScoreRow],
    my_id: int | None,
) -> tuple[ScoreSeries, ...]:
    lines = []
    if sources.question.size:
        lines.append(_trailing("All sources", "source", snapshot, sources))
    others = [row for row in rows if row.forecaster_kind != "source" and row.forecaster_id != my_id]
    others.sort(key=lambda row: (-row.questions, row.forecaster_id))
    if (mine := found.by(my_id)).question.size:
        lines.append(_trailing("You", "me", snapshot, mine))
    lines += [
        _trailing(row.forecaster, "other", snapshot, found.by(row.forecaster_id))
        for row in others[:MOST_SERIES]
    ]
    return tuple(lines)


def _trailing(name: str, role: SeriesRole, snapshot: Snapshot, found: Scored) -> ScoreSeries:
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
