"""A real server, and a canary that must never be reached, both on this machine."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from forecasts.errors import FetchRefused
from forecasts.fetching import PUBLIC_WEB, Policy, fetch, is_public, resolve

PAGE = b"<html><body>Rates will rise.</body></html>"


class Canary:
    """A listener that counts who connects, and keeps the first bytes each one sends."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.socket = socket.create_server((host, 0))
        self.port = self.socket.getsockname()[1]
        self.heard: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                self.heard.append(connection.recv(4096))

    def connections(self) -> int:
        """Return how many came. One of our own passes through the queue behind them."""
        with socket.create_connection(("127.0.0.1", self.port)) as own:
            own.sendall(b"own")
            own.recv(1)
        return len(self.heard) - sum(first == b"own" for first in self.heard)


@pytest.fixture
def canary() -> Iterator[Canary]:
    listener = Canary()
    yield listener
    listener.socket.close()


class Handler(BaseHTTPRequestHandler):
    server: "Server"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Host"], self.path))
        self.server.headers_seen.append(dict(self.headers))
        try:
            self.server.pages[self.path](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.port = self.server_address[1]
        self.asked: list[tuple[str, str]] = []
        self.headers_seen: list[dict[str, str]] = []
        self.pages = {}

    def url(self, path: str) -> str:
        return f"http://news.example:{self.port}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def here(port: int, **changes) -> Policy:
    """The public rules, but for one port, and one address for every name."""
    policy = Policy(
        resolve=lambda host, port: ["127.0.0.1"],
        allowed=lambda address: address == ip_address("127.0.0.1"),
        ports=(port,),
    )
    return replace(policy, **changes)


def page(server: Server, path: str = "/", policy: Policy | None = None, **answer):
    server.pages[path] = lambda handler: handler.answer(**answer)
    return fetch(server.url(path), policy=policy or here(server.port))


# What is fetched ------------------------------------------------------------------------------


def test_a_page_comes_back_with_its_address_and_type(server):
    found = page(server, "/a?b=c", body=PAGE, Content_Type="text/html; charset=utf-8")
    assert found.content == PAGE
    assert found.url == server.url("/a?b=c")
    assert found.content_type == "text/html; charset=utf-8"
    assert server.asked == [(f"news.example:{server.port}", "/a?b=c")]


def test_no_credentials_and_no_cookies_are_sent(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    page(server, body=PAGE)
    assert set(server.headers_seen[0]) == {"Host", "Accept", "Accept-Encoding", "User-Agent"}


def test_a_packed_page_is_unpacked(server):
    found = page(server, body=gzip.compress(PAGE, mtime=0), Content_Encoding="gzip")
    assert found.content == PAGE


def test_three_redirects_are_followed_and_the_last_address_is_kept(server):
    for i in range(3):
        server.pages[f"/{i}"] = lambda h, i=i: h.answer(status=302, Location=f"{i + 1}#part")
    server.pages["/3"] = lambda h: h.answer(PAGE)
    found = fetch(server.url("/0"), policy=here(server.port))
    assert (found.url, found.content) == (server.url("/3"), PAGE)


def test_a_fragment_and_spaces_around_are_not_sent(server):
    server.pages["/a"] = lambda h: h.answer(PAGE)
    assert fetch(f"  {server.url('/a')}#b\n", policy=here(server.port)).url == server.url("/a")


def test_an_at_sign_in_the_path_is_harmless(server):
    assert page(server, "/@author/a", body=PAGE).content == PAGE


# Where it may lead ----------------------------------------------------------------------------

LOCAL_SPELLINGS = [
    "127.0.0.1", "localhost", "[::1]", "0", "0.0", "[::]", "127.1", "2130706433", "0x7f000001",
    "017700000001", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]", "127.0.0.1.", "①②⑦.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", LOCAL_SPELLINGS)
def test_this_machine_is_not_reached_however_it_is_spelt(canary, host):
    with pytest.raises(FetchRefused):
        fetch(f"http://{host}:{canary.port}/", policy=replace(PUBLIC_WEB, ports=(canary.port,)))
    assert canary.connections() == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:7f00:1"])
def test_a_name_that_leads_here_is_not_followed(canary, address):
    policy = replace(PUBLIC_WEB, resolve=lambda host, port: [address], ports=(canary.port,))
    with pytest.raises(FetchRefused, match="not a public address"):
        fetch(f"http://evil.example:{canary.port}/", policy=policy)
    assert canary.connections() == 0


def test_one_private_address_among_public_ones_is_enough_to_refuse(canary):
    policy = here(canary.port, resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"])
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.1, which is not a public address"):
        fetch(f"http://evil.example:{canary.port}/", policy=policy)
    assert canary.connections() == 0


def test_a_name_is_looked_up_once_so_that_a_second_answer_cannot_differ(server, canary):
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    policy = here(server.port, resolve=lambda host, port: next(answers))
    server.pages["/"] = lambda h: h.answer(PAGE)
    assert fetch(server.url("/"), policy=policy).content == PAGE
    assert next(answers) == ["127.0.0.2"]


def test_a_second_address_is_tried_where_the_first_does_not_answer(server):
    both = here(
        server.port,
        resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"],
        allowed=lambda address: address.is_loopback,
    )
    assert page(server, policy=both, body=PAGE).content == PAGE


def test_the_certificate_is_asked_for_by_name_though_the_address_is_fixed(canary):
    with pytest.raises(FetchRefused, match="the connection failed"):
        fetch(f"https://news.example:{canary.port}/", policy=here(canary.port))
    assert b"news.example" in canary.heard[0]


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/",
        "//169.254.169.254/",
        "http://localhost/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "data:text/html,hello",
        "http://user:secret@news.example/",
        "http://news.example:22/",
        "http://news.example\\@evil.example/",
        "http://[::1",
    ],
)
def test_every_redirect_is_checked_as_the_first_address_was(server, canary, target):
    looked_up = []

    def look_up(host, port):
        looked_up.append(host)
        return ["127.0.0.1"] if host == "news.example" else resolve(host, port)

    policy = here(
        server.port,
        resolve=look_up,
        allowed=lambda a: a == ip_address("127.0.0.1") and looked_up[-1] == "news.example",
        ports=(server.port, 80),
    )
    with pytest.raises(FetchRefused):
        page(server, policy=policy, status=302, Location=target)
    assert server.asked == [(f"news.example:{server.port}", "/")]


def test_a_redirect_to_the_canary_is_not_followed(server, canary):
    policy = here(
        server.port,
        allowed=lambda address: True,
        ports=(server.port,),
    )
    target = f"http://127.0.0.1:{canary.port}/"
    with pytest.raises(FetchRefused, match="only the web's own ports"):
        page(server, policy=policy, status=302, Location=target)
    assert canary.connections() == 0


def test_a_fourth_redirect_is_refused(server):
    with pytest.raises(FetchRefused, match="more than 3 redirects"):
        page(server, "/loop", status=301, Location="/loop")
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "ftp://news.example/",
        "data:text/html,hello",
        "javascript:alert(1)",
        "news.example/a",
        "",
        "http://",
        "http:///a",
        "http://user:secret@news.example/",
        "http://user@news.example/",
        "http://news.example#@evil.example",
        "http://news.example\\@evil.example",
        "http://news.example/a b",
        "http://news.example/\x00",
        "http://news.example/\r\nHost: evil.example",
        "http://news.example:22/",
        "http://news.example:0/",
        "http://news.example:99999/",
        "http://[::1/",
        "http://" + "a" * 70_000,
    ],
)
def test_an_address_that_is_not_of_the_web_is_refused_before_any_look_up(url):
    def look_up(host, port):
        raise AssertionError(f"looked up {host}")

    with pytest.raises(FetchRefused) as refused:
        fetch(url, policy=replace(PUBLIC_WEB, resolve=look_up))
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        0, "0.0.0.1", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1",
        "::", "::1", "fc00::1", "fd00::1", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1",
        "2001:db8::1", "2001:0:1::1", "::7f00:1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "64:ff9b:1::1", "2002:a00:1::1", "100::1",
    ],
)  # fmt: skip
def test_an_address_inside_somebodys_network_is_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(ip_address(address))


