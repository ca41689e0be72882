"""What settling a question would do to scores, told before anybody settles it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One forecaster's scores as they are and as they would be.

    Brier at scale 1, lower is better; None where there is no score. ``mean_*`` are over all of
    the forecaster's scored questions.
    """

    forecaster_id: int
    forecaster: str
    forecaster_kind: Literal["person", "source", "model"]
    before: float | None  # on the question that is settled
    after: float | None
    mean_before: float | None
    mean_after: float | None


@dataclass(frozen=True, slots=True)
class SettlementEffect:
    """Whose scores would change, largest change of the mean first; nobody's is empty."""

    changes: tuple[ScoreChange, ...]
    conditional: tuple[tuple[int, str, bool], ...]
    """Questions asked on this one whose scoring changes: id, title, whether scored afterwards."""

    number: bool = False
    """Whether the scores are of a number, in its own unit; they enter no mean."""
