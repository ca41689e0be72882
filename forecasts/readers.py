"""Read many files at once: child processes, each with the language model loaded once.

A child takes one file after another, as lines of JSON: its task on standard input, the answer on
standard output. What a file does to its child leaves the parent and the other files alone.
"""

import dataclasses
import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from forecasts.errors import UnreadableDocument
from forecasts.files import File

WORTH_IT = 150_000  # bytes of text in all; below that loading the model twice costs more
MOST_CHILDREN = 4  # each takes some 200 MB
MOST_FILES = 1000  # then a child is replaced, so that nothing it keeps can add up
COMMAND = [sys.executable, "-P", "-m", "forecasts.readers"]  # -P: see forecasts.children


@dataclass(frozen=True, slots=True)
class Task:
    """One file, and how it is to be read."""

    file: File
    published: date | None
    scale: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The statements of one file, or why there are none."""

    file: File
    records: tuple[dict[str, Any], ...] = ()
    refused: str | None = None


def read_one(task: Task) -> Answer:
    """Read a file in this process. ``published`` counts where the file itself names no day."""
    from forecasts.children import read_file

    try:
        document = read_file(task.file.content(), name=task.file.name)
    except UnreadableDocument as refusal:
        return Answer(task.file, refused=str(refusal))
    # Loaded for a document only: a file that cannot be read is refused at once.
    from forecasts.reading.extract import extract_records
    from forecasts.reading.parsing.language import model

    stated = document.published if document.precision == "day" else None
    # What the model would keep of every new word is dropped with the file.
    with model().memory_zone():
        found = extract_records(
            task.file.name,
            document.text,
            published=task.published or stated,
            scale=task.scale,
        )
        return Answer(task.file, tuple(found))


def read_all(tasks: Iterable[Task], *, children: int) -> Iterator[Answer]:
    """Read files in ``children`` processes, or in this one if that is 0; answers in order.

    No more tasks are taken than are under way and a few ahead, so neither ``tasks`` nor the
    answers are ever held at once.
    """
    if children == 0:
        yield from map(read_one, tasks)
        return
    readers = _Readers()
    waiting: deque[Future[Answer]] = deque()
    source = iter(tasks)
    with ThreadPoolExecutor(children) as pool:
        try:
            for task in islice(source, 4 * children):
                waiting.append(pool.submit(readers.read, task))
            while waiting:
                answer = waiting.popleft().result()
                for task in islice(source, 1):
                    waiting.append(pool.submit(readers.read, task))
                yield answer
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            readers.close()


def children_for(files: Iterable[File]) -> int:
    """How many children pay for these files; 0 if reading them here is quicker."""
    sizes = [file.size() for file in files]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    useful = min(cores or 1, len(sizes), MOST_CHILDREN)
    return useful if useful > 1 and sum(sizes) >= WORTH_IT else 0


class _Readers:
    """A child for each thread."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._all: list[_Child] = []

    def read(self, task: Task) -> Answer:
        child: _Child | None = getattr(self._own, "child", None)
        if child is None or child.left == 0:
            if child is not None:
                child.close()
            child = self._own.child = _Child()
            self._all.append(child)
        answer = child.read(task)
        if answer is None:
            self._own.child = None
            reason = "reading it ended the process that did"
            return Answer(task.file, refused=str(UnreadableDocument(task.file.name, reason)))
        return answer

    def close(self) -> None:
        for child in self._all:
            child.close()


class _Child:
    """A process that reads files until its input ends."""

    def __init__(self) -> None:
        # In a group of its own, so that Ctrl-C reaches the parent alone; its end ends the child.
        # A list without a shell, all of it ours.
        self._process = subprocess.Popen(  # noqa: S603
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
        )
        self.left = MOST_FILES

    def read(self, task: Task) -> Answer | None:
        """The answer, or None if the child died of it."""
        self.left -= 1
        told, heard = self._process.stdin, self._process.stdout
        if told is None or heard is None:
            raise RuntimeError("a child without pipes")
        request = {
            "path": os.fspath(task.file.path),
            "name": task.file.name,
            "published": task.published.isoformat() if task.published else None,
            "scale": task.scale,
        }
        try:
            told.write(json.dumps(request).encode() + b"\n")
            told.flush()
            line = heard.readline()
        except BrokenPipeError:
            line = b""
        if not line.endswith(b"\n"):
            self.close()
            return None
        answer = json.loads(line)
        return Answer(task.file, tuple(answer["records"]), answer["refused"])

    def close(self) -> None:
        self._process.terminate()  # it writes nothing that could be left half done
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


def main() -> None:
    """Answer each line of standard input with one on standard output."""
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        day = asked["published"]
        file = File(Path(asked["path"]), asked["name"])
        task = Task(file, date.fromisoformat(day) if day else None, asked["scale"])
        answer = dataclasses.asdict(read_one(task)) | {"file": None}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
