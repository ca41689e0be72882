"""Erasing a person's words and name. Numbers, times and resolutions are never erased."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from db.tables import Forecaster, PrivateText, Redaction, metadata
from forecasts.errors import InvalidInput, NotFound
from forecasts.services.acts import Record, key_of, recorded
from forecasts.services.inputs import check_text
from forecasts.services.people import assignments


@recorded("redact")
def erase(
    record: Record,
    *,
    people: Sequence[int] = (),
    commitments: Sequence[str] = (),
    reason: str,
) -> int:
    """Erase persons, with all their words, and single texts. Returns the first redaction.

    A person's name and login become the handle under which the log knows the person; a login
    that is gone can act again only as a new person. The log stays as it is: it never held the
    words. The door rewrites the files afterwards (``db.erasing.scrub``).

    Raises
    ------
    NotFound, InvalidInput
    """
    why = check_text("reason", reason, limit=500)
    persons = [_person(record, key) for key in dict.fromkeys(people)]
    texts = [_text(record, one) for one in dict.fromkeys(commitments)]
    if not persons and not texts:
        raise InvalidInput("people", "", "name a person or a text to erase")
    _keep_an_admin(record, {key_of(person) for person in persons})
    wanted = {text.commitment: text for text in texts}
    for person in persons:
        wanted |= {text.commitment: text for text in words_of(record.session, key_of(person))}
        person.name = person.login = person.handle
    for text in wanted.values():
        text.text = text.salt = None
    entries = [record.add(_entry(record, why, who=key_of(person))) for person in persons]
    entries += [record.add(_entry(record, why, commitment=one)) for one in wanted]
    return key_of(entries[0])


def _entry(
    record: Record, why: str, *, who: int | None = None, commitment: str | None = None
) -> Redaction:
    return Redaction(
        forecaster_id=who,
        commitment=commitment,
        reason=why,
        recorded_at=record.now,
        recorded_by=record.by,
    )


def words_of(session: Session, person: int) -> list[PrivateText]:
    """What a person wrote, and is not erased: every column that points at private texts."""
    found: list[PrivateText] = []
    for table in metadata.sorted_tables:
        owner = table.c.get("forecaster_id", table.c.get("recorded_by"))
        for column in table.c:
            if owner is not None and column.references(metadata.tables["private_text"].c[0]):
                chosen = select(column).where(owner == person, column.is_not(None))
                found += session.scalars(
                    select(PrivateText).where(
                        metadata.tables["private_text"].c.commitment.in_(chosen),
                        metadata.tables["private_text"].c.text.is_not(None),
                    )
                )
    return found


def left_to_erase(
    session: Session, people: Sequence[int], commitments: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Those of the persons and texts that this record holds and has not erased."""
    persons = [key for key in people if _is_named(session.get(Forecaster, key))]
    texts = [session.get(PrivateText, one) for one in commitments]
    return persons, [text.commitment for text in texts if text and text.text is not None]


def _is_named(row: Forecaster | None) -> bool:
    return row is not None and row.kind == "person" and row.name != row.handle


def _person(record: Record, key: int) -> Forecaster:
    person = record.get(Forecaster, key, "person")
    if person.kind != "person":
        raise InvalidInput("person", person.name, f"is a {person.kind}; only persons are erased")
    if not _is_named(person):
        raise InvalidInput("person", person.handle, "is erased already")
    return person


def _text(record: Record, commitment: str) -> PrivateText:
    text = record.session.get(PrivateText, commitment)
    if text is None:
        raise NotFound("private text", commitment)
    if text.text is None:
        raise InvalidInput("text", commitment, "is erased already")
    return text


def _keep_an_admin(record: Record, leaving: set[int]) -> None:
    admins = {who for who, held in assignments(record).items() if held.role == "admin"}
    if admins and admins <= leaving:
        raise InvalidInput("people", "", "would leave the record without an admin")
