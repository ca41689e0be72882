"""What a database's failure means for whoever was using it, in a few words."""

from sqlalchemy.exc import DBAPIError

BUSY = "somebody else's act holds it; try again"
FULL = "its disk is full: nothing was saved; make room and try again"
UNKNOWN = (
    "its disk failed: whether the last act was saved is not known; send it again under the same "
    "key, and it counts once"
)
READ_ONLY = "it can only be read here: nothing was saved"
DAMAGED = "its file is damaged; `forecasts verify` says where, a backup restores it"

SQLITE = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": UNKNOWN,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
}
"""By primary result code, with which the names of the extended ones begin (sqlite.org/rescode)."""

POSTGRES = {
    "55P03": BUSY,
    "53100": FULL,
    "58030": UNKNOWN,
    "25006": READ_ONLY,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""By SQLSTATE (Appendix A of PostgreSQL's manual)."""


class DamagedEntry(Exception):
    """An entry of the log that somebody altered, and whose act is asked for."""

    def __init__(self, seq: int) -> None:
        super().__init__(
            f"entry {seq} of its log was altered; `forecasts verify` says more, a backup has it"
        )


def meaning(fault: Exception) -> str:
    """The reason to give a reader; the driver's own first line where there is no better one."""
    cause = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
    name = getattr(cause, "sqlite_errorname", None) or ""
    known = [reason for code, reason in SQLITE.items() if name.startswith(code)]
    known += [reason for code, reason in POSTGRES.items() if code == getattr(cause, "sqlstate", "")]
    if known:
        return known[0]
    return next(iter(str(cause).strip().splitlines()), type(cause).__name__)