# What is not taken ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "answered 404 Not Found"), (204, "answered 204"), (500, "answered 500"),
     (302, "answered 302 Found"), (299, "answered 299")],
)  # fmt: skip
def test_only_a_plain_success_is_taken(server, status, reason):
    with pytest.raises(FetchRefused, match=reason):
        page(server, status=status, body=b"" if status == 204 else PAGE)


@pytest.mark.parametrize("extra", [0, 1])
def test_a_page_is_taken_up_to_the_limit(server, extra):
    policy = here(server.port, max_bytes=1000)
    body = b"x" * (1000 + extra)
    if extra:
        with pytest.raises(FetchRefused, match=r"larger than 0\.001 MB"):
            page(server, policy=policy, body=body)
    else:
        assert page(server, policy=policy, body=body).content == body


@pytest.mark.parametrize("size", [10_000_000, 10_000_001])
def test_the_limit_counts_what_is_unpacked(server, size):
    body = gzip.compress(b"\0" * size, compresslevel=1, mtime=0)
    if size > PUBLIC_WEB.max_bytes:
        with pytest.raises(FetchRefused, match="larger than 10 MB"):
            page(server, body=body, Content_Encoding="gzip")
    else:
        assert len(page(server, body=body, Content_Encoding="gzip").content) == size


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (PAGE, "gzip"),
        (gzip.compress(PAGE, mtime=0)[:-6], "gzip"),
        (gzip.compress(PAGE, mtime=0) + b"more", "gzip"),
        (gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0), "gzip, gzip"),
        (PAGE, "br"),
    ],
)
def test_a_body_that_is_packed_wrongly_is_refused(server, body, coding):
    with pytest.raises(FetchRefused, match="packed"):
        page(server, body=body, Content_Encoding=coding)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def drip_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def test_an_endless_body_is_cut(server):
    server.pages["/"] = endless
    with pytest.raises(FetchRefused, match="larger than 10 MB"):
        fetch(server.url("/"), policy=here(server.port))


