"""What commands share: the record, and the person who acts."""

import getpass
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Concatenate, ParamSpec, TypeVar

import typer
from sqlalchemy import Engine
from sqlmodel import Session

from db.ledger import Receipt
from db.session import reading
from forecasts import clock, performing
from forecasts.cli.terminal import say
from forecasts.opening import naming_faults, open_record
from forecasts.services.acts import Act

P = ParamSpec("P")
T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Key = Annotated[
    str | None,
    typer.Option(help="Idempotency key: the same key with the same request acts once."),
]


@contextmanager
def engine(*, create: bool = False) -> Iterator[Engine]:
    """The record's engine, disposed of at the end; with ``create``, its tables made first."""
    found = open_record(create=create)
    try:
        with naming_faults():
            yield found
    finally:
        found.dispose()


@contextmanager
def looking() -> Iterator[Session]:
    """A session for one answer."""
    with engine() as found, reading(found) as session:
        yield session


def perform(
    key: str | None,
    service: Callable[Concatenate[Session, Act, P], Receipt],
    *args: P.args,
    **request: P.kwargs,
) -> Receipt:
    """One change by the person at the keyboard."""
    chosen = key or secrets.token_hex(16)
    with engine() as found:
        return performing.perform(
            found, lambda _: Act(me(), clock.now(), chosen), service, *args, **request
        )


def me() -> str:
    """The person at the keyboard: the operating system's user."""
    return getpass.getuser()


def say_saved(receipt: Receipt, what: str) -> None:
    """Success, with the number under which it stands in the log."""
    say(f"{what} Entry {receipt.seq} of the record.")
