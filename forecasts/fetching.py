"""Fetch one page. The only code of the desk that goes out to the web.

An address given by a reader, or by a page that redirects, may point into the reader's own
network. So a name is resolved once, every address it has must be public, and the connection
goes to the address that was checked: a second look-up could answer differently.
"""

import socket
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

from forecasts.errors import FetchRefused, without_password

REDIRECTS = 3
_CONNECT_SECONDS = 5.0  # for one address, so that a dead first one leaves time for the next
_HEADERS = [
    (b"Accept", b"text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1"),
    (b"Accept-Encoding", b"gzip"),
    (b"User-Agent", b"ForecastDesk/0.1"),
]
_PORTS = {"http": 80, "https": 443}
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back."""

    url: str  # after redirects
    content: bytes  # unpacked
    content_type: str  # as the server states it; may be empty


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address lies on the public internet, as does any IPv4 address inside it."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        # ipaddress calls site-local and IPv4-compatible addresses global; neither is in 2000::/3.
        return address.is_global and address in _GLOBAL_UNICAST
    return address.is_global and not address.is_multicast


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host; an address in any of its spellings is its own."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched, and how much of it."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    allowed: Callable[[IPv4Address | IPv6Address], bool] = is_public
    ports: Collection[int] = (80, 443)
    seconds: float = 15.0  # in total: look-up, redirects and body
    max_bytes: int = 10_000_000  # unpacked


PUBLIC_WEB = Policy()


def fetch(url: str, *, policy: Policy = PUBLIC_WEB) -> Fetched:
    """Fetch ``url`` over http or https, following at most three redirects.

    No cookies, no credentials and no proxy take part; of the environment only the certificates
    it trusts (``SSL_CERT_FILE``). Every redirect is checked as the first address was.

    Raises FetchRefused if the address is not a public web address, there is no complete answer
    in time, its status is not 200, or it is larger than the policy allows.
    """
    try:
        with httpcore.ConnectionPool(network_backend=_Backend(policy)) as pool:
            return _follow(pool, _parse(url.strip(), policy), policy)
    except _Refusal as refusal:
        reason = str(refusal)
    except httpcore.TimeoutException:
        reason = f"no complete answer within {policy.seconds:g} seconds"
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        reason = f"the connection failed ({error or type(error).__name__})"
    raise FetchRefused(without_password(url), reason)


class _Refusal(Exception):
    """Why not, before it is known which address was asked for."""


def _follow(pool: httpcore.ConnectionPool, url: httpx.URL, policy: Policy) -> Fetched:
    for _ in range(REDIRECTS + 1):
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        host = (b"Host", url.netloc)
        with pool.stream("GET", target, headers=[host, *_HEADERS]) as response:
            headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
            location = headers.get(b"location")
            if response.status not in (301, 302, 303, 307, 308) or location is None:
                _check_status(response.status)
                content = _unpacked(response, headers.get(b"content-encoding", ""), policy)
                return Fetched(str(url), content, headers.get(b"content-type", ""))
        url = _parse(location, policy, base=url)
    raise _Refusal(f"more than {REDIRECTS} redirects")


def _parse(text: str, policy: Policy, base: httpx.URL | None = None) -> httpx.URL:
    """Return an address whose form is in order; where it leads is checked when connecting."""
    where = "the address" if base is None else "the redirect"
    # Programs disagree about where the host ends in these, so nobody knows what is meant.
    before_path = text.partition("://")[2].partition("/")[0]
    if "\\" in text or "@" in before_path or any(c.isspace() or not c.isprintable() for c in text):
        raise _Refusal(f"{where} has a character that hides where it leads")
    try:
        url = httpx.URL(text) if base is None else base.join(text)
    except httpx.InvalidURL as error:
        raise _Refusal(f"{where} cannot be read ({error})") from None
    if url.scheme not in _PORTS:
        raise _Refusal(f"{where} is not http or https")
    if url.userinfo or not url.host:
        raise _Refusal(f"{where} has a user name, or no host")
    if (_PORTS[url.scheme] if url.port is None else url.port) not in policy.ports:
        raise _Refusal(f"{where} has port {url.port}; only the web's own ports are fetched")
    return url.copy_with(fragment=None)


def _check_status(status: int) -> None:
    if status != HTTPStatus.OK:
        known = status in HTTPStatus.__members__.values()
        raise _Refusal(f"answered {status}{' ' + HTTPStatus(status).phrase if known else ''}")


def _unpacked(response: httpcore.Response, coding: str, policy: Policy) -> bytes:
    """Return the body, never holding more of it than the limit and one part."""
    if coding.lower() not in ("", "identity", "gzip", "x-gzip"):
        raise _Refusal(f"packed as {coding!r}, which was not asked for")
    unpack = zlib.decompressobj(31) if "gzip" in coding.lower() else None
    content = bytearray()
    for part in response.iter_stream():
        try:
            room = policy.max_bytes + 1 - len(content)
            content += part if unpack is None else unpack.decompress(part, room)
        except zlib.error as error:
            raise _Refusal(f"cannot be unpacked ({error})") from None
        if len(content) > policy.max_bytes:
            raise _Refusal(f"larger than {policy.max_bytes / 1e6:g} MB")
        if unpack is not None and unpack.unused_data:
            raise _Refusal("cannot be unpacked (more follows after its end)")
    if unpack is not None and not unpack.eof:
        raise _Refusal("cannot be unpacked (it ends too early)")
    return bytes(content)


class _Backend(httpcore.NetworkBackend):
    """Connects to checked addresses only, with one deadline over everything."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._deadline = time.monotonic() + policy.seconds

    def left(self) -> float:
        """Return the seconds left, or raise."""
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout
        return seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked_addresses(host, port):
            try:
                seconds = min(self.left(), _CONNECT_SECONDS)
                stream = httpcore.SyncBackend().connect_tcp(address, port, seconds)
                return _Stream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _checked_addresses(self, host: str, port: int) -> list[str]:
        # A look-up knows no timeout. A late one is left behind.
        answer: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def look_up() -> None:
            try:
                answer.put(self._policy.resolve(host, port))
            except (OSError, ValueError) as error:
                answer.put(error)

        threading.Thread(target=look_up, daemon=True).start()
        try:
            found = answer.get(timeout=self.left())
        except Empty:
            raise httpcore.ConnectTimeout from None
        if isinstance(found, Exception):
            raise _Refusal(f"the host {host} was not found")
        for address in found:
            # One address out of bounds is enough: who mixes them has no good reason.
            if not self._policy.allowed(ip_address(address)):
                raise _Refusal(f"{host} is at {address}, which is not a public address")
        return list(found)


class _Stream(httpcore.NetworkStream):
    """A connection on which every wait counts against the deadline of the whole fetch."""

    def __init__(self, stream: httpcore.NetworkStream, backend: _Backend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left())

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.left())
        return _Stream(stream, self._backend)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
