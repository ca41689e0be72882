"""What stands in a database's own files, byte for byte."""

from pathlib import Path
from typing import Any

from db.backup import file_of


def found_in_files(desk: Any, words: str) -> bool:
    """Whether the database's own files hold the words, in UTF-8."""
    file = file_of(desk.engine)
    if file is not None:
        return words.encode() in file.read_bytes()
    with desk.engine.connect() as connection:
        own = connection.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        outside = desk.engine.execution_options(isolation_level="AUTOCOMMIT")
        with outside.connect() as also:
            also.exec_driver_sql("CHECKPOINT")
    return any(
        words.encode() in one.read_bytes() for one in Path(folder, "base", str(own)).iterdir()
    )
