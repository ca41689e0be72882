"""The log fetched some entries at a time, the next ones while these are being compared."""

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor

from sqlalchemy import Connection, Engine

from db.chain import BEFORE_ALL
from db.facts import Values, rows_of

Look = tuple[Connection, list[Values]]
BATCH = 8_000  # entries; some 20 MB


def entries_after(connection: Connection, seq: int) -> list[Values]:
    """The next entries of the log, up to ``BATCH``: number, key, body, leaf."""
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    return rows_of(
        connection,
        f"SELECT seq, event_id, body, leaf FROM ledger WHERE seq > {mark} "  # noqa: S608
        f"ORDER BY seq LIMIT {BATCH}",
        seq,
    )


def looks(reader: Engine) -> Generator[tuple[Connection, list[Values], bool], None, None]:
    """Every entry in order, with the look at the database in which it was read; whether the last.

    While the caller works on some entries, a thread asks for the next: fetching from a server is
    mostly waiting. From SQLite it is work, for which two threads of Python would only get into
    each other's way.
    """
    with ThreadPoolExecutor(max_workers=1) as ahead:
        waits = reader.dialect.name != "sqlite"
        connection, entries = _look(reader, BEFORE_ALL)
        coming: Future[Look] | None = None
        try:
            while len(entries) == BATCH:
                after = entries[-1][0]
                coming = ahead.submit(_look, reader, after) if waits else None
                with connection:
                    yield connection, entries, False
                connection, entries = coming.result() if coming else _look(reader, after)
            coming = None
            with connection:
                yield connection, entries, True
        finally:
            if coming is not None and coming.exception() is None:
                coming.result()[0].close()


def _look(reader: Engine, after: int) -> Look:
    connection = reader.connect()
    try:
        return connection, entries_after(connection, after)
    except BaseException:
        connection.close()
        raise
