"""Whether the record still is what was recorded."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db.checkpoints import Verifier
from db.findings import Kind
from db.holding import Held
from db.keys import known_keys
from db.session import transaction
from db.tables import Verification
from db.verification import Progress, Verified, verify
from forecasts import clock
from forecasts.cli.doors import Json, engine, me
from forecasts.cli.files import naming_values, read_text
from forecasts.cli.terminal import say, say_json
from forecasts.views.people import person_id

Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        help="Public key to believe, as `forecasts checkpoint --public` prints it. "
        "Without: the keys made on this machine.",
    ),
]
PLACES = 10  # findings of one class that are spelt out


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("verify")(verify_record)


def verify_record(
    against: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint held outside the database.")
    ] = None,
    key: Keys = None,
    as_json: Json = False,
) -> None:
    """Check that nothing was altered, back-dated or removed. Exit status 1 if anything was."""
    held = [Held.read(path.name, read_text("against", path)) for path in against or ()]
    trusted = trusted_keys(key)
    with engine() as found:
        outcome = verified(found, held, trusted)
    if as_json:
        say_json(_as_json(outcome, len(held)))
    else:
        for line in outcome_lines(outcome, len(held)):
            say(line)
    if outcome.total:
        raise typer.Exit(1)


def trusted_keys(given: list[str] | None) -> list[Verifier]:
    """The public keys named on the command line, or those made on this machine."""
    if given:
        found = []
        for text in given:
            with naming_values("key", text):
                found.append(Verifier.parse(text))
        return found
    with naming_values("key", "the list of known keys"):
        return known_keys()


def verified(
    found: Engine, held: list[Held] | None = None, trusted: list[Verifier] | None = None
) -> Verified:
    """Verify, with progress on a terminal, and keep the outcome for others to see."""
    outcome = verify(found, against=held or (), trusted=trusted or (), progress=_progress())
    if any(kind == "engine" for kind, _ in outcome.counts):
        say("The outcome is not kept: a damaged database is not written to.")
        return outcome
    try:
        with transaction(found) as session:
            session.add(
                Verification(
                    made_at=clock.now(),
                    made_by=person_id(session, me()),
                    size=outcome.size,
                    root=outcome.root,
                    findings=outcome.total,
                    first=str(outcome.findings[0]) if outcome.total else None,
                )
            )
    except DBAPIError as fault:
        sys.stderr.write(f"The outcome could not be kept: {fault.orig}\n")
    return outcome


def outcome_lines(outcome: Verified, held: int) -> list[str]:
    """What was looked at and what was found, class by class."""
    looked = f"{counted(outcome.size, 'entry', 'entries')}, {counted(outcome.rows, 'row')}"
    looked += f", {counted(held, 'held checkpoint')}" if held else ""
    lines = [f"Root {outcome.root.hex()} over {outcome.size:,} entries."]
    if outcome.total:
        lines.insert(0, f"NOT as it was recorded: {counted(outcome.total, 'finding')} in {looked}.")
    else:
        lines.insert(0, f"The record is as it was recorded: {looked}.")
    for kind, count in outcome.counts:
        lines.append(f"{kind}: {count:,}")
        lines += [f"  {finding}" for finding in _first(outcome, kind)]
        lines += [f"  and {count - PLACES:,} more"] if count > PLACES else []
    return [*lines, *outcome.notes]


def conclude(outcome: Verified) -> None:
    """Say what a verification found; exit status 1 if it found anything."""
    for line in outcome_lines(outcome, 0):
        say(line)
    if outcome.total:
        raise typer.Exit(1)


def counted(number: int, what: str, several: str = "") -> str:
    """A number and what it counts: ``1 row``, ``2 rows``."""
    return f"{number:,} {what if number == 1 else several or what + 's'}"


def _first(outcome: Verified, kind: Kind) -> list[str]:
    return [str(found) for found in outcome.findings if found.kind == kind][:PLACES]


def _as_json(outcome: Verified, held: int) -> dict[str, object]:
    return {
        "unaltered": outcome.total == 0,
        "entries": outcome.size,
        "root": outcome.root.hex(),
        "rows": outcome.rows,
        "held_checkpoints": held,
        "counts": dict(outcome.counts),
        "findings": outcome.findings,
        "notes": outcome.notes,
    }


def _progress() -> Progress | None:
    """A line on a terminal that counts entries; nothing elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        sys.stderr.write(f"\r{done:,} of {of:,} entries" + ("\n" if done >= of else ""))
        sys.stderr.flush()

    return show
