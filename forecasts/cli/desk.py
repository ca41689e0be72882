"""Setting up and serving."""

import os
import sys
import tomllib
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from db.engine import database_url, shown_url
from db.session import transaction
from forecasts import clock
from forecasts.cli.doors import engine, me
from forecasts.cli.terminal import say
from forecasts.errors import InvalidInput
from forecasts.exchange.seeds import FOLDER, read_article, read_seeds
from forecasts.services.seeding import load_seeds


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(init)
    app.command()(serve)


def init(
    seeds: Annotated[
        bool, typer.Option("--seeds", help="Load the five articles and their questions.")
    ] = False,
    folder: Annotated[
        Path, typer.Option("--from", help="Folder of the seed files.", file_okay=False)
    ] = FOLDER,
) -> None:
    """Make the database, or bring it up to date. Doing it again changes nothing."""
    with engine(create=True) as found:
        acts = 0
        if seeds:
            if not folder.joinpath("questions.toml").is_file():
                raise InvalidInput("seeds", folder, "there is no questions.toml in this folder")
            with transaction(found) as session:
                acts = load_seeds(
                    session, read_seeds(folder), actor=me(), now=clock.now(), read=read_article
                )
    say(f"The record is at {shown_url(database_url())}.")
    if seeds:
        say(f"Seeds: {acts} new entries." if acts else "Seeds: all there already.")


def serve(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    without_sign_in: Annotated[
        bool,
        typer.Option(
            "--without-sign-in",
            help="Listen beyond this machine though nobody signs in: whoever reaches the desk "
            "acts as you.",
        ),
    ] = False,
) -> None:
    """Serve the dashboard."""
    if not (without_sign_in or is_loopback(address) or asks_for_sign_in()):
        reason = (
            "whoever reached it would act as you: set up the sign-in (docs/sharing.md), or say "
            "--without-sign-in"
        )
        raise InvalidInput("address", address, reason)
    with engine():
        pass  # a refusal here is better than one on every page
    say(f"Forecast Desk on http://localhost:{port}  (Ctrl+C ends it)")
    command = ["-m", "dashboard", "--server.port", str(port)]
    words = [sys.executable, *command, "--server.address", address]
    # Its threads wait by spinning: with several readers they cost far more than they save.
    environment = {"OPENBLAS_NUM_THREADS": "1"} | os.environ
    os.execve(sys.executable, words, environment)  # noqa: S606


def dashboard() -> Path:
    """The folder of the dashboard."""
    spec = find_spec("dashboard")
    if spec is None or spec.origin is None:
        raise InvalidInput("dashboard", "", "is not installed")
    return Path(spec.origin).parent


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches a server that listens there."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:  # a name; any but this one may be known to others
        return address == "localhost"


def asks_for_sign_in() -> bool:
    """Whether a secrets.toml that the dashboard would read has an [auth] section.

    Raises InvalidInput for one that cannot be read.
    """
    for folder in (Path.home(), Path.cwd(), dashboard()):
        path = folder / ".streamlit" / "secrets.toml"
        try:
            if path.is_file() and "auth" in tomllib.loads(path.read_text(encoding="utf-8")):
                return True
        except (OSError, ValueError) as error:
            raise InvalidInput("file", path, str(error)) from error
    return False
