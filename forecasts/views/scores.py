"""Who was right: persons, sources and publishers on the same settled questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
from sqlmodel import Session

from db.tables import Forecaster
from db.types import from_us
from forecasts.results import (
    ForecastClass,
    Scoreboard,
    ScoreRow,
    ScoreSeries,
    ScoreSettings,
    SeriesRole,
    TagRow,
)
from forecasts.views.loading import (
    chosen_questions,
    forecaster_id,
    load_forecasters,
    load_stated,
)
from forecasts.views.scoring import Scored, left_out, score_all, score_row

TRAILING = 20  # questions behind each point of a series


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
    settings = settings_of(retrospective=retrospective, possibilities=possibilities)
    questions = chosen_questions(session, tag=tag, publisher=publisher)
    stated = load_stated(session, questions, classes=settings.classes, possibilities=possibilities)
    scored = score_all(questions.values(), stated)
    forecasters = load_forecasters(session)
    by_forecaster = _grouped(scored, forecasters)
    rows = [score_row(group, forecasters[who]) for who, group in by_forecaster.items()]
    sources = [one for one in scored if _kind(one, forecasters) == "source"]
    my_id = forecaster_id(session, me)
    return Scoreboard(
        settings=settings,
        people=_ranked(row for row in rows if row.forecaster_kind != "source"),
        sources=_ranked(row for row in rows if row.forecaster_kind == "source"),
        publishers=_publishers(sources, forecasters),
        by_tag=_by_tag(by_forecaster.get(my_id or 0, []), sources),
        series=_series(by_forecaster, sources, forecasters, my_id),
        resolved=sum(asked.status(now) == "resolved" for asked in questions.values()),
        scored=len({one.asked.id for one in scored}),
        left_out=left_out(session, questions.values(), settings),
    )


def settings_of(*, retrospective: bool, possibilities: bool) -> ScoreSettings:
    """The settings that a choice of forecasts stands for."""
    claimed: tuple[ForecastClass, ...] = ("retrospective",) if retrospective else ()
    return ScoreSettings(classes=("live", "source", *claimed), possibilities=possibilities)


def _kind(one: Scored, forecasters: dict[int, Forecaster]) -> str:
    return forecasters[one.stated.forecaster_id].kind


def _grouped(
    scored: Sequence[Scored], forecasters: dict[int, Forecaster]
) -> dict[int, list[Scored]]:
    groups: dict[int, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[one.stated.forecaster_id].append(one)
    return groups


def _ranked(rows: Iterable[ScoreRow]) -> tuple[ScoreRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.score, -row.questions, row.forecaster)))


def _publishers(
    sources: Sequence[Scored], forecasters: dict[int, Forecaster]
) -> tuple[ScoreRow, ...]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in sources:
        if name := forecasters[one.stated.forecaster_id].publisher:
            groups[name].append(one)
    return _ranked(
        score_row(group, forecasters[group[0].stated.forecaster_id], name=name)
        for name, group in groups.items()
    )


def _by_tag(mine: Sequence[Scored], sources: Sequence[Scored]) -> tuple[TagRow, ...]:
    rows = []
    for name, scored in (("You", mine), ("Sources", sources)):
        tags: dict[str, list[Scored]] = defaultdict(list)
        for one in scored:
            for tag in one.asked.tags:
                tags[tag].append(one)
        rows += [
            TagRow(
                tag=tag,
                forecaster=name,
                questions=len({one.asked.id for one in group}),
                score=float(np.mean([one.timed.mean for one in group])),
                uniform=float(np.mean([one.uniform for one in group])),
            )
            for tag, group in tags.items()
        ]
    return tuple(sorted(rows, key=lambda row: (row.tag, row.forecaster != "You")))


def _series(
    by_forecaster: dict[int, list[Scored]],
    sources: Sequence[Scored],
    forecasters: dict[int, Forecaster],
    my_id: int | None,
) -> tuple[ScoreSeries, ...]:
    lines = []
    if sources:
        lines.append(_trailing("All sources", "source", sources))
    for who, group in by_forecaster.items():
        if forecasters[who].kind == "source":
            continue
        mine = who == my_id
        lines.append(
            _trailing("You" if mine else forecasters[who].name, "me" if mine else "other", group)
        )
    return tuple(lines)


def _trailing(name: str, role: SeriesRole, scored: Sequence[Scored]) -> ScoreSeries:
    """The mean over the last questions settled, at the end of each question's window."""
    ordered = sorted(scored, key=lambda one: (one.asked.ends, one.asked.id))
    means = [one.timed.mean for one in ordered]
    ends = [one.asked.ends for one in ordered]
    last = [i for i in range(len(ends)) if i + 1 == len(ends) or ends[i + 1] != ends[i]]
    windows = [means[max(0, i + 1 - TRAILING) : i + 1] for i in last]
    return ScoreSeries(
        name=name,
        role=role,
        at=tuple(from_us(ends[i]) for i in last),
        value=tuple(float(np.mean(window)) for window in windows),
        questions=tuple(len(window) for window in windows),
    )
