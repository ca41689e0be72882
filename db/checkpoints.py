"""Signed checkpoints of the log: the statement "at this size, this root", to be held elsewhere.

The format is C2SP's tlog-checkpoint inside a C2SP signed-note (https://c2sp.org), with Ed25519
signatures, so that any tool for transparency logs reads it. Knows no database.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from db.merkle import HASH_BYTES

ED25519 = b"\x01"  # signature type of the signed-note specification
ID_BYTES = 4
DASH = "\N{EM DASH} "
NOTE_LIMIT = 100_000
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under a name, as the signed-note specification identifies one."""

    name: str
    public: bytes  # raw Ed25519, 32 bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart; no protection by itself."""
        digest = hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()
        return digest[:ID_BYTES]

    def __str__(self) -> str:
        encoded = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Read ``name+id+base64``. Raises ValueError."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
            raise ValueError("write a public key as `forecasts checkpoint --public` prints it")
        encoded = _decoded(parts[2])
        if encoded[:1] != ED25519 or len(encoded) != 1 + HASH_BYTES:
            raise ValueError("it is no Ed25519 key")
        verifier = cls(parts[0], encoded[1:])
        if verifier.key_id.hex() != parts[1]:
            raise ValueError("its parts do not belong together: was it copied whole?")
        return verifier


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a signed note says about a log."""

    origin: str
    size: int
    root: bytes
    text: str  # exactly what was signed
    signatures: tuple[tuple[str, bytes], ...]  # (key name, key id and signature)

    def signer(self, trusted: Iterable[Verifier]) -> Verifier | None:
        """The trusted key that signed it; None if it bears no signature of any.

        Raises ValueError if a signature claims a trusted key and is not that key's.
        """
        known = {(key.name, key.key_id): key for key in trusted}
        found = None
        for name, signature in self.signatures:
            key = known.get((name, signature[:ID_BYTES]))
            if key is None:
                continue
            try:
                public = Ed25519PublicKey.from_public_bytes(key.public)
                public.verify(signature[ID_BYTES:], self.text.encode())
            except InvalidSignature as forged:
                raise ValueError(f"the signature of {name} is not that key's") from forged
            found = found or key
        return found


def origin_of(first_leaf: bytes) -> str:
    """The name of a log: a log is known by its first entry, which is like no other's."""
    return f"forecast-desk/{first_leaf[:16].hex()}"


def signed(origin: str, size: int, root: bytes, key: Ed25519PrivateKey) -> str:
    """A signed checkpoint. Signing the same again gives the same note."""
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    verifier = Verifier(origin, key.public_key().public_bytes_raw())
    signature = base64.b64encode(verifier.key_id + key.sign(text.encode())).decode()
    return f"{text}\n{DASH}{origin} {signature}\n"


def parse(note: str) -> Checkpoint:
    """Read a signed note without judging its signatures. Raises ValueError."""
    if len(note) > NOTE_LIMIT or any(char < " " and char != "\n" for char in note):
        raise ValueError("it is no signed note")
    text, gap, rest = note.rpartition("\n\n")
    lines = text.split("\n")
    if not gap or not rest.endswith("\n") or len(lines) < 3 or "" in lines:
        raise ValueError("it is no signed checkpoint: origin, size, root, signature")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise ValueError(f"{size[:20]!r} is no size of a log")
    if len(_decoded(root)) != HASH_BYTES:
        raise ValueError("its root is no SHA-256 hash")
    signatures = tuple(_signature(line) for line in rest[:-1].split("\n"))
    return Checkpoint(origin, int(size), _decoded(root), text + "\n", signatures)


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not _NAME.fullmatch(name):
        raise ValueError(f"{line[:40]!r} is no signature line")
    signature = _decoded(encoded)
    if len(signature) <= ID_BYTES:
        raise ValueError(f"the signature of {name[:40]} is cut short")
    return name, signature


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"{text[:40]!r} is not base64") from error
