"""The dashboard's one door to the database: who reads, who acts, and what was refused."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

import streamlit as st
from sqlalchemy import Engine
from sqlmodel import Session

from dashboard.identity import Identity, identity, sign_in_configured
from dashboard.presses import presses
from dashboard.widgets.safe import plain
from db.engine import database_url
from db.ledger import Receipt
from db.session import reading
from db.tables.role import ROLES, Role
from forecasts import clock, performing
from forecasts.errors import NotSignedIn, SignInNeeded, TrackerError
from forecasts.opening import naming_faults, open_record
from forecasts.services.acts import Act
from forecasts.services.people import enter
from forecasts.services.roles import is_shared, role_of, suffices
from forecasts.views.people import has_forecast, person_id

P = ParamSpec("P")
_READER = "reader"


@dataclass(frozen=True, slots=True)
class Reader:
    """What the record knows of whoever looks, as this run of the page began."""

    id: int | None  # as a forecaster; None before the first act
    role: Role
    offered: Role  # the most that this visit has seen
    new: bool  # had not forecast yet when this visit began


@st.cache_resource
def _engine(url: str) -> Engine:
    return open_record(create=True)


@contextmanager
def database() -> Iterator[Session]:
    """One consistent look at the record; nothing can be written through it."""
    with naming_faults(), reading(_engine(database_url())) as session:
        yield session


@contextmanager
def refusing() -> Iterator[None]:
    """Show what was refused where it happened; the rest of the page goes on."""
    try:
        yield
    except TrackerError as refused:
        presses().refused()
        st.error(plain(str(refused)))


def who() -> Identity | None:
    """Whoever looks; None where a sign-in is asked for and there is none."""
    return identity(clock.now())


def me() -> str:
    """The login of whoever looks: the machine's user, or who signed in."""
    found = who()
    if found is None:
        raise NotSignedIn
    return found.login


def look_up_reader() -> None:
    """Read the reader's id and role anew. Once at the start of every run.

    Somebody who signed in for the first time is entered, so that an admin can find the person.
    """
    login = me()
    before: Reader | None = st.session_state.get(_READER)
    with database() as session:
        key = person_id(session, login)
        viewing = not sign_in_configured() and is_shared(session)
        role: Role = "viewer" if viewing else role_of(session, login)
        new = not has_forecast(session, key) if before is None else before.new
    if key is None and sign_in_configured():
        receipt = perform("first visit", enter)
        key = None if receipt is None else receipt.id
        saved_notice()  # the reader did nothing that was to be saved
    offered = role if before is None else max(role, before.offered, key=ROLES.index)
    st.session_state[_READER] = Reader(key, role, offered, new)


def my_id() -> int | None:
    """The reader's id as a forecaster; None before the first act."""
    reader: Reader = st.session_state[_READER]
    return reader.id


def is_new() -> bool:
    """Whether the reader had not forecast yet when this visit began."""
    reader: Reader = st.session_state[_READER]
    return reader.new


def my_role() -> Role:
    """What the reader may do."""
    reader: Reader = st.session_state[_READER]
    return reader.role


def may(kind: str) -> bool:
    """Whether to offer acts of this kind. The services decide about each act itself.

    A role taken away during a visit is not followed here: a form that vanished would take what
    was typed with it.
    """
    reader: Reader = st.session_state[_READER]
    return suffices(reader.offered, kind)


def form_key(form: str) -> str:
    """The idempotency key of one rendering of a form: the same until its act has succeeded.

    It is part of the form's widget keys. A second click of a double click therefore either finds
    the same key, and is recorded once, or a widget that is gone, and does nothing.
    """
    slot = f"key of {form}"
    key: str | None = st.session_state.get(slot)
    if key is None or key in presses().done:
        key = secrets.token_hex(16)
        st.session_state[slot] = key
    return key


def perform(
    form: str,
    service: Callable[Concatenate[Session, Act, P], Receipt],
    *args: P.args,
    **request: P.kwargs,
) -> Receipt | None:
    """Run one act in a transaction of its own. None: it was refused, and the reader told why."""
    key, pressed = form_key(form), presses()

    def act(session: Session) -> Act:
        found = who()
        if found is None:
            raise NotSignedIn
        if not sign_in_configured() and is_shared(session):
            raise SignInNeeded
        return Act(found.login, clock.now(), key, found.name)

    receipt = None
    with refusing(), naming_faults():
        receipt = performing.perform(_engine(database_url()), act, service, *args, **request)
    if receipt is None:
        pressed.tried(key)
    else:
        pressed.carried_out(key, f"Saved as entry {receipt.seq}.")
    return receipt


def saved_notice() -> str | None:
    """What the act before this run saved, told once."""
    found = presses()
    notice, found.notice = found.notice, None
    return notice
