"""Making erased words leave the database's files too."""

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

HOLDERS = ("private_text", "forecaster")
"""The tables that hold what may be erased."""


def scrub(engine: Engine) -> None:
    """Rewrite the files in which erased words may still stand; the erasure was committed before.

    SQLite overwrites what is deleted (``secure_delete``), and is rewritten whole here.
    PostgreSQL keeps old versions of a row until its table is rewritten. Copies elsewhere are
    out of reach: backups, exports, PostgreSQL's write-ahead log.
    """
    if engine.dialect.name == "postgresql":
        outside = engine.execution_options(isolation_level="AUTOCOMMIT")
        with outside.connect() as connection:  # inside a transaction nothing can be rewritten
            for table in HOLDERS:
                connection.exec_driver_sql(f"VACUUM (FULL) {table}")
        return
    pooled = engine.raw_connection()
    try:
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
            pooled.cursor().execute(statement)
    except engine.dialect.loaded_dbapi.Error as fault:
        raise OperationalError("VACUUM", None, fault) from fault
    finally:
        pooled.close()
