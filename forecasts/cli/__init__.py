"""The command line: one command, one transaction, one act or answer."""

import sys
from importlib import import_module

import typer

from forecasts.cli.terminal import printable
from forecasts.errors import TrackerError

ROOMS = {
    "desk": {"init", "serve"},
    "extracting": {"extract"},
    "ingesting": {"ingest"},
    "articles": {"inbox", "accept", "dismiss", "reopen", "merge", "mark", "propose"},
    "questions": {
        "ask", "record", "withdraw", "resolve", "correct", "annul", "clarify", "attach", "tag",
        "comment",
    },
    "answers": {"list", "show", "due", "scores", "calibration"},
    "scoring": {"score", "calibrate"},
    "people": {"people", "role"},
    "ledger": {"verify"},
    "checkpoints": {"checkpoint", "prove", "prove-since", "verify-proof"},
    "keeping": {"export", "backup", "restore", "erase"},
    "importing": {"import"},
    "scenarios": {
        "scenarios", "make-scenarios", "narrate", "prior", "link", "relink", "unlink",
    },
    "coherence": {"coherence", "relate", "unrelate"},
    "reports": {"report"},
}  # fmt: skip
"""Which file of this folder holds which commands."""


def forecasts() -> None:
    """Read what articles foretell, say how likely you think it is, and find out who was right."""


def command_line(asked: str | None = None) -> typer.Typer:
    """The command line with every command, or with those of the file that holds ``asked`` alone.

    What the other files need (the database, the maths, the parser) takes longer to import than
    most commands take to answer.
    """
    app = typer.Typer(
        name="forecasts",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(forecasts)  # without one, a file's only command would take no name
    rooms = [room for room, commands in ROOMS.items() if asked in commands] or ROOMS
    for room in rooms:
        import_module(f"forecasts.cli.{room}").register(app)
    return app


def main() -> None:
    """Run the command line; a refusal is one line on the error stream and exit status 1."""
    try:
        command_line(sys.argv[1] if len(sys.argv) > 1 else None)()
    except TrackerError as refusal:
        sys.stderr.write(f"{printable(str(refusal))}\n")
        sys.exit(1)
