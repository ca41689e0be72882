"""Who looks at the desk: the machine's user, or whoever signed in through a provider."""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from db.types import EPOCH
from forecasts.errors import InvalidInput
from forecasts.services.inputs import check_line
from forecasts.services.roles import provider_login

LONGEST_SIGN_IN = timedelta(hours=12)
"""After that a new visit asks again, though Streamlit keeps its cookie for 30 days."""
NAMES = ("name", "preferred_username", "email")
_ADMITTED = "admitted"


@dataclass(frozen=True, slots=True)
class Identity:
    """A login that never changes, and a name to be seen by; "" is the login itself."""

    login: str
    name: str = ""


def sign_in_configured() -> bool:
    """Whether the server's secrets.toml has an [auth] section; no page can change that."""
    return "is_logged_in" in st.user


def identity(now: datetime) -> Identity | None:
    """Who looks; None where the desk asks for a sign-in and there is none, or an old one."""
    if not sign_in_configured():
        return Identity(getpass.getuser())
    claims: Mapping[str, Any] = st.user.to_dict()
    if not claims["is_logged_in"]:
        return None
    if not st.session_state.get(_ADMITTED):
        # Once a visit: one that is under way goes on, and what was typed into it stays.
        if not _is_recent(claims, now):
            return None
        st.session_state[_ADMITTED] = True
    subject = str(claims["sub"])
    return Identity(provider_login(str(claims["iss"]), subject), _name(claims) or subject)


def providers() -> list[str | None]:
    """What ``st.login`` can be called with: None is the one in [auth] itself."""
    section = st.secrets["auth"]
    named = [
        key for key, value in section.items() if isinstance(value, Mapping) and "client_id" in value
    ]
    return [None] * ("client_id" in section) + named


def _is_recent(claims: Mapping[str, Any], now: datetime) -> bool:
    issued = claims.get("iat")
    return (
        isinstance(issued, int | float)
        and now - (EPOCH + timedelta(seconds=issued)) < LONGEST_SIGN_IN
    )


def _name(claims: Mapping[str, Any]) -> str | None:
    """The first name among the claims that stands on one line."""
    for claim in NAMES:
        try:
            return check_line(claim, str(claims.get(claim) or ""))
        except InvalidInput:
            continue
    return None
