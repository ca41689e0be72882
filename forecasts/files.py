"""Which files are meant by paths and folders, and what is in them."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from forecasts.errors import UnreadableDocument
from forecasts.reading.documents.decoding import MAX_BYTES

KINDS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")


@dataclass(frozen=True, slots=True)
class File:
    """Where a file is, and the name it goes by: within a folder, its way from that folder."""

    path: Path
    name: str

    def content(self) -> bytes:
        """All of it. Raises UnreadableDocument if it cannot be read, or is larger than 10 MB.

        The size is looked at first; a device has none, so of it no more is read than that.
        """
        limit = f"larger than {MAX_BYTES // 1_000_000} MB"
        try:
            about = self.path.stat()
            if stat.S_ISREG(about.st_mode) and about.st_size > MAX_BYTES:
                reason = f"{limit} ({about.st_size / 1e6:,.0f} MB)"
                raise UnreadableDocument(self.name, reason)
            if stat.S_ISDIR(about.st_mode) and os.access(self.path, os.R_OK):
                raise UnreadableDocument(self.name, "a folder without text, HTML or PDF files")
            with self.path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise UnreadableDocument(self.name, error.strerror or str(error)) from error

    def size(self) -> int:
        """In bytes; 0 if that is unknown."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def files_of(paths: Iterable[Path]) -> Iterator[File]:
    """The files meant, in the order of ``paths``: each path itself, or what its folder holds.

    Of a folder, all files of ``KINDS`` in it and below, by name; hidden ones and what symbolic
    links to folders lead to are left out. A folder that cannot be listed, or that holds no such
    file, stands for itself, so that reading it says why.
    """
    for path in paths:
        if path.is_dir():
            found = list(_within(path))
            yield from found or [File(path, path.name)]
        else:
            yield File(path, path.name)


def _within(folder: Path) -> Iterator[File]:
    closed: list[Path] = []
    for where, inner, names in os.walk(
        folder, onerror=lambda error: closed.append(Path(error.filename))
    ):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            chosen = path.suffix.lower() in KINDS and not name.startswith(".")
            if chosen and path.is_file():
                yield File(path, path.relative_to(folder).as_posix())
    for path in closed:
        yield File(path, path.name)
