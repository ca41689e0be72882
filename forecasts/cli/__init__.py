"""The command line: one command, one transaction, one act or answer."""

import sys

from forecasts.cli import (
    answers,
    articles,
    checkpoints,
    coherence,
    desk,
    importing,
    keeping,
    ledger,
    people,
    questions,
    reading,
    reports,
    scenarios,
    scoring,
)
from forecasts.cli.doors import app, printable
from forecasts.errors import TrackerError

__all__ = ["app", "main"]

ROOMS = (
    desk,
    reading,
    articles,
    questions,
    answers,
    scoring,
    people,
    ledger,
    checkpoints,
    keeping,
    importing,
    scenarios,
    coherence,
    reports,
)
for room in ROOMS:
    room.register(app)


def main() -> None:
    """Run the command line; a refusal is one line on the error stream and exit status 1."""
    try:
        app()
    except TrackerError as refusal:
        sys.stderr.write(f"{printable(str(refusal))}\n")
        sys.exit(1)