@pytest.mark.parametrize("slow", [drip_body, drip_headers])
def test_many_short_waits_count_against_one_deadline(server, slow):
    server.pages["/"] = slow
    with pytest.raises(FetchRefused, match=r"no complete answer within 0\.4 seconds"):
        fetch(server.url("/"), policy=here(server.port, seconds=0.4))


def test_a_look_up_that_hangs_counts_against_the_deadline():
    hanging = threading.Event()

    def look_up(host, port):
        hanging.wait()
        return []

    with pytest.raises(FetchRefused, match=r"no complete answer within 0\.2 seconds"):
        fetch("http://news.example/", policy=Policy(resolve=look_up, seconds=0.2))
    hanging.set()


def test_a_name_that_does_not_exist_is_told_as_such():
    def look_up(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchRefused, match=r"the host news\.example was not found"):
        fetch("http://news.example/", policy=Policy(resolve=look_up))
    with pytest.raises(FetchRefused, match=r"news\.example has no address"):
        fetch("http://news.example/", policy=Policy(resolve=lambda host, port: []))


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.6\r\n\r\n", b"HTTP/1.1 200 OK\r\n"])
def test_a_server_that_does_not_speak_http_is_refused(answer):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def reply():
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

        thread = threading.Thread(target=reply)
        thread.start()
        port = listener.getsockname()[1]
        with pytest.raises(FetchRefused, match="the connection failed"):
            fetch(f"http://news.example:{port}/", policy=here(port))
        thread.join()
