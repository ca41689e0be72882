"""Which keys sign the record's checkpoints, from which entry on."""

import re

from db.tables import SigningKey
from forecasts.errors import InvalidInput
from forecasts.services.acts import Record, recorded

_PUBLIC = re.compile(r"[0-9a-f]{64}")


@recorded("rotate")
def name_key(record: Record, *, public_key: str) -> int:
    """Name the key that signs checkpoints from here on: raw Ed25519 public key, hex.

    The first one is named in the same way as those that follow it after a loss or a change.

    Raises
    ------
    InvalidInput
    """
    if not _PUBLIC.fullmatch(public_key):
        raise InvalidInput("public key", public_key, "write 32 bytes as 64 hexadecimal digits")
    row = SigningKey(
        public_key=public_key,
        recorded_at=record.now,
        recorded_by=record.by,
    )
    return record.insert(row)
