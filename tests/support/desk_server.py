"""The real dashboard as a real server, on a clock that a test can set.

As a program (``python desk_server.py CLOCK_FILE PORT [SECRETS_FILE]``) it serves the dashboard
with the time that stands in the file; the product itself has no way to be told another time.
"""

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from db.engine import open_engine
from db.session import transaction
from db.upgrade import upgrade
from forecasts import clock
from forecasts.exchange.seeds import read_article, read_seeds
from forecasts.services.seeding import load_seeds

ROOT = Path(__file__).parents[2]

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


DRAWN = "[data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
"""What Streamlit marks its page with once the server has run it and the browser shows it."""


def system_chromium() -> str | None:
    """The system's Chromium, or None for Playwright's own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def seeded_record(folder: Path) -> str:
    """A record with the seeds; returns its URL."""
    url = f"sqlite:///{folder / 'desk.db'}"
    engine = open_engine(url)
    upgrade(engine)
    with transaction(engine) as session:
        load_seeds(
            session, read_seeds(), actor=getpass.getuser(), now=clock.now(), read=read_article
        )
    engine.dispose()
    return url


class Clock:
    """A file with the time; without it, the server's time is the system's."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def set(self, *parts: int) -> None:
        self.path.write_text(datetime(*parts, tzinfo=UTC).isoformat())

    def now(self) -> datetime:
        if self.path.exists():
            return datetime.fromisoformat(self.path.read_text())
        return datetime.now(UTC)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    database: str, folder: Path, secrets: Path | None = None
) -> Iterator[tuple[str, Clock]]:
    """Serve the dashboard on ``database``; yields its address and its clock.

    With a secrets.toml, it asks everyone to sign in as that says.
    """
    port = free_port()
    clock = Clock(folder / "clock")
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, __file__, str(clock.path), str(port), *([str(secrets)] * bool(secrets))],
        cwd=ROOT,
        # As ``forecasts serve`` becomes it.
        env={"OPENBLAS_NUM_THREADS": "1", **os.environ, "FORECASTS_DB": database},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, process)
        yield address, clock
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait_until_healthy(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within a minute")


def main(clock_file: str, port: str, *secrets: str) -> None:
    from dashboard.__main__ import serve

    clock.now = Clock(Path(clock_file)).now
    files = (f"--secrets.files={path}" for path in secrets)
    serve("--server.port", port, "--server.headless", "true", *files)


if __name__ == "__main__":
    main(*sys.argv[1:])
