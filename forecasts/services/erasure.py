"""Erasing a person's words and name. Numbers, times and resolutions are never erased."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from db.tables import Forecaster, Naming, PrivateText, Redaction, metadata
from forecasts.errors import InvalidInput, NotFound
from forecasts.services.acts import Record, key_of, recorded
from forecasts.services.entered_files import marks_of
from forecasts.services.inputs import check_text
from forecasts.services.naming import naming_of
from forecasts.services.people import admins, assignments, give_role
from forecasts.services.roles import is_shared

WORDS = metadata.tables["private_text"]


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
    that is gone can act again only as a new person. A role ends with the person. The log stays
    as it is: it never held the words. The door rewrites the files afterwards
    (``db.erasing.scrub``).

    Raises
    ------
    NotFound, InvalidInput
    """
    why = check_text("reason", reason, limit=500)
    persons = [_person(record, key) for key in dict.fromkeys(people)]
    texts = [_text(record, one) for one in dict.fromkeys(commitments)]
    if not persons and not texts:
        raise InvalidInput("people", "", "name a person or a text to erase")
    _keep_an_admin(record, persons)
    for person in persons:
        texts += words_of(record.session, key_of(person))
        texts += marks_of(record.session, key_of(person))
        texts += naming_of(record.session, key_of(person))
    return _redact(record, persons, texts, why)


@recorded("redact", by_role=False)
def erase_again(
    record: Record, *, people: Sequence[int], commitments: Sequence[str], reason: str
) -> int:
    """Erase from a record just restored what was erased since. Returns the first redaction.

    No role is asked: the erasure was allowed when it was made, and whoever restores a record
    owns its database. Where no admin is left who could give roles, it is whoever restores.

    Raises
    ------
    NotFound
    """
    persons = [record.get(Forecaster, key, "person") for key in people]
    texts = [_known(record, one) for one in commitments]
    first = _redact(record, persons, texts, reason)
    if is_shared(record.session) and not admins(record):
        give_role(record, record.by, "admin", "The admin of the restored record was erased since.")
    return first


def _redact(
    record: Record, persons: Sequence[Forecaster], texts: Sequence[PrivateText], why: str
) -> int:
    wanted = {text.commitment: text for text in texts}
    for person in persons:
        person.name = person.login = person.handle
    for text in wanted.values():
        text.text = text.salt = None
    entries = [_entry(record, why, who=key_of(person)) for person in persons]
    entries += [_entry(record, why, commitment=one) for one in wanted]
    keys = [record.insert(entry) for entry in entries]
    held = assignments(record)
    for person in persons:
        if (last := held.get(key_of(person))) is not None and last.role != "viewer":
            give_role(record, key_of(person), "viewer", why)
    return keys[0]


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
    """What a person wrote, and is not erased: every column that points at private texts.

    A later row may point at a text again, in the name of somebody else: the first one tells whose
    it is.
    """
    found: list[PrivateText] = []
    for table in metadata.sorted_tables:
        if table.name == Naming.__tablename__:
            continue  # a name is not what the person wrote
        owner = table.c.get("forecaster_id", table.c.get("recorded_by"))
        for column in table.c:
            if owner is not None and column.references(WORDS.c.commitment):
                named = select(column).where(owner == person, column.is_not(None))
                first = select(func.min(table.c.id)).where(column.in_(named)).group_by(column)
                chosen = select(column).where(owner == person, table.c.id.in_(first))
                found += session.scalars(
                    select(PrivateText).where(
                        WORDS.c.commitment.in_(chosen), WORDS.c.text.is_not(None)
                    )
                )
    return found


def left_to_erase(
    session: Session, people: Sequence[int], commitments: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Those of the persons and texts that this record holds and has not erased."""
    persons = [session.get(Forecaster, key) for key in people]
    texts = [session.get(PrivateText, one) for one in commitments]
    return (
        [key_of(one) for one in persons if one and one.kind == "person" and not one.erased],
        [one.commitment for one in texts if one and one.text is not None],
    )


def _person(record: Record, key: int) -> Forecaster:
    person = record.get(Forecaster, key, "person")
    if person.kind != "person":
        raise InvalidInput("person", person.name, f"is a {person.kind}; only persons are erased")
    if person.erased:
        raise InvalidInput("person", person.handle, "is erased already")
    return person


def _text(record: Record, commitment: str) -> PrivateText:
    text = _known(record, commitment)
    if text.text is None:
        raise InvalidInput("text", commitment, "is erased already")
    named = select(Naming).where(col(Naming.commitment) == commitment)
    if record.session.scalars(named).first() is not None:
        raise InvalidInput("text", commitment, "is a person's name, which goes with the person")
    return text


def _known(record: Record, commitment: str) -> PrivateText:
    text = record.session.get(PrivateText, commitment)
    if text is None:
        raise NotFound("private text", commitment)
    return text


def _keep_an_admin(record: Record, leaving: Sequence[Forecaster]) -> None:
    left = admins(record)
    if left and left <= {key_of(person) for person in leaving}:
        last = next(person.login for person in leaving if key_of(person) in left)
        reason = "is the record's last admin; give that role to somebody else first"
        raise InvalidInput("person", last, reason)
