"""Entering the record as a person, and giving a person a role."""

from sqlmodel import col, select

from db.tables import Forecaster, RoleAssignment
from db.tables.role import ROLES, Role
from forecasts.errors import InvalidInput, NotFound
from forecasts.services.acts import Record, key_of, person, recorded
from forecasts.services.inputs import check_choice, check_line, check_text
from forecasts.services.roles import PROVIDER_MARK, is_shared


@recorded("person")
def enter(record: Record) -> int:
    """Enter the record without doing anything else, so that an admin can give the person a role.

    Nothing happens to whoever is there already.
    """
    return record.by


@recorded("role")
def assign_role(record: Record, *, login: str, role: str, reason: str) -> int:
    """Give a person a role, with the reason; it holds from the next act on. Returns the person.

    The first assignment makes the record shared and must name an admin whom the record knows,
    or the one who acts: a slip of the pen would leave nobody to set it right. For the same
    reason the last admin stays one.

    Raises
    ------
    NotFound, InvalidInput
    """
    chosen = check_choice("role", role, ROLES)
    why = check_text("reason", reason, limit=500)
    name = check_line("login", login)
    first = not is_shared(record.session)
    if first and chosen != "admin":
        raise InvalidInput("role", role, "the first role in a record must be that of an admin")
    who = _person(record, name, known=first or PROVIDER_MARK in name)
    held = assignments(record)
    if who in held and held[who].role == chosen:
        raise InvalidInput("role", role, "is the role this person holds already")
    if chosen != "admin" and admins(record) == {who}:
        raise InvalidInput("role", role, "would leave the record without an admin")
    give_role(record, who, chosen, why)
    return who


def give_role(record: Record, who: int, role: Role, reason: str) -> None:
    """Write that ``who`` has ``role`` from now on; a step of the acts that change roles."""
    held = assignments(record).get(who)
    record.add(
        RoleAssignment(
            forecaster_id=who,
            version=1 if held is None else held.version + 1,
            role=role,
            reason=reason,
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )


def _person(record: Record, login: str, *, known: bool) -> int:
    """The person behind a login; with ``known``, nobody is entered who was not there."""
    found = record.session.exec(select(Forecaster).where(Forecaster.login == login)).one_or_none()
    if found is not None and found.erased:
        raise InvalidInput("login", login, "stands for a person who was erased")
    if found is not None:
        return key_of(found)
    if known:
        raise NotFound("person", login)
    return person(record, login)


def assignments(record: Record) -> dict[int, RoleAssignment]:
    """The assignment that holds, by person."""
    rows = record.session.exec(select(RoleAssignment).order_by(col(RoleAssignment.version)))
    return {row.forecaster_id: row for row in rows}


def admins(record: Record) -> set[int]:
    """Who can give roles: admins whose name was not erased, for nobody signs in as those."""
    holders = {who for who, held in assignments(record).items() if held.role == "admin"}
    return {who for who in holders if not record.get(Forecaster, who, "person").erased}
