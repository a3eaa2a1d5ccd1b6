"""One connection to a web service, with an end to everything: the adapter of httpcore2 (under habanero's
httpx2).

A time limit per read, as HTTP libraries offer it, never ends while a server sends a byte now and then. Here
every read of the socket looks at the time left for the whole answer, and at the watch that may cancel."""

import re
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode, urlsplit

from evidence_app.services.lookup.failures import Broken, Garbled, TooSlow, Unreachable
from evidence_app.services.lookup.pacing import Watch, nothing_to_watch

if TYPE_CHECKING:
    import httpcore2

LARGEST_ANSWER: Final = 64 * 1024 * 1024
"""Bytes of an answer, packed or not, above which it is refused."""

_ERRNO: Final = re.compile(r"^\[Errno [^\]]*\] ")
_SLICE: Final = 0.2
_CONNECT_SECONDS: Final = 10.0
_TOO_SLOW: Final = "The answer did not arrive in time. Nothing was changed; try again later."
_TOO_LARGE: Final = "The answer is far larger than any record and was not read to its end."


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer: its status, its headers by lower-case name, its body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Limit:
    """What ends a request: its deadline on the clock, its longest silence, and the watch. In seconds."""

    def __init__(self, clock: Callable[[], float], silence: float) -> None:
        self._clock = clock
        self._silence = silence
        self._ends = float("inf")
        self.watch: Watch = nothing_to_watch

    def start(self, seconds: float) -> None:
        """Begin a request that may take this long."""
        self._ends = self._clock() + seconds

    def slices(self) -> Iterator[float]:
        """Yield waiting times one after another, until the silence or the deadline is reached."""
        silent_until = min(self._clock() + self._silence, self._ends)
        while (left := silent_until - self._clock()) > 0:
            self.watch()
            yield min(left, _SLICE)
        raise TooSlow(_TOO_SLOW)

    def step(self) -> float:
        """Return the seconds one step that sends may take."""
        self.watch()
        return max(0.01, min(_CONNECT_SECONDS, self._ends - self._clock()))


class _Stream:
    """A network stream whose reads and writes obey a limit; it keeps its own time."""

    def __init__(self, inner: "httpcore2.NetworkStream", limit: Limit) -> None:
        self._inner = inner
        self._limit = limit

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        import httpcore2

        for seconds in self._limit.slices():
            try:
                return self._inner.read(max_bytes, min(seconds, timeout or seconds))
            except httpcore2.ReadTimeout:
                continue
        raise AssertionError("slices end with an exception")

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, min(self._limit.step(), timeout or _CONNECT_SECONDS))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> Self:
        seconds = min(self._limit.step(), timeout or _CONNECT_SECONDS)
        return type(self)(self._inner.start_tls(ssl_context, server_hostname, seconds), self._limit)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend:
    """Opens streams that obey a limit."""

    def __init__(self, limit: Limit) -> None:
        import httpcore2

        self._inner = httpcore2.SyncBackend()
        self._limit = limit

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **settings: Any) -> _Stream:
        seconds = min(self._limit.step(), timeout or _CONNECT_SECONDS)
        return _Stream(self._inner.connect_tcp(host, port, seconds, **settings), self._limit)


class Wire:
    """Carries questions to one web service over one kept connection."""

    def __init__(self, base_url: str, clock: Callable[[], float], silence: float = 20.0) -> None:
        self.limit = Limit(clock, silence)
        self._base_url = base_url
        self._pool: httpcore2.ConnectionPool | None = None

    def get(
        self, url: str, params: Mapping[str, str] | None, headers: Mapping[str, str], seconds: float
    ) -> Reply:
        """Fetch an address, whatever the status of the answer; redirects are not followed.

        Raises `Unreachable`, `Broken`, `TooSlow` or `Garbled`, and what the watch raises."""
        import httpcore2

        if params:
            url = f"{url}?{urlencode(params)}"
        self.limit.start(seconds)
        try:
            return self._fetched(url, {**headers, "Host": urlsplit(url).netloc})
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout, httpcore2.ProxyError) as error:
            raise Unreachable(_unreachable(url, error)) from error
        except httpcore2.UnsupportedProtocol as error:
            raise Unreachable(f"{url} is not the address of a web service.") from error
        except httpcore2.TimeoutException as error:
            raise TooSlow(_TOO_SLOW) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            message = "The connection broke off before the answer was complete. Nothing was changed."
            raise Broken(message) from error

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def _fetched(self, url: str, headers: Mapping[str, str]) -> Reply:
        if self._pool is None:
            self._pool = _pool(self._base_url, self.limit)
        sent = {**headers, "Accept": "application/json", "Accept-Encoding": "gzip"}
        lines = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()]
        parts: list[bytes] = []
        size = 0
        with self._pool.stream("GET", url, headers=lines) as answer:
            for part in answer.iter_stream():
                parts.append(part)
                size += len(part)
                if size > LARGEST_ANSWER:
                    raise Garbled(_TOO_LARGE)
            named = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
            }
            return Reply(answer.status, named, _unpacked(b"".join(parts), named.get("content-encoding", "")))


def _unpacked(body: bytes, packing: str) -> bytes:
    if packing.strip().lower() not in {"gzip", "x-gzip"}:
        return body
    unpacker = zlib.decompressobj(31)
    try:
        unpacked = unpacker.decompress(body, LARGEST_ANSWER + 1)
    except zlib.error as error:
        raise Garbled("The answer is damaged and could not be unpacked. Nothing was changed.") from error
    if len(unpacked) > LARGEST_ANSWER:
        raise Garbled(_TOO_LARGE)
    return unpacked


def _pool(base_url: str, limit: Limit) -> "httpcore2.ConnectionPool":
    """Open a pool, through the proxy of the system's or environment's settings where there is one."""
    import httpcore2

    where = urlsplit(base_url)
    settings: dict[str, Any] = {
        "ssl_context": httpcore2.default_ssl_context() if where.scheme == "https" else None,
        "max_connections": 1,
        "keepalive_expiry": 5.0,
        "network_backend": _Backend(limit),
    }
    proxies = urllib.request.getproxies()
    proxy = proxies.get(where.scheme) or proxies.get("all") or ""
    here = where.hostname in {"localhost", "127.0.0.1", "::1"}
    if here or not proxy.startswith("http") or urllib.request.proxy_bypass(where.netloc):
        return httpcore2.ConnectionPool(**settings)
    parts = urlsplit(proxy)
    auth = (parts.username, parts.password or "") if parts.username else None
    address = f"{parts.scheme}://{parts.hostname}:{parts.port or 80}"
    return httpcore2.HTTPProxy(address, proxy_auth=auth, **settings)


def _unreachable(url: str, error: Exception) -> str:
    host = urlsplit(url).hostname or url
    why = _ERRNO.sub("", str(error)) or type(error).__name__
    return f"{host} could not be reached ({why}). Nothing was changed; check the network."
