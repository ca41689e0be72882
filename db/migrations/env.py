"""Run by Alembic. The engine comes from the caller, or from the environment."""

from alembic import context
from sqlalchemy import Connection

from db.engine import opened
from db.tables import metadata


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    with opened() as engine, engine.begin() as connection:
        run(connection)
