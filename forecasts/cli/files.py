"""Small text files that commands read and write: checkpoints and proofs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forecasts.cli.terminal import say
from forecasts.errors import InvalidInput

LARGEST = 10_000_000  # characters; a proof is a few thousand


@contextmanager
def naming_values(field: str, value: object) -> Iterator[None]:
    """Turn a ValueError or OSError inside into a refusal that names the field and the value."""
    try:
        yield
    except ValueError as error:
        raise InvalidInput(field, value, str(error)) from error
    except OSError as error:
        raise InvalidInput(field, value, error.strerror or str(error)) from error


def read_text(field: str, path: Path) -> str:
    """A file's text; line ends stay as they are, for they were signed."""
    with naming_values(field, path):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise ValueError("is too large for a checkpoint or a proof")
    return text


def give_out(text: str, path: Path | None, what: str) -> None:
    """Write ``text`` to a new file, or to the terminal. A file that exists is never replaced."""
    if path is None:
        say(text.removesuffix("\n"))
        return
    with naming_values("file", path), path.open("x", encoding="utf-8", newline="") as file:
        file.write(text)
    say(f"{what} is in {path}.")
