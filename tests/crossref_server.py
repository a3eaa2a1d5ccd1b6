"""A Crossref on this machine: serves works from files, and every fault a network can have.

For trying the program without the network:
`python -m tests.crossref_server --port 8765 --fault slow FILE_OR_FOLDER…`, then `--crossref-url http://127.0.0.1:8765`.
Files hold one work, a list of works, or a recorded answer with the work under `body` and `message`."""

import argparse
import json
import socket
import threading
from collections.abc import Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

Work = dict[str, Any]
FIXTURES = Path(__file__).parent / "data" / "crossref"
PACE = {"x-rate-limit-limit": "1000", "x-rate-limit-interval": "1s", "x-concurrency-limit": "1"}
PORTAL = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Welcome to GuestWiFi</body></html>"
GOOD = json.dumps({"status": "ok", "message": {"DOI": "10.5555/cut", "items": []}}).encode()
AS_JSON = {"content-type": "application/json"}
AS_PAGE = {"content-type": "text/html"}
REFUSAL = json.dumps(
    {
        "status": "failed",
        "message-type": "validation-failure",
        "message": [{"type": "filter-not-available", "value": "x", "message": "Filter x is not available"}],
    }
).encode()
REPLIES: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "cut-json": (200, GOOD[:20], AS_JSON),
    "html": (200, PORTAL, AS_PAGE),
    "redirect-away": (302, b"", {"location": "http://portal.invalid/login"}),
    "no-message": (200, b'{"status": "ok"}', AS_JSON),
    "404-json": (404, b"Resource not found.", AS_JSON),
    "400": (400, REFUSAL, AS_JSON),
    "403": (403, b"", {}),
    "429": (429, b"", {}),
    "429-soon": (429, b"Slow down", {"retry-after": "7"}),
    "429-date": (429, b"Slow down", {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}),
    "429-later": (429, b"Slow down", {"retry-after": "3600"}),
    "500": (500, b"", {}),
    "503": (503, b"", {}),
    "503-soon": (503, b"Slow down", {"retry-after": "7"}),
    "504-html": (504, b"<html><h1>504 Gateway Time-out</h1></html>", AS_PAGE),
}
FAULTS = ("slow", "drip", "drip-headers", "dropped", "cut", "wrong-doi", "loop", *REPLIES)


