"""Checkpoints that others hold, and proofs that need no database."""

import json
import secrets
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db import ledger
from db.checkpoints import Verifier, origin_of, parse, signed
from db.entries import entries_of
from db.holding import recorded_keys
from db.keys import key_path, load_key, new_key, remember, store_key
from db.merkle import tree_root
from db.proofs import Proven, check, consistency, inclusion
from db.session import reading, transaction
from db.tables import Checkpoint, SigningKey
from db.types import from_us
from forecasts import clock, performing
from forecasts.cli.doors import engine, me
from forecasts.cli.files import give_out, naming_values, read_text
from forecasts.cli.ledger import Keys, trusted_keys, verified
from forecasts.cli.terminal import say
from forecasts.errors import InvalidInput, NotFound, check_id
from forecasts.services.acts import Act
from forecasts.services.roles import check_role
from forecasts.services.signing import name_key

NewFile = Annotated[Path | None, typer.Argument(help="A new file; without, the terminal.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("checkpoint")(make_checkpoint)
    app.command("prove")(prove)
    app.command("prove-since")(prove_since)
    app.command("verify-proof")(verify_proof)


def make_checkpoint(
    file: NewFile = None,
    public: Annotated[
        bool, typer.Option("--public", help="Print the public key instead, and sign nothing.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--new-key", help="Make a key first; an earlier one is put aside.")
    ] = False,
) -> None:
    """Verify the record and sign its size and root. Give it to somebody else to keep."""
    if fresh:
        with engine() as found, reading(found) as session:
            check_role(session, me(), "rotate")  # before the key in use is put aside
        with naming_values("key", key_path()):
            aside = store_key(new_key())
        typer.echo(f"A new key is in {key_path()}.", err=True)
        if aside is not None:
            typer.echo(f"The earlier one is in {aside}.", err=True)
    key = _key()
    with engine() as found:
        if public:
            with reading(found) as session:
                say(str(_verifier(session, key)))
            return
        note = _signed_now(found, key)
    give_out(note, file, "The checkpoint")


def prove(
    forecast: Annotated[int, typer.Argument(help="The forecast's number.")],
    file: NewFile = None,
) -> None:
    """Prove to somebody without the database that a forecast stands in the record."""
    with engine() as found:
        with reading(found) as session:
            entry = entries_of(session, "forecast", [check_id("forecast", forecast)]).get(forecast)
            if entry is None:
                raise NotFound("forecast", forecast)
            kept = session.exec(
                select(Checkpoint)
                .where(col(Checkpoint.size) >= entry.seq)
                .order_by(col(Checkpoint.size).desc())
            ).first()
            size, note = (kept.size, kept.note) if kept is not None else (0, "")
        note = note or _signed_now(found, _key())
        with reading(found) as session, naming_values("stored checkpoint", size):
            leaves = list(ledger.leaves(session, parse(note).size))
            proof = inclusion(entry, forecast, leaves, note)
            # What is given out must convince others: a note that was changed is not passed on.
            check(json.dumps(proof), recorded_keys(session.connection(), parse(note).origin))
    _give_proof(proof, file)


def prove_since(
    checkpoint: Annotated[Path, typer.Argument(help="A checkpoint held outside the database.")],
    file: NewFile = None,
) -> None:
    """Prove that the record of today continues the record of an earlier checkpoint."""
    earlier = read_text("checkpoint", checkpoint)
    with naming_values("checkpoint", checkpoint):
        size = parse(earlier).size
    with engine() as found:
        later = _signed_now(found, _key())
        with reading(found) as session:
            leaves = list(ledger.leaves(session, parse(later).size))
    with naming_values("checkpoint", checkpoint):
        proof = consistency(leaves, earlier, later)
        if tree_root(leaves[:size]) != parse(earlier).root:
            raise ValueError(f"the record's first {size} entries have another root")
    _give_proof(proof, file)


def verify_proof(
    file: Annotated[Path, typer.Argument(help="A proof that `prove` or `prove-since` made.")],
    key: Keys = None,
) -> None:
    """Check a proof, without the database."""
    trusted = trusted_keys(key)
    if not trusted:
        raise InvalidInput("key", "", "name the public key to believe: --key …")
    with naming_values("proof", file):
        proven = check(read_text("proof", file), trusted)
    for line in _proven_lines(proven):
        say(line)


def _signed_now(found: Engine, key: Ed25519PrivateKey) -> str:
    """A checkpoint of the record as it is, kept in the record too. Nothing untrue is signed."""
    public = key.public_key().public_bytes_raw().hex()
    with reading(found) as session:
        named = session.exec(select(SigningKey.id).where(SigningKey.public_key == public)).first()
    if named is None:
        fresh = secrets.token_hex(16)
        performing.perform(
            found, lambda _: Act(me(), clock.now(), fresh), name_key, public_key=public
        )
    outcome = verified(found)
    if outcome.total:
        raise InvalidInput("record", outcome.findings[0], "`forecasts verify` first; not signed")
    with transaction(found) as session:
        verifier = _verifier(session, key)
        note = signed(verifier.name, outcome.size, outcome.root, key)
        if session.get(Checkpoint, outcome.size) is None:
            session.add(Checkpoint(size=outcome.size, note=note, made_at=clock.now()))
    with naming_values("key", key_path()):
        remember(verifier)
    return note


def _key() -> Ed25519PrivateKey:
    with naming_values("key", key_path()):
        key = load_key()
    if key is None:
        raise InvalidInput("key", key_path(), "there is none; `forecasts checkpoint --new-key`")
    return key


def _verifier(session: Session, key: Ed25519PrivateKey) -> Verifier:
    first = next(iter(ledger.leaves(session, 1)), None)
    if first is None:
        raise InvalidInput("record", "", "it is empty: there is nothing to sign yet")
    return Verifier(origin_of(first), key.public_key().public_bytes_raw())


def _give_proof(proof: dict[str, Any], file: Path | None) -> None:
    give_out(json.dumps(proof, ensure_ascii=False, indent=1) + "\n", file, "The proof")


def _proven_lines(proven: Proven) -> list[str]:
    log = f"the log of {proven.checkpoint.size:,} entries that {proven.signer.name} signed"
    if proven.earlier is not None:
        return [f"Proven: {log} begins with its first {proven.earlier.size:,} entries unchanged."]
    told = proven.forecast or {}
    recorded = from_us(told["recorded_at"])
    return [
        f"Proven: forecast {told['id']} is entry {proven.entry:,} in {log}.",
        f"Recorded {recorded:%Y-%m-%d %H:%M:%S} UTC by the server's clock.",
        json.dumps(told, ensure_ascii=False),
    ]
