"""Proofs that leave the building: one JSON file each, checked without a database.

The format is written down in docs/ledger.md. Hashes are in hex.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.checkpoints import Checkpoint, Verifier, parse
from db.entries import Entry, row_of
from db.merkle import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
)

INCLUSION = "forecast-desk/inclusion-proof/1"
CONSISTENCY = "forecast-desk/consistency-proof/1"


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof file was found to prove."""

    checkpoint: Checkpoint  # the later one of two
    signer: Verifier
    entry: int | None = None  # of a forecast; None where two checkpoints are compared
    forecast: dict[str, Any] | None = None  # as it was recorded
    earlier: Checkpoint | None = None


def inclusion(entry: Entry, forecast: int, leaves: Sequence[bytes], note: str) -> dict[str, Any]:
    """The proof that ``entry``, which recorded the forecast, is in the log of the note.

    ``leaves`` are those of the note's log.
    """
    return {
        "format": INCLUSION,
        "forecast": forecast,
        "index": entry.seq - 1,
        "body": entry.body,
        "path": [node.hex() for node in inclusion_proof(leaves, entry.seq - 1)],
        "checkpoint": note,
    }


def consistency(leaves: Sequence[bytes], earlier: str, later: str) -> dict[str, Any]:
    """The proof that the log of the later note begins with that of the earlier one."""
    return {
        "format": CONSISTENCY,
        "path": [node.hex() for node in consistency_proof(leaves, parse(earlier).size)],
        "earlier": earlier,
        "later": later,
    }


def check(text: str, trusted: Sequence[Verifier]) -> Proven:
    """What a proof file proves, if the ``trusted`` keys are believed.

    Raises ValueError naming what is wrong.
    """
    try:
        proof = json.loads(text)
        kind = proof["format"]
        path = [bytes.fromhex(node) for node in proof["path"]]
        if kind == INCLUSION:
            return _check_inclusion(proof, path, trusted)
        if kind == CONSISTENCY:
            return _check_consistency(proof, path, trusted)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it is no proof file ({type(error).__name__} {error})") from error
    raise ValueError(f"its format {str(kind)[:40]!r} is not known here")


def _check_inclusion(
    proof: dict[str, Any], path: list[bytes], trusted: Sequence[Verifier]
) -> Proven:
    checkpoint, signer = _signed(proof["checkpoint"], trusted)
    body, index = proof["body"], proof["index"]
    if not isinstance(index, int) or not is_included(
        leaf_hash(body), index, checkpoint.size, path, checkpoint.root
    ):
        raise ValueError("the entry does not lead to the root of the checkpoint")
    forecast = row_of(body, "forecast", proof["forecast"])
    if forecast is None or json.loads(body)["seq"] != index + 1:
        raise ValueError("the entry does not record this forecast")
    return Proven(checkpoint, signer, index + 1, dict(forecast))


def _check_consistency(
    proof: dict[str, Any], path: list[bytes], trusted: Sequence[Verifier]
) -> Proven:
    earlier, _ = _signed(proof["earlier"], trusted)
    later, signer = _signed(proof["later"], trusted)
    if earlier.origin != later.origin:
        raise ValueError("the checkpoints are of two different records")
    if not is_consistent(earlier.size, later.size, path, earlier.root, later.root):
        raise ValueError("the later checkpoint does not continue the earlier one")
    return Proven(later, signer, earlier=earlier)


def _signed(note: str, trusted: Sequence[Verifier]) -> tuple[Checkpoint, Verifier]:
    checkpoint = parse(note)
    signer = checkpoint.signer(trusted)
    if signer is None:
        raise ValueError(f"no key given here signed the checkpoint of {checkpoint.origin}")
    if signer.name != checkpoint.origin:
        raise ValueError(f"{signer.name} signed for another record, {checkpoint.origin}")
    return checkpoint, signer
