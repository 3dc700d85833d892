"""A file server on loopback that knows ranges, and can be told to misbehave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """What is served, how, and what was asked for. `cuts`: how many bytes of each answer are really sent, in turn."""

    files: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    ranges: bool = True
    gate: threading.Event | None = None
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    logins: list[str | None] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextmanager
def serve() -> Iterator[Served]:
    """A running server."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, served)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()


def _answer(request: BaseHTTPRequestHandler, served: Served) -> None:
    wanted = request.headers.get("Range")
    served.asked.append((request.path, wanted))
    served.logins.append(request.headers.get("Authorization"))
    served.arrived.set()
    if served.gate is not None:
        served.gate.wait(30)
    if request.path not in served.files:
        request.send_error(404)
        return
    body = served.files[request.path]
    if wanted and served.ranges:
        body = body[int(wanted.removeprefix("bytes=").rstrip("-")) :]
        request.send_response(206)
    else:
        request.send_response(200)
    request.send_header("Content-Length", str(len(body)))
    request.send_header("Content-Type", served.kinds.get(request.path, "application/octet-stream"))
    request.end_headers()
    request.wfile.write(body[: served.cuts.pop(0)] if served.cuts else body)
