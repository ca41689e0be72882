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
from forecasts.services.inputs import LINE_LIMIT, check_line, check_text
from forecasts.services.naming import commit_to_names
from forecasts.services.roles import LEAST_ROLE, check_role

P = ParamSpec("P")
Row = TypeVar("Row", bound=SQLModel)
KEY_LIMIT, LOGIN_LIMIT = 200, LINE_LIMIT


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
    ``name`` is how others will see the person, entered with the first act; "" is the login.
    """

    actor: str
    now: datetime
    key: str
    name: str = ""


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
        return self.add(ledger.private_text(text)).commitment

    def private_note(self, note: str) -> str | None:
        """Keep a note, if there is one, as ``private`` does."""
        text = check_text("note", note, required=False)
        return self.private(text) if text else None


def recorded(
    kind: str, *, by_role: bool = True
) -> Callable[
    [Callable[Concatenate[Record, P], int]], Callable[Concatenate[Session, Act, P], Receipt]
]:
    """Turn ``perform(record, ...) -> id of the main row`` into an act that is logged once.

    The actor's role is read anew each time, under the lock under which the act is recorded;
    ``by_role=False`` is for a record that is being restored, which has no roles yet.
    """
    if kind not in LEAST_ROLE:
        raise ValueError(f"services/roles.py does not say which role {kind!r} needs")

    def decorate(
        perform: Callable[Concatenate[Record, P], int],
    ) -> Callable[Concatenate[Session, Act, P], Receipt]:
        @functools.wraps(perform)
        def act_once(session: Session, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> Receipt:
            _check(act)
            head = ledger.locked_head(session)  # from here on no other act can come between
            if (found := ledger.find(session, act.key)) is not None:
                receipt, body = found
                if body["request"] not in _requests(session, kind, act, args, kwargs, body["rows"]):
                    raise KeyReused(act.key)
                return receipt
            if by_role:
                check_role(session, act.actor, kind)
            record = Record(session, act.now)
            actor = _entered(record, act.actor, act.name)
            record.by = key_of(actor)
            subject = perform(record, *args, **kwargs)
            commit_to_names(record)
            texts = [row for row in record.rows if isinstance(row, PrivateText)]
            salts = [text.salt for text in texts if text.salt is not None]
            return ledger.append(
                session,
                head,
                kind=kind,
                event_id=act.key,
                actor=actor.handle,
                now=act.now,
                request=_request(session, kind, actor.handle, args, kwargs, salts),
                subject=subject,
                rows=record.rows,
            )

        return act_once

    return decorate


def person(record: Record, login: str, name: str = "") -> int:
    """The forecaster behind a login, entered with the person's first act."""
    return key_of(_entered(record, login, name))


def _entered(record: Record, login: str, name: str) -> Forecaster:
    found = record.session.exec(select(Forecaster).where(Forecaster.login == login)).one_or_none()
    if found is not None and found.erased:
        raise InvalidInput("login", login, "stands for a person who was erased")
    if found is None:
        found = record.add(
            Forecaster(
                handle=f"u_{secrets.token_hex(8)}",
                kind="person",
                name=check_line("name", name or login),
                login=login,
                recorded_at=record.now,
            )
        )
    return found


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
    for name, value, limit in (("actor", act.actor, LOGIN_LIMIT), ("key", act.key, KEY_LIMIT)):
        if check_line(name, value) != value or len(value) > limit:
            raise InvalidInput(
                name, value, f"must have 1 to {limit} characters and no space around them"
            )
    if act.now.utcoffset() is None:
        raise ValueError("act.now has no time zone")


def _request(
    session: Session,
    kind: str,
    handle: str | None,
    args: Any,
    kwargs: Mapping[str, Any],
    salts: Sequence[bytes],
) -> str:
    """The digest by which a repeated key's request is known again.

    It must not give away what can be erased: whoever guesses a short text or a login could
    confirm the guess. So persons stand in it by their handles, and the salts of the texts that
    the act wrote are part of it; they go when the texts do.
    """
    named = {
        name: _handle(session, value) if name == "login" else value
        for name, value in kwargs.items()
    }
    return _digest([kind, handle, args, named, [salt.hex() for salt in salts]])


def _requests(
    session: Session, kind: str, act: Act, args: Any, kwargs: Mapping[str, Any], rows: Any
) -> tuple[str, ...]:
    """The digests this request has if it is the one that wrote ``rows``; none once erased."""
    texts = [
        session.get_one(PrivateText, columns["commitment"])
        for table, columns in rows
        if table == PrivateText.__tablename__
    ]
    salts = [text.salt for text in texts if text.salt is not None]
    if len(salts) < len(texts):
        return ()
    # Records of the first version digested the request as it came.
    first = _digest([kind, act.actor, args, kwargs])
    return _request(session, kind, _handle(session, act.actor), args, kwargs, salts), first


def _handle(session: Session, login: str) -> str | None:
    return session.exec(select(Forecaster.handle).where(Forecaster.login == login)).one_or_none()


def _digest(request: Any) -> str:
    text = ledger.canonical(_plain(request))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """A request as JSON holds it. NaN and naive times pass: they are refused later, by name."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value))
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(item) for item in value]
    return ledger.plain(value)
