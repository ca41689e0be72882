"""The key that signs checkpoints: a file of its own, never in the database.

Whoever can write the database and read the key can sign a rewritten record. Keep them apart
where more than one person uses the record.
"""

import os
from itertools import count
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from platformdirs import user_config_path

from db.checkpoints import Verifier

KEY_VARIABLE = "FORECASTS_KEY"
OWNER_ONLY = 0o600


def key_path() -> Path:
    """``FORECASTS_KEY`` where it is set, else a file in the user's configuration folder."""
    if chosen := os.environ.get(KEY_VARIABLE):
        return Path(chosen)
    return user_config_path("forecast-desk") / "signing-key.pem"


def load_key() -> Ed25519PrivateKey | None:
    """The signing key; None if there is none.

    Raises ValueError if the file is no such key, or if others than its owner may read it.
    """
    path = key_path()
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise ValueError(f"others may read it; run: chmod 600 {path}")
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("it is no private key without a password") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("it is no Ed25519 key")
    return key


def new_key() -> Ed25519PrivateKey:
    """A fresh key, not yet written anywhere."""
    return Ed25519PrivateKey.generate()


def store_key(key: Ed25519PrivateKey) -> Path | None:
    """Write the key file, readable by its owner only; an earlier key is put aside beside it.

    Returns where the earlier one lies, None if there was none.
    """
    path = key_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    aside = _free_name(path) if path.exists() else None
    if aside is not None:
        path.rename(aside)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return aside


def _free_name(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(1))
    return next(name for name in numbered if not name.exists())


def known_path() -> Path:
    """The list of public keys this person has made: what a held checkpoint is checked with."""
    path = key_path()
    return path.with_name(f"{path.name}.known")


def known_keys() -> list[Verifier]:
    """The public keys of ``known_path``, one a line. Raises ValueError."""
    try:
        lines = known_path().read_text().split("\n")
    except FileNotFoundError:
        return []
    return [Verifier.parse(line) for line in lines if line]


def remember(verifier: Verifier) -> None:
    """Add a public key to ``known_path``, once."""
    if verifier not in known_keys():
        with known_path().open("a") as file:
            file.write(f"{verifier}\n")
