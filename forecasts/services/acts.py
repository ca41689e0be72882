"""What every act has in common: who, when, under which key; recorded once, in the log."""

import dataclasses
import functools
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session, SQLModel, select

from db import ledger
from db.ledger import Receipt
from db.tables import Forecaster, PrivateText
from forecasts.errors import InvalidInput, KeyReused, NotFound, check_id
from forecasts.services.inputs import check_line

P = ParamSpec("P")
Row = TypeVar("Row", bound=SQLModel)
KEY_LIMIT = 200


def key_of(row: SQLModel) -> int:
    """The id of a row that the database has seen."""
    key: int | None = getattr(row, "id", None)
    if key is None:
        raise RuntimeError(f"{row!r} has no id yet")
    return key


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts (a login), at what server time, under which idempotency key.

    The same key with the same request is recorded once and gives the same receipt again.
    """

    actor: str
    now: datetime
    key: str


@dataclass(slots=True)
class Record:
    """The rows an act writes, in the order in which the log will hold them."""

    session: Session
    now: datetime
    by: int = 0
    rows: list[SQLModel] = field(default_factory=list)

    def add(self, row: Row) -> Row:
        """Write a row and give it its id."""
        self.session.add(row)
        self.session.flush()
        self.rows.append(row)
        return row

    def insert(self, row: Row) -> int:
        """Write a row and return its id."""
        return key_of(self.add(row))

    def get(self, table: type[Row], key: int, what: str) -> Row:
        """The row with this id, or ``NotFound``."""
        row = self.session.get(table, check_id(what, key))
        if row is None:
            raise NotFound(what, key)
        return row

    def private(self, text: str) -> str:
        """Keep a person's words where they can be erased; returns the commitment to them."""
        salt = secrets.token_bytes(32)
        commitment = hashlib.sha256(b"\x02" + salt + text.encode()).hexdigest()
        return self.add(PrivateText(commitment=commitment, salt=salt, text=text)).commitment


def recorded(
    kind: str,
) -> Callable[
    [Callable[Concatenate[Record, P], int]], Callable[Concatenate[Session, Act, P], Receipt]
]:
    """Turn ``perform(record, ...) -> id of the main row`` into an act that is logged once."""

    def decorate(
        perform: Callable[Concatenate[Record, P], int],
    ) -> Callable[Concatenate[Session, Act, P], Receipt]:
        @functools.wraps(perform)
        def act_once(session: Session, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> Receipt:
            request = _digest([kind, act.actor, args, kwargs])
            _check(act)
            ledger.locked_head(session)  # from here on no other act can come between
            if (found := ledger.find(session, act.key)) is not None:
                receipt, earlier = found
                if earlier != request:
                    raise KeyReused(act.key)
                return receipt
            record = Record(session, act.now)
            record.by = person(record, act.actor)
            subject = perform(record, *args, **kwargs)
            return ledger.append(
                session,
                kind=kind,
                event_id=act.key,
                actor=record.get(Forecaster, record.by, "forecaster").handle,
                now=act.now,
                request=request,
                subject=subject,
                rows=record.rows,
            )

        return act_once

    return decorate


def person(record: Record, login: str) -> int:
    """The forecaster behind a login, entered with the person's first act."""
    found = record.session.exec(select(Forecaster).where(Forecaster.login == login)).one_or_none()
    if found is None:
        found = record.add(
            Forecaster(
                handle=f"u_{secrets.token_hex(8)}",
                kind="person",
                name=login,
                login=login,
                recorded_at=record.now,
            )
        )
    return key_of(found)


def source(record: Record, name: str, publisher: str | None) -> int:
    """The forecaster behind a speaker of a publisher, entered with its first statement."""
    found = record.session.exec(
        select(Forecaster).where(
            Forecaster.kind == "source",
            Forecaster.name == name,
            Forecaster.publisher == (publisher or ""),
        )
    ).one_or_none()
    if found is None:
        found = record.add(
            Forecaster(
                handle=f"s_{secrets.token_hex(8)}",
                kind="source",
                name=name,
                publisher=publisher or "",
                recorded_at=record.now,
            )
        )
    return key_of(found)


def _check(act: Act) -> None:
    for name, value in (("actor", act.actor), ("key", act.key)):
        if check_line(name, value) != value or len(value) > KEY_LIMIT:
            raise InvalidInput(
                name, value, f"must have 1 to {KEY_LIMIT} characters and no space around them"
            )
    if act.now.utcoffset() is None:
        raise ValueError("act.now has no time zone")


def _digest(request: Any) -> str:
    text = ledger.canonical(_plain(request))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """A request as JSON holds it. NaN and naive times pass: they are refused later, by name."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain(dataclasses.asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    return ledger.plain(value)
