"""Who may do what: the least role each kind of act asks for, checked on every act.

Alone on one machine nobody needs a role: the operating system's user may do everything. The
first role assignment makes a record shared, for good, since assignments are append-only; from
then on everyone has the role last assigned to them, and whoever has none is a viewer. Whoever
signed in through a provider never counts as alone, so a desk on the network whose first admin
is not named yet can be looked at and not changed.
"""

import logging

from sqlmodel import Session, col, select

from db.tables import Forecaster, RoleAssignment
from db.tables.role import ROLES, Role
from forecasts.errors import NotAllowed, shown

LEAST_ROLE: dict[str, Role] = {
    "person": "viewer",
    "article": "forecaster",
    "statement": "forecaster",
    "accept": "forecaster",
    "dismiss": "forecaster",
    "merge": "forecaster",
    "reopen": "forecaster",
    "question": "forecaster",
    "tag": "forecaster",
    "forecast": "forecaster",
    "withdraw": "forecaster",
    "comment": "forecaster",
    "evidence": "forecaster",
    "scenario_set": "forecaster",
    "narrative": "forecaster",
    "prior": "forecaster",
    "link_indicator": "forecaster",
    "change_indicator": "forecaster",
    "unlink_indicator": "forecaster",
    "relate": "forecaster",
    "unrelate": "forecaster",
    "clarification": "resolver",  # it decides what counts, as a resolution does
    "resolve": "resolver",
    "correct": "resolver",
    "annul": "resolver",
    "role": "admin",
    "import": "admin",  # it enters forecasts in the names of others
    "redact": "admin",
    "rotate": "admin",
}
"""By kind of act. A kind that is missing here cannot be recorded at all."""

PROVIDER_MARK = "|"
"""Stands between issuer and subject in the login of whoever signed in through a provider."""

_log = logging.getLogger(__name__)


def provider_login(issuer: str, subject: str) -> str:
    """The login of a person known to an OpenID provider.

    Issuer and subject together never change and are never given to somebody else (OpenID
    Connect Core 1.0, section 5.7); names and addresses may be. An issuer is a web address and
    has no bar in it, so the first bar parts the two.
    """
    return f"{issuer}{PROVIDER_MARK}{subject}"


def is_shared(session: Session) -> bool:
    """Whether roles are asked for: from the first assignment on."""
    return session.exec(select(RoleAssignment.id).limit(1)).first() is not None


def role_of(session: Session, login: str) -> Role:
    """What ``login`` may do at this moment."""
    held = session.exec(
        select(RoleAssignment)
        .join(Forecaster, col(Forecaster.id) == RoleAssignment.forecaster_id)
        .where(Forecaster.login == login)
        .order_by(col(RoleAssignment.version).desc())
        .limit(1)
    ).first()
    if held is not None:
        return held.role
    alone = PROVIDER_MARK not in login and not is_shared(session)
    return "admin" if alone else "viewer"


def suffices(role: Role, kind: str) -> bool:
    """Whether ``role`` may do acts of this kind."""
    return ROLES.index(role) >= ROLES.index(LEAST_ROLE[kind])


def check_role(session: Session, login: str, kind: str) -> None:
    """Refuse, and note in the program's log, an act for which the actor's role is too small.

    Raises
    ------
    NotAllowed
    """
    held = role_of(session, login)
    if suffices(held, kind):
        return
    _log.warning("Refused: %s, role %s, tried %s", shown(login, 300), held, kind)
    raise NotAllowed(_name(session, login), held, kind, LEAST_ROLE[kind])


def _name(session: Session, login: str) -> str:
    known = session.exec(select(Forecaster.name).where(Forecaster.login == login)).one_or_none()
    return login if known is None else known
