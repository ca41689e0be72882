"""Terms that every page shares, and dates as well as they are known."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from forecasts.dates import Precision

Status = Literal["upcoming", "open", "closed", "resolved", "annulled"]


Kind = Literal["binary", "multiple_choice", "ordered", "numeric"]


ForecastClass = Literal["live", "source", "retrospective"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as well as it is known, and whether the document itself states it."""

    day: date
    precision: Precision
    stated: bool = True

    @property
    def exact(self) -> date | None:
        """The day, if it is known to the day; a month's or year's first day would be invented."""
        return self.day if self.precision == "day" else None

    @classmethod
    def of(
        cls, day: date | None, precision: Precision | None, stated: bool = True
    ) -> "PartialDate | None":
        """The date behind two columns that are empty together."""
        return None if day is None or precision is None else cls(day, precision, stated)
