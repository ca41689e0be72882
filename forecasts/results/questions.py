"""Lists of questions and what can be chosen in their filters."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from forecasts.results.terms import Kind, Status

Sort = Literal[
    "state", "closes", "newest", "change", "crowd_change", "my_change", "distance", "mine", "crowd",
    "source", "title",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question in a list."""

    id: int
    title: str
    kind: Kind
    status: Status
    opens_at: datetime
    closes_at: datetime
    tags: tuple[str, ...]
    retrospective: bool
    publisher: str | None
    outcome: str | None
    mine: float | None  # my standing probability of yes; None if none or not binary
    mine_at: datetime | None
    crowd: float | None  # median of standing live forecasts of persons
    crowd_size: int
    source: float | None  # the source's point estimate; None if none
    source_low: float | None
    source_high: float | None
    change_7d: float | None  # of mine, in shares; None where there is nothing to compare
    crowd_change_7d: float | None = None  # of two people's median or more, then and now


@dataclass(frozen=True, slots=True)
class FacetValues:
    """What can be chosen in filters."""

    tags: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    forecasters: tuple[tuple[int, str, str], ...] = field(default=())  # (id, kind, name)
    questions: int = 0  # in all
