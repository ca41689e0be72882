"""Checkpoints held against the log: those kept outside, and those the record itself keeps."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from db.chain import Chain
from db.checkpoints import Checkpoint, Verifier, origin_of, parse
from db.facts import rows_of
from db.findings import Findings, brief


@dataclass(frozen=True, slots=True)
class Held:
    """A checkpoint someone holds: what it is called, and what it says."""

    name: str  # a file's name, or "checkpoint at 17"
    said: Checkpoint | str  # or why it could not be read

    @classmethod
    def read(cls, name: str, note: str) -> "Held":
        """Read a note; one that cannot be read is held nevertheless, and found."""
        try:
            return cls(name, parse(note))
        except ValueError as error:
            return cls(name, str(error))

    @property
    def size(self) -> int:
        """Entries it speaks of; 0 if it could not be read."""
        return 0 if isinstance(self.said, str) else self.said.size


def stored_notes(connection: Connection) -> list[Held]:
    """The checkpoints that the record keeps of itself."""
    found = rows_of(connection, "SELECT size, note FROM checkpoint ORDER BY size")
    return [Held.read(f"stored checkpoint {size}", note) for size, note in found]


def clean_verifications(connection: Connection) -> list[tuple[int, int, bytes]]:
    """Number, size and root of each verification that found nothing.

    The record keeps them, so they prove nothing; who rewrites it may forget them, though.
    """
    found = rows_of(
        connection, "SELECT id, size, root FROM verification WHERE findings = 0 AND size > 0"
    )
    return [(key, size, bytes(root)) for key, size, root in found]


def check_verifications(
    chain: Chain, findings: Findings, clean: Sequence[tuple[int, int, bytes]]
) -> None:
    """What was verified before must still be how the log begins; it has been walked whole."""
    for key, size, root in clean:
        if size > chain.size:
            what = f"went over {size} entries; the log holds {chain.size}"
        elif chain.roots.get(size) != root:
            what = f"saw another root over the log's first {size} entries"
        else:
            continue
        findings.add("checkpoint", f"verification {key}", what)


def recorded_keys(connection: Connection, origin: str) -> list[Verifier]:
    """The keys that entries of kind "rotate" named; what is no key is found as a changed row."""
    keys = []
    for (public,) in rows_of(connection, "SELECT public_key FROM signing_key ORDER BY id"):
        with contextlib.suppress(ValueError):
            keys.append(Verifier(origin, bytes.fromhex(public)))
    return keys


def check_held(
    chain: Chain,
    findings: Findings,
    held: Sequence[Held],
    trusted: Sequence[Verifier],
) -> None:
    """Origin, signature and root of each checkpoint; ``chain`` has walked the whole log."""
    origin = origin_of(chain.first_leaf)
    for one in held:
        wrong = one.said if isinstance(one.said, str) else _wrong(chain, origin, one.said, trusted)
        if wrong is not None:
            findings.add("checkpoint", one.name, wrong)


def _wrong(chain: Chain, origin: str, said: Checkpoint, trusted: Sequence[Verifier]) -> str | None:
    if said.origin != origin:
        return f"is of another record, {brief(said.origin)}; this one is {origin}"
    try:
        signer = said.signer(trusted)
    except ValueError as forged:
        return str(forged)
    if signer is None:
        return "is not signed by a key that is trusted here"
    if said.size > chain.size:
        return f"is of {said.size} entries; the log holds {chain.size}"
    if chain.roots.get(said.size) != said.root:
        return f"has another root than the log's first {said.size} entries"
    return None
