"""Committing to persons' names, so that nobody can put somebody else's over a record unseen."""

from typing import TYPE_CHECKING

from sqlmodel import Session, col, func, select

from db.ledger import private_text
from db.names import names_text
from db.tables import Forecaster, Naming, PrivateText

if TYPE_CHECKING:
    from forecasts.services.acts import Record


def commit_to_names(record: "Record") -> None:
    """Commit to the name and login of every person for whom the log does not yet.

    Those are whom this act entered, and once, after an upgrade from a version that did not commit
    to names, all persons.
    """
    # Every act commits to all persons there are, so those without one came after the last with one.
    last = select(func.coalesce(func.max(Naming.forecaster_id), 0)).scalar_subquery()
    # As plain columns: the session's own way takes three times as long, and every act asks.
    unsaid = record.session.connection().execute(
        select(col(Forecaster.id), col(Forecaster.login), col(Forecaster.name))
        .where(col(Forecaster.id) > last, Forecaster.kind == "person")
        .where(Forecaster.login != Forecaster.handle)
        .order_by(col(Forecaster.id))
    )
    persons = unsaid.all()
    if not persons:
        return
    said = [private_text(names_text(login or "", name)) for _, login, name in persons]
    namings = [
        Naming(forecaster_id=key or 0, commitment=text.commitment, recorded_at=record.now)
        for (key, _, _), text in zip(persons, said, strict=True)
    ]
    for rows in (said, namings):  # all at once: an import may enter thousands
        record.session.add_all(rows)
        record.session.flush()
        record.rows += rows


def naming_of(session: Session, person: int) -> list[PrivateText]:
    """The text that says a person's name, unless it is erased."""
    named = select(PrivateText).join(Naming, col(Naming.commitment) == PrivateText.commitment)
    kept = named.where(Naming.forecaster_id == person, col(PrivateText.text).is_not(None))
    return list(session.exec(kept))
