"""Entering what files hold: a whole record, or the forecasts of others."""

import hashlib
import secrets
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from db.ledger import Receipt
from db.rebuilding import is_empty
from db.session import reading
from forecasts import clock, performing
from forecasts.cli.doors import Key, engine, me, say_saved
from forecasts.cli.ledger import conclude, verified
from forecasts.cli.terminal import printable, say
from forecasts.errors import ImportRefused, InvalidInput, Refused
from forecasts.exchange.claim_files import read_claims
from forecasts.exchange.claims import Claims
from forecasts.exchange.record_files import FORECASTS, QUESTIONS, UNSCORED, is_record
from forecasts.keeping import import_record
from forecasts.services.acts import Act
from forecasts.services.importing import enter_files
from forecasts.views.exported import head


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("import")(import_files)


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
            conclude(verified(found))
            return
        _enter_rows(found, folder, key, skip_refused=skip_refused)


def _enter_rows(found: Engine, folder: Path, key: str | None, *, skip_refused: bool) -> None:
    questions = folder / QUESTIONS
    files = [path for name in (FORECASTS, UNSCORED) if (path := folder / name).is_file()]
    if not files:
        raise InvalidInput("folder", folder, f"holds no {FORECASTS}")
    claims = read_claims(questions if questions.is_file() else None, files)
    digest = _digest([questions, *files])
    with reading(found) as session:
        size, _ = head(session)
    chosen = key or f"import/{secrets.token_hex(16)}"
    refused: tuple[Refused, ...] = ()
    try:
        receipt = _enter(found, chosen, claims, digest)
    except ImportRefused as refusal:
        refused = refusal.refused
        for one in refused:
            typer.echo(printable(str(one)), err=True)
        if not skip_refused:
            raise
        receipt = _enter(found, chosen, claims.without(refused), digest)
    if receipt.seq <= size or receipt.event_id != chosen:
        say_saved(receipt, "These files were entered before, less the rows refused then.")
        return
    entered = claims.rows - len(refused)
    counted = f"{claims.rows:,} rows read: {entered:,} entered, {len(refused):,} refused."
    say_saved(receipt, counted)


def _enter(found: Engine, key: str, claims: Claims, digest: str) -> Receipt:
    return performing.perform(
        found, lambda _: Act(me(), clock.now(), key), enter_files, found=claims, files=digest
    )


def _digest(files: list[Path]) -> str:
    """One name for the same files, so that entering them twice enters them once."""
    contents = [path.read_bytes() if path.is_file() else b"" for path in files]
    return hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in contents)).hexdigest()
