"""Who is in the record, and who may do what."""

from typing import Annotated

import typer

from forecasts.cli.doors import Json, Key, looking, perform, say_saved
from forecasts.cli.terminal import say, say_json
from forecasts.cli.texts import day
from forecasts.results.people import PersonView
from forecasts.services.people import assign_role
from forecasts.views.people import people


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("people")(show_people)
    app.command("role")(give_role)


def show_people(as_json: Json = False) -> None:
    """Persons of the record with their logins and roles."""
    with looking() as session:
        found = people(session)
    if as_json:
        say_json(found)
        return
    for one in found:
        say(_line(one))
    if not found:
        say("Nobody has acted yet.")
    elif all(one.role is None for one in found):
        say("No roles are given: the record is not shared.")


def give_role(
    login: Annotated[str, typer.Argument(help="As `forecasts people` shows it.")],
    role: Annotated[str, typer.Argument(help="viewer, forecaster, resolver or admin.")],
    because: Annotated[str, typer.Option(help="Why.")],
    key: Key = None,
) -> None:
    """Give a person a role. The first one, an admin's, makes the record shared for good."""
    receipt = perform(key, assign_role, login=login, role=role, reason=because)
    say_saved(receipt, f"{login} has the role {role}.")


def _line(one: PersonView) -> str:
    name = "" if one.name == one.login else f"  {one.name}"
    if one.role is None or one.since is None:
        return f"{'—':<10}  {one.login}{name}"
    return (
        f"{one.role:<10}  {one.login}{name}  (since {day(one.since)}, by {one.given_by}: "
        f"{one.reason})"
    )
