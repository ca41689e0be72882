"""The text of an article, and what the document that holds it declares about it."""

from dataclasses import dataclass
from datetime import date

from forecasts.dates import Precision


@dataclass(frozen=True, slots=True)
class Document:
    """The text of an article, and what the document declares about itself."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    precision: Precision | None = None

    @property
    def published_as_stated(self) -> str | None:
        """The date as far as it is known: "2024-06-17", "2024-06" or "2024"."""
        if self.published is None or self.precision is None:
            return None
        return self.published.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]
