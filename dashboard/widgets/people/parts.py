"""The people of a record: a table, and the form that gives a role."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats
from dashboard.context import form_key, perform
from dashboard.widgets.act_button import act_submit
from dashboard.widgets.allowed import allowed
from dashboard.widgets.dates import here, when
from dashboard.widgets.parts import finding
from dashboard.widgets.safe import Html, fill, visible
from db.tables.role import ROLES
from forecasts.results.people import PersonView
from forecasts.services.people import assign_role

HEAD = Html(
    "<tr><th>Name</th><th>Role</th><th class='wide'>Given</th><th class='wide'>Why</th>"
    "<th>Login</th></tr>"
)


def person_row(one: PersonView, *, mine: bool) -> Html:
    """One person with the role that holds, who gave it, when and why."""
    given = (
        fill("{day} by {who}", day=when(here(one.since)), who=one.given_by)
        if one.since
        else formats.DASH
    )
    return fill(
        '<tr class="{kind}"><td><bdi>{name}</bdi></td><td class="whole">{role}</td>'
        '<td class="wide"><bdi>{given}</bdi></td><td class="wide"><bdi>{why}</bdi></td>'
        "<td><bdi>{login}</bdi></td></tr>",
        kind="me" if mine else "other",
        name=one.name,
        role=one.role or "viewer (none given)",
        given=given,
        why=one.reason or formats.DASH,
        login=one.login,
    )


def role_form(everyone: Sequence[PersonView]) -> None:
    """Whom, which role, and why. Names may be alike, so logins stand beside them."""
    if not allowed("role", "Giving roles"):
        return
    form = "role"
    key = form_key(form)
    labels = {one.login: visible(f"{one.name} ({one.login})") for one in everyone}
    finding("Give a role", "It holds from the person’s next act on, also in a visit under way.")
    with st.form(f"form {key}", border=False, width=480):
        login = st.selectbox(
            "Person",
            list(labels),
            index=None,
            format_func=lambda chosen: labels[chosen],
            placeholder="Choose",
            key=f"person {key}",
        )
        role = st.selectbox("Role", ROLES, index=None, placeholder="Choose", key=f"role {key}")
        reason = st.text_input("Why this role", key=f"reason {key}")
        submitted = act_submit("Give the role", form, type="primary")
    if submitted and perform(
        form, assign_role, login=login or "", role=role or "", reason=reason or ""
    ):
        st.rerun()
