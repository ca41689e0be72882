"""What bounds a use case: all of it, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One act: committed whole on exit, rolled back whole on any exception."""
    with Session(engine) as session, session.begin():
        yield session


def looking(engine: Engine) -> Engine:
    """The engine for looks: a transaction sees one state of the record and locks out no writer."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(read_only=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent look at the record. Takes no write lock and is rolled back."""
    with Session(looking(engine)) as session:
        yield session
        session.rollback()
