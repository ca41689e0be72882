"""How long a page takes, by the clock on the wall and by the server's processor."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desk_steps import settled
from playwright.sync_api import Page


@dataclass(frozen=True)
class Server:
    """The process that answers, as Linux knows it; elsewhere nothing is known of it."""

    folder: Path | None

    @classmethod
    def started_here(cls) -> "Server":
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                command, text = (status.parent / "cmdline").read_bytes(), status.read_text()
            except OSError:  # ended meanwhile
                continue
            if b"desk_server.py" in command and f"PPid:\t{os.getpid()}\n" in text:
                return cls(status.parent)
        return cls(None)

    def seconds(self) -> float:
        """Processor time so far; NaN where it is not known."""
        if self.folder is None:
            return float("nan")
        times = (self.folder / "stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")

    def peak_memory(self) -> float | None:
        """Peak resident memory in GB."""
        if self.folder is None:
            return None
        text = (self.folder / "status").read_text()
        return int(text.partition("VmHWM:")[2].split()[0]) / 2**20


Times = tuple[float, float, float]
"""Seconds until it is useful and until it is whole, and of the server's processor."""


def timed(
    page: Page, server: Server, do: Callable[[], object], useful: Callable[[], None]
) -> Times:
    """Do something that makes the server run the page."""
    worked, begin = server.seconds(), time.perf_counter()
    do()
    useful()
    seen = time.perf_counter() - begin
    settled(page)
    return seen, time.perf_counter() - begin, server.seconds() - worked


def medians(times: list[Times]) -> Times:
    one, two, three = (statistics.median(column) for column in zip(*times, strict=True))
    return one, two, three
