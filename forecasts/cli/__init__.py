"""The command line: one command, one transaction, one act or answer."""

import sys

from forecasts.cli import answers, articles, desk, questions, scoring
from forecasts.cli.doors import app
from forecasts.errors import TrackerError

__all__ = ["app", "main"]

for room in (desk, articles, questions, answers, scoring):
    room.register(app)


def main() -> None:
    """Run the command line; a refusal is one line on the error stream and exit status 1."""
    try:
        app()
    except TrackerError as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(1)
