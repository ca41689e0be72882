"""Keeping the record safe: exports, imports, backups; and erasing what a person wrote."""

import hashlib
import secrets
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from db import ledger
from db.erasing import scrub
from db.ledger import Receipt
from db.rebuilding import is_empty
from db.session import reading
from db.verification import Verified
from forecasts import clock, performing
from forecasts.cli.doors import Key, engine, me, printable, say, say_saved
from forecasts.cli.ledger import outcome_lines, verified
from forecasts.errors import ImportRefused, InvalidInput, NotFound, Refused
from forecasts.exchange.claim_files import read_claims
from forecasts.exchange.claims import Claims
from forecasts.exchange.record_files import FORECASTS, QUESTIONS, UNSCORED, is_record
from forecasts.keeping import back_up, export_record, import_record, redactions_in, unpacked
from forecasts.services.acts import Act
from forecasts.services.erasure import erase, left_to_erase
from forecasts.services.importing import import_claims
from forecasts.views.people import person_id

Because = Annotated[str, typer.Option("--because", help="Why.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("export")(export)
    app.command("import")(import_files)
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
        _conclude(verified(found))


def import_files(
    folder: Annotated[Path, typer.Argument(help="An export, or a folder with forecasts.csv.")],
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Enter the other rows if some are refused.")
    ] = False,
    key: Key = None,
) -> None:
    """Restore an export into an empty database; enter other forecasts as retrospective ones.

    questions.csv and forecasts.csv have the format of `forecasts score`. Without questions.csv,
    question_id is the number of a question in the record.
    """
    with engine(create=True) as found:
        with found.connect() as connection:
            whole = is_record(folder) and is_empty(connection)
        if whole:
            written = import_record(found, folder)
            say(f"{written.size:,} entries were restored.")
            _conclude(verified(found))
            return
        _enter_rows(found, folder, key, skip_refused=skip_refused)


def _enter_rows(found: Engine, folder: Path, key: str | None, *, skip_refused: bool) -> None:
    questions = folder / QUESTIONS
    files = [path for name in (FORECASTS, UNSCORED) if (path := folder / name).is_file()]
    if not files:
        raise InvalidInput("folder", folder, f"holds no {FORECASTS}")
    claims = read_claims(questions if questions.is_file() else None, files)
    chosen = key or f"import/{_digest([questions, *files])}"
    with reading(found) as session:
        earlier = ledger.find(session, f"{chosen}/rest")
    if earlier is not None:  # what was refused then may be sound now: the rest must not come twice
        say_saved(earlier[0], "These files were entered before, less the rows refused then.")
        return
    refused: tuple[Refused, ...] = ()
    try:
        receipt = _import(found, chosen, claims)
    except ImportRefused as refusal:
        refused = refusal.refused
        for one in refused:
            typer.echo(printable(str(one)), err=True)
        if not skip_refused:
            raise
        receipt = _import(found, f"{chosen}/rest", claims.without(refused))
    entered = claims.rows - len(refused)
    counted = f"{claims.rows:,} rows read: {entered:,} entered, {len(refused):,} refused."
    say_saved(receipt, counted)


def _import(found: Engine, key: str, claims: Claims) -> Receipt:
    return performing.perform(
        found, lambda _: Act(me(), clock.now(), key), import_claims, found=claims
    )


def _digest(files: list[Path]) -> str:
    """One name for the same files, so that entering them twice enters them once."""
    contents = [path.read_bytes() if path.is_file() else b"" for path in files]
    return hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in contents)).hexdigest()


def backup(
    file: Annotated[Path, typer.Argument(help="A new file.")],
) -> None:
    """Write the record into one file, while others go on working, and try to restore it."""
    with engine() as found:
        outcome = back_up(found, file)
    say(f"The backup is in {file}. Restored for a trial and verified:")
    _conclude(outcome)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup, or the folder of an export.")],
    redactions_from: Annotated[
        Path | None,
        typer.Option(help="A later backup or export: what was erased there is erased here too."),
    ] = None,
) -> None:
    """Restore a backup into a new or empty database, and verify it."""
    with unpacked(file) as folder, engine(create=True) as found:
        written = import_record(found, folder)
        say(f"{written.size:,} entries were restored.")
        if redactions_from is not None:
            with unpacked(redactions_from) as later:
                _erase_again(found, folder, later)
        _conclude(verified(found))


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
        with reading(found) as session:
            who = None if person is None else person_id(session, person)
        if person is not None and who is None:
            raise NotFound("person", person)
        people = [] if who is None else [who]
        receipt = _erase(found, key or secrets.token_hex(16), people, text or [], because)
        scrub(found)
        say_saved(receipt, "Erased from the database and its files.")
        say("Exports, backups and copies made earlier still hold the words.")
        _conclude(verified(found))


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


def _erase_again(found: Engine, folder: Path, later: Path) -> None:
    done = 0
    for one in redactions_in(later, folder):
        with reading(found) as session:
            people, commitments = left_to_erase(session, one.people, one.commitments)
        if people or commitments:
            _erase(found, secrets.token_hex(16), people, commitments, one.reason)
            done += 1
    scrub(found)
    say(f"{done} erasures made since the backup were made again.")


def _conclude(outcome: Verified) -> None:
    """Say what the verification found; exit status 1 if it found anything."""
    for line in outcome_lines(outcome, 0):
        say(line)
    if outcome.total:
        raise typer.Exit(1)
