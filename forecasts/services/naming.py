"""Committing to persons' names, so that nobody can put somebody else's over a record unseen."""

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from db.names import names_text
from db.tables import Forecaster, Naming, PrivateText

if TYPE_CHECKING:
    from forecasts.services.acts import Record


def commit_to_names(record: "Record") -> None:
    """Commit to the name and login of every person for whom the log does not yet.

    Those are whom this act entered, and once, after an upgrade from a version that did not commit
    to names, all persons.
    """
    who = Forecaster
    unsaid = record.session.exec(
        select(who)
        .join(Naming, col(Naming.forecaster_id) == col(who.id), isouter=True)
        .where(col(who.login).is_not(None), col(Naming.id).is_(None), who.login != who.handle)
        .order_by(col(who.id))
    )
    for person in unsaid.all():
        words = record.private(names_text(person.login or "", person.name))
        record.add(Naming(forecaster_id=person.id or 0, commitment=words, recorded_at=record.now))


def naming_of(session: Session, person: int) -> list[PrivateText]:
    """The text that says a person's name, unless it is erased."""
    named = select(PrivateText).join(Naming, col(Naming.commitment) == PrivateText.commitment)
    kept = named.where(Naming.forecaster_id == person, col(PrivateText.text).is_not(None))
    return list(session.exec(kept))
