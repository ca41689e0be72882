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


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent look at the record. Takes no write lock and is rolled back."""
    with Session(engine.execution_options(read_only=True)) as session:
        yield session
        session.rollback()
