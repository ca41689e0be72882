"""Where one person's forecasts contradict each other."""

from dataclasses import dataclass
from typing import Literal

RelationKind = Literal["implies", "complement", "same_event"]


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """One forecast among linked ones, and the nearest value that coheres with the others."""

    question_id: int
    title: str
    outcome: str
    condition: str | None  # "if <title> turns out <outcome>"; None: unconditional
    stated: float
    nearest: float


@dataclass(frozen=True, slots=True)
class CoherenceFinding:
    """Linked forecasts that cannot all be right.

    ``distance`` is Euclidean from what was stated to the nearest coherent probabilities, which
    are shown and never applied: 0 is coherent.
    """

    sentence: str
    relations: tuple[str, ...]  # what links them, one sentence each
    events: tuple[StatedEvent, ...]  # those whose value would change come first
    distance: float


@dataclass(frozen=True, slots=True)
class Incoherence:
    """How far a forecaster's linked forecasts are from any coherent ones; LOWER is better.

    Measured for each group of linked questions at the last moment when all were open; a group
    whose questions never were all open is measured in the parts that were.
    """

    forecaster_id: int
    forecaster: str
    forecaster_kind: Literal["person", "source", "model"]
    distance: float  # mean over the groups
    groups: int  # groups in which the forecaster stated two linked probabilities or more


@dataclass(frozen=True, slots=True)
class CoherenceView:
    """Whether my standing forecasts hang together, and how far everybody's did."""

    findings: tuple[CoherenceFinding, ...]  # mine, on open questions, farthest first
    checked: int  # groups of linked open questions in which I have two forecasts or more
    relations: tuple["RelationView", ...]  # stated by analysts and in force
    not_checked: tuple[str, ...]  # groups or pairs not checked or measured, and why
    forecasters: tuple[Incoherence, ...]  # most coherent first


@dataclass(frozen=True, slots=True)
class RelationView:
    """How two questions hang together, as an analyst stated it."""

    kind: RelationKind
    first_id: int
    first_title: str
    first_outcome: str
    second_id: int
    second_title: str
    second_outcome: str
    note: str
    sentence: str
