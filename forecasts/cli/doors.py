"""What commands share: the database, the person acting, the form of answers."""

import dataclasses
import getpass
import json
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import typer
from sqlalchemy import Engine
from sqlmodel import Session

from db.ledger import Receipt
from db.session import reading
from forecasts import clock, performing
from forecasts.dates import Precision
from forecasts.errors import InvalidInput
from forecasts.opening import naming_faults, open_record
from forecasts.results.terms import PartialDate
from forecasts.services.acts import Act
from forecasts.services.inputs import FIRST_YEAR, LAST_YEAR

P = ParamSpec("P")
T = TypeVar("T")

app = typer.Typer(
    name="forecasts",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read what articles claim about the future, say how likely you think it is, "
    "and find out who was right.",
)

_DAY = timedelta(days=1)
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

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


def say(text: str = "") -> None:
    """One line of answer."""
    typer.echo(printable(text))


def printable(text: str) -> str:
    """``text`` as a terminal may safely show it.

    Characters that steer a terminal, turn the direction of writing or cannot be encoded stand as
    ``\\u202e``, which is how JSON writes them too.
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say_saved(receipt: Receipt, what: str) -> None:
    """Success, with the number under which it stands in the log."""
    say(f"{what} Entry {receipt.seq} of the record.")


def say_json(value: Any) -> None:
    """An answer as JSON, instants and days in ISO 8601."""
    say(json.dumps(value, default=_jsonable, ensure_ascii=False, indent=2, allow_nan=False))


def parse_instant(field: str, text: str, *, end_of_day: bool = False) -> datetime:
    """An instant from ISO 8601 with an offset; a bare date is its UTC day's start or end."""
    try:
        if not _ISO_DAY.match(text):
            raise ValueError(text)
        if _ISO_DAY.fullmatch(text):
            moment = datetime.fromisoformat(f"{text}T00:00:00+00:00")
            return moment + _DAY if end_of_day else moment
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(field, text, "write 2026-01-31 or 2026-01-31T12:00Z") from error
    if moment.utcoffset() is None:
        raise InvalidInput(field, text, "has no time zone; add Z or an offset")
    return moment


def parse_date(field: str, text: str, *, stated: bool = True) -> PartialDate:
    """A date as well as it is known: ``2024``, ``2024-06`` or ``2024-06-17``."""
    parts = text.split("-")
    precisions: dict[int, Precision] = {1: "year", 2: "month", 3: "day"}
    try:
        if [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
            raise ValueError(text)
        day = date.fromisoformat("-".join([*parts, "01", "01"][:3]))
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
    except ValueError as error:
        raise InvalidInput(field, text, "write 2024-06-17, 2024-06 or 2024") from error
    return PartialDate(day, precisions[len(parts)], stated)


def _jsonable(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def one_of(option: str, value: T, known: Sequence[T]) -> T:
    """Return an option's value. Raises InvalidInput, with what is known, if it is another."""
    if value not in known:
        raise InvalidInput(option, value, f"must be one of {', '.join(map(str, known))}")
    return value
