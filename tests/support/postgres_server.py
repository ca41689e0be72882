"""A private PostgreSQL in a temporary folder: real server, own socket, gone at the end."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
}
HASTE = ("fsync", "full_page_writes", "synchronous_commit")


def programs() -> Path:
    """The folder of PostgreSQL's programs: newest Debian version, Homebrew, or the PATH."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    brew = [
        path
        for prefix in ("/opt/homebrew/opt", "/usr/local/opt")
        for path in Path(prefix).glob("postgresql*/bin/initdb")
    ]
    on_path = shutil.which("initdb")
    found = [*debian[-1:], *brew, *([Path(on_path)] if on_path else [])]
    if not found:
        raise RuntimeError("no PostgreSQL here: apt-get install postgresql")
    return found[0].parent


def ordinary_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then the server runs as another user."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("no user to run PostgreSQL as")


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the server in ``folder``."""
    environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}
    environment.pop("PGDATA", None)
    subprocess.run(
        [str(programs() / program), "-D", str(folder / "data"), *arguments],
        check=True,
        # Files and not pipes: a started server keeps what it was given open.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        timeout=90,
        **ordinary_user(),
    )


def crash(folder: str) -> None:
    """Stop the server at once, without a shutdown, and start it again as it was."""
    path = Path(folder)
    run(path, "pg_ctl", "-m", "immediate", "-w", "-t", "60", "-l", str(path / "log"), "restart")


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Start a server; yields the folder of its socket.

    ``durable``: with the settings that make an acknowledged commit survive a crash, which
    ordinary tests need not wait for.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    user = ordinary_user()
    if user:
        os.chown(folder, user["user"], user["group"])
    settings = {**SETTINGS, **(dict.fromkeys(HASTE, "on") if durable else {})}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    try:
        run(folder, "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        run(
            folder, "pg_ctl", "-w", "-t", "60", "-l", str(folder / "log"),
            "-o", f"{options} -c unix_socket_directories={folder}", "start",
        )  # fmt: skip
        yield str(folder)
        run(folder, "pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def url(folder: str, database: str) -> str:
    """Where a database of that server is."""
    return f"postgresql+psycopg://postgres@/{database}?host={folder}"
