"""A small stand-in for a language model's endpoint: a real server that says what a test wants."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Endpoint:
    """What the next answer is, and what was asked."""

    url: str = ""
    content: object = ""  # of the message; anything else than text is written as JSON
    body: bytes | None = None  # the whole answer, instead of an envelope around ``content``
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    finish_reason: str = "stop"
    wait: float = 0.0  # seconds before the answer
    drip: float = 0.0  # seconds before each byte of it
    asked: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, str]] = field(default_factory=list)  # headers

    def answer(self) -> bytes:
        if self.body is not None:
            return self.body
        said = self.content if isinstance(self.content, str) else json.dumps(self.content)
        message = {"role": "assistant", "content": said}
        choice = {"index": 0, "message": message, "finish_reason": self.finish_reason}
        return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """Serve one endpoint on a free port of this machine."""
    found = Endpoint()
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name that http.server asks for
            length = int(self.headers["Content-Length"])
            found.asked.append(json.loads(self.rfile.read(length)))
            found.seen.append({name.lower(): value for name, value in self.headers.items()})
            stopped.wait(found.wait)
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            try:
                self._write(found.answer())
            except OSError:
                return  # whoever asked has gone

        def _write(self, body: bytes) -> None:
            if not found.drip:
                self.wfile.write(body)
                return
            for byte in body:
                if stopped.wait(found.drip):
                    return
                self.wfile.write(bytes([byte]))
                self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield found
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
