"""A real OpenID provider on a loopback port, for signing in to the dashboard under test."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_server import free_port

SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "a secret of the tests, long enough to sign with"
client_id = "desk"
client_secret = "of no value"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


@contextmanager
def provider(folder: Path, people: dict[str, str]) -> Iterator[tuple[str, Path]]:
    """Serve a provider that knows ``people`` (subject: name).

    Yields its issuer and the secrets.toml with which a desk asks it who somebody is.
    """
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    claims = [
        part
        for subject, name in people.items()
        for part in ("--user-claims", json.dumps({"sub": subject, "name": name}))
    ]
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(issuer=issuer))
    log = (folder / "provider.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims],
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_until_answering(issuer, process)
        yield issuer, secrets
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait_until_answering(issuer: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the provider ended with status {process.returncode}")
        try:
            urllib.request.urlopen(f"{issuer}/jwks", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the provider did not answer within a minute")
