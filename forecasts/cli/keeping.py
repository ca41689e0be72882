"""Keeping the record safe: exports, backups; and erasing what a person wrote."""

import secrets
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db import ledger
from db.erasing import is_scrubbed, scrub
from db.ledger import Receipt
from db.session import reading
from db.tables import PrivateText, Redaction
from forecasts import clock, performing
from forecasts.cli.doors import Key, engine, me, say_saved
from forecasts.cli.ledger import conclude, verified
from forecasts.cli.terminal import say
from forecasts.errors import InvalidInput, NotFound, WordsRemain
from forecasts.keeping import back_up, export_record, import_record, unpacked
from forecasts.redactions import erased_since
from forecasts.services.acts import Act
from forecasts.services.erasure import erase, left_to_erase
from forecasts.services.roles import check_role
from forecasts.views.people import person_id

Because = Annotated[str, typer.Option("--because", help="Why.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("export")(export)
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("erase")(erase_words)


def export(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
) -> None:
    """Write the whole record into files: the log word for word, and tables to read.

    `forecasts score` reads questions.csv and forecasts.csv; `forecasts import` restores all.
    """
    with engine() as found:
        written = export_record(found, folder)
        say(f"{written.size:,} entries are in {folder}.")
        conclude(verified(found))


def backup(
    file: Annotated[Path, typer.Argument(help="A new file.")],
) -> None:
    """Write the record into one file, while others go on working, and try to restore it."""
    with engine() as found:
        outcome = back_up(found, file)
    say(f"The backup is in {file}. Restored for a trial and verified:")
    conclude(outcome)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup, or the folder of an export.")],
    redactions_from: Annotated[
        Path | None,
        typer.Option(help="A later backup or export: what was erased there is erased here too."),
    ] = None,
) -> None:
    """Restore a backup into a new or empty database, and verify it."""
    with unpacked(file) as folder, engine(create=True) as found:
        since = None
        if redactions_from is not None:
            with unpacked(redactions_from) as later:
                since = erased_since(later, folder)
        written = import_record(found, folder, since=since, by=me())
        say(f"{written.size:,} entries were restored.")
        if since is not None:
            say(f"{written.again} erasures made since the backup were made again.")
        conclude(verified(found))


def erase_words(
    because: Because,
    person: Annotated[
        str | None, typer.Option(help="Login: the name, the login and all words go.")
    ] = None,
    text: Annotated[
        list[str] | None, typer.Option(help="Commitment of a single text; may be repeated.")
    ] = None,
    key: Key = None,
) -> None:
    """Erase what a person wrote, and the name. The record still verifies afterwards."""
    with engine() as found:
        who, repeated = _meant(found, person, key)
        people, texts = _left_of(found, who, text or [])
        if texts and person is not None and not people and not repeated:
            raise NotFound("person", person)
        if repeated or people or texts or not (person or text):
            chosen = key or secrets.token_hex(16)
            receipt = _erase(found, chosen, who, text or [], because)
            _scrub(found, chosen)
            before = " before, under this key" if repeated else ""
            say_saved(receipt, f"Erased{before}, from the database and its files.")
        else:
            _scrub_again(found, person, who, text or [])
        say("Exports, backups and copies made earlier still hold the words.")
        conclude(verified(found))


def _meant(found: Engine, person: str | None, key: str | None) -> tuple[list[int], bool]:
    """Whom a login means, and whether the key was used before.

    Under a used key, a login that is gone means whom that act erased: nothing is left by which to
    tell whether it was theirs.
    """
    with reading(found) as session:
        who = None if person is None else person_id(session, person)
        known = None if key is None else ledger.find(session, key)
    if known is None or person is None or who is not None:
        return [] if who is None else [who], known is not None
    rows = (row for table, row in known[1]["rows"] if table == Redaction.__tablename__)
    erased = [row["forecaster_id"] for row in rows if row["forecaster_id"] is not None]
    if not erased:
        raise NotFound("person", person)
    return erased, True


def _left_of(found: Engine, people: list[int], texts: list[str]) -> tuple[list[int], list[str]]:
    """Who and what of those named is in the record and not erased."""
    with reading(found) as session:
        return left_to_erase(session, people, texts)


def _scrub(found: Engine, key: str | None = None) -> None:
    with reading(found) as session:
        if is_scrubbed(session):
            return
    try:
        scrub(found, now=clock.now())
    except DBAPIError as fault:
        raise WordsRemain(str(fault.orig).strip().splitlines()[0], key) from fault


def _scrub_again(found: Engine, person: str | None, who: list[int], texts: list[str]) -> None:
    """Nothing named is left to erase: finish an erasure whose files could not be rewritten.

    Raises NotFound for what is not in the record: whose an erased login was, nobody can tell.
    """
    with reading(found) as session:
        check_role(session, me(), "redact")
        done = is_scrubbed(session)
        unknown = [one for one in texts if session.get(PrivateText, one) is None]
    if not done:
        _scrub(found)
        say("What was erased before is gone from the database's files now.")
    if person is not None and not who:
        raise NotFound("person", person)
    if unknown:
        raise NotFound("private text", unknown[0])
    if done:
        named = ("text", texts[0]) if person is None else ("person", person)
        raise InvalidInput(*named, "is erased already")


def _erase(
    found: Engine, key: str, people: list[int], commitments: list[str], reason: str
) -> Receipt:
    return performing.perform(
        found,
        lambda _: Act(me(), clock.now(), key),
        erase,
        people=people,
        commitments=commitments,
        reason=reason,
    )
