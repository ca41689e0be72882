"""Which forecasts a calibration is made of, and what it leaves out."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from db.types import to_us
from forecasts.errors import NotFound
from forecasts.maths.checks import Floats, Ints
from forecasts.maths.entering import Entering, old_enough
from forecasts.results.calibration import Choice, Span
from forecasts.results.scores import ScoreSettings
from forecasts.views.entered import entered
from forecasts.views.leads import days_within
from forecasts.views.left_out import left_out
from forecasts.views.loading import Asked, narrowed
from forecasts.views.scoring import (
    Counted,
    chosen_questions,
    count_distinct,
    settings_of,
)
from forecasts.views.snapshot import Snapshot
from forecasts.views.standing import rows_of

GROUPS = {"person": "All persons", "source": "All sources", "model": "All models"}
EARLY = "resolved questions whose scheduled close lies ahead (early yes would be over-counted)"
ELSEWHEN = "forecasts that stood only at other times before the close"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of forecasts on a record."""

    who: str
    forecasters: frozenset[int]
    questions: list[Asked]  # that fit the choice
    old: list[Asked]  # of these, those old enough to enter
    settings: ScoreSettings
    key: Hashable  # equal where the same forecasts of one snapshot enter


def choose(snapshot: Snapshot, choice: Choice, now: datetime) -> Chosen:
    """The forecasters and questions that a choice stands for.

    Raises
    ------
    NotFound
        There is no such forecaster.
    """
    who, forecasters = _forecasters(snapshot, choice)
    questions = [
        asked
        for asked in narrowed(snapshot.questions, tag=choice.tag, publisher=choice.publisher)
        if fits(asked, choice)
    ]
    closes = np.array([asked.closes for asked in questions], dtype=np.int64)
    passed = old_enough(closes, to_us(now)) | choice.all_questions
    old = [asked for asked, enters in zip(questions, passed.tolist(), strict=True) if enters]
    settings = settings_of(retrospective=choice.retrospective, possibilities=choice.possibilities)
    # Which questions are old enough depends on the time, and their number says which they are.
    return Chosen(who, forecasters, questions, old, settings, (choice, len(old)))


def counting(choice: Choice, settings: ScoreSettings) -> Choice:
    """The choice, with the doubtful cases that ``settings`` count."""
    return replace(
        choice,
        retrospective="retrospective" in settings.classes,
        possibilities=settings.possibilities,
    )


def claimed(settings: ScoreSettings) -> str:
    """What the forecasts are called that were claimed for an earlier time."""
    apart = "" if "retrospective" in settings.classes else ", not scored"
    return f"retrospective forecasts{apart}"


def fits(asked: Asked, choice: Choice) -> bool:
    """Whether a question's scheduled close and length are among those chosen.

    A close at midnight belongs to the day that it ends: "by 31 December 2024" closes in 2024.
    """
    first, before = choice.closed_from, choice.closed_before
    if first is not None and asked.closes_at <= first:
        return False
    if before is not None and asked.closes_at > before:
        return False
    if choice.length is None:
        return True
    shortest, longest = choice.length
    length = asked.closes_at - asked.opens_at
    return shortest <= length and (longest is None or length < longest)


def entering(
    snapshot: Snapshot, chosen: Chosen, choice: Choice
) -> tuple[Counted, tuple[tuple[str, int], ...]]:
    """The forecasts that enter, with their days; and what is left out, each with its count."""
    found = entered(snapshot, chosen.settings, choice.which)
    asked = snapshot.said.question[found.rows]
    own = np.isin(snapshot.said.forecaster[found.rows], list(chosen.forecasters))
    within = own & chosen_questions(snapshot, chosen.questions)[asked]
    enters = own & chosen_questions(snapshot, chosen.old)[asked]
    reasons = list(left_out(snapshot, chosen.questions, chosen.settings, by=chosen.forecasters))
    if early := count_distinct(asked[within]) - count_distinct(asked[enters]):
        reasons.append((EARLY, early))
    days: Floats | Ints = found.days
    if choice.lead is not None:
        at = _days_at(snapshot, found, chosen.settings, choice.lead, choice.which)
        if elsewhen := int((enters & (at == 0)).sum()):
            reasons.append((ELSEWHEN, elsewhen))
        enters &= at > 0
        days = at if choice.which == "daily" else days
    return Counted(found.rows[enters], days[enters]), tuple(reasons)


def _days_at(
    snapshot: Snapshot, found: Counted, settings: ScoreSettings, lead: Span, which: Entering
) -> Ints:
    """On how many days so long before the close each of the rows stood, for all that count."""

    def work() -> Ints:
        said = snapshot.said
        # A row ends where the next one begins, also where that one itself stood on no day.
        every = rows_of(snapshot, classes=settings.classes, possibilities=settings.possibilities)
        every = every[snapshot.outcome[said.question[every]] >= 0]
        days = days_within(snapshot, every, lead)
        return days[np.searchsorted(every, found.rows)].astype(np.int32)

    return snapshot.remembered(("days before the close", settings, lead, which), work)


def _forecasters(snapshot: Snapshot, choice: Choice) -> tuple[str, frozenset[int]]:
    """Whose forecasts they are: in words, and as ids."""
    if choice.forecaster_id is not None:
        if choice.forecaster_id not in snapshot.speakers:
            raise NotFound("forecaster", choice.forecaster_id)
        name = snapshot.speakers[choice.forecaster_id].name
        return name, frozenset({choice.forecaster_id})
    kind = choice.forecaster_kind
    chosen = frozenset(who for who, one in snapshot.speakers.items() if kind in (None, one.kind))
    return GROUPS.get(kind or "", "Everyone"), chosen
