"""The dashboard's one door to the database: who reads, who acts, and what was refused."""

import getpass
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec

import streamlit as st
from sqlalchemy import Engine
from sqlmodel import Session

from dashboard.widgets.safe import plain
from db.engine import database_url
from db.ledger import Receipt
from db.session import reading, transaction
from forecasts import clock
from forecasts.errors import TrackerError
from forecasts.opening import naming_faults, open_record
from forecasts.services.acts import Act

P = ParamSpec("P")
_SAVED = "saved"


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
        st.error(plain(str(refused)))


def me() -> str:
    """The login of whoever sits at this computer."""
    return getpass.getuser()


def form_key(form: str) -> str:
    """The idempotency key of one rendering of a form: the same until its act has succeeded.

    It is part of the form's widget keys. A second click of a double click therefore either finds
    the same key, and is recorded once, or a widget that is gone, and does nothing.
    """
    slot = f"key of {form}"
    if slot not in st.session_state:
        st.session_state[slot] = secrets.token_hex(16)
    key: str = st.session_state[slot]
    return key


def perform(
    form: str,
    service: Callable[Concatenate[Session, Act, P], Receipt],
    *args: P.args,
    **request: P.kwargs,
) -> Receipt | None:
    """Run one act in a transaction of its own. None: it was refused, and the reader told why."""
    act = Act(actor=me(), now=clock.now(), key=form_key(form))
    receipt = None
    with refusing(), naming_faults(), transaction(_engine(database_url())) as session:
        receipt = service(session, act, *args, **request)
    if receipt is not None:
        del st.session_state[f"key of {form}"]
        st.session_state[_SAVED] = f"Saved as entry {receipt.seq}."
    return receipt


def saved_notice() -> str | None:
    """What the act before this run saved, told once."""
    notice: str | None = st.session_state.pop(_SAVED, None)
    return notice
