"""One act, one transaction; tried again under its key where the database was lost on the way."""

import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from db.ledger import Receipt, locked_head
from db.session import transaction
from forecasts.services.acts import Act

P = ParamSpec("P")

PAUSES = (0.1, 0.4, 1.5, 3.0, 5.0)
"""Seconds before each further try: a server that restarts is back within them."""

PASSING = frozenset({"40001", "40P01", "55P03", "57P01", "57P02", "57P03"})
"""PostgreSQL's states that end by themselves: serialization failure, deadlock, lock held,
shut-down, crash, start-up (Appendix A of its manual)."""


def perform(
    engine: Engine,
    act: Callable[[Session], Act],
    service: Callable[Concatenate[Session, Act, P], Receipt],
    *args: P.args,
    **request: P.kwargs,
) -> Receipt:
    """Run ``service`` in a transaction of its own and return its receipt.

    ``act`` says who acts and when, always under the same key. It is asked once the record is
    locked for this act, so that times rise as entries do.

    A connection that is lost during the commit leaves open whether the act was recorded. The
    same act again, under the same key, is then either found or recorded: once in any case.

    Raises
    ------
    TrackerError
        The act is refused; nothing was written.
    sqlalchemy.exc.DBAPIError
        The database failed, and not in a passing way, or for longer than all pauses.
    """
    for pause in (*PAUSES, None):
        try:
            with transaction(engine) as session:
                locked_head(session)
                return service(session, act(session), *args, **request)
        except DBAPIError as fault:
            if pause is None or not _passes(engine, fault):
                raise
        time.sleep(pause)
    raise AssertionError("the last try returns or raises")


def _passes(engine: Engine, fault: DBAPIError) -> bool:
    if engine.dialect.name != "postgresql":
        return False  # SQLite has waited for its lock already; its other faults last
    state = getattr(fault.orig, "sqlstate", None)
    refused = isinstance(fault, OperationalError) and state is None  # nobody listens, or hung up
    return fault.connection_invalidated or refused or state in PASSING
