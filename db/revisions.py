"""Which migrations there are, and which of them a database has seen."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

NEWER = "made by a newer version of Forecast Desk; upgrade this one"


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for an open connection; needs no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the migrations that this database has not seen, in the open transaction."""
    command.upgrade(configuration(connection), to)


def newest(connection: Connection) -> str:
    """The revision of this code."""
    found = ScriptDirectory.from_config(configuration(connection)).get_current_head()
    if found is None:
        raise RuntimeError("there are no migrations")
    return found


def revision(connection: Connection) -> str | None:
    """The revision of a database; None before its first migration.

    Raises ValueError if this code does not know the revision, or the database holds something
    else.
    """
    found = MigrationContext.configure(connection).get_current_revision()
    known = ScriptDirectory.from_config(configuration(connection))
    if found is not None and found not in {one.revision for one in known.walk_revisions()}:
        raise ValueError(NEWER)
    if found is None and set(inspect(connection).get_table_names()) - {"alembic_version"}:
        raise ValueError("it holds tables of something else")
    return found


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration of this code.

    Raises ValueError if a newer version made it: this code would write what that one forbids.
    """
    # Read only: taking the write lock here would make every look wait for the writers.
    with engine.execution_options(read_only=True).connect() as connection:
        return revision(connection) == newest(connection)
