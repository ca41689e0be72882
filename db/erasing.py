"""Making erased words leave the database's files too."""

from datetime import datetime

from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from db.session import reading, transaction
from db.tables import Redaction, Scrub

HOLDERS = ("private_text", "forecaster")
"""The tables that hold what may be erased."""


def is_scrubbed(session: Session) -> bool:
    """Whether the files were rewritten after the last erasure that the record holds."""
    done = session.scalar(select(func.max(col(Scrub.redaction_id))))
    return last_redaction(session) <= (done or 0)


def scrub(engine: Engine, *, now: datetime) -> None:
    """Rewrite the files in which erased words may still stand; the erasure was committed before.

    SQLite overwrites what is deleted (``secure_delete``), and is rewritten whole here.
    PostgreSQL keeps old versions of a row until its table is rewritten. Copies elsewhere are
    out of reach: backups, exports, PostgreSQL's write-ahead log.

    Raises DBAPIError if they cannot be rewritten: then ``is_scrubbed`` says so until they are.
    """
    with reading(engine) as session:
        last = last_redaction(session)
    if engine.dialect.name == "postgresql":
        _rewrite_tables(engine)
    else:
        _rewrite_file(engine)
    with transaction(engine) as session:
        note_scrubbed(session, last, now)


def note_scrubbed(session: Session, last: int, now: datetime) -> None:
    """Keep in mind that no file of this database holds the words of erasures up to ``last``."""
    if last:
        session.add(Scrub(redaction_id=last, made_at=now))


def last_redaction(session: Session) -> int:
    """The number of the last erasure; 0 if nothing was erased."""
    return session.scalar(select(func.max(col(Redaction.id)))) or 0


def _rewrite_tables(engine: Engine) -> None:
    outside = engine.execution_options(isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:  # inside a transaction nothing can be rewritten
        for table in HOLDERS:
            where = text(f"SELECT pg_relation_filenode('{table}')")
            before = connection.scalar(where)
            connection.exec_driver_sql(f"VACUUM (FULL) {table}")
            if connection.scalar(where) == before:  # PostgreSQL warns whoever may not, and goes on
                reason = PermissionError(f"only the owner of {table} may rewrite it")
                raise OperationalError("VACUUM", None, reason)


def _rewrite_file(engine: Engine) -> None:
    pooled = engine.raw_connection()
    try:
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
            pooled.cursor().execute(statement)
    except engine.dialect.loaded_dbapi.Error as fault:
        raise OperationalError("VACUUM", None, fault) from fault
    finally:
        pooled.close()
