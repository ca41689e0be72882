"""Bring a database to the schema of this code, and tell whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for an open connection; needs no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Run every migration that this database has not seen, in one transaction.

    Raises ValueError if the database holds tables and is not a record of this project.
    """
    with engine.begin() as connection:
        tables = set(inspect(connection).get_table_names())
        if tables and "alembic_version" not in tables:
            raise ValueError("it holds tables of something else")
        command.upgrade(configuration(connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration of this code."""
    # Read only: taking the write lock here would make every look wait for the writers.
    with engine.execution_options(read_only=True).connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        return found == ScriptDirectory.from_config(configuration(connection)).get_current_head()
