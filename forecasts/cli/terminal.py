"""What a terminal is shown: lines of answer, JSON, complaints, progress."""

import dataclasses
import json
import re
import sys
from datetime import date, datetime
from typing import Any

import typer

_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def say(text: str = "") -> None:
    """One line of answer."""
    typer.echo(printable(text))


def printable(text: str) -> str:
    """``text`` as a terminal may safely show it.

    Characters that steer a terminal, turn the direction of writing or cannot be encoded stand as
    ``\\u202e``, which is how JSON writes them too.
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say_json(value: Any) -> None:
    """An answer as JSON, instants and days in ISO 8601."""
    say(json.dumps(value, default=_jsonable, ensure_ascii=False, indent=2, allow_nan=False))


def _jsonable(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if hasattr(value, "tolist"):  # of numpy, which answering need not wait for
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def percent(share: float | None) -> str:
    """A probability as ``62 %``, where only an exact 0 or 1 reads as certain; else a dash."""
    if share is None:
        return "—"
    if 0 < share < 0.01:
        return "< 1 %"
    if 0.99 < share < 1:
        return "> 99 %"
    return f"{100 * share:.0f} %"


def complain(reason: str) -> None:
    typer.echo(printable(reason), err=True)


class Progress:
    """How many files are done, on a line of the terminal that the next output takes over."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._wanted = total > 1 and sys.stderr.isatty()

    def step(self, name: str) -> None:
        self._done += 1
        if self._wanted:
            line = f"{self._done:,} of {self._total:,}  {printable(name)[:60]}"
            typer.echo(f"\r{line}", nl=False, err=True)

    def clear(self) -> None:
        if self._wanted:
            typer.echo("\r\x1b[K", nl=False, err=True)
