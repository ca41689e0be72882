"""Who is in the record as a person, and what each of them may do."""

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from db.tables import Forecast, Forecaster, RoleAssignment
from forecasts.results.people import PersonView


def people(session: Session) -> tuple[PersonView, ...]:
    """Every person by name. ``role`` is None where nobody has given the person one."""
    giver = aliased(Forecaster)
    rows = session.exec(
        select(RoleAssignment, col(giver.name))
        .join(giver, col(giver.id) == RoleAssignment.recorded_by)
        .order_by(col(RoleAssignment.version))
    )
    held = {row.forecaster_id: (row, by) for row, by in rows}
    persons = session.exec(select(Forecaster).where(Forecaster.kind == "person"))
    views = [_view(row, held.get(row.id or 0)) for row in persons]
    return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.id)))


def person_id(session: Session, login: str) -> int | None:
    """The forecaster behind a login; None before the person's first act."""
    return session.exec(select(Forecaster.id).where(Forecaster.login == login)).one_or_none()


def has_forecast(session: Session, forecaster_id: int | None) -> bool:
    """Whether the record holds any forecast of this forecaster; there is none of None."""
    first = select(Forecast.id).where(Forecast.forecaster_id == forecaster_id).limit(1)
    return forecaster_id is not None and session.exec(first).first() is not None


def _view(row: Forecaster, held: tuple[RoleAssignment, str] | None) -> PersonView:
    role, by = held if held is not None else (None, None)
    return PersonView(
        id=row.id or 0,
        name=row.name,
        login=row.login or "",
        entered_at=row.recorded_at,
        role=role.role if role else None,
        since=role.recorded_at if role else None,
        given_by=by,
        reason=role.reason if role else None,
    )
