"""The door of a shared desk: signing in, who one is here, signing out."""

import streamlit as st

from dashboard.context import my_role, who
from dashboard.identity import providers, sign_in_configured
from dashboard.widgets.parts import page_head
from dashboard.widgets.safe import fill, plain


def sign_in_page() -> None:
    """One button a provider."""
    page_head("Sign in", "This desk belongs to a team. What you do here is recorded as yours.")
    for provider in providers():
        label = "Sign in" if provider is None else f"Sign in with {plain(provider)}"
        if st.button(label, type="primary", key=f"sign in {provider or ''}"):
            st.login(provider)


def who_line() -> None:
    """Name and role of whoever signed in, and the way out. Nothing on a desk without sign-in."""
    found = who()
    if found is None or not sign_in_configured():
        return
    with st.container(
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
        key="fd-who",
    ):
        st.html(
            fill(
                '<p class="fd-sub"><bdi>{name}</bdi>, {role}</p>', name=found.name, role=my_role()
            ),
            width="content",
        )
        if st.button("Sign out", type="tertiary"):
            st.logout()
