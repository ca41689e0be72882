"""A report as PDF, by Chromium's own print."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from forecasts.errors import TrackerError

SECONDS = 60
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Nothing in a report runs or asks for anything; the browser is held to it all the same.
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
_one_at_a_time = Lock()  # a browser takes a few hundred MB


class NotPrinted(TrackerError):
    """There is no PDF; why, and what to do instead."""


def browser() -> str | None:
    """The Chromium or Chrome that prints: the variable CHROMIUM, or the first that is found."""
    names = [name for name in (os.environ.get("CHROMIUM"), *NAMES) if name]
    return next((found for name in names if (found := shutil.which(name))), None)


def pdf(html: str) -> bytes:
    """The pages of a report that is written as HTML.

    Raises
    ------
    NotPrinted
        No browser was found, or it printed nothing within a minute.
    """
    found = browser()
    if found is None:
        raise NotPrinted(
            "There is no PDF: neither Chromium nor Chrome was found. Print the HTML from a browser."
        )
    with _one_at_a_time, TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, out = folder / "report.html", folder / "report.pdf"
        page.write_text(html, encoding="utf-8")
        said = _print(found, folder, page, out)
        if not out.is_file():
            raise NotPrinted(f"There is no PDF: {Path(found).name} {said}.")
        return out.read_bytes()


def _print(found: str, folder: Path, page: Path, out: Path) -> str:
    """Let the browser print; returns what became of it, for when there is no file."""
    # As root, which containers often are, Chromium starts without its sandbox or not at all.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [found, *_FLAGS, *root, f"--user-data-dir={folder / 'profile'}"]
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell; the paths are our own
            [*command, f"--print-to-pdf={out}", page.as_uri()],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as failed:
        return f"gave no answer ({type(failed).__name__})"
    return f"ended with status {done.returncode}"
