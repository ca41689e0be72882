"""The people of the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person of the record and the role that holds."""

    id: int
    name: str
    login: str  # the machine's user, or "issuer|subject" of whoever signed in
    entered_at: datetime
    role: Literal["viewer", "forecaster", "resolver", "admin"] | None  # None: none was given
    since: datetime | None
    given_by: str | None
    reason: str | None
