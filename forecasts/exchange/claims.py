"""What files from elsewhere say, row by row: forecasts, questions, and what is refused of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from forecasts.errors import InvalidInput, Refused


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands."""

    file: str
    line: int


@dataclass(slots=True)
class Claim:
    """One forecast, made of one row or, where there are options or quantiles, of several.

    With no values at all it withdraws what its forecaster had said.
    """

    question: str
    forecaster: str
    kind: str  # of FORECASTER_KINDS
    publisher: str
    made_at: datetime
    expires_at: datetime | None
    rationale: str
    places: list[Place]
    probability: float | None = None  # of "yes"
    options: dict[str, float] = field(default_factory=dict)
    quantiles: dict[float, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One question of a file, its values not yet held against the rules."""

    id: str
    kind: str
    options: tuple[str, ...]
    opened_at: datetime
    closes_at: datetime
    known_at: datetime | None
    outcome: str
    zone: str
    title: str
    criteria: str
    place: Place


@dataclass(slots=True)
class Claims:
    """What files hold. Every row read is in ``asked``, in a claim, or refused."""

    asked: list[AskedRow] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    rows: int = 0

    def without(self, refused: Iterable[Refused]) -> "Claims":
        """These claims without the refused rows; a forecast goes with each of its rows."""
        gone = {Place(one.file, one.line) for one in refused}
        return Claims(
            [one for one in self.asked if one.place not in gone],
            [one for one in self.claims if not gone.intersection(one.places)],
            [],
            self.rows,
        )


def refusal(place: Place, error: InvalidInput) -> Refused:
    """A row's refusal, from that of one of its values."""
    return Refused(place.file, place.line, error.field, str(error.value), error.reason)