class CrossrefServer:
    """A loopback Crossref. `asked` holds the paths asked for; `fail` says what goes wrong next."""

    def __init__(self, works: Iterable[Work] = (), port: int = 0, headers: Mapping[str, str] = PACE) -> None:
        self.works = {str(work["DOI"]).casefold(): work for work in works}
        self.moved: dict[str, str] = {}
        self.found: list[Work] = []
        """What every search finds, best first."""
        self.canned: tuple[int, Mapping[str, str], bytes] | None = None
        """Status, headers and body that answer everything, if set."""
        self.headers = dict(headers)
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.closing = threading.Event()
        self._faults: list[tuple[str, str]] = []
        self._always: str | None = None
        handler = type("Handler", (_Handler,), {"crossref": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="crossref-server"
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def add(self, *works: Work) -> None:
        """Register works."""
        self.works.update({str(work["DOI"]).casefold(): work for work in works})

    def move(self, old: str, new: str) -> None:
        """Answer the old DOI with a redirect to the new one."""
        self.moved[old.casefold()] = new

    def fail(self, fault: str, times: int = 1, where: str = "") -> None:
        """Let the next answers for addresses that contain `where` show this fault."""
        assert fault in FAULTS
        self._faults += [(fault, where)] * times

    def fail_always(self, fault: str | None) -> None:
        """Let every answer show this fault, or none any more."""
        assert fault is None or fault in FAULTS
        self._always = fault

    def fault_for(self, path: str) -> str | None:
        """Return and use up the fault due for a path."""
        if self._always:
            return self._always
        for at, (fault, where) in enumerate(self._faults):
            if where in path:
                del self._faults[at]
                return fault
        return None

    def close(self) -> None:
        """Stop serving and end every thread."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class _Handler(BaseHTTPRequestHandler):
    crossref: CrossrefServer
    protocol_version = "HTTP/1.1"
    timeout = 5

    def do_GET(self) -> None:
        path = unquote(self.path)
        self.crossref.asked.append(path)
        self.crossref.agents.append(self.headers.get("User-Agent", ""))
        fault = self.crossref.fault_for(path)
        if self.crossref.canned:
            status, headers, body = self.crossref.canned
            kept = ("content-type", "content-encoding", "x-rate-limit-limit", "x-rate-limit-interval")
            self._send(status, body, {name: headers[name] for name in kept if name in headers})
        elif fault is None:
            self._answer()
        else:
            self._fail(fault)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""

    def _answer(self, change: Mapping[str, Any] | None = None) -> None:
        parts = urlsplit(self.path)
        if parts.path.rstrip("/") == "/works":
            self._send_json("work-list", self._listed(parse_qs(parts.query)))
            return
        doi = unquote(parts.path.removeprefix("/works/")).casefold()
        if doi in self.crossref.moved:
            location = "/works/" + self.crossref.moved[doi]
            self._send(301, b"", {"location": location})
        elif doi in self.crossref.works:
            self._send_json("work", {**self.crossref.works[doi], **(change or {})})
        else:
            self._send(404, b"Resource not found.", {"content-type": "text/plain"})

    def _listed(self, query: dict[str, list[str]]) -> dict[str, Any]:
        wanted = query.get("filter", [""])[0]
        if wanted:
            dois = [one.removeprefix("doi:").casefold() for one in wanted.split(",")]
            items = [self.crossref.works[doi] for doi in dois if doi in self.crossref.works]
        else:
            items = self.crossref.found
        items = items[: int(query.get("rows", ["20"])[0])]
        return {"facets": {}, "total-results": len(items), "items": items, "items-per-page": 20}

    def _send_json(self, kind: str, message: object) -> None:
        answer = {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}
        self._send(200, json.dumps(answer).encode(), {"content-type": "application/json"})

    def _send(self, status: int, body: bytes, headers: Mapping[str, str], length: int | None = None) -> None:
        self.send_response(status)
        for name, value in {**self.crossref.headers, **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _fail(self, fault: str) -> None:
        match fault:
            case "slow":
                self.crossref.closing.wait(30)
                self.close_connection = True
            case "drip" | "drip-headers":
                self._drip(b" " * 5000, whole_head=fault == "drip")
            case "dropped":
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
            case "cut":
                self._send(200, GOOD[:20], AS_JSON, length=len(GOOD))
                self.close_connection = True
            case "loop":
                self._send(301, b"", {"location": self.path})
            case "wrong-doi":
                self._answer({"DOI": "10.5555/another.work", "aliases": []})
            case _:
                self._send(*REPLIES[fault])

    def _drip(self, body: bytes, whole_head: bool) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-drip: "
        if whole_head:
            head += b"1\r\ncontent-length: 5000\r\n\r\n"
            self.wfile.write(head)
            head = b""
        else:
            body = body.replace(b" ", b"x")
        try:
            for byte in head + body:
                self.wfile.write(bytes([byte]))
                if self.crossref.closing.wait(0.02):
                    break
        except OSError:
            pass
        self.close_connection = True


def works_in(path: Path) -> list[Work]:
    """Return the works of a file or of every `.json` file of a folder; what holds no work is passed over."""
    if path.is_dir():
        return [work for file in sorted(path.glob("*.json")) for work in works_in(file)]
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, dict) and isinstance(content.get("body"), dict):
        content = content["body"].get("message")
    items = content if isinstance(content, list) else [content]
    return [work for work in items if isinstance(work, dict) and work.get("DOI")]


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve Crossref records on this machine.")
    parser.add_argument("files", nargs="*", type=Path, default=[FIXTURES])
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--fault", choices=FAULTS)
    options = parser.parse_args()
    works = [work for file in options.files for work in works_in(file)]
    with CrossrefServer(works, options.port) as server:
        server.found = works
        server.fail_always(options.fault)
        print(f"{len(works)} works at {server.url}; stop with Ctrl+C", flush=True)
        try:
            server.closing.wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
