"""Processes that record forecasts until they are done or killed, and note each acknowledgement."""

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.engine import opened
from forecasts import clock
from forecasts.performing import perform
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["forecasts.performing", "forecasts.services.forecasts"])


PATIENCE = 240.0  # seconds, for what takes a second or two on an idle machine


def answer_of(target: Callable[..., None], *arguments: Any) -> Any:
    """What a process of its own sends down the pipe it gets as its last argument.

    Raises EOFError at once if it dies before, and TimeoutError if it says nothing.
    """
    ours, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=target, args=(*arguments, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(PATIENCE):
            raise TimeoutError(f"{target.__name__} has said nothing for {PATIENCE:g} s")
        return ours.recv()
    finally:
        process.join(5)
        process.kill()  # nothing happens to one that has ended
        process.join()
        ours.close()


def write(url: str, question: int, name: str, count: int, noted: str) -> None:
    """Record ``count`` forecasts by ``name``; a line ``KEY SEQ`` in ``noted`` once each is."""
    log = os.open(noted, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with opened(url) as engine:
        for i in range(count):
            key = f"{name}-{i}"
            receipt = perform(
                engine,
                lambda _, key=key: Act(name, clock.now(), key),
                record_forecast,
                question_id=question,
                probability=(i % 101) / 100,
            )
            os.write(log, f"{key} {receipt.seq}\n".encode())


@dataclass
class Writer:
    """One such process."""

    url: str
    question: int
    name: str
    count: int
    folder: Path
    process: multiprocessing.process.BaseProcess = field(init=False)

    def __post_init__(self) -> None:
        arguments = (self.url, self.question, self.name, self.count, str(self.noted))
        self.process = PROCESSES.Process(target=write, args=arguments)
        self.process.start()

    @property
    def noted(self) -> Path:
        """The file of acknowledgements."""
        return self.folder / self.name

    def acknowledged(self) -> dict[str, int]:
        """Sequence number by key, as far as the writer was told."""
        if not self.noted.exists():
            return {}
        lines = self.noted.read_text().splitlines()
        return {key: int(seq) for key, seq in (line.split() for line in lines)}

    def finish(self, seconds: float = 120) -> None:
        """Wait for the writer to be done."""
        self.process.join(seconds)
        assert self.process.exitcode == 0, f"{self.name} ended with {self.process.exitcode}"

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.join()
