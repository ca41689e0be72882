"""What each person may do in a shared record, and who said so, when and why."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.metadata import STRICT, filled, one_of
from db.types import Instant

Role = Literal["viewer", "forecaster", "resolver", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From least to most: each may do whatever the ones before it may."""


class RoleAssignment(SQLModel, table=True):
    """One decision about a person's role; the highest version holds.

    A record that holds any assignment is shared: from the first one on, roles are asked for.
    """

    __tablename__ = "role_assignment"
    __table_args__ = (
        UniqueConstraint("forecaster_id", "version"),
        CheckConstraint("version >= 1", name="version_positive"),
        one_of("role", ROLES),
        filled("reason"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    forecaster_id: int = Field(foreign_key="forecaster.id")
    version: int
    role: Role = Field(sa_type=String)
    reason: str
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: int = Field(foreign_key="forecaster.id")
