"""Which migrations there are, and which of them a database has seen.

Alembic runs them. It takes long to load, and is not needed to see that a record is current.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "made by a newer version of Forecast Desk; upgrade this one"


def configuration(connection: Connection) -> "Config":
    """Alembic's configuration for an open connection; needs no ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the migrations that this database has not seen, in the open transaction."""
    from alembic import command

    command.upgrade(configuration(connection), to)


def revisions() -> list[str]:
    """Every revision of this code, first one first: what its migrations' names begin with."""
    return sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def newest() -> str:
    """The revision of this code."""
    return revisions()[-1]


def revision(connection: Connection) -> str | None:
    """The revision of a database; None before its first migration.

    Raises ValueError if this code does not know the revision, or the database holds something
    else.
    """
    tables = set(inspect(connection).get_table_names())
    seen: list[str] = []
    if "alembic_version" in tables:
        asked = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        seen = list(asked.scalars())
    if set(seen) - set(revisions()) or len(seen) > 1:
        raise ValueError(NEWER)
    if not seen and tables - {"alembic_version"}:
        raise ValueError("it holds tables of something else")
    return seen[0] if seen else None


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration of this code.

    Raises ValueError if a newer version made it: this code would write what that one forbids.
    """
    # Read only: taking the write lock here would make every look wait for the writers.
    with engine.execution_options(read_only=True).connect() as connection:
        return revision(connection) == newest()
